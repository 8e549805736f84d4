import { WantedCluster } from '../../engine/judgement/wanted-cluster';
import { Said } from '../../engine/messages/message';
import { leavesOpen } from '../../engine/plan/messages';
import { AddOnStep, NodeGroupStep, PlanStep } from '../../engine/plan/plan-step';
import { installedVersions } from '../../engine/state/add-on-state';
import { regionOfCluster } from '../../engine/state/cluster-state';

/** What the context would take back in vain: the deployed template says it already, so CloudFormation sends nothing, whatever runs. */
export function unsentSteps(steps: readonly PlanStep[], cluster: WantedCluster): Said[] {
  return steps.flatMap((step) => {
    switch (step.kind) {
      case 'node-group': return unsentNodeGroup(step, cluster) ?? [];
      case 'add-on': return unsentAddOn(step, cluster) ?? [];
      default: return [];
    }
  });
}

function unsentNodeGroup({ name, from, to, releaseVersion }: NodeGroupStep, { intent, state }: WantedCluster) {
  const wanted = intent.nodeGroups?.[name];
  const release = releaseVersion ?? wanted?.releaseVersion;
  if (wanted?.previous?.version !== to || wanted.previous.releaseVersion !== release) return undefined;
  const { name: cluster, nodeGroups } = state;
  const live = nodeGroups.known ? nodeGroups.value.find((group) => group.name === name) : undefined;
  return leavesOpen.nodeGroupNotSent({
    cluster,
    nodeGroup: name,
    wanted: release ?? to,
    live: live?.releaseVersion ?? from ?? 'an unknown version',
    version: to,
    release,
    region: regionOfCluster(state),
  });
}

function unsentAddOn({ name, from, to }: AddOnStep, { intent, state }: WantedCluster) {
  const { previousVersion, isResent } = intent.addOns?.[name] ?? {};
  const isNext = installedVersions(state.addOns).get(name) === from; // a later step starts from what an earlier one has sent
  if (previousVersion !== to || isResent || !isNext) return undefined;
  return leavesOpen.pinNotSent({ cluster: state.name, addOn: name, pinned: to, live: from, next: to, region: regionOfCluster(state) });
}
