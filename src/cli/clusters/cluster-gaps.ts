import { EksAmiType } from '../../engine/ami/eks-ami-type';
import { addOnOfferTo } from '../../engine/eks/platform-version';
import { Verdict } from '../../engine/judgement/verdict';
import { WantedCluster } from '../../engine/judgement/wanted-cluster';
import { DeploymentOnPath } from '../../engine/plan/path-steps';
import { ClusterState } from '../../engine/state/cluster-state';
import { Known } from '../../engine/state/known';
import { amiOfferOf } from '../../engine/state/region-catalog';
import { withoutControlCharacters } from '../../engine/state/untrusted-text';

/** Something that could not be read. */
export interface Gap {
  readonly what: string;
  readonly why: string;
}

/** A gap in words. */
export function describeGap({ what, why }: Gap): string {
  return withoutControlCharacters(`${what} could not be read: ${why}`);
}

/** A value as a gap, where it could not be read. */
export function gapIn(what: string, read: Known<unknown> | undefined): Gap[] {
  return read && !read.known ? [{ what, why: read.why }] : [];
}

/** Whether a message ends with the reason for which something could not be read. */
export function tells(message: string, { why }: Gap): boolean {
  return message.endsWith(withoutControlCharacters(`: ${why}`));
}

/** Those that no finding tells, whatever weight it has, and that the app does not accept. */
export function gapsBeside(verdicts: readonly Pick<Verdict, 'findings' | 'accepted'>[], gaps: readonly Gap[]): Gap[] {
  const told = verdicts.flatMap(({ findings, accepted }) => [
    ...findings.filter(({ unknown, severity }) => unknown && severity !== 'info'), ...accepted,
  ]);
  return gaps.filter((gap) => !told.some(({ message }) => tells(message, gap)));
}

/** What could not be read of a cluster as it is, whatever is wanted of it. */
export function gapsAsItIs(state: ClusterState): Gap[] {
  return [...gapsInParts(state), ...gapIn('the insights', state.insights)];
}

/** The node groups and add-ons of a cluster that could not be read. */
export function gapsInParts({ nodeGroups, unreadNodeGroups, addOns, unreadAddOns }: ClusterState): Gap[] {
  return [
    ...gapIn('the node groups', nodeGroups),
    ...unreadNodeGroups.map(({ name, why }) => ({ what: `node group ${name}`, why })),
    ...gapIn('the add-ons', addOns),
    ...unreadAddOns.map(({ name, why }) => ({ what: `add-on ${name}`, why })),
  ];
}

/** The Kubernetes versions that EKS offers, where they could not be read. */
export function gapInVersions({ catalog }: Pick<WantedCluster, 'catalog'>): Gap[] {
  return gapIn('the Kubernetes versions that EKS offers', catalog.offeredVersions);
}

/** What EKS offers of the installed add-ons for a Kubernetes version, where that could not be read. */
export function gapsInAddOnOffers({ state, catalog }: Pick<WantedCluster, 'state' | 'catalog'>, version: string): Gap[] {
  return (state.addOns.known ? state.addOns.value : []).flatMap(
    ({ name }) => gapIn(`what EKS offers of add-on ${name}`, addOnOfferTo(state, catalog, name, version)),
  );
}

/** What EKS publishes of an AMI type for a Kubernetes version, where that could not be read. */
export function gapInRelease({ catalog }: Pick<WantedCluster, 'catalog'>, amiType: string, version: string): Gap[] {
  return gapIn(`the recommended release of ${amiType} for Kubernetes ${version}`, amiOfferOf(catalog, amiType, version));
}

/** What could not be read of what some deployments are worked out from, each once: nodes, add-ons, and what EKS offers of them. */
export function gapsOnTheWay(
  cluster: Pick<WantedCluster, 'state' | 'catalog'>, deployments: readonly DeploymentOnPath[],
): Gap[] {
  const { state } = cluster;
  const versions = [...new Set([state.version, ...deployments.map(({ to }) => to)])];
  const groups = state.nodeGroups.known ? state.nodeGroups.value : [];
  const releases = deployments.flatMap(({ steps }) => steps).flatMap((step) => {
    if (step.kind !== 'node-group' || step.by !== 'version') return [];
    const { amiType } = groups.find(({ name }) => name === step.name)!;
    // of a type that is newer than this library, nobody can read it
    return EksAmiType._find(amiType) ? gapInRelease(cluster, amiType, step.to) : [];
  });
  const gaps = [...gapsInParts(state), ...versions.flatMap((version) => gapsInAddOnOffers(cluster, version)), ...releases];
  return [...new Map(gaps.map((gap) => [describeGap(gap), gap])).values()];
}
