import { Stack, Token } from 'aws-cdk-lib';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { Construct, IConstruct } from 'constructs';
import { AddOnVersion } from './add-on-version';
import { ManagedAddOn } from './managed-add-on';
import { notes, warnings } from './messages';
import { orphanedOf } from './orphaned-paths';
import { UpgradableClusterProps } from './upgradable-cluster-props';
import { inform, warn } from '../diagnostics/annotations';
import { Carried } from '../diagnostics/carried';
import { pathOfChild } from '../diagnostics/construct-path';
import { pathsRolledBack, RollbackEntry, rollbackEntryIn, rollbackKey } from '../engine/declaration/rollback-entry';
import { KubernetesMinor } from '../engine/kubernetes/kubernetes-minor';

/** The keys of the context of a finished app: each cluster looks through them. */
const ContextKeys = new Carried<readonly string[]>('ContextKeys');

/** The rollback that the context asks of a cluster; undefined where it asks none, also for another version than the app's. */
export function rollbackOf(scope: Construct, id: string, version: string): RollbackEntry | undefined {
  const { account, region } = Stack.of(scope);
  if ([account, region, version].some((value) => Token.isUnresolved(value))) return undefined; // the command writes no entry for these
  const key = rollbackKey({ account, region, path: pathOfChild(scope, id) }, version);
  const value = scope.node.tryGetContext(key);
  return value === undefined ? undefined : rollbackEntryIn(key, value);
}

/** Says what goes back, or that the context may ask it by a construct path that the cluster no longer has. */
export function tellOfRollback(cluster: IConstruct, version: string, rollback?: RollbackEntry): void {
  if (rollback) inform(cluster, notes.goingBack({ to: rollback.to, stage: rollback.stage }));
  else cluster.node.addValidation({ validate: () => tellOfOrphanedRollbacks(cluster, version) });
}

/** A cluster that was moved or renamed on its way back has lost its entry, and would be upgraded again. */
function tellOfOrphanedRollbacks(cluster: IConstruct, version: string): string[] {
  const { account, region } = Stack.of(cluster);
  const { root } = cluster.node;
  const keys = ContextKeys.of(root) ?? ContextKeys.give(root, Object.keys(root.node.getAllContext()));
  const paths = orphanedOf(pathsRolledBack(keys, { account, region }, version), cluster);
  if (paths.length > 0) warn(cluster, warnings.rollbackOrphaned({ paths, version, cluster: cluster.node.path }));
  return [];
}

/** The properties of a cluster that goes back: of its control plane only once nodes and add-ons went. */
export function propsGoingBack(props: UpgradableClusterProps, { to, stage, addOns }: RollbackEntry): UpgradableClusterProps {
  const older = eks.KubernetesVersion.of(to);
  return {
    ...props,
    version: stage === 'control plane' ? older : props.version,
    nodeKubernetesVersion: isNewer(props.nodeKubernetesVersion?.version ?? props.version.version, to) ? older : props.nodeKubernetesVersion,
    managedAddOns: props.managedAddOns?.map((addOn) => addOnGoingBack(addOn, addOns)),
  };
}

/** An add-on in the version to which it goes back, if it does. */
export function addOnGoingBack(addOn: ManagedAddOn, versions: RollbackEntry['addOns']): ManagedAddOn {
  const version = versions[addOn.name];
  return version === undefined ? addOn : addOn._inVersion(AddOnVersion.pinned(version));
}

function isNewer(version: string, than: string): boolean {
  return !Token.isUnresolved(version) && KubernetesMinor.parse(version).isNewerThan(KubernetesMinor.parse(than));
}
