import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { IConstruct } from 'constructs';
import { addOnGoingBack } from './context-rollback';
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
  if (!path) {
    inform(cluster, 'upgradePathIgnored', other === undefined
      ? `${file} holds no path of this cluster, so that version counts: write one with 'cdk-eks-upgrades plan --to <version> --write'`
      : `the path in ${file} was written while the app named Kubernetes ${other}; it names ${appVersion} now, which counts: take upgradePath out of the app, or write a new path`);
  } else if (!stepAt(position) || step === undefined) {
    warn(cluster, 'upgradePathUnpinned', `the context pins no step of ${file}, so that version ${appVersion} counts, wherever the cluster is on its path: `
      + "restore cdk.context.json from version control, or pin a step with 'cdk-eks-upgrades refresh --step'");
  } else {
    inform(
      cluster, 'onUpgradePath',
      `the app is at ${describePathStep(path, step)} of ${file}: 'cdk-eks-upgrades refresh --step' moves it to the next one once the cluster has got there`,
    );
  }
}
