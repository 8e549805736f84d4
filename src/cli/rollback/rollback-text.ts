import { ClusterRollback } from './cluster-rollback';
import { describeFinding } from '../../engine/judgement/verdict-text';
import { CONTEXT_FILE } from '../app/context-file';
import { describeEnvironment } from '../aws-environments';

/** The rollbacks for a terminal. */
export function rollbackText(rollbacks: readonly ClusterRollback[], isWritten: boolean): string {
  if (rollbacks.length === 0) return 'there are no clusters\n';
  const blocks = rollbacks.map(
    (rollback) => [titleOf(rollback), ...linesOf(rollback, isWritten).map((line) => `  ${line}`)].join('\n'),
  );
  return `${blocks.join('\n\n')}\n`;
}

function titleOf({ name, path, account, region }: ClusterRollback): string {
  return `${name} (${path}), ${describeEnvironment({ account, region })}`;
}

function linesOf(rollback: ClusterRollback, isWritten: boolean): string[] {
  if ('unreadable' in rollback) return [`could not be read: ${rollback.unreadable}`];
  if ('toBeCreated' in rollback) return ['does not exist yet: nothing goes back'];
  if ('impossible' in rollback) return [`cannot go back: ${rollback.impossible}`];
  if ('refused' in rollback) return [`cannot go back to ${rollback.to}:`, ...rollback.refused.map(describeFinding)];
  if ('done' in rollback) {
    const first = rollback.isOnPath
      ? "write the upgrade path anew with 'cdk-eks-upgrades plan --to <version> --write'"
      : 'write that version into the app';
    return [`runs ${rollback.to}: it went back; ${first}, then run 'cdk-eks-upgrades rollback --end'`];
  }
  const { from, to, steps, then, open } = rollback;
  return [
    `${from} → ${to}, ${then.length > 0 ? 'in two deployments' : 'in one deployment'}`,
    ...steps.map((step) => `now: ${step}`),
    ...then.map((step) => `then: ${step}`),
    ...open.map((question) => `open: ${question}`),
    isWritten ? `written to ${CONTEXT_FILE}: run 'cdk diff', then 'cdk deploy'` : `nothing is written to ${CONTEXT_FILE}`,
    ...then.length > 0 && isWritten ? ["run 'cdk-eks-upgrades rollback' again after that, for the control plane"] : [],
  ];
}
