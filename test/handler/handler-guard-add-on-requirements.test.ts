import type { HandlerBench } from './handler-bench';
import { guard, putCluster, startGuardBench } from './handler-guard-bench';
import type { Finding } from '../../src/engine/judgement/finding';

let bench: HandlerBench;

beforeEach(async () => {
  bench = await startGuardBench();
});

afterEach(async () => {
  await bench.stop();
});

const told = () => bench.log.flatMap(({ finding }) => {
  const { check, severity, about, reason, data } = (finding ?? {}) as Partial<Finding>;
  return check === 'add-on-requirements' ? [{ severity, name: about!.name, reason, version: data!.version }] : [];
});

test('tells, as an information, what a version needs that the installed one does not, and that the template does not give', async () => {
  bench.aws.eks.catalog.addonVersions = bench.aws.eks.catalog.addonVersions.map((version) =>
    version.addonVersion === 'v1.13.2-eksbuild.3' ? { ...version, requiresConfiguration: true } : version);
  putCluster(bench);

  expect(await guard(bench, { AddOns: [{ Name: 'coredns', Policy: 'latest' }] })).toMatchObject({ Status: 'SUCCESS' });
  expect(told()).toEqual([{ severity: 'info', name: 'coredns', reason: 'needsConfiguration', version: 'v1.13.2-eksbuild.3' }]);
});

test('tells of a new add-on that calls AWS and gets no role, and not of one that gets it', async () => {
  putCluster(bench);
  await guard(bench, { AddOns: [{ Name: 'aws-ebs-csi-driver', Policy: 'recommended' }] });
  expect(told()).toEqual([
    { severity: 'info', name: 'aws-ebs-csi-driver', reason: 'needsPermissions', version: 'v1.54.0-eksbuild.1' },
  ]);
});

test.each([
  { ServiceAccountRoleArn: { 'Fn::GetAtt': ['Role', 'Arn'] } }, { PodIdentityAssociations: { Ref: 'Associations' } },
])('says nothing with %j', async (Others) => {
  putCluster(bench, { addons: [] });
  await guard(bench, { AddOns: [{ Name: 'aws-ebs-csi-driver', Policy: 'recommended', Others }] });
  expect(told()).toEqual([]);
});

test('says nothing of what the installed version needs already', async () => {
  putCluster(bench, { addons: [{ name: 'vpc-cni' }] });
  await guard(bench, { AddOns: [{ Name: 'vpc-cni', Policy: 'recommended' }] });
  expect(told()).toEqual([]);
});
