import { HandlerBench, type Answer } from './handler-bench';
import { expectRefusal, guardEvent, putCluster, putStack, startGuardBench, type AppNodeGroup } from './handler-guard-bench';
import type { GuardedImage } from '../../src/engine/change/guarded-images';
import type { Finding } from '../../src/engine/judgement/finding';

const [OLD, NEW] = ['ami-0123456789abcde07', 'ami-0123456789abcde08'];

let bench: HandlerBench;

beforeEach(async () => {
  bench = await startGuardBench();
  putStack(bench, 'UPDATE_IN_PROGRESS', [{ logicalId: 'Workers', type: 'AWS::EKS::Nodegroup', physicalId: 'prod/workers' }]);
  putCluster(bench, { nodegroups: [{ name: 'workers', amiType: 'CUSTOM', releaseVersion: OLD }] });
  bench.aws.ec2.images.put(OLD, { name: 'golden-old', createdAt: new Date('2026-07-14') });
  bench.aws.ec2.images.put(NEW, { name: 'golden-new', createdAt: new Date('2026-08-11') });
});

afterEach(async () => bench.stop());

const workers = ({ Id, LaunchTemplate }: GuardedImage, others: Record<string, unknown> = {}): AppNodeGroup => ({
  LogicalId: 'Workers',
  ...LaunchTemplate ? {} : { ImageId: Id },
  Others: { ScalingConfig: 'a', ...LaunchTemplate && { LaunchTemplate }, ...others },
});

/** The answer to a deployment that gives the node group an image, and nothing else. */
async function guard(image: Partial<GuardedImage> = {}, others?: Record<string, unknown>, besides: readonly GuardedImage[] = []) {
  const [before, after]: GuardedImage[] = [OLD, NEW].map((Id) => ({ Id, KubernetesVersion: '1.35', ...image }));
  const foreign = { Id: 'lt-0123456789abcdef0', Version: '0' };
  const app = (wanted: GuardedImage, more?: Record<string, unknown>) => ({
    TargetVersion: '1.35', Images: [wanted, ...besides], NodeGroups: [workers(wanted, more)],
  });
  return bench.serve(
    guardEvent(bench, app(after, others), {}, app(image.LaunchTemplate ? { ...before, LaunchTemplate: foreign } : before)),
  );
}

test('an image that exists and fits passes', async () => {
  expect(await guard()).toMatchObject({ Status: 'SUCCESS' });
});

test('a node group of the same name and image that another cluster of the stack has is not one of this cluster', async () => {
  putStack(bench, 'UPDATE_IN_PROGRESS', [
    { logicalId: 'Workers', type: 'AWS::EKS::Nodegroup', physicalId: 'prod/workers' },
    { logicalId: 'Zeta', type: 'AWS::EKS::Nodegroup', physicalId: 'staging/workers' },
  ]);
  const app = (ImageId: string) => ({
    TargetVersion: '1.35',
    Images: [{ Id: NEW, KubernetesVersion: '1.35' }],
    NodeGroups: [
      { LogicalId: 'Workers', Name: 'workers', ImageId },
      { LogicalId: 'Zeta', Name: 'workers', ImageId, Others: { ClusterName: { Ref: 'Cluster2' } } },
    ],
    Others: { Cluster2: { Type: 'AWS::EKS::Cluster', Properties: { Version: '1.35' } } },
  });

  expect(await bench.serve(guardEvent(bench, app(NEW), {}, app(OLD)))).toMatchObject({ Status: 'SUCCESS' });
});

test('an image of so many that a line has no room is judged as well: the metadata of the template tells them', async () => {
  const besides = Array.from({ length: 9 }, (_, index) => ({ Id: `ami-00000000000000${100 + index}`, KubernetesVersion: '1.34' }));
  expect(await guard({}, undefined, besides)).toMatchObject({ Status: 'SUCCESS' });
  expectRefusal(bench, await guard({ KubernetesVersion: '1.36' }, undefined, besides), 'image-version:workers', {
    reason: 'ahead', data: expect.objectContaining({ minor: '1.36' }),
  });
});

test.each<[string, () => Promise<Answer>, string, Partial<Finding>]>([
  [
    'is gone', async () => { bench.aws.ec2.images.remove(NEW); return guard(); },
    'image-available', { reason: 'gone', data: { id: NEW } },
  ],
  ['is newer than the control plane', async () => guard({ KubernetesVersion: '1.36' }), 'image-version', { reason: 'ahead', data: expect.objectContaining({ minor: '1.36' }) }],
  ['has other tags than the app says', async () => {
    bench.aws.ec2.images.find(NEW)!.tags = { KubernetesVersion: '1.34' };
    return guard();
  }, 'image-version', { reason: 'contradiction', data: expect.objectContaining({ tagged: '1.34' }) }],
  [
    'comes with something else', async () => guard({}, { ScalingConfig: 'b' }),
    'node-group-combined-update', { reason: 'combined', data: expect.objectContaining({ others: ['ScalingConfig'] }) },
  ],
  ['is not what the launch template of another app names', async () => {
    bench.aws.ec2.launchTemplates.addVersion('lt-0123456789abcdef0', { imageId: OLD });
    return guard({ LaunchTemplate: { Id: 'lt-0123456789abcdef0', Version: '1' } });
  }, 'launch-template-image', { data: expect.objectContaining({ id: 'lt-0123456789abcdef0', version: '1' }) }],
])('an image that %s is refused', async (_, deploy, check, told) => {
  expectRefusal(bench, await deploy(), `${check}:workers`, told);
});

describe('of several images, the one counts', () => {
  const GONE = 'ami-0123456789abcde09';
  const deploy = async (...images: Partial<GuardedImage>[]) => {
    const all = images.map((image): GuardedImage => ({ Id: NEW, KubernetesVersion: '1.35', ...image }));
    const app = (wanted: GuardedImage) => ({ TargetVersion: '1.35', Images: all, NodeGroups: [workers(wanted)] });
    const last = all.at(-1)!;
    return bench.serve(guardEvent(
      bench, app(last), {},
      app({ ...last, Id: OLD, ...last.LaunchTemplate && { LaunchTemplate: { ...last.LaunchTemplate, Version: '0' } } }),
    ));
  };

  test('that the launch template names', async () => {
    expect(await deploy({ Id: GONE }, {})).toMatchObject({ Status: 'SUCCESS' });
    expectRefusal(bench, await deploy({}, { Id: GONE }), 'image-available:workers', { reason: 'gone', data: { id: GONE } });
  });

  test('that belongs to the version of the launch template of another app', async () => {
    const Id = 'lt-0123456789abcdef0';
    [GONE, NEW].forEach((imageId) => bench.aws.ec2.launchTemplates.addVersion(Id, { imageId }));

    expect(await deploy(
      { Id: GONE, LaunchTemplate: { Id, Version: '1' } }, { LaunchTemplate: { Id, Version: '2' } },
    )).toMatchObject({ Status: 'SUCCESS' });
    expect(await deploy(
      { LaunchTemplate: { Id, Version: '2' } }, { Id: GONE, LaunchTemplate: { Id, Version: '1' } },
    )).toMatchObject({ Status: 'FAILED' });
  });
});

test('what may not be read is a warning', async () => {
  bench.aws.fail({ fault: 'accessDenied', service: 'ec2', action: 'DescribeImages' });
  expect(await guard()).toMatchObject({ Status: 'SUCCESS' });
});

test('without an image, EC2 is not asked for any', async () => {
  putCluster(bench);
  await bench.serve(guardEvent(bench));
  expect(bench.aws.requests.filter(({ action }) => action === 'DescribeImages')).toEqual([]);
});
