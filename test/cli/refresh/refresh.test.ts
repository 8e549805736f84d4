import { chmod, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { KubernetesVersion, NodegroupAmiType } from 'aws-cdk-lib/aws-eks-v2';
import { App, CfnParameter, DefaultStackSynthesizer, Stack } from 'aws-cdk-lib/core';
import { AmiTracking, EksAmiType, ManagedNodeGroupWithAmiTracking, TrackedAmiRelease } from '../../../src';
import { ExitCode } from '../../../src/cli/exit-code';
import { says, stays } from '../../../src/cli/messages';
import { sentence } from '../../../src/engine/messages/sentence';
import { LocalAws } from '../../aws/aws-server';
import { publishAmis } from '../../aws/published-amis';
import { enterEnvironment } from '../../live/sdk-environment';
import { contextKey, ENV, importedCluster } from '../../node-group/_fixtures';
import { addCluster } from '../_cluster-app';
import { contextFileIn, endsWith, parseErrorOf, runCommand } from '../_command-line';
import { blueAndGreen, BOTTLEROCKET, folderOf, group, STANDARD, stackIn, synthesizeTo, WINDOWS } from '../_tracked-app';
import { readJsonOutput } from '../json-schema';

const [STANDARD_KEY, BOTTLEROCKET_KEY, WINDOWS_KEY] = [STANDARD, BOTTLEROCKET, WINDOWS].map(contextKey);
/** The parent of the parameter, which holds the same in JSON. */
const RECOMMENDED = STANDARD.replace('/release_version', '');
const JULY = { minors: ['1.36'], date: '2026-07-14' };
const AUGUST = { minors: ['1.36'], date: '2026-08-11' };
const NOW = new Date('2026-08-20T12:00:00Z');

let aws: LocalAws;
let leave: () => void;
let cwd: string;
let pinned: Record<string, unknown>;

beforeEach(async () => {
  aws = await LocalAws.start();
  leave = enterEnvironment(aws);
  publishAmis(aws.ssm, JULY);
  pinned = {
    'acme:key': { $untouched: [1, '<&>ü'] },
    [STANDARD_KEY]: aws.ssm.valueOf(STANDARD),
    'availability-zones:account=111122223333:region=us-west-2': ['us-west-2a'],
    [WINDOWS_KEY]: aws.ssm.valueOf(WINDOWS),
    [BOTTLEROCKET_KEY]: aws.ssm.valueOf(BOTTLEROCKET),
  };
  cwd = await folderOf(pinned);
  synthesizeTo(cwd, blueAndGreen);
  publishAmis(aws.ssm, AUGUST);
});

afterEach(async () => {
  leave();
  await aws.stop();
  await rm(cwd, { recursive: true });
});

const refresh = async (...args: string[]) => runCommand(['refresh', ...args], { cwd, now: NOW });
const refreshJson = async (...args: string[]) => {
  const { exitCode, stdout } = await refresh('--json', ...args);
  return { exitCode, ...readJsonOutput(stdout) };
};
const contextText = async () => readFile(contextFileIn(cwd), 'utf8');
const context = async () => JSON.parse(await contextText());

test('moves what was looked up, and nothing else', async () => {
  const { exitCode, stdout } = await refresh();

  expect(exitCode).toBe(0);
  expect(await contextText()).toBe(`${JSON.stringify({
    ...pinned,
    [STANDARD_KEY]: '1.36.2-20260811',
    [WINDOWS_KEY]: aws.ssm.valueOf(WINDOWS),
    [BOTTLEROCKET_KEY]: aws.ssm.valueOf(BOTTLEROCKET),
  }, undefined, 2)}\n`);
  expect(stdout).toBe(`\
AL2023_x86_64_STANDARD, Kubernetes 1.36, 111122223333/us-west-2
  moves from 1.36.2-20260714 to 1.36.2-20260811, published 9 days ago
  Blue/NodegroupWorkers
  Blue/Batch
  https://github.com/awslabs/amazon-eks-ami/releases/tag/v20260811

BOTTLEROCKET_ARM_64, Kubernetes 1.36, 111122223333/us-west-2
  moves from 1.50.0-64a91eb3 to 1.51.0-219eb08a, published 9 days ago
  Blue/Edge
  https://github.com/bottlerocket-os/bottlerocket/releases/tag/v1.51.0

WINDOWS_CORE_2022_x86_64, Kubernetes 1.36, 111122223333/us-west-2
  moves from 1.36-2026.07.14 to 1.36-2026.08.11, published 9 days ago
  Green/Office
  https://docs.aws.amazon.com/eks/latest/userguide/eks-ami-versions-windows.html

3 releases moved in cdk.context.json: review with 'cdk diff'
`);
});

test('asks for each parameter once, with the lookup role', async () => {
  await refresh();

  expect(aws.requests.filter(({ service }) => service === 'ssm').map(({ input }) => input.Name).sort()).toEqual(
    [WINDOWS, BOTTLEROCKET, STANDARD].sort(),
  );
  expect(aws.requests.filter(({ action }) => action === 'AssumeRole')).toMatchObject([
    { input: { RoleArn: 'arn:aws:iam::111122223333:role/cdk-hnb659fds-lookup-role-111122223333-us-west-2' } },
  ]);
});

test('no more calls at once than --concurrency allows, by whichever roles', async () => {
  synthesizeTo(cwd, (app) => ['one', 'two', 'three'].forEach((qualifier) => {
    const stack = new Stack(app, qualifier, { env: ENV, synthesizer: new DefaultStackSynthesizer({ qualifier }) });
    [EksAmiType.AL2023_X86_64_STANDARD, EksAmiType.WINDOWS_CORE_2022_X86_64, EksAmiType.BOTTLEROCKET_ARM_64]
      .forEach((eksAmiType, index) => group(
        stack, `Group${index}${qualifier}`, eksAmiType, AmiTracking.fromParameter(`/${qualifier}/${index}`),
      ));
  }));
  aws.fail({ service: 'ssm', fault: 'slow', delayMillis: 20 });
  aws.clearRequests();

  await refresh('--dry-run', '--concurrency', '1');

  const roles = aws.requests.filter(({ action }) => action === 'AssumeRole');
  expect(roles).toHaveLength(3);
  expect(aws.requests.filter(({ service }) => service === 'ssm')).toHaveLength(9);
  expect(aws.mostAtOnceOf('ssm')).toBe(1);
});

test('a second time nothing moves, and the file is not even written', async () => {
  await refresh();
  const { mtimeMs } = await stat(contextFileIn(cwd));

  expect(await refreshJson()).toMatchObject({ exitCode: 0, releases: [{ outcome: 'current' }, { outcome: 'current' }, { outcome: 'current' }] });
  expect((await stat(contextFileIn(cwd))).mtimeMs).toBe(mtimeMs);
});

test('the status right after agrees: nothing newer than what is declared', async () => {
  const build = (app: App) => addCluster(app, { version: '1.36', amiTracking: AmiTracking.recommended() });
  synthesizeTo(cwd, build, pinned);
  aws.eks.addCluster({ name: 'prod', version: '1.36', nodegroups: [{ name: 'workers', releaseVersion: '1.36.2-20260714' }] });
  const groups = async () => JSON.parse((await runCommand(['status', '--json'], { cwd, now: NOW })).stdout).clusters[0].nodeGroups;
  expect(await groups()).toMatchObject([{ declared: '1.36.2-20260714', recommended: '1.36.2-20260811' }]);

  await refresh();

  synthesizeTo(cwd, build, await context());
  expect(await groups()).toMatchObject([{ live: '1.36.2-20260714', declared: '1.36.2-20260811', recommended: '1.36.2-20260811' }]);
});

describe('a tracked release without a node group', () => {
  const IMAGE = `${WINDOWS}/image_id`;
  const releaseOf = (eksAmiType: EksAmiType) => (app: App) => void new TrackedAmiRelease(stackIn(app, 'Nodes'), 'Karpenter', {
    eksAmiType, kubernetesVersion: KubernetesVersion.V1_36,
  }).imageId;

  test('moves as that of a node group; its image is looked up anew, with the release in its key', async () => {
    synthesizeTo(cwd, releaseOf(EksAmiType.AL2023_X86_64_STANDARD), pinned);

    const { releases } = await refreshJson('--only', 'Nodes/Karpenter');

    expect(releases).toMatchObject([{ contextKey: STANDARD_KEY, outcome: 'moved', nodeGroups: [{ path: 'Nodes/Karpenter' }] }]);
    expect(releases[0]).not.toHaveProperty('imageId');
  });

  test('of Windows, whose image has a key without a release, moves with its image', async () => {
    pinned = { ...pinned, [contextKey(IMAGE)]: 'ami-0000000000000000a' };
    await writeFile(contextFileIn(cwd), JSON.stringify(pinned));
    aws.ssm.put(IMAGE, 'ami-0000000000000000b');
    synthesizeTo(cwd, releaseOf(EksAmiType.WINDOWS_CORE_2022_X86_64), pinned);

    expect((await refreshJson()).releases).toMatchObject([{ contextKey: WINDOWS_KEY, outcome: 'moved', imageId: 'ami-0000000000000000b' }]);
    expect(await context()).toEqual({ ...pinned, [WINDOWS_KEY]: aws.ssm.valueOf(WINDOWS), [contextKey(IMAGE)]: 'ami-0000000000000000b' });
  });

  test('of Windows in another stack than the one that is named: its image moves, too, and it is said', async () => {
    pinned = { ...pinned, [contextKey(IMAGE)]: 'ami-0000000000000000a' };
    await writeFile(contextFileIn(cwd), JSON.stringify(pinned));
    aws.ssm.put(IMAGE, 'ami-0000000000000000b');
    synthesizeTo(cwd, (app) => { blueAndGreen(app); releaseOf(EksAmiType.WINDOWS_CORE_2022_X86_64)(app); }, pinned);

    expect((await refreshJson('Green')).releases).toMatchObject([{ nodeGroups: [{ path: 'Green/Office' }, { path: 'Nodes/Karpenter' }] }]);
    expect((await context())[contextKey(IMAGE)]).toBe('ami-0000000000000000b');
  });

  describe('of Windows, looked up at another time than its image,', () => {
    const [JULY_IMAGE, AUGUST_IMAGE] = ['ami-0000000000000000a', 'ami-0000000000000000b'];
    const prepare = async (entries: Record<string, unknown>) => {
      pinned = { ...pinned, ...entries };
      await writeFile(contextFileIn(cwd), JSON.stringify(pinned));
      aws.ssm.put(IMAGE, AUGUST_IMAGE, new Date('2026-08-11'));
      synthesizeTo(cwd, releaseOf(EksAmiType.WINDOWS_CORE_2022_X86_64), pinned);
    };

    test('is current, and its image moves to that of the release', async () => {
      await prepare({ [WINDOWS_KEY]: aws.ssm.valueOf(WINDOWS), [contextKey(IMAGE)]: JULY_IMAGE });

      expect(await refresh('--soak', '4w')).toMatchObject({
        exitCode: 0, stdout: expect.stringContaining(`moves from ${JULY_IMAGE} to ${AUGUST_IMAGE} (1.36-2026.08.11), published 9 days ago`),
      });
      expect(await context()).toEqual({ ...pinned, [contextKey(IMAGE)]: AUGUST_IMAGE });
      expect(await refreshJson()).toMatchObject({ exitCode: 0, releases: [{ outcome: 'current' }] });
    });

    test.each([
      ['a later', [], '1.36-2026.08.11', '--only WINDOWS_CORE_2022_x86_64'],
      ['an earlier', ['1.36-2026.07.13'], '1.36-2026.07.13', '--only WINDOWS_CORE_2022_x86_64 --allow-older'],
    ])('stays, and it is told that the image is that of %s one', async (_, [withdrawnTo], published, options) => {
      await prepare({ [contextKey(IMAGE)]: AUGUST_IMAGE });
      if (withdrawnTo !== undefined) aws.ssm.put(WINDOWS, withdrawnTo);

      expect(await refreshJson('--soak', '4w')).toMatchObject({
        exitCode: 1,
        releases: [{ outcome: 'unfit', from: '1.36-2026.07.14', why: sentence(stays.imageOfOtherRelease({ image: AUGUST_IMAGE, published, options })) }],
      });
      expect(await context()).toEqual(pinned);

      expect(await refreshJson(...options.split(' '))).toMatchObject({ exitCode: 0, releases: [{ outcome: 'moved', imageId: AUGUST_IMAGE }] });
    });

    test('waits as ever where the image is that of the release in use, or not looked up yet', async () => {
      await prepare({ [contextKey(IMAGE)]: JULY_IMAGE });
      expect(await refreshJson('--soak', '4w')).toMatchObject({ exitCode: 0, releases: [{ outcome: 'soaking' }] });

      const { [contextKey(IMAGE)]: _, ...others } = pinned;
      await writeFile(contextFileIn(cwd), JSON.stringify(others));
      expect(await refreshJson('--soak', '4w')).toMatchObject({ exitCode: 0, releases: [{ outcome: 'soaking' }] });
      expect(aws.requests.filter(({ input }) => input.Name === IMAGE)).toHaveLength(1);
    });

    test('is current, but its image cannot be read: that is said', async () => {
      await prepare({ [WINDOWS_KEY]: aws.ssm.valueOf(WINDOWS), [contextKey(IMAGE)]: JULY_IMAGE });
      aws.fail({ service: 'ssm', parameter: IMAGE, fault: 'accessDenied' });

      expect(await refreshJson()).toMatchObject({ exitCode: 3, releases: [{ outcome: 'unreadable' }] });
      expect(await context()).toEqual(pinned);
    });
  });

  test.each([
    [
      'cannot be read', () => aws.fail({ service: 'ssm', parameter: IMAGE, fault: 'accessDenied' }),
      { exitCode: 3, releases: [{ outcome: 'unreadable', why: expect.stringContaining('ssm:GetParameter') }] },
    ],
    [
      'is not published', () => aws.ssm.remove(IMAGE),
      { exitCode: 1, releases: [{ outcome: 'unfit', why: sentence(stays.imageNotPublished({ parameter: IMAGE })) }] },
    ],
  ])('of Windows stays where its image %s', async (_, fault, result) => {
    synthesizeTo(cwd, releaseOf(EksAmiType.WINDOWS_CORE_2022_X86_64), { ...pinned, [contextKey(IMAGE)]: 'ami-0000000000000000a' });
    fault();

    expect(await refreshJson()).toMatchObject(result);
    expect(await context()).toEqual(pinned);
  });
});

describe('what only the deployment knows', () => {
  const NAME = '/promoted/release';
  const parameterOf = (stack: Stack, id: string) => new CfnParameter(stack, id).valueAsString;

  /** A release by a parameter of the user's own, for node groups whose Kubernetes version, or AMI type as well, is a token. */
  function promoted(isTypeKnown: boolean, ...further: string[]): (app: App) => void {
    return (app) => {
      const stack = stackIn(app, 'Blue');
      const amiType = isTypeKnown ? NodegroupAmiType.AL2023_X86_64_STANDARD : parameterOf(stack, 'Type') as NodegroupAmiType;
      const cluster = importedCluster(stack);
      const version = KubernetesVersion.of(parameterOf(stack, 'Version'));
      [version, ...further.map((minor) => KubernetesVersion.of(minor))].forEach((kubernetesVersion, index) =>
        new ManagedNodeGroupWithAmiTracking(stack, `Group${index}`, {
          cluster, amiType, amiTracking: AmiTracking.fromParameter(NAME), kubernetesVersion,
        }));
    };
  }

  beforeEach(async () => {
    await writeFile(contextFileIn(cwd), JSON.stringify({ [contextKey(NAME)]: '1.36.2-20260714' }));
    aws.ssm.put(NAME, '1.36.2-20260811', new Date('2026-08-11'));
  });

  test('of the Kubernetes version, keeps no release back', async () => {
    synthesizeTo(cwd, promoted(true), await context());

    const { exitCode, releases: [release, ...others] } = await refreshJson('--dry-run');

    expect({ exitCode, others, release }).toMatchObject({
      exitCode: 0, others: [], release: { amiType: 'AL2023_x86_64_STANDARD', outcome: 'moved', from: '1.36.2-20260714', to: '1.36.2-20260811' },
    });
    expect(release).not.toHaveProperty('kubernetesVersion');
    expect(await refresh()).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/^AL2023_x86_64_STANDARD, 111122223333/) });
    expect(await context()).toEqual({ [contextKey(NAME)]: '1.36.2-20260811' });
  });

  test('of one node group is known of another with the same release', async () => {
    synthesizeTo(cwd, promoted(true, '1.36'), await context());
    aws.ssm.put(NAME, '1.37.2-20260811', new Date('2026-08-11'));

    expect(await refreshJson()).toMatchObject({ exitCode: 1, releases: [{ outcome: 'unfit', kubernetesVersion: '1.36' }] });
  });

  test('of the AMI type, is no name that --only could mean', async () => {
    synthesizeTo(cwd, promoted(false), await context());

    expect(await refreshJson('--only', 'Group0')).toMatchObject({ exitCode: 1, releases: [{ outcome: 'withdrawn' }] });
    expect(await refresh('--only', 'Batch')).toEqual(endsWith(
      ExitCode.WRONG_USE, says.nothingLookedUp({ pattern: 'Batch', lookUps: ['Blue/Group0'] }),
    ));
  });
});

test('a dry run says what would move and writes nothing', async () => {
  const before = await contextText();

  expect(await refreshJson('--dry-run')).toMatchObject({
    exitCode: 0, dryRun: true, releases: [{ outcome: 'moved' }, { outcome: 'moved' }, { outcome: 'moved' }],
  });
  expect(await contextText()).toBe(before);
});

test('a release that was never looked up is', async () => {
  await writeFile(contextFileIn(cwd), '{}\n');

  const { exitCode, releases: [release] } = await refreshJson('--only', 'Batch');
  expect({ exitCode, ...release }).toMatchObject({ exitCode: 0, outcome: 'moved', to: '1.36.2-20260811' });
  expect(release).not.toHaveProperty('from');
  expect(await context()).toEqual({ [STANDARD_KEY]: '1.36.2-20260811' });
});

describe('what is to move', () => {
  test.each([
    [['Green'], [WINDOWS_KEY]],
    [['B*'], [STANDARD_KEY, BOTTLEROCKET_KEY]],
    [['--only', 'WINDOWS_*'], [WINDOWS_KEY]],
    [['--only', 'Workers'], [STANDARD_KEY]],
    [['--only', 'Batch'], [STANDARD_KEY]],
    [['--only', 'Blue/Edge'], [BOTTLEROCKET_KEY]],
    [['--only', 'Green', '--only', 'Edge'], [WINDOWS_KEY, BOTTLEROCKET_KEY]],
    [['Blue', '--only', 'Edge'], [BOTTLEROCKET_KEY]],
  ])('%j', async (args, keys) => {
    await refresh(...args);

    const after = await context();
    expect(Object.keys(after).filter((key) => JSON.stringify(after[key]) !== JSON.stringify(pinned[key])).sort()).toEqual([...keys].sort());
  });

  test.each([
    [['Red'], says.noStack({ pattern: 'Red', stacks: ['Blue', 'Green'] })],
    [['--only', 'Red'], says.nothingLookedUp({
      pattern: 'Red',
      lookUps: [
        'Blue/NodegroupWorkers (AL2023_x86_64_STANDARD)', 'Blue/Batch (AL2023_x86_64_STANDARD)', 'Blue/Edge (BOTTLEROCKET_ARM_64)',
        'Green/Office (WINDOWS_CORE_2022_x86_64)',
      ],
    })],
    [['--soak', 'long'], says.noDuration({})],
    [[''], says.nameEmpty({})],
    [['Blue', ' '], says.nameEmpty({})],
    [['--only', ''], says.nameEmpty({})],
  ])('fails for %j', async (args, said) => {
    expect(await refresh(...args)).toMatchObject({ exitCode: 2, stdout: '', stderr: expect.stringContaining(sentence(said)) });
    expect(await context()).toEqual(pinned);
  });
});

describe('soaking', () => {
  test.each([
    ['9d', 'moved'], ['216h', 'moved'], ['1w', 'moved'], ['10d', 'soaking'], ['2w', 'soaking'],
  ])('%s after 9½ days', async (soak, outcome) => {
    const { exitCode, releases } = await refreshJson('--soak', soak);

    expect(exitCode).toBe(0);
    expect(releases.map((release: { outcome: string }) => release.outcome)).toEqual([outcome, outcome, outcome]);
    expect((await context())[STANDARD_KEY]).toBe(outcome === 'moved' ? '1.36.2-20260811' : '1.36.2-20260714');
  });

  test('says until when', async () => {
    expect((await refreshJson('--soak', '2w', '--only', 'Edge')).releases).toMatchObject([{
      outcome: 'soaking', from: '1.50.0-64a91eb3', to: '1.51.0-219eb08a', until: '2026-08-25T00:00:00.000Z',
    }]);
  });

  test('counts from the day on which AWS recommends a release, not from its date', async () => {
    publishAmis(aws.ssm, { ...AUGUST, publishedAt: new Date('2026-08-19') });

    expect((await refreshJson('--soak', '2d')).releases).toMatchObject([
      { outcome: 'soaking' }, { outcome: 'soaking' }, { outcome: 'soaking' },
    ]);
  });

  test('counts from the date of a release that is recommended before it', async () => {
    publishAmis(aws.ssm, { ...AUGUST, publishedAt: new Date('2026-08-01') });

    expect((await refreshJson('--soak', '10d', '--only', 'Workers')).releases).toMatchObject([
      { outcome: 'soaking', publishedAt: '2026-08-11T00:00:00.000Z' },
    ]);
  });
});

describe('a withdrawn release', () => {
  beforeEach(() => {
    publishAmis(aws.ssm, { minors: ['1.36'], date: '2026-06-20', publishedAt: new Date('2026-08-20') });
  });

  test('is flagged and stays', async () => {
    expect(await refreshJson('--only', 'Workers')).toMatchObject({
      exitCode: 1, releases: [{ outcome: 'withdrawn', from: '1.36.2-20260714', to: '1.36.2-20260620', isOlder: true }],
    });
    expect(await context()).toEqual(pinned);
  });

  test('gives way when that is allowed, without soaking: the older one has been out before', async () => {
    expect(await refresh('--allow-older', '--soak', '7d')).toMatchObject({ exitCode: 0 });
    expect((await context())[STANDARD_KEY]).toBe('1.36.2-20260620');
  });

  test('does not keep others from moving', async () => {
    publishAmis({ put: (name, value, modified) => name === BOTTLEROCKET && aws.ssm.put(name, value, modified) }, AUGUST);

    expect(await refresh()).toMatchObject({ exitCode: 1 });
    expect(await context()).toEqual({ ...pinned, [BOTTLEROCKET_KEY]: aws.ssm.valueOf(BOTTLEROCKET) });
  });
});

test('a release moves to what only the JSON of the parent parameter tells', async () => {
  aws.ssm.remove(STANDARD);
  expect(await refresh('--only', 'Workers')).toMatchObject({ exitCode: 0 });
  expect((await context())[STANDARD_KEY]).toBe('1.36.2-20260811');
});

test.each([
  ['nothing', () => [STANDARD, RECOMMENDED].forEach((name) => aws.ssm.remove(name)), stays.notPublished({})],
  ['no release', () => aws.ssm.put(STANDARD, 'latest'), stays.notARelease({ value: 'latest', amiType: 'AL2023_x86_64_STANDARD' })],
  [
    'what would move the cursor of a terminal', () => aws.ssm.put(STANDARD, '\u001b[2Jlatest\n::error::tea'),
    stays.notARelease({ value: '[2Jlatest ::error::tea', amiType: 'AL2023_x86_64_STANDARD' }),
  ],
  [
    'a release of another minor', () => aws.ssm.put(STANDARD, '1.37.1-20260811'),
    stays.releaseOfOtherMinor({ release: '1.37.1-20260811', version: '1.37', nodes: '1.36' }),
  ],
])('a release stays where AWS publishes %s', async (_, publish, why) => {
  publish();

  expect(await refreshJson('--only', 'Workers')).toMatchObject({
    exitCode: 1, releases: [{ outcome: 'unfit', from: '1.36.2-20260714', why: sentence(why) }],
  });
  expect(await context()).toEqual(pinned);
});

test('a value that is set in cdk.json cannot move', async () => {
  await writeFile(join(cwd, 'cdk.json'), JSON.stringify({ app: 'cdk.out', context: { [STANDARD_KEY]: '1.36.2-20260714' } }));

  expect(await refreshJson('--only', 'Workers')).toMatchObject({
    exitCode: 1, releases: [{ outcome: 'unfit', why: sentence(stays.setInCdkJson({})) }],
  });
  expect(await context()).toEqual(pinned);
});

test('a wrong value in the context gives way', async () => {
  await writeFile(contextFileIn(cwd), JSON.stringify({ [STANDARD_KEY]: 'oops' }));

  expect(await refreshJson('--only', 'Workers')).toMatchObject({
    exitCode: 0, releases: [{ outcome: 'moved', from: 'oops', to: '1.36.2-20260811' }],
  });
});

describe('what cannot be read is said, and the rest moves', () => {
  test('no permission', async () => {
    aws.fail({ service: 'ssm', parameter: STANDARD, fault: 'accessDenied' });

    const { exitCode, releases } = await refreshJson();
    expect(exitCode).toBe(3);
    expect(releases).toContainEqual(expect.objectContaining({
      outcome: 'unreadable', from: '1.36.2-20260714', why: expect.stringContaining('no identity-based policy allows the ssm:GetParameter action'),
    }));
    expect(await context()).toMatchObject({ [STANDARD_KEY]: '1.36.2-20260714', [WINDOWS_KEY]: aws.ssm.valueOf(WINDOWS) });
  });

  test('no lookup role: the caller reads himself', async () => {
    aws.fail({ service: 'sts', action: 'AssumeRole', fault: 'accessDenied' });

    expect(await refresh()).toMatchObject({ exitCode: 0 });
  });

  test('no credentials', async () => {
    delete process.env.AWS_ACCESS_KEY_ID;

    expect(await refresh()).toMatchObject({
      exitCode: 3, stdout: expect.stringContaining('Could not load credentials from any providers'),
    });
    expect(await context()).toEqual(pinned);
  });
});

describe('bad input', () => {
  test('a corrupt context file is left as it is', async () => {
    await writeFile(contextFileIn(cwd), '{ "half": ');

    expect(await refresh()).toEqual(
      endsWith(ExitCode.UNREADABLE, says.contextUnreadable({ file: 'cdk.context.json', why: parseErrorOf('{ "half": ') })),
    );
    expect(await contextText()).toBe('{ "half": ');
    expect(aws.requests).toEqual([]);
  });

  test('a broken cdk.json', async () => {
    await writeFile(join(cwd, 'cdk.json'), '["app"]');

    const why = sentence(says.noObject({ found: 'a list' }));
    expect(await refresh()).toEqual(endsWith(ExitCode.UNREADABLE, says.cdkJsonUnreadable({ file: join(cwd, 'cdk.json'), why })));
  });

  test('no app', async () => {
    await rm(join(cwd, 'cdk.json'));

    expect(await refresh()).toEqual(endsWith(ExitCode.WRONG_USE, says.noApp({ folder: cwd })));
  });

  test.each([[''], [[]]])('no app in cdk.json: %j', async (app) => {
    await writeFile(join(cwd, 'cdk.json'), JSON.stringify({ app }));

    expect(await refresh()).toEqual(endsWith(ExitCode.WRONG_USE, says.noApp({ folder: cwd })));
  });

  test('a folder without cloud assembly', async () => {
    expect(await refresh('--app', '.')).toEqual(endsWith(ExitCode.WRONG_USE, says.noAssembly({ app: '.' })));
  });

  test('a broken cloud assembly', async () => {
    await writeFile(join(cwd, 'cdk.out/manifest.json'), '{');

    const [, words] = sentence(says.assemblyUnreadable({ folder: join(cwd, 'cdk.out'), why: '…' })).match(/^(.*)…/)!;
    expect(await refresh()).toMatchObject({ exitCode: 3, stdout: '', stderr: expect.stringContaining(words) });
  });

  test('a Markdown file that cannot be written: nothing moves', async () => {
    const file = join(cwd, 'missing/body.md');
    const why = `ENOENT: no such file or directory, open '${file}'`;
    expect(await refresh('--markdown', 'missing/body.md')).toEqual(
      endsWith(ExitCode.UNREADABLE, says.markdownNotWritten({ file, why, context: 'cdk.context.json' })),
    );
    expect(await context()).toEqual(pinned);
  });
});

test('the file keeps its permissions', async () => {
  await chmod(contextFileIn(cwd), 0o640);
  await refresh();

  expect((await stat(contextFileIn(cwd))).mode.toString(8)).toBe('100640');
});

test('a file that may not be written is not replaced', async () => {
  const before = await contextText();
  const why = `EACCES: permission denied, access '${contextFileIn(cwd)}'`;
  // who runs the tests may be allowed everything
  const access = jest.spyOn(jest.requireActual<typeof import('node:fs/promises')>('node:fs/promises'), 'access');
  access.mockRejectedValue(Object.assign(new Error(why), { code: 'EACCES' }));

  expect(await refresh()).toEqual(endsWith(ExitCode.UNREADABLE, says.contextNotWritten({ file: 'cdk.context.json', why })));
  access.mockRestore();
  expect(await contextText()).toBe(before);
});

test.each([
  ['four spaces', (entries: object) => JSON.stringify(entries, undefined, 4)],
  ['tabs', (entries: object) => JSON.stringify(entries, undefined, '\t')],
  ['CRLF', (entries: object) => `${JSON.stringify(entries, undefined, 2)}\n`.replaceAll('\n', '\r\n')],
  ['a byte order mark', (entries: object) => `\uFEFF${JSON.stringify(entries, undefined, 2)}\n`],
])('a file with %s is written as the CDK writes it, with all other entries', async (_, textOf) => {
  await writeFile(contextFileIn(cwd), textOf({ 'zeta': 'ü', ...await context(), 'my:flag': true }));
  expect(await refresh()).toMatchObject({ exitCode: 0 });

  const written = await context();
  expect(await contextText()).toBe(`${JSON.stringify(written, undefined, 2)}\n`);
  expect(Object.keys(written)).toEqual(['zeta', ...Object.keys(pinned), 'my:flag']);
});

test('the body of a pull request', async () => {
  aws.ssm.put(WINDOWS, '1.36-2026.06.09');
  await refresh('--markdown', 'body.md');

  expect(await readFile(join(cwd, 'body.md'), 'utf8')).toBe(`\
These node groups roll to another AMI release when this is deployed:

| node group | AMI type | account and Region | from | to | published |
|---|---|---|---|---|---|
| Blue/NodegroupWorkers | AL2023\\_x86\\_64\\_STANDARD | 111122223333/us-west-2 | 1.36.2-20260714 | [1.36.2-20260811](https://github.com/awslabs/amazon-eks-ami/releases/tag/v20260811) | 2026-08-11 |
| Blue/Batch | AL2023\\_x86\\_64\\_STANDARD | 111122223333/us-west-2 | 1.36.2-20260714 | [1.36.2-20260811](https://github.com/awslabs/amazon-eks-ami/releases/tag/v20260811) | 2026-08-11 |
| Blue/Edge | BOTTLEROCKET\\_ARM\\_64 | 111122223333/us-west-2 | 1.50.0-64a91eb3 | [1.51.0-219eb08a](https://github.com/bottlerocket-os/bottlerocket/releases/tag/v1.51.0) | 2026-08-11 |

Not taken:

- WINDOWS\\_CORE\\_2022\\_x86\\_64 for Kubernetes 1.36 in 111122223333/us-west-2 \\(Green/Office\\): withdrawn\\: 1.36-2026.07.14 is no longer recommended, 1.36-2026.06.09 is, which is older; take it with --allow-older
`);
});

test('the result as JSON', async () => {
  expect(await refreshJson('--only', 'Edge')).toEqual({
    exitCode: 0,
    schemaVersion: 1,
    command: 'refresh',
    dryRun: false,
    addOns: [],
    releases: [{
      contextKey: BOTTLEROCKET_KEY,
      parameterName: BOTTLEROCKET,
      account: '111122223333',
      region: 'us-west-2',
      amiType: 'BOTTLEROCKET_ARM_64',
      kubernetesVersion: '1.36',
      nodeGroups: [{ stack: 'Blue', path: 'Blue/Edge' }],
      outcome: 'moved',
      value: '1.51.0-219eb08a',
      from: '1.50.0-64a91eb3',
      to: '1.51.0-219eb08a',
      publishedAt: '2026-08-11T00:00:00.000Z',
      releaseNotesUrl: 'https://github.com/bottlerocket-os/bottlerocket/releases/tag/v1.51.0',
    }],
  });
});
