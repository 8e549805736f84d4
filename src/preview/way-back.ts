import { AddOnMove } from './add-on-move';
import { NodeGroupMove } from './node-group-move';
import { Change } from '../engine/change/change';
import { wayBack } from '../engine/judgement/checks/way-back';
import { Finding } from '../engine/judgement/finding';
import { BeforeWayBack } from '../engine/judgement/way-back-words';
import { KubernetesMinor } from '../engine/kubernetes/kubernetes-minor';

/** How the control plane gets back after an upgrade. */
export interface WayBack extends BeforeWayBack {
  readonly to: string;
}

/**
 * The way back of an upgrade to the next minor; undefined for everything else, and where a finding says that the control plane may
 * not get back, or an add-on could not be read, of which nobody can tell that.
 */
export function wayBackAfter(
  { current, target, direction }: Change, findings: readonly Finding[],
  { nodeGroups, addOns }: { readonly nodeGroups: readonly NodeGroupMove[]; readonly addOns: readonly AddOnMove[] },
): WayBack | undefined {
  const found = findings.filter(({ check }) => check === wayBack.id);
  if (direction !== 'up' || target.minorsAheadOf(current) > 1) return undefined; // EKS refuses to skip a minor
  if (found.some(({ severity }) => severity !== 'info') || addOns.some(({ isUnread }) => isUnread)) return undefined;
  const beyond = nodeGroups.filter(
    ({ to }) => to?.version !== undefined && KubernetesMinor.parse(to.version).isNewerThan(current),
  );
  const isCreated = ({ from, isUnread = false }: NodeGroupMove) => from === undefined && !isUnread;
  return {
    to: current.toString(),
    after: [
      ...beyond.filter((group) => !isCreated(group)).map(({ name }) => name),
      ...found.map(({ about }) => about).filter(({ kind }) => kind === 'add-on').map(({ name }) => name),
    ],
    created: beyond.filter(isCreated).map(({ name }) => name),
  };
}
