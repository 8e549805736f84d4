import { clusterVersionIn, nodeGroupNameOf } from '../engine/change/deployment-intent';
import { referencesIn } from '../engine/change/template-references';
import { WantedCluster } from '../engine/judgement/wanted-cluster';
import { LAUNCH_TEMPLATE_TYPE, TemplateResources } from '../engine/state/deployed-stack';

/** Something that runs otherwise than CloudFormation believes. */
export interface Drift {
  /** Such as `node group workers`. */
  readonly subject: string;
  readonly live: string;
  readonly deployed: string;
  /** What to do about it. */
  readonly wayOut: string;
}

/**
 * Where what runs differs from the template that was deployed last: after a failed upgrade, an update on the console, or one by EKS itself.
 * CloudFormation compares templates only, so it neither sees nor mends it.
 */
export function driftOf(cluster: WantedCluster): Drift[] {
  return [...controlPlaneDrift(cluster), ...nodeGroupDrift(cluster), ...addOnDrift(cluster)];
}

function controlPlaneDrift({ declaration, state: { version: live }, intent: { version }, deployed }: WantedCluster): Drift[] {
  const { stackName, logicalId } = declaration;
  const before = logicalId === undefined ? undefined : clusterVersionIn(deployed[stackName]?.resources, logicalId);
  if (before === undefined || before === live || before === version) return []; // of a version that stays, a check speaks
  return [{
    subject: 'control plane',
    live,
    deployed: before,
    wayOut: version === live ? 'this deployment settles it' : `set version to ${live} and deploy, then go on from there`,
  }];
}

function nodeGroupDrift({ declaration, state: { nodeGroups }, intent: { nodeGroups: intents = {} }, deployed }: WantedCluster): Drift[] {
  const live = new Map((nodeGroups.known ? nodeGroups.value : []).map((group) => [group.name, group]));
  return declaration.nodeGroups.flatMap((group) => {
    const name = nodeGroupNameOf(group, deployed);
    const { resources = {} } = deployed[group.stackName] ?? {};
    const { Version: version, ReleaseVersion: release } = resources[group.logicalId]?.properties ?? {};
    const found = live.get(name);
    const intent = intents[name] ?? {};
    if (!found) return [];
    const pairs = [
      { what: 'version', live: found.version.known ? found.version.value : undefined, deployed: version, wanted: intent.version },
      { what: 'release', live: found.releaseVersion, deployed: release, wanted: intent.releaseVersion },
      {
        what: 'image',
        live: found.releaseVersion,
        deployed: intent.image && imageInTemplate(group.logicalId, resources),
        wanted: intent.image?.id,
      },
    ];
    return pairs
      .filter((pair) => typeof pair.deployed === 'string' && pair.live !== undefined && pair.live !== pair.deployed)
      .slice(-1) // the release tells the version, too
      .map((pair) => ({
        subject: `node group ${name}`,
        live: pair.live!,
        deployed: pair.deployed as string,
        wayOut: wayOutOf(pair),
      }));
  });
}

/** The image that the launch template of a deployed node group names, where it is in the same stack. */
function imageInTemplate(logicalId: string, resources: TemplateResources): unknown {
  const referred = referencesIn(resources[logicalId]?.properties.LaunchTemplate).map((id) => resources[id]);
  const template = referred.find((resource) => resource?.type === LAUNCH_TEMPLATE_TYPE);
  return (template?.properties.LaunchTemplateData as { readonly ImageId?: unknown } | undefined)?.ImageId;
}

function wayOutOf({ what, live, deployed, wanted }: { what: string; live?: string; deployed: unknown; wanted?: string }): string {
  if (wanted === live) return 'this deployment settles it';
  return wanted === deployed
    ? `CloudFormation would leave it so: name the ${what} ${live} and deploy, then go on from there`
    : `this deployment moves it to ${wanted}`;
}

function addOnDrift({ declaration, state: { addOns }, deployed }: WantedCluster): Drift[] {
  const live = new Map((addOns.known ? addOns.value : []).map(({ name, version }) => [name, version]));
  return declaration.addOns.flatMap(({ name, stackName, logicalId }) => {
    const before = deployed[stackName]?.resources[logicalId]?.properties.AddonVersion;
    const found = live.get(name);
    return typeof before !== 'string' || found === undefined || found === before ? [] : [{
      subject: `add-on ${name}`,
      live: found,
      deployed: before,
      wayOut: `pin ${found} and deploy, then go on from there`,
    }];
  });
}
