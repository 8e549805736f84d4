import { NodeGroupMove } from './node-group-move';
import { Finding } from '../engine/judgement/finding';
import { KubernetesMinor } from '../engine/kubernetes/kubernetes-minor';

/** How the control plane gets back after an upgrade. */
export interface WayBack {
  readonly to: string;
  /** What has to be rolled back before it: node groups, then add-ons. */
  readonly after: readonly string[];
}

/**
 * The way back of an upgrade to another minor; undefined for everything else, and where a finding says that the control plane may
 * not get back.
 */
export function wayBackAfter(
  { live, wanted }: { readonly live: string; readonly wanted: string }, findings: readonly Finding[], nodeGroups: readonly NodeGroupMove[],
): WayBack | undefined {
  const [found, current] = [findings.filter(({ check }) => check === 'way-back'), KubernetesMinor.parse(live)];
  if (!KubernetesMinor.parse(wanted).isNewerThan(current) || found.some(({ severity }) => severity !== 'info')) return undefined;
  const beyond = nodeGroups.filter(
    ({ from, to }) => from && to?.version !== undefined && KubernetesMinor.parse(to.version).isNewerThan(current),
  );
  return {
    to: live,
    after: [
      ...beyond.map(({ name }) => name), ...found.map(({ about }) => about).filter(({ kind }) => kind === 'add-on').map(({ name }) => name),
    ],
  };
}
