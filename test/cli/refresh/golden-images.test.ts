import { readFile, rm } from 'node:fs/promises';
import { App } from 'aws-cdk-lib/core';
import { AmiFamily, GoldenImage, ManagedNodeGroupWithAmiTracking, TrackedGoldenImage } from '../../../src';
import { stays } from '../../../src/cli/messages';
import { sentence } from '../../../src/engine/messages/sentence';
import { flagsOfImageInUse, ImageState } from '../../../src/engine/state/image-state';
import { escapeMarkdown } from '../../../src/engine/state/untrusted-text';
import { LocalAws } from '../../aws/aws-server';
import { enterEnvironment } from '../../live/sdk-environment';
import { contextKey, importedCluster } from '../../node-group/_fixtures';
import { contextFileIn, runCommand } from '../_command-line';
import { folderOf, stackIn, synthesizeTo } from '../_tracked-app';
import { readJsonOutput } from '../json-schema';

const PARAMETER = '/golden/eks/1.36/al2023/x86_64/image_id';
const [JULY, AUGUST] = ['ami-0123456789abcde07', 'ami-0123456789abcde08'];
const NOW = new Date('2026-08-20T12:00:00Z');

let aws: LocalAws;
let leave: () => void;
let cwd: string;

beforeEach(async () => {
  aws = await LocalAws.start();
  leave = enterEnvironment(aws);
  aws.ec2.images.put(JULY, { name: 'golden-1.36-20260714', createdAt: new Date('2026-07-14') });
  aws.ec2.images.put(AUGUST, { name: 'golden-1.36-20260811', createdAt: new Date('2026-08-11') });
  aws.ssm.put(PARAMETER, AUGUST, new Date('2026-08-12T09:00:00Z'));
  cwd = await folderOf({ [contextKey(PARAMETER)]: JULY });
  synthesizeTo(cwd, golden, { [contextKey(PARAMETER)]: JULY });
});

afterEach(async () => {
  leave();
  await aws.stop();
  await rm(cwd, { recursive: true });
});

function golden(app: App): void {
  const stack = stackIn(app, 'Prod');
  const goldenImage = GoldenImage.fromParameter(PARAMETER, { family: AmiFamily.AMAZON_LINUX_2023 });
  new ManagedNodeGroupWithAmiTracking(stack, 'Workers', {
    cluster: importedCluster(stack),
    goldenImage,
    nodeLaunch: { clusterEndpoint: 'https://example.com', clusterCertificateAuthority: 'Y2E=', serviceCidr: '172.20.0.0/16' },
  });
  new TrackedGoldenImage(stack, 'Karpenter', { goldenImage });
}

const refresh = async (...args: string[]) => runCommand(['refresh', ...args], { cwd, now: NOW });
const refreshJson = async (...args: string[]) => {
  const { exitCode, stdout } = await refresh('--json', ...args);
  return { exitCode, release: readJsonOutput(stdout).releases[0] };
};
const pinned = async () => JSON.parse(await readFile(contextFileIn(cwd), 'utf8'))[contextKey(PARAMETER)];

test('a newer image is taken, and named with its age', async () => {
  const { exitCode, stdout } = await refresh();

  expect(exitCode).toBe(0);
  expect(stdout).toBe(`\
golden image ${PARAMETER}, Kubernetes 1.36, 111122223333/us-west-2
  moves from ${JULY} to ${AUGUST} (golden-1.36-20260811), published 8 days ago
  Prod/Workers
  Prod/Karpenter

1 release moved in cdk.context.json: review with 'cdk diff'
`);
  expect(await pinned()).toBe(AUGUST);
});

test.each([
  ['from the last change of the parameter, when that is later', new Date('2026-08-12T09:00:00Z'), '7d', 'moved', undefined],
  [
    'from the last change of the parameter, when that is later', new Date('2026-08-12T09:00:00Z'), '9d', 'soaking',
    '2026-08-21T09:00:00.000Z',
  ],
  ["from the image's own date, when that is later", new Date('2026-08-01T00:00:00Z'), '10d', 'soaking', '2026-08-21T00:00:00.000Z'],
])('soaks %s: %s', async (_, modified, soak, outcome, until) => {
  aws.ssm.put(PARAMETER, AUGUST, modified);

  const { release } = await refreshJson('--soak', soak);

  expect(release).toMatchObject({ outcome, ...until && { until } });
  expect(await pinned()).toBe(outcome === 'moved' ? AUGUST : JULY);
});

test('an image that waits is named with what it waits for', async () => {
  expect((await refresh('--soak', '9d')).stdout).toContain(
    `waits at ${JULY}: ${AUGUST} (golden-1.36-20260811) was published 8 days ago, soaks until 2026-08-21`,
  );
});

describe('a parameter that went back to an older image', () => {
  beforeEach(() => aws.ec2.images.put(AUGUST, { name: 'golden-1.36-20260601', createdAt: new Date('2026-06-01') }));

  test('is not followed silently', async () => {
    const { exitCode, stdout } = await refresh();

    expect(exitCode).toBe(1);
    expect(stdout).toContain(
      `withdrawn: its parameter went back from ${JULY} to ${AUGUST} (golden-1.36-20260601), which is older; take it with --allow-older`,
    );
    expect(await pinned()).toBe(JULY);
  });

  test('is followed on demand', async () => {
    expect(await refreshJson('--allow-older')).toMatchObject({ exitCode: 0, release: { outcome: 'moved', to: AUGUST } });
    expect(await pinned()).toBe(AUGUST);
  });
});

describe('the image in use is flagged', () => {
  beforeEach(() => aws.ssm.put(PARAMETER, JULY));

  const NAMED = { id: JULY, name: 'golden-1.36-20260714' };

  test.each<[string, () => void, ImageState | undefined]>([
    ['deregistered or not shared any more', () => aws.ec2.images.remove(JULY), undefined],
    [
      'deprecated', () => { aws.ec2.images.find(JULY)!.deprecatedAt = new Date('2026-08-01'); },
      { ...NAMED, state: 'available', deprecatedAt: '2026-08-01T00:00:00Z' },
    ],
    ['disabled', () => { aws.ec2.images.find(JULY)!.state = 'disabled'; }, { ...NAMED, state: 'disabled' }],
  ])('when it is %s', async (_, change, image) => {
    change();

    const flags = flagsOfImageInUse(JULY, image, NOW);
    expect(flags).toHaveLength(1);
    expect(await refreshJson()).toMatchObject({ exitCode: 1, release: { outcome: 'current', flags } });
    expect((await refresh()).stdout).toContain(flags[0]);
  });

  test('not when it will be deprecated one day', async () => {
    aws.ec2.images.find(JULY)!.deprecatedAt = new Date('2027-08-01');

    const { exitCode, release } = await refreshJson();

    expect(exitCode).toBe(0);
    expect(release).not.toHaveProperty('flags');
  });

  test('and gives way to a newer one in the same run', async () => {
    aws.ssm.put(PARAMETER, AUGUST, new Date('2026-08-12'));
    aws.ec2.images.remove(JULY);

    expect(await refreshJson()).toMatchObject({
      exitCode: 1, release: { outcome: 'moved', to: AUGUST, flags: flagsOfImageInUse(JULY, undefined, NOW) },
    });
    expect(await pinned()).toBe(AUGUST);
  });

  test('in the body of a pull request, too', async () => {
    aws.ec2.images.remove(JULY);

    await refresh('--markdown', 'moved.md');

    expect(await readFile(`${cwd}/moved.md`, 'utf8')).toContain(`${escapeMarkdown(flagsOfImageInUse(JULY, undefined, NOW)[0])}\n`);
  });
});

describe('an image that cannot be used is not taken', () => {
  const NAMED = `${AUGUST} (golden-1.36-20260811)`;

  test.each([
    [
      'deregistered', () => aws.ec2.images.remove(AUGUST),
      stays.imageGone({ image: AUGUST }),
    ],
    [
      'pending', () => { aws.ec2.images.find(AUGUST)!.state = 'pending'; },
      stays.imageNotAvailable({ image: NAMED, state: 'pending' }),
    ],
    [
      'deprecated', () => { aws.ec2.images.find(AUGUST)!.deprecatedAt = new Date('2026-08-20T11:59:00Z'); },
      stays.imageDeprecated({ image: NAMED, since: '2026-08-20' }),
    ],
    ['of another minor', () => { aws.ec2.images.find(AUGUST)!.tags = { kubernetes: '1.37.0/2026-08-01/bin/linux/amd64' }; },
      stays.imageOfOtherMinor({ image: NAMED, version: '1.37', wanted: '1.36' })],
    ['of another architecture', () => { aws.ec2.images.find(AUGUST)!.architecture = 'arm64'; },
      stays.imageOfOtherArchitecture({ image: NAMED, architecture: 'arm64', used: 'x86_64' })],
    [
      'not an image at all', () => aws.ssm.put(PARAMETER, '1.36.2-20260811'),
      stays.notAnImage({ value: '1.36.2-20260811' }),
    ],
    ['nowhere', () => aws.ssm.remove(PARAMETER), stays.noParameter({})],
  ])('%s', async (_, change, why) => {
    change();

    expect(await refreshJson()).toMatchObject({
      exitCode: 1, release: { outcome: 'unfit', from: JULY, why: sentence(why) },
    });
    expect(await pinned()).toBe(JULY);
  });
});

test('what may not be read is said, and nothing moves', async () => {
  aws.fail({ fault: 'accessDenied', service: 'ec2', action: 'DescribeImages' });

  expect(await refreshJson()).toMatchObject({
    exitCode: 3, release: { outcome: 'unreadable', why: expect.stringContaining('ec2:DescribeImages') },
  });
  expect(await pinned()).toBe(JULY);
});

test('--only takes the name of the parameter, and --dry-run leaves the file alone', async () => {
  expect(await refreshJson('--only', '/golden/**', '--dry-run')).toMatchObject({ exitCode: 0, release: { outcome: 'moved' } });
  expect(await pinned()).toBe(JULY);
});

test('the Kubernetes minor may be told by nobody', async () => {
  synthesizeTo(cwd, (app) => new TrackedGoldenImage(stackIn(app, 'Prod'), 'Image', {
    goldenImage: GoldenImage.fromParameter('/golden/nodes', { family: AmiFamily.BOTTLEROCKET }),
  }), { [contextKey('/golden/nodes')]: JULY });
  aws.ssm.put('/golden/nodes', AUGUST);

  const { release } = await refreshJson();
  expect(release).toMatchObject({ parameterName: '/golden/nodes', to: AUGUST });
  expect(release).not.toHaveProperty('kubernetesVersion');
});
