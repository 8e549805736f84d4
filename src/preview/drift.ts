import { goneParts } from './gone-parts';
import { keptParts } from './kept-parts';
import { tellsVersion } from './node-group-move';
import { addOnChoiceOf, Change, movesNodeGroup, wantedOfAddOn } from '../engine/change/change';
import { literal, Part } from '../engine/change/cluster-in-templates';
import { clusterVersionIn } from '../engine/change/deployment-intent';
import { keepsAddOn } from '../engine/change/kept-versions';
import { launchedImageIn } from '../engine/change/launched-image';
import { WantedCluster } from '../engine/judgement/wanted-cluster';
import { installedVersions } from '../engine/state/add-on-state';
import { ADD_ON_TYPE, NODE_GROUP_TYPE } from '../engine/state/deployed-stack';
import { valuesOf } from '../engine/state/known';

/** Something that runs otherwise than CloudFormation believes. */
export interface Drift {
  /** Such as `node group workers`. */
  readonly subject: string;
  /** Absent of what somebody has deleted. */
  readonly live?: string;
  /** Absent where the template names no version. */
  readonly deployed?: string;
  /** What to do about it. */
  readonly wayOut: string;
}

/**
 * Where what runs differs from the template that was deployed last: after a failed upgrade, an update on the console, or one by EKS itself.
 * CloudFormation compares templates only, so it neither sees nor mends it.
 */
export function driftOf(change: Change, cluster: WantedCluster): Drift[] {
  return [...controlPlaneDrift(cluster), ...nodeGroupDrift(change, cluster), ...addOnDrift(change, cluster), ...goneDrift(cluster)];
}

function goneDrift(cluster: WantedCluster): Drift[] {
  const driftOfPart = (kind: string) => ({ name, stackName, logicalId }: Part): Drift => {
    const { AddonVersion, ReleaseVersion, Version } = cluster.deployed[stackName].resources[logicalId].properties;
    return {
      subject: `${kind} ${name}`,
      deployed: literal(AddonVersion) ?? literal(ReleaseVersion) ?? literal(Version),
      wayOut: 'CloudFormation neither creates it again nor can update it: remove it from the app, deploy, then add it again',
    };
  };
  return [
    ...goneParts(NODE_GROUP_TYPE, cluster).map(driftOfPart('node group')), ...goneParts(ADD_ON_TYPE, cluster).map(driftOfPart('add-on')),
  ];
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

function nodeGroupDrift(change: Change, cluster: WantedCluster): Drift[] {
  const { state: { nodeGroups }, intent: { nodeGroups: intents = {} } } = change;
  const live = new Map(valuesOf(nodeGroups).map((group) => [group.name, group]));
  return keptParts(NODE_GROUP_TYPE, cluster).flatMap(({ name, stackName, logicalId }) => {
    const { resources } = cluster.deployed[stackName];
    const { Version: version, ReleaseVersion: release } = resources[logicalId].properties;
    const found = live.get(name);
    const intent = intents[name] ?? {};
    if (!found) return [];
    const runs = { version: found.version.known ? found.version.value : undefined, release: found.releaseVersion };
    const pairs = [
      { what: 'version', live: runs.version, deployed: literal(version), wanted: intent.version },
      { what: 'release', live: runs.release, deployed: literal(release), wanted: intent.releaseVersion },
      {
        what: 'image',
        live: runs.release,
        deployed: intent.image && launchedImageIn(resources, logicalId),
        wanted: intent.image?.id,
      },
    ].filter((pair) => pair.deployed !== undefined && pair.live !== undefined && pair.live !== pair.deployed);
    if (pairs.length === 0) return [];
    const told = [runs, { version: literal(version), release: literal(release) }].every(tellsVersion) ? pairs.slice(-1) : pairs;
    const tell = (side: 'live' | 'deployed' | 'wanted') => told.flatMap((pair) => pair[side] ?? []).join(' with release ');
    const isSent = pairs.every((pair) => pair.wanted === pair.live) || movesNodeGroup(change, found);
    return [{
      subject: `node group ${name}`,
      live: tell('live'),
      deployed: tell('deployed'),
      wayOut: wayOutOf(
        tell('live'), isSent ? tell('wanted') || undefined : undefined,
        `name ${pairs.map(({ what, live: runsNow }) => `the ${what} ${runsNow}`).join(' and ')}`,
      ),
    }];
  });
}

/**
 * @param wanted undefined where the deployment sends nothing
 * @param toKeep what to write in order to go on from what is live
 */
function wayOutOf(live: string, wanted: string | undefined, toKeep: string): string {
  if (wanted === live) return 'this deployment settles it';
  return wanted === undefined
    ? `CloudFormation would leave it so: ${toKeep} and deploy, then go on from there`
    : `this deployment moves it to ${wanted}`;
}

function addOnDrift(change: Change, cluster: WantedCluster): Drift[] {
  const installed = installedVersions(change.state.addOns);
  return keptParts(ADD_ON_TYPE, cluster).flatMap(({ name }) => {
    const intent = wantedOfAddOn(change, name);
    const { previousVersion: deployed } = intent;
    const live = installed.get(name);
    if (deployed === undefined || live === undefined || live === deployed) return [];
    const wanted = keepsAddOn(intent) ? undefined : addOnChoiceOf(change, name, live)?.version;
    return [{ subject: `add-on ${name}`, live, deployed, wayOut: wayOutOf(live, wanted, `pin ${live}`) }];
  });
}
