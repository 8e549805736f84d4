import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { IConstruct } from 'constructs';
import { addOnGoingBack } from './context-rollback';
import { notes, warnings } from './messages';
import { orphanedOf } from './orphaned-paths';
import { UpgradableClusterProps } from './upgradable-cluster-props';
import { PathPosition, stepAt } from './upgrade-path';
import { inform, warn } from '../diagnostics/annotations';
import { KubernetesMinor } from '../engine/kubernetes/kubernetes-minor';
import { describePathStep, PathStep } from '../engine/plan/upgrade-path-file';

/** The properties of a cluster in a step of its path. What add-ons follow its nodes, follow the oldest of them. */
export function propsOnPath(props: UpgradableClusterProps, { version, nodesHeldAt, addOns }: PathStep): UpgradableClusterProps {
  const [oldest] = Object.values(nodesHeldAt).map((minor) => KubernetesMinor.parse(minor)).sort((a, b) => a.isOlderThan(b) ? -1 : 1);
  return {
    ...props,
    version: eks.KubernetesVersion.of(version),
    nodeKubernetesVersion: oldest && eks.KubernetesVersion.of(oldest.toString()),
    managedAddOns: props.managedAddOns?.map((addOn) => addOnGoingBack(addOn, addOns)),
  };
}

/** Says where a cluster is on its path, or why it is on none. */
export function tellOfPath(cluster: IConstruct, position: PathPosition): void {
  const { file, appVersion, path, step, other } = position;
  if (other !== undefined) {
    inform(cluster, notes['upgradePathIgnored:otherVersion']({ file, other, appVersion }));
  } else if (!path) {
    cluster.node.addValidation({ validate: () => tellOfNoPath(cluster, position) });
  } else if (!stepAt(position) || step === undefined) {
    warn(cluster, warnings.upgradePathUnpinned({ file, appVersion }));
  } else {
    inform(cluster, notes.onUpgradePath({ step: describePathStep(path, step), file, isLast: step === path.steps.length - 1 }));
  }
}

/** A cluster that was moved or renamed on its way has lost its path, and would go back. */
function tellOfNoPath(cluster: IConstruct, { file, appVersion, ofOthers = [] }: PathPosition): string[] {
  const paths = orphanedOf(ofOthers, cluster);
  if (paths.length === 0) inform(cluster, notes.upgradePathIgnored({ file }));
  else warn(cluster, warnings.upgradePathOrphaned({ file, appVersion, paths, cluster: cluster.node.path }));
  return [];
}
