/**
 * Whether a deployment did what `cdk diff` had said: no more, no less.
 */
import type { Done } from './bench-server';
import type { DiffedAndDeployed } from './toolkit';

const RESOLVER = 'Custom::EksAddOnVersions';

/** Says nothing of the app: the CLI leaves it out of the diff. */
const METADATA = 'AWS::CDK::Metadata';

/**
 * Compares resource by resource.
 *
 * Add-ons take their version from the resolver: a diff that shows the resolver's new Kubernetes version stands for them.
 */
export function expectAsToldByDiff({ diffed, done }: DiffedAndDeployed): void {
  const told = diffed.map(lineOf);
  const resolves = diffed.some(({ type }) => type === RESOLVER);
  const followsResolver = ({ logicalId, type, action, properties }: Done) => resolves && type === 'AWS::EKS::Addon' && action === 'update'
    && properties?.join() === 'AddonVersion' && !diffed.some((shown) => shown.logicalId === logicalId);
  const happened = done
    .filter((change) => change.type !== METADATA && !followsResolver(change))
    .map(lineOf);
  const announced = told.filter((line) => !line.includes(METADATA));
  expect(announced).toEqual(expect.arrayContaining(happened));
  // what CloudFormation knows only later is announced whether or not the value will be another one
  const certain = diffed.filter(({ isKnownLater }) => !isKnownLater).map(lineOf).filter((line) => !line.includes(METADATA));
  expect(happened).toEqual(expect.arrayContaining(certain));
}

function lineOf({ action, logicalId, type }: Pick<Done, 'action' | 'logicalId' | 'type'>): string {
  return `${action} ${type} ${logicalId}`;
}
