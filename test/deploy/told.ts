/**
 * Whether a deployment did what `cdk diff` had said: no more, no less.
 */
import type { Deployed } from './toolkit';

const RESOLVER = 'Custom::EksAddOnVersions';

/** Says nothing of the app: the CLI leaves it out of the diff. */
const METADATA = 'AWS::CDK::Metadata';

/**
 * Compares resource by resource.
 *
 * Add-ons take their version from the resolver: a diff that shows the resolver's new Kubernetes version stands for them.
 */
export function expectAsToldByDiff({ diffed, done }: Deployed): void {
  const told = diffed.map(({ action, logicalId, type }) => `${action} ${type} ${logicalId}`);
  const resolves = diffed.some(({ type }) => type === RESOLVER);
  const happened = done
    .filter(({ type }) => type !== METADATA)
    .filter(({ type, action, properties }) => !(resolves && type === 'AWS::EKS::Addon' && action === 'update' && properties?.join() === 'AddonVersion'))
    .map(({ action, logicalId, type }) => `${action} ${type} ${logicalId}`);
  expect(happened.sort()).toEqual(told.filter((line) => !line.includes(METADATA)).sort());
}
