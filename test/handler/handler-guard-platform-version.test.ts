import { UpdateAddonCommand } from '@aws-sdk/client-eks';
import type { HandlerBench } from './handler-bench';
import { expectRefusal, guard, putCluster, startGuardBench } from './handler-guard-bench';
import { awsClients } from '../../src/live/aws-clients';
import { enterEnvironment } from '../live/sdk-environment';

const OLD = 'v1.13.0-eksbuild.1';
const NEW = 'v1.13.2-eksbuild.3';

let bench: HandlerBench;
let leave: () => void;

beforeEach(async () => {
  bench = await startGuardBench();
  leave = enterEnvironment(bench.aws);
  bench.aws.eks.catalog.addonVersions = [OLD, NEW].map((addonVersion) => ({
    addonName: 'coredns', addonVersion, clusterVersions: ['1.35', '1.36'], defaultFor: [], ...addonVersion === NEW && { platformVersions: ['eks.9+'] },
  }));
});

afterEach(async () => {
  leave();
  await bench.stop();
});

const onPlatform = (platformVersion: string) => putCluster(bench, { platformVersion, addons: [{ name: 'coredns', version: OLD }] });
const pin = (version: string) => guard(bench, { TargetVersion: '1.35', AddOns: [{ Name: 'coredns', Policy: 'pinned', Version: version }] });

test('a version for newer platform versions than that of the cluster is refused, as EKS would refuse it', async () => {
  onPlatform('eks.8');
  expectRefusal(bench, await pin(NEW), 'add-on-compatibility:coredns', {
    reason: 'versionNotOffered', data: expect.objectContaining({ version: NEW, target: '1.35' }),
  });
  await expect(awsClients({ maxAttempts: 1 }).eks.send(new UpdateAddonCommand({ clusterName: 'prod', addonName: 'coredns', addonVersion: NEW })))
    .rejects.toThrow('Addon version specified is not supported for the cluster platform version');
});

test.each(['eks.9', 'eks.10'])('it may be had on %s', async (platformVersion) => {
  onPlatform(platformVersion);
  expect(await pin(NEW)).toMatchObject({ Status: 'SUCCESS' });
  await awsClients({ maxAttempts: 1 }).eks.send(new UpdateAddonCommand({ clusterName: 'prod', addonName: 'coredns', addonVersion: NEW }));
});

test('it may be had after an upgrade, which brings the newest platform version', async () => {
  onPlatform('eks.8');
  expect(await guard(bench, { TargetVersion: '1.36', AddOns: [{ Name: 'coredns', Policy: 'pinned', Version: NEW }] })).toMatchObject({ Status: 'SUCCESS' });
});

test.each([['eks.8', OLD], ['eks.9', NEW]])('the deployment on %s chooses %s', async (platformVersion, chosen) => {
  onPlatform(platformVersion);
  const { Data } = await bench.serve(bench.event({
    RequestType: 'Update',
    ResourceType: 'Custom::EksAddOnVersions',
    ResourceProperties: { ClusterName: 'prod', KubernetesVersion: '1.35', AddOns: [{ Name: 'coredns', Policy: 'latest', Attribute: 'CoreDns' }] },
  }));
  expect(Data).toEqual({ CoreDns: chosen });
});
