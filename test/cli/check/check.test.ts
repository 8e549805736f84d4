import { rm } from 'node:fs/promises';
import '@microsoft/jest-sarif';
import { Duration } from 'aws-cdk-lib/core';
import { UpgradeGuard } from '../../../src';
import { CHECKS } from '../../../src/engine/judgement/checks';
import { LocalAws } from '../../aws/aws-server';
import { clusterApp, ClusterAppOptions, deployCluster, deployStack, NOW } from '../_cluster-app';
import { runCommand } from '../_command-line';
import { withLocalAws } from '../_local-aws';
import { readJsonOutput } from '../json-schema';

let aws: LocalAws;
let cwd: string;

withLocalAws((local) => {
  aws = local;
  aws.publishAmis({ minors: ['1.35', '1.36', '1.37'], date: '2026-07-14', patch: 4 });
});

afterEach(async () => rm(cwd, { recursive: true, force: true }));

/** An app whose stacks are deployed as they were before: at 1.35. What it wants now comes on top. */
async function appOf(...clusters: ClusterAppOptions[]): Promise<void> {
  const before = await clusterApp(...clusters.map(({ stack, clusterName }) => ({ stack, clusterName })));
  for (const { stack = 'Prod', clusterName } of clusters) {
    deployCluster(aws, clusterName);
    await deployStack(aws, before, stack);
  }
  await rm(before, { recursive: true });
  cwd = await clusterApp(...clusters);
}

const SKIPPING: ClusterAppOptions = { version: '1.37', release: '1.37.4-20260714' };
const check = async (...args: string[]) => runCommand(['check', ...args], { cwd, now: NOW });

test('nothing to say of an upgrade by one minor', async () => {
  await appOf({ version: '1.36', release: '1.36.4-20260714' });

  expect(await check()).toMatchObject({
    exitCode: 0, stderr: '', stdout: expect.stringMatching(/^upgrade of prod from 1\.35 to 1\.36 may go ahead: /),
  });
});

test('errors in full, with what to do', async () => {
  await appOf(SKIPPING);

  const { exitCode, stdout } = await check();

  expect(stdout).toContain('\
upgrade of prod from 1.35 to 1.37 is refused: 1 error, ');
  expect(stdout).toContain(`
ERROR cluster prod [minor-step]
  1.35 to 1.37 is more than one minor, and EKS moves a control plane one minor at a time: 1.35 → 1.36 → 1.37
  what to do: deploy version 1.36 first, then go on
`);
  expect(exitCode).toBe(1);
});

test('a stack whose state may not be read is a warning, since the guard may not be able to read it either', async () => {
  await appOf({ version: '1.36', release: '1.36.4-20260714' });
  aws.fail({ service: 'cloudformation', action: 'DescribeStacks', fault: 'accessDenied' });

  const { exitCode, stdout } = await check('--json');

  expect(exitCode).toBe(0);
  expect(JSON.parse(stdout).clusters[0].verdict.findings).toContainEqual(expect.objectContaining({
    id: 'stack-readable:unknown', severity: 'warning', reason: 'unread', data: expect.objectContaining({ stack: 'Prod' }),
  }));
});

describe('the least severity that fails', () => {
  test.each([[[], 1], [['--fail-on', 'error'], 1], [['--fail-on', 'info'], 1]])('errors with %j', async (args, exitCode) => {
    await appOf(SKIPPING);

    expect(await check(...args)).toMatchObject({ exitCode });
  });

  test.each([
    [[], 0], [['--fail-on', 'error'], 0], [['--fail-on', 'warning'], 1], [['--fail-on', 'info'], 1],
  ])('warnings with %j', async (args, exitCode) => {
    await appOf({ version: '1.36', release: '1.36.4-20260714' });
    aws.eks.clusters.get('prod')!.nodegroups.get('workers')!.version = '1.34';

    expect(await check(...args)).toMatchObject({ exitCode, stdout: expect.stringContaining('WARNING node group workers') });
  });

  test('fails for another severity', async () => {
    await appOf(SKIPPING);

    expect(await check('--fail-on', 'fatal')).toMatchObject({
      exitCode: 2, stderr: expect.stringContaining('Allowed choices are error, warning, info'),
    });
  });
});

test('what the guard of the app accepts is accepted', async () => {
  await appOf({ ...SKIPPING, upgradeGuard: UpgradeGuard.enforce({ ignore: ['minor-step'] }) });

  expect(await check()).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('ACCEPTED error cluster prod [minor-step]') });
});

test('insights are judged by the age that the guard allows', async () => {
  const ageFinding = async (maxInsightAge: Duration, lookedHoursAgo: number) => {
    await appOf({ version: '1.36', release: '1.36.4-20260714', upgradeGuard: UpgradeGuard.enforce({ maxInsightAge }) });
    aws.eks.clusters.get('prod')!.insights.forEach(
      (insight) => (insight.lastRefreshTime = new Date(NOW.getTime() - lookedHoursAgo * 3_600_000)),
    );
    const { exitCode, stdout } = await check();
    return [exitCode, /^(\w+) .*\[insight-age\]/m.exec(stdout)?.[1]];
  };

  expect(await ageFinding(Duration.hours(6), 5)).toEqual([0, undefined]);
  expect(await ageFinding(Duration.hours(4), 5)).toEqual([0, 'INFO']);
  expect(await ageFinding(Duration.hours(4), 30)).toEqual([1, 'ERROR']);
  expect(await ageFinding(Duration.hours(48), 30)).toEqual([0, undefined]);
});

test('a guard that only warns is said', async () => {
  await appOf({ ...SKIPPING, upgradeGuard: UpgradeGuard.warnOnly() });

  expect(await check()).toMatchObject({
    exitCode: 1, stdout: expect.stringContaining('the guard of prod only warns: a deployment goes ahead all the same'),
  });
});

describe('formats', () => {
  beforeEach(async () => {
    await appOf(SKIPPING, { stack: 'Gone', clusterName: 'gone' });
    aws.eks.clusters.delete('gone');
    aws.fail({ service: 'eks', action: 'DescribeCluster', fault: 'accessDenied', times: 1 });
  });

  const only = async (...args: string[]) => check('Prod', ...args);

  test('GitHub', async () => {
    await aws.clearFaults();

    expect(
      (await only('--format', 'github')).stdout.split('\n')[0],
    ).toBe('::error title=prod%3A minor-step::cluster prod: 1.35 to 1.37 is more than one minor, '
      + 'and EKS moves a control plane one minor at a time: 1.35 → 1.36 → 1.37; deploy version 1.36 first, then go on');
  });

  test('JUnit', async () => {
    await aws.clearFaults();
    const { stdout } = await only('--format', 'junit');

    expect(stdout).toContain(`\
<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="cdk-eks-upgrades check">
  <testsuite name="prod" tests="${CHECKS.length}" failures="1" errors="0">
    <testcase name="cluster-replacement" classname="Prod/Cluster"/>
    <testcase name="minor-step" classname="Prod/Cluster">
      <failure message="cluster prod: 1.35 to 1.37 is more than one minor, and EKS moves a control plane one minor at a time: 1.35 → 1.36 → 1.37; deploy version 1.36 first, then go on" type="error">minor-step</failure>
    </testcase>
`);
    expect(stdout.match(/<testcase /g)).toHaveLength(CHECKS.length);
  });

  test('SARIF', async () => {
    await aws.clearFaults();
    const log = JSON.parse((await only('--format', 'sarif')).stdout);
    const { runs: [run] } = log;

    expect(log).toBeValidSarifLog();
    expect(run.tool.driver.rules.map(({ id }: { id: string }) => id)).toEqual(CHECKS.map(({ id }) => id));
    expect(run.results[0]).toMatchObject({
      ruleId: 'minor-step',
      level: 'error',
      message: { text: expect.stringMatching(/^prod: cluster prod: 1\.35 to 1\.37 is more than one minor/) },
      locations: [
        { physicalLocation: { artifactLocation: { uri: 'cdk.json' } }, logicalLocations: [{ fullyQualifiedName: 'Prod/Cluster' }] },
      ],
      partialFingerprints: { 'clusterAndFinding/v1': 'Prod/Cluster#minor-step' },
    });
  });

  test('JSON', async () => {
    await aws.clearFaults();
    const result = readJsonOutput((await only('--json')).stdout);

    expect(result).toMatchObject({
      schemaVersion: 1, command: 'check', clusters: [{ name: 'prod', path: 'Prod/Cluster', guard: 'enforce', verdict: { passed: false } }],
    });
    expect(JSON.parse((await only('--format', 'json')).stdout)).toEqual(result);
  });

  test.each([
    ['text', 'prod could not be read: not allowed to call eks:DescribeCluster'],
    ['github', '::error title=prod%3A could not be read::not allowed to call eks:DescribeCluster'],
    ['junit', '<error message="not allowed to call eks:DescribeCluster'],
    ['sarif', '"text": "prod could not be read: not allowed to call eks:DescribeCluster'],
    ['json', '"unreadable": "not allowed to call eks:DescribeCluster'],
  ])('a cluster that cannot be read, as %s', async (format, text) => {
    expect(await only('--format', format)).toMatchObject({ exitCode: 3, stdout: expect.stringContaining(text) });
  });

  test('a log of SARIF is valid where clusters could not be read, and where there are none', async () => {
    expect(JSON.parse((await only('--format', 'sarif')).stdout)).toBeValidSarifLog();
    await rm(cwd, { recursive: true });
    cwd = await clusterApp();

    expect(JSON.parse((await check('--format', 'sarif')).stdout)).toBeValidSarifLog();
  });

  test('a cluster that does not exist yet has nothing to check', async () => {
    await aws.clearFaults();

    expect(await check('Gone')).toMatchObject({ exitCode: 0, stdout: 'gone does not exist yet: nothing to check\n' });
  });
});
