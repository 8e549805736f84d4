import { configuredAddOnsIn } from '../../engine/change/add-on-configuration';
import { undeclaredAddOnsIn, undeclaredAmisIn } from '../../engine/change/cluster-in-templates';
import { ClusterDeclaration } from '../../engine/declaration/cluster-declaration';
import { ReleaseDeclaration } from '../../engine/declaration/release-declaration';
import { clusterToCreate } from '../../engine/judgement/creation';
import { deployedFor, wantedCluster, WantedCluster } from '../../engine/judgement/wanted-cluster';
import { sentence } from '../../engine/messages/sentence';
import { clusterIdsIn } from '../../engine/state/deployed-stack';
import { Known, known, notKnown } from '../../engine/state/known';
import { environmentKey, LiveCluster, LiveEnvironment, LiveView } from '../../engine/state/live-view';
import { mapValues } from '../../engine/state/map-values';
import { AmiOffer, amiOfferOf, RegionCatalog } from '../../engine/state/region-catalog';
import { readDeclaredClusters } from '../../live/declared-clusters';
import { WorkloadAccess } from '../../live/kubernetes/cluster-workloads';
import { LiveReadingOptions } from '../../live/live-environment-reader';
import { DeclaredApp, WantedStacks } from '../app/app-clusters';
import { AwsEnvironments } from '../aws-environments';
import { cannot } from '../messages';
import { Progress } from '../terminal';

/** A cluster, or why there is nothing to say of it. */
export interface CommandCluster {
  readonly declaration: ClusterDeclaration;
  /** The name in EKS, else the construct path. */
  readonly name: string;
  readonly read: Known<WantedCluster>;
  /** Whether the reason is that the cluster is still to be created. */
  readonly toBeCreated: boolean;
  /** What is to be created then; absent where only the deployment knows. */
  readonly creation?: WantedCluster;
}

/** Which cluster it is: what the JSON of each command begins with. */
export interface ClusterPlace {
  readonly name: string;
  /** The construct path; the name of a cluster that is not in an app. */
  readonly path: string;
  readonly account?: string;
  readonly region?: string;
}

/** Which cluster it is. */
export function placeOf({ name, declaration: { path, account, region } }: CommandCluster): ClusterPlace {
  return { name, path, account, region };
}

/** A tracked release without a node group, and what AWS publishes for it. */
export interface CommandRelease {
  readonly declaration: ReleaseDeclaration;
  readonly offer: Known<AmiOffer>;
  /** What was read of its account and Region. */
  readonly catalog: RegionCatalog;
}

/** An app beside what is live. */
export interface LiveApp {
  readonly clusters: readonly CommandCluster[];
  readonly releases: readonly CommandRelease[];
}

/** Enough to keep all calls busy that may be under way in an account and Region. */
const CLUSTERS_AT_ONCE = 20;

/** A run reads until it has read: each call has its own patience. The longest that a timer can be set for. */
const PATIENCE_MILLIS = 2 ** 31 - 1;

/** How to look into clusters. */
export interface WorkloadAccesses {
  /** Into those whose guard does. */
  readonly ofGuards: WorkloadAccess;
  /** Into all, where that is asked for. */
  readonly ofAll?: WorkloadAccess;
}

/** Reads the clusters of an app, all side by side, each account and Region within its limit, and what is published for its releases. */
export async function readApp(
  { clusters, releases, environments, deployedTogether }: DeclaredApp, aws: AwsEnvironments, progress: Progress,
  { workloads, ...reading }: Pick<LiveReadingOptions, 'now' | 'withRoom'> & { readonly workloads: WorkloadAccesses },
): Promise<LiveApp> {
  let done = 0;
  const view = await readDeclaredClusters(clusters, {
    ...reading,
    releases,
    patienceMillis: PATIENCE_MILLIS,
    furtherStacks: mapValues(environments, ({ wanted }) => Object.keys(wanted)),
    furtherAddOns: mapValues(environments, ({ wanted }) => undeclaredAddOnsIn(wanted, clusters)),
    furtherAmis: mapValues(environments, ({ wanted }) => undeclaredAmisIn(wanted, clusters)),
    clusterIds: mapValues(environments, ({ wanted }) => clusterIdsIn(wanted)),
    // where deployments are judged
    configuredAddOns: reading.withRoom ? mapValues(environments, ({ wanted }) => configuredAddOnsIn(wanted)) : undefined,
    clustersAtOnce: CLUSTERS_AT_ONCE,
    onRead: () => progress(++done),
    connect: async (key) => aws.tryConnecting(environments[key]),
    workloads: ({ guard }) => workloads.ofAll ?? (guard.workloads ? workloads.ofGuards : undefined),
  });
  const read = clusters.map((declaration, index) => {
    const live = view.clusters[index];
    const wanted = deployedTogether[declaration.path] ?? environments[environmentKey(declaration)].wanted;
    return {
      declaration,
      name: live.name ?? declaration.clusterName ?? declaration.path,
      toBeCreated: isToBeCreated(declaration, live),
      creation: isToBeCreated(declaration, live)
        ? clusterToCreate({ declaration, wanted, catalog: view.environments[live.environment].catalog }, view.observedAt) : undefined,
      read: readingOf(declaration, live, view.environments[live.environment], wanted),
    };
  });
  return {
    clusters: read,
    releases: releases.map((declaration) => (
      { declaration, offer: offerOf(declaration, view), catalog: view.environments[environmentKey(declaration)].catalog })),
  };
}

function offerOf(release: ReleaseDeclaration, { environments }: LiveView): Known<AmiOffer> {
  const { amiType, kubernetesVersion } = release;
  if (amiType === undefined || kubernetesVersion === undefined) {
    return notKnown('only the deployment knows its AMI type or Kubernetes version');
  }
  return amiOfferOf(environments[environmentKey(release)].catalog, amiType, kubernetesVersion);
}

/** A cluster that nobody declares is not one that is still to be created. */
function isToBeCreated({ logicalId }: ClusterDeclaration, { state }: LiveCluster): boolean {
  return state === undefined && logicalId !== undefined;
}

function readingOf(
  declaration: ClusterDeclaration,
  { state = notKnown(sentence(cannot.findCluster({}))) }: LiveCluster,
  { catalog, stacks }: LiveEnvironment,
  wanted: WantedStacks,
): Known<WantedCluster> {
  if (!state.known) return state;
  const cluster = { declaration, state: state.value, catalog, wanted };
  const deployed = deployedFor(cluster, stacks);
  return deployed.known ? known(wantedCluster({ ...cluster, deployed: deployed.value })) : deployed;
}
