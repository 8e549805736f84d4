/**
 * What holds after every deployment, whatever was edited and whatever went wrong.
 */
import { isDeepStrictEqual } from 'node:util';
import { ahead } from './app-model';
import { hides, isUnforeseeable, type Fault } from './fault';
import type { Deployment } from './observation';
import type { Step } from '../stacks';

/** The kubelet skew of all versions in these histories. */
export const SKEW = 3;

/** The laws that a deployment has broken, in words; none when all is well. */
export function brokenLaws(deployment: Deployment, fault: Fault): string[] {
  return [
    ...replacements(deployment),
    ...losses(deployment),
    ...failuresInRollback(deployment, fault),
    ...surprises(deployment, fault),
    ...nodesOutOfSkew(deployment),
    ...movesNobodyWaitedFor(deployment),
  ];
}

/** What only a replacement changes, the guard refuses. */
function replacements({ before, after }: Deployment): string[] {
  return Object.entries(before.physicalIds)
    .filter(([logicalId, id]) => (after.physicalIds[logicalId] ?? id) !== id)
    .map(([logicalId, id]) => `${logicalId} was replaced: ${id} became ${after.physicalIds[logicalId]}`);
}

/**
 * A cluster is never deleted, and a node group only where guard or check have named it, if only as an error that it cannot be read: a
 * guard is not called for new names alone.
 */
function losses({ before, after, steps, findings }: Deployment): string[] {
  const clusters = steps.filter(({ type, status, logicalId }) =>
    type === 'AWS::EKS::Cluster' && status.startsWith('DELETE') && before.physicalIds[logicalId] !== undefined);
  const isNamed = (name: string) => findings.some(({ id, severity, subject }) =>
    id === `node-group-removed:${name}` || severity === 'error' && (subject.includes(name) || id.startsWith('node-group-readable')));
  const groups = Object.keys(before.nodeGroups).filter((name) => after.nodeGroups[name] === undefined && !isNamed(name));
  return [
    ...clusters.map((step) => `the cluster was deleted: ${describe(step)}`),
    ...groups.map((name) => `the node group ${name} was deleted, and nobody had named it`),
  ];
}

/** Neither guard nor resolver stands in the way of a rollback; what else stays behind cannot drain, or the guard has warned of it. */
function failuresInRollback(deployment: Deployment, { fault }: Fault): string[] {
  return stuckInRollback(deployment)
    .filter((step) => step.type.startsWith('Custom::') || !(fault === 'cannot drain' || wasWarnedOf(step, deployment, 'stack-rollback')))
    .map((step) => `in a rollback, ${describe(step)}`);
}

/** What fails, the guard has warned of before; or it is a guard that refuses, before its own stack's nodes move. */
function surprises(deployment: Deployment, fault: Fault): string[] {
  if (isUnforeseeable(fault) || fault.fault === 'console upgrade' && !deployment.wasAsked) return []; // who looked with check had looked before it
  return failures(deployment.steps)
    .filter(({ type }) => type !== 'Custom::EksUpgradeGuard')
    .filter((step) => !isUntellable(step, fault))
    .filter((step) => !wasWarnedOf(step, deployment))
    .map((step) => `${deployment.controlPlaneMoved ? 'the control plane had moved when ' : ''}${describe(step)}, and the guard had not warned of it`);
}

/**
 * What nobody can tell before by what may be read: whether a step down is a rollback, which passes then, as what else moves nothing
 * forward; and a resolver says of itself what it may not read, before anything moves.
 */
function isUntellable({ type, reason = '' }: Step, fault: Fault): boolean {
  return hides(fault, 'DescribeStacks') && /Unsupported .* version update|must match cluster version|is newer than Kubernetes|is not supported for kubernetes version/.test(reason)
    || fault.fault === 'denied read' && type === 'Custom::EksAddOnVersions' && reason.includes(`not allowed to call ${fault.service}:${fault.action}`);
}

/** @param check the check that must have said it; any without one */
function wasWarnedOf({ logicalId, type }: Step, { before, findings }: Deployment, check = ''): boolean {
  const name = before.physicalIds[logicalId]?.split(/[|/]/)[1] ?? logicalId;
  return !type.startsWith('Custom::')
    && findings.some(({ id, severity, subject }) => severity !== 'info' && id.startsWith(check) && subject.includes(name));
}

function nodesOutOfSkew({ after }: Deployment): string[] {
  return Object.entries(after.nodeGroups).flatMap(([name, { version = after.version }]) => {
    const behind = ahead(after.version, version);
    return behind < 0 || behind > SKEW ? [`the nodes of ${name} run ${version} under a control plane of ${after.version}`] : [];
  });
}

/** Order and waves are void where CloudFormation does not wait. */
function movesNobodyWaitedFor({ isExpress, before, after }: Deployment): string[] {
  const moved = Object.keys(before.nodeGroups)
    .filter((name) => after.nodeGroups[name] && !isDeepStrictEqual(before.nodeGroups[name], after.nodeGroups[name]));
  return isExpress && (moved.length > 0 || before.version !== after.version)
    ? [`moved in express mode: ${[...before.version === after.version ? [] : ['the control plane'], ...moved].join(', ')}`]
    : [];
}

/** What a rollback could not take back. */
export function stuckInRollback({ steps }: Pick<Deployment, 'steps'>): Step[] {
  const start = steps.findIndex(({ type, status }) => type === 'AWS::CloudFormation::Stack' && status.includes('ROLLBACK_IN_PROGRESS'));
  return start < 0 ? [] : failures(steps.slice(start));
}

/** MiniStack deletes a function before what it serves, where both came with a deployment that stopped and go with the next one. */
const FUNCTION_GONE = /ServiceToken '.*' not found/;

/** What failed by itself, not because something else had. */
function failures(steps: readonly Step[]): Step[] {
  return steps.filter(({ type, status, reason = '' }) => status.endsWith('_FAILED') && type !== 'AWS::CloudFormation::Stack'
    && !/cancel/i.test(reason) && !(status === 'DELETE_FAILED' && FUNCTION_GONE.test(reason)));
}

function describe({ logicalId, status, reason }: Step): string {
  return `${logicalId} ended as ${status}: ${reason}`;
}
