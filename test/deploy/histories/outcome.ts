/**
 * How an operation of a stack has ended, as its steps tell.
 */
import type { Operation, Step } from '../stacks';

/** Without steps there was nothing to update, whatever the stack's status says of a deployment before. */
export function wentWell({ status, steps }: Operation): boolean {
  return /^(CREATE|UPDATE)_COMPLETE$/.test(status) || steps.length === 0;
}

export function reasonsIn(steps: readonly Step[]): string {
  return steps.map(({ reason }) => reason).filter(Boolean).join(' | ');
}

/**
 * Whether EKS refuses a node group that was made anew for its new name, at the minor at which the app holds nodes: in a stack of the nodes
 * no guard is called for a name alone.
 */
export function hasNewName(steps: readonly Step[]): boolean {
  return steps.some(({ reason }) => reason?.includes('must match cluster version'));
}

/** By a guard. */
export function wasRefused(steps: readonly Step[]): boolean {
  return steps.some(({ type, status }) => type === 'Custom::EksUpgradeGuard' && status === 'UPDATE_FAILED');
}
