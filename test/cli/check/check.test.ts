import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import '@microsoft/jest-sarif';
import { CloudAssembly } from '@aws-cdk/cloud-assembly-api';
import { KubernetesVersion } from 'aws-cdk-lib/aws-eks-v2';
import { Duration } from 'aws-cdk-lib/core';
import { AmiTracking, ClusterUpgrades, ManagedAddOn, UpgradeGuard } from '../../../src';
import { declaredApp } from '../../../src/cli/app/app-clusters';
import { ExitCode } from '../../../src/cli/exit-code';
import { says } from '../../../src/cli/messages';
import { CHECKS } from '../../../src/engine/judgement/checks';
import { Finding } from '../../../src/engine/judgement/finding';
import { sayFinding } from '../../../src/engine/judgement/verdict-text';
import { LocalAws } from '../../aws/aws-server';
import { withLocalAws } from '../../aws/with-local-aws';
import { importedVpc } from '../../node-group/_fixtures';
import { clusterApp, ClusterAppOptions, deployCluster, deployStack, NOW } from '../_cluster-app';
import { endsWith, runCommand } from '../_command-line';
import { folderOf, stackIn, synthesizeTo } from '../_tracked-app';
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
const checkJson = async (...args: string[]) => {
  const { exitCode, stdout, stderr } = await check('--json', ...args);
  return { exitCode, stderr, ...readJsonOutput(stdout).clusters[0] };
};

const MINOR_STEP = {
  id: 'minor-step',
  severity: 'error',
  about: { kind: 'cluster', name: 'prod' },
  reason: 'skips',
  data: { current: '1.35', target: '1.37' },
};

describe('workloads that were asked for and could not be read', () => {
  // the local EKS has no Kubernetes API
  test.each([
    [['--workloads']], [['--kubeconfig', 'nowhere']], [['--kubeconfig', 'nowhere', '--context', 'prod']],
  ])('leave the answer incomplete: %j', async (args) => {
    await appOf({ version: '1.36', release: '1.36.4-20260714' });
    const { exitCode, verdict } = await checkJson(...args);
    expect(exitCode).toBe(ExitCode.UNREADABLE);
    expect(verdict.findings).toContainEqual(expect.objectContaining({ id: 'drain:unknown', severity: 'warning' }));
  });

  test('leave it so where nothing rolls, and where the guard accepts that it cannot look; errors that are found come first', async () => {
    await appOf({});
    expect((await check('--workloads')).exitCode).toBe(ExitCode.UNREADABLE);
    const { exitCode, gaps } = await checkJson('--workloads');
    expect({ exitCode, gaps }).toEqual({ exitCode: ExitCode.UNREADABLE, gaps: [expect.stringMatching(/^what runs in the cluster could not be read: /)] });
    expect((await check('--workloads', '--format', 'junit')).stdout).toMatch(/ errors="1">/);
    expect(JSON.parse((await check('--workloads', '--format', 'sarif')).stdout).runs[0].invocations[0].executionSuccessful).toBe(false);
    await appOf({ version: '1.36', release: '1.36.4-20260714', upgradeGuard: UpgradeGuard.enforce({ ignore: ['drain:unknown'] }) });
    expect((await check('--workloads')).exitCode).toBe(ExitCode.UNREADABLE);
    await appOf(SKIPPING);
    expect((await check('--workloads')).exitCode).toBe(ExitCode.FOUND);
  });

  test('are an information where the guard looks by itself; nobody but the guard was asked to', async () => {
    await appOf({ version: '1.36', release: '1.36.4-20260714', upgradeGuard: UpgradeGuard.enforce({ workloads: true }) });
    const { exitCode, verdict } = await checkJson();
    expect(exitCode).toBe(0);
    expect(verdict.findings).toContainEqual(expect.objectContaining({ id: 'drain:unknown', severity: 'info' }));
    expect((await check('--workloads')).exitCode).toBe(ExitCode.UNREADABLE);
  });
});

describe('a connection of kubectl', () => {
  const options = ['--kubeconfig', 'nowhere', '--context', 'prod'];
  const LOOKED = expect.arrayContaining([expect.objectContaining({ id: 'drain:unknown' })]);

  test.each([[[]], [['--workloads']]])('is used, also without --workloads: %j', async (more) => {
    await appOf({ version: '1.36', release: '1.36.4-20260714' });
    expect((await checkJson(...options, ...more)).verdict.findings).toEqual(LOOKED);
    expect((await checkJson()).verdict.findings).not.toEqual(LOOKED);
  });

  test.each([[['--context', 'prod']], [['--workloads', '--context', 'prod']], [['--kubeconfig', 'kubeconfig']]])(
    'is of one cluster: %j', async (given) => {
      await appOf({ stack: 'Staging', clusterName: 'staging' }, { stack: 'Prod', clusterName: 'prod' });
      aws.clearRequests();
      expect(await check(...given)).toEqual(endsWith(ExitCode.WRONG_USE, says.kubeconfigOfSeveral({ clusters: 2 })));
      expect(aws.requests).toEqual([]);
    },
  );

  test('is of the one whose stack is named', async () => {
    await appOf({ stack: 'Staging', clusterName: 'staging' }, { stack: 'Prod', clusterName: 'prod', version: '1.36', release: '1.36.4-20260714' });
    expect(await checkJson('Prod', ...options)).toMatchObject({ name: 'prod', verdict: { findings: LOOKED } });
  });
});

describe('the first deployment beside a cluster of another tool', () => {
  beforeEach(async () => {
    deployCluster(aws);
    cwd = await folderOf();
    synthesizeTo(cwd, (app) => {
      const stack = stackIn(app, 'Nodes');
      ClusterUpgrades.ofImported(stack, 'Upgrades', {
        clusterName: 'prod',
        version: KubernetesVersion.V1_35,
        vpc: importedVpc(stack, 'Vpc'),
        managedAddOns: [ManagedAddOn.vpcCni(), ManagedAddOn.coreDns()],
      }).addManagedNodeGroup('Workers', { nodegroupName: 'workers', amiTracking: AmiTracking.pinned('1.35.4-20260714') });
    });
  });

  test.each<[string, () => void]>([
    ['there is no stack', () => undefined],
    ['the stack has other resources alone', () => {
      aws.cloudFormation.putStack({
        name: 'Nodes',
        template: { Resources: { It: { Type: 'AWS::SNS::Topic' } } },
        resources: [{ logicalId: 'It', type: 'AWS::SNS::Topic', physicalId: 'topic' }],
      });
    }],
  ])('what EKS has already would fail, the others would come: %s', async (_, put) => {
    put();
    const { exitCode, verdict } = await checkJson();
    expect(verdict.findings.map(({ id }: Finding) => id)).toEqual([
      'exists-already:vpc-cni', 'exists-already:workers', 'self-managed-add-on:coredns', // which EKS may have installed by itself
    ]);
    expect(exitCode).toBe(1);
  });

  test('of a stack that has them, nothing is said', async () => {
    await deployStack(aws, cwd, 'Nodes');
    expect((await checkJson()).verdict.findings.map(({ id }: Finding) => id)).not.toContainEqual(expect.stringContaining('exists-already'));
  });
});

test('nothing to say of an upgrade by one minor', async () => {
  await appOf({ version: '1.36', release: '1.36.4-20260714' });

  expect(await checkJson()).toMatchObject({
    exitCode: 0, stderr: '', name: 'prod', verdict: { passed: true, direction: 'up', currentVersion: '1.35', targetVersion: '1.36' },
  });
});

test('errors are data in JSON, and in full in the text', async () => {
  await appOf(SKIPPING);

  const { exitCode, verdict } = await checkJson();

  expect({ exitCode, ...verdict }).toMatchObject({ exitCode: 1, passed: false, direction: 'up', currentVersion: '1.35', targetVersion: '1.37' });
  const errors = verdict.findings.filter(({ severity }: Finding) => severity === 'error');
  expect(errors).toMatchObject([MINOR_STEP]);
  const [{ message, remedy }] = errors;
  const { stdout } = await check();
  expect(stdout).toContain(message);
  expect(stdout).toContain(remedy);
});

describe('stacks of one name, whose account and Region only the deployment knows', () => {
  const ONE_MINOR: ClusterAppOptions = { stage: 'Dev', version: '1.36', release: '1.36.4-20260714' };
  const TWO_MINORS: ClusterAppOptions = { stage: 'Live', ...SKIPPING };

  /** Of both stages the same is deployed, in the account of the credentials. */
  async function stagesOf(...stages: ClusterAppOptions[]): Promise<void> {
    const before = await clusterApp({ stage: 'Dev' });
    deployCluster(aws);
    const [file] = (await readdir(join(before, 'cdk.out/assembly-Dev'))).filter((name) => name.endsWith('.template.json'));
    await deployStack(aws, before, `assembly-Dev/${file.replace('.template.json', '')}`, [], 'eks');
    await rm(before, { recursive: true });
    cwd = await clusterApp(...stages);
  }

  const judged = async (...args: string[]) => {
    const { clusters } = readJsonOutput((await check('--json', ...args)).stdout);
    return clusters.map(({ path, verdict }: { path: string; verdict: { passed: boolean; targetVersion: string } }) =>
      [path, verdict.targetVersion, verdict.passed]);
  };
  const [DEV, LIVE] = [['Dev/Prod/Cluster', '1.36', true], ['Live/Prod/Cluster', '1.37', false]];

  test.each([['first', ONE_MINOR, TWO_MINORS], ['last', TWO_MINORS, ONE_MINOR]])('a stage that is selected is judged alone: %s', async (_, ...stages) => {
    await stagesOf(...stages);
    expect([await judged('Dev/*'), await judged('Live/*')]).toEqual([[DEV], [LIVE]]);
  });

  test('each is judged by its own template', async () => {
    await stagesOf(ONE_MINOR, TWO_MINORS);
    expect(await judged()).toEqual([DEV, LIVE]);
  });

  test.each([['first', ONE_MINOR, TWO_MINORS], ['last', TWO_MINORS, ONE_MINOR]])('in one stage, too: %s', async (_, ...clusters) => {
    await stagesOf(...clusters.map((options) => ({ ...options, stack: options.stage, stage: 'All' })));
    expect(await judged('All/Dev')).toEqual([['All/Dev/Cluster', '1.36', true]]);
    expect(await judged('All/Live')).toEqual([['All/Live/Cluster', '1.37', false]]);
  });

  test('beside other stacks of its stage, which may hold parts that nothing declares', async () => {
    await stagesOf({ ...ONE_MINOR, bake: { duration: Duration.minutes(5) } }, TWO_MINORS, { stage: 'Live', stack: 'Other', stackName: 'other', clusterName: 'other' });
    const stacks = new CloudAssembly(join(cwd, 'cdk.out')).stacksRecursively;

    const { deployedTogether, environments } = declaredApp(stacks, stacks);

    expect(Object.keys(deployedTogether['Dev/Prod/Cluster'])).toEqual(['eks']);
    expect(Object.keys(deployedTogether['Live/Prod/Cluster']).sort()).toEqual(['eks', 'other']);
    expect(Object.keys(environments['current/current'].wanted.eks)).toEqual(
      expect.arrayContaining(Object.keys(deployedTogether['Dev/Prod/Cluster'].eks)));
  });
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

describe('what no finding tells, since nothing moves', () => {
  const WITHOUT_APP = ['--without-app', '--cluster', 'prod', '--region', 'us-west-2'];

  test.each([
    ['DescribeNodegroup', 'node group workers', WITHOUT_APP],
    ['DescribeAddon', 'add-on vpc-cni', WITHOUT_APP], ['ListInsights', 'the insights', []], ['ListInsights', 'the insights', WITHOUT_APP],
  ])('makes the answer incomplete: %s of %s, %j', async (action, what, args) => {
    await appOf({});
    aws.deny = (call) => call.action === action;
    const gap = `${what} could not be read: not allowed to call eks:${action}`;
    const { exitCode, verdict, gaps } = await checkJson(...args);
    expect({ exitCode, findings: verdict.findings, gaps }).toEqual({ exitCode: 3, findings: [], gaps: [expect.stringContaining(gap)] });
    expect(await check(...args)).toMatchObject({ exitCode: 3, stdout: expect.stringContaining(`not known: ${gap}`) });
    expect((await check('--format', 'github', ...args)).stdout).toMatch(new RegExp(`^::error title=prod%3A not known::${gap}`));
    const junit = (await check('--format', 'junit', ...args)).stdout;
    expect(junit).toMatch(/<testsuite name="prod" tests="\d+" failures="0" errors="1">/);
    expect(junit).toContain(`<error message="${gap}`);
    expect(JSON.parse((await check('--format', 'sarif', ...args)).stdout).runs[0].invocations).toEqual([{
      executionSuccessful: false,
      toolExecutionNotifications: [{ level: 'error', message: { text: expect.stringContaining(`prod: ${gap}`) } }],
    }]);
  });

  test.each([
    'ListNodegroups', 'DescribeNodegroup', 'ListAddons', 'DescribeAddon', 'ListInsights',
  ])('is told once where it refuses an upgrade: %s', async (action) => {
    await appOf({ version: '1.36', release: '1.36.4-20260714' });
    aws.deny = (call) => call.action === action;
    expect(await checkJson()).toMatchObject({ exitCode: 1, gaps: [], verdict: { passed: false } });
  });
});

test('what is found of one cluster comes before what could not be read of another', async () => {
  await appOf(SKIPPING, { stack: 'Dev', clusterName: 'dev' });
  aws.deny = ({ action, input }) => action === 'DescribeCluster' && input.name === 'dev';
  expect((await check()).exitCode).toBe(ExitCode.FOUND);
  expect((await check('Dev')).exitCode).toBe(ExitCode.UNREADABLE);
});

test('a cluster of which a stack cannot be read is not judged', async () => {
  await appOf({});
  aws.eks.cluster('prod').version = '1.36';
  aws.fail({ service: 'cloudformation', action: 'GetTemplate', fault: 'accessDenied' });

  expect(await checkJson()).toMatchObject({
    exitCode: ExitCode.UNREADABLE, name: 'prod', unreadable: expect.stringContaining('cloudformation:GetTemplate'),
  });
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

    const { verdict, ...result } = await checkJson(...args);
    expect(result.exitCode).toBe(exitCode);
    expect(verdict.findings).toContainEqual(expect.objectContaining({
      id: 'node-group-current:workers', severity: 'warning', about: { kind: 'node group', name: 'workers' },
    }));
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

  expect(await checkJson()).toMatchObject({
    exitCode: 0, verdict: { passed: true, accepted: [{ ...MINOR_STEP, acceptedBy: 'minor-step' }] },
  });
});

test('insights are judged by the age that the guard allows', async () => {
  const ageFinding = async (maxInsightAge: Duration, lookedHoursAgo: number) => {
    await appOf({ version: '1.36', release: '1.36.4-20260714', upgradeGuard: UpgradeGuard.enforce({ maxInsightAge }) });
    aws.eks.clusters.get('prod')!.insights.forEach(
      (insight) => (insight.lastRefreshTime = new Date(NOW.getTime() - lookedHoursAgo * 3_600_000)),
    );
    const { exitCode, verdict: { findings } } = await checkJson();
    return [exitCode, findings.find(({ id }: Finding) => id === 'insight-age')?.severity];
  };

  expect(await ageFinding(Duration.hours(6), 5)).toEqual([0, undefined]);
  expect(await ageFinding(Duration.hours(4), 5)).toEqual([0, 'info']);
  expect(await ageFinding(Duration.hours(4), 30)).toEqual([1, 'error']);
  expect(await ageFinding(Duration.hours(48), 30)).toEqual([0, undefined]);
});

type Resources = Record<string, { readonly Type: string; readonly Properties: Record<string, unknown> }>;

/** Edits what an app of a folder has synthesised, as an escape hatch does. */
async function withTemplate<T>(folder: string, edit: (resources: Resources) => T): Promise<T> {
  const file = join(folder, 'cdk.out/Prod.template.json');
  const template = JSON.parse(await readFile(file, 'utf8'));
  const result = edit(template.Resources);
  await writeFile(file, JSON.stringify(template));
  return result;
}

test("a launch template's content that changes beside a release counts where the node group follows it, not where its version is literal", async () => {
  const launching = async (folder: string, imageId: string, version: unknown) => withTemplate(folder, (resources) => {
    const [[workers, { Properties }]] = Object.entries(resources).filter(([, { Type }]) => Type === 'AWS::EKS::Nodegroup');
    Properties.LaunchTemplate = { Id: { Ref: 'Template' }, Version: version };
    resources.Template = { Type: 'AWS::EC2::LaunchTemplate', Properties: { LaunchTemplateData: { ImageId: imageId } } };
    return workers;
  });
  const isCombined = async (version: unknown) => {
    deployCluster(aws);
    const before = await clusterApp({});
    const workers = await launching(before, 'ami-0a', version);
    await deployStack(aws, before, 'Prod', [{ logicalId: workers, type: 'AWS::EKS::Nodegroup', physicalId: 'prod/workers' }]);
    await rm(before, { recursive: true });
    cwd = await clusterApp({ release: '1.35.4-20261104' });
    await launching(cwd, 'ami-0b', version);
    const { verdict: { findings } } = await checkJson();
    await rm(cwd, { recursive: true });
    return findings.some(({ id, severity }: Finding) => id === 'node-group-combined-update:workers' && severity === 'error');
  };
  aws.publishAmis({ minors: ['1.35'], date: '2026-11-04', patch: 4 });

  expect(await isCombined('3')).toBe(false);
  expect(await isCombined({ 'Fn::GetAtt': ['Template', 'LatestVersionNumber'] })).toBe(true);
});

test('after a rolled back upgrade the version is left alone, and one more add-on is judged by what the cluster runs', async () => {
  const [old, next] = ['v1.12.4-eksbuild.1', 'v1.13.0-eksbuild.1'];
  await appOf({});
  Object.assign(aws.eks.clusters.get('prod')!, { version: '1.36' });
  aws.eks.catalog.addonVersions = [
    ...aws.eks.catalog.addonVersions.filter(({ addonName }) => addonName !== 'coredns'),
    { addonName: 'coredns', addonVersion: old, clusterVersions: ['1.35'], defaultFor: ['1.35'] },
    { addonName: 'coredns', addonVersion: next, clusterVersions: ['1.36'], defaultFor: ['1.36'] },
  ];
  const withAddOn = async (AddonVersion: string) => {
    await withTemplate(cwd, (resources) => {
      resources.Dns = { Type: 'AWS::EKS::Addon', Properties: { ClusterName: 'prod', AddonName: 'coredns', AddonVersion } };
    });
    return checkJson();
  };

  const { exitCode, verdict } = await withAddOn(next);
  expect(verdict.findings.filter(({ severity }: Finding) => severity === 'error')).toEqual([]);
  expect({ exitCode, ...verdict }).toMatchObject({ exitCode: 0, direction: 'none', currentVersion: '1.36', targetVersion: '1.36' });
  expect(verdict.findings).toContainEqual(expect.objectContaining({ id: 'version-drift', severity: 'warning' }));
  const refused = await withAddOn(old);
  expect(refused.exitCode).toBe(1);
  expect(refused.verdict.findings).toContainEqual(expect.objectContaining({ id: 'add-on-compatibility:coredns', severity: 'error' }));
});

test('a guard that only warns is said', async () => {
  await appOf({ ...SKIPPING, upgradeGuard: UpgradeGuard.warnOnly() });

  expect(await checkJson()).toMatchObject({ exitCode: 1, guard: 'warn', verdict: { passed: false, findings: expect.arrayContaining([expect.objectContaining({ id: 'minor-step' })]) } });
});

describe('formats', () => {
  beforeEach(async () => {
    await appOf(SKIPPING, { stack: 'Gone', clusterName: 'gone' });
    aws.eks.clusters.delete('gone');
    aws.fail({ service: 'eks', action: 'DescribeCluster', fault: 'accessDenied', times: 1 });
  });

  const only = async (...args: string[]) => check('Prod', ...args);

  /** The error of the app, in one sentence. */
  const sentenceOfError = async () => {
    const { verdict } = readJsonOutput((await only('--json')).stdout).clusters[0];
    return sayFinding(verdict.findings.find(({ severity }: Finding) => severity === 'error'));
  };

  test('GitHub', async () => {
    await aws.clearFaults();

    expect((await only('--format', 'github')).stdout.split('\n')[0]).toBe(`::error title=prod%3A minor-step::${await sentenceOfError()}`);
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
      <failure message="${await sentenceOfError()}" type="error">minor-step</failure>
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
      message: { text: `prod: ${await sentenceOfError()}` },
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
    ['text', (why: string) => why],
    ['github', (why: string) => `::${why}`],
    ['junit', (why: string) => `<error message="${why}`],
    ['sarif', (why: string) => `${why}"`],
    ['json', (why: string) => `"unreadable": "${why}"`],
  ])('a cluster that cannot be read, as %s', async (format, inFormat) => {
    const { exitCode, unreadable } = await checkJson('Prod');
    expect({ exitCode, unreadable }).toEqual({ exitCode: 3, unreadable: expect.stringContaining('eks:DescribeCluster') });
    aws.fail({ service: 'eks', action: 'DescribeCluster', fault: 'accessDenied', times: 1 });
    expect(await only('--format', format)).toMatchObject({ exitCode: 3, stdout: expect.stringContaining(inFormat(unreadable)) });
  });

  test('a log of SARIF is valid where clusters could not be read, and where there are none', async () => {
    expect(JSON.parse((await only('--format', 'sarif')).stdout)).toBeValidSarifLog();
    await rm(cwd, { recursive: true });
    cwd = await clusterApp();

    expect(JSON.parse((await check('--format', 'sarif')).stdout)).toBeValidSarifLog();
  });

  test('a cluster that does not exist yet has nothing to check', async () => {
    await aws.clearFaults();

    expect(await checkJson('Gone')).toMatchObject({ exitCode: 0, name: 'gone', toBeCreated: true });
  });
});
