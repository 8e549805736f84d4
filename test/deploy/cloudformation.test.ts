/**
 * The CloudFormation of these deployments itself: replacements, names that clash, tags of stacks, express mode, change sets and
 * templates as AWS has them.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { CloudFormationClient, type ResourceChange } from '@aws-sdk/client-cloudformation';
import { makeSubnets } from './histories/make-subnets';
import { describeDeployments } from './scenario';
import type { Template } from './stacks';
import { readExecutingChangeSet } from '../../src/live/cloudformation/change-set';
import { readStackState } from '../../src/live/cloudformation/stack-state';
import { readTemplate } from '../../src/live/cloudformation/template';
import type { ClusterRecord } from '../aws/eks-region';

const ROLE = 'arn:aws:iam::111122223333:role/eks';
const RELEASES = { 1.35: '1.35.2-20260714', 1.36: '1.36.2-20260714' };

/** Answers with the value that it was told of before. */
const ANSWERS_THE_OLD_VALUE = `exports.handler = async ({ ResponseURL, ResourceProperties: { Fails }, OldResourceProperties = {}, ...event }) => {
  const { StackId, RequestId, LogicalResourceId } = event;
  const Status = Fails === 'yes' ? 'FAILED' : 'SUCCESS';
  const Data = { Old: OldResourceProperties.Value ?? 'none' };
  await fetch(ResponseURL, { method: 'PUT', body: JSON.stringify({ Status, Reason: 'so it is told', PhysicalResourceId: 'thing', StackId, RequestId, LogicalResourceId, Data }) });
};`;

type Properties = Record<string, unknown>;

describeDeployments('the CloudFormation of the tests', (cloud) => {
  let subnets: string[];
  let name: string;
  let stacks = 0;
  beforeAll(async () => {
    subnets = await makeSubnets(cloud());
    cloud().aws.publishAmis({ minors: ['1.35'], date: '2026-08-01' });
  });
  beforeEach(() => { name = `Witness${++stacks}`; });
  afterEach(async () => {
    cloud().eks.durations.nodegroup = 0;
    cloud().eks.durations.cluster = 0;
    cloud().standsStill = false;
    cloud().eks.finishUpdates();
    await cloud().aws.clearFaults();
  });

  /** A cluster with a node group and an add-on. */
  function template(
    changes: { cluster?: Properties; workers?: Properties; addOn?: Properties; also?: Template['Resources'] } = {},
  ): Template {
    return {
      Parameters: { Team: { Type: 'String', Default: 'a' } },
      Resources: {
        Cluster: {
          Type: 'AWS::EKS::Cluster',
          Properties: {
            RoleArn: ROLE,
            Version: '1.35',
            ResourcesVpcConfig: { SubnetIds: subnets },
            KubernetesNetworkConfig: { IpFamily: 'ipv4' },
            AccessConfig: { AuthenticationMode: 'API', BootstrapClusterCreatorAdminPermissions: false },
            ...changes.cluster,
          },
        },
        Workers: {
          Type: 'AWS::EKS::Nodegroup',
          Properties: {
            ClusterName: { Ref: 'Cluster' },
            NodeRole: ROLE,
            Subnets: subnets,
            Version: '1.35',
            ReleaseVersion: RELEASES['1.35'],
            InstanceTypes: ['m6i.large'],
            ScalingConfig: { MinSize: 1, DesiredSize: 1, MaxSize: 50 },
            ...changes.workers,
          },
        },
        CoreDns: { Type: 'AWS::EKS::Addon', Properties: { ClusterName: { Ref: 'Cluster' }, AddonName: 'coredns', ...changes.addOn } },
        ...changes.also,
      },
    };
  }

  const deploy = async (...args: Parameters<ReturnType<typeof cloud>['stacks']['deploy']> extends [string, ...infer Rest] ? Rest : never) =>
    cloud().stacks.deploy(name, ...args);
  const preview = async (
    ...args: Parameters<ReturnType<typeof cloud>['stacks']['preview']> extends [string, ...infer Rest] ? Rest : never
  ) =>
    Object.fromEntries((await cloud().stacks.preview(name, ...args)).map((change) => [change.LogicalResourceId!, change]));
  const cluster = async (): Promise<ClusterRecord> => cloud().eks.cluster((await cloud().stacks.resources(name)).Cluster);
  const groups = async () => [...(await cluster()).nodegroups.values()];
  const reason = ({ steps }: { steps: readonly { status: string; reason?: string }[] }) => steps.find(
    ({ status }) => status.endsWith('_FAILED'),
  )?.reason;

  describe('replacement', () => {
    beforeEach(async () => { expect(await deploy(template())).toMatchObject({ status: 'CREATE_COMPLETE' }); });

    test.each<[string, Properties]>([
      ['RoleArn', { RoleArn: `${ROLE}2` }],
      ['BootstrapSelfManagedAddons', { BootstrapSelfManagedAddons: false }],
      [
        'EncryptionConfig',
        { EncryptionConfig: [{ Resources: ['secrets'], Provider: { KeyArn: 'arn:aws:kms:us-west-2:111122223333:key/1' } }] },
      ],
      ['IpFamily', { KubernetesNetworkConfig: { IpFamily: 'ipv6' } }],
      [
        'BootstrapClusterCreatorAdminPermissions',
        { AccessConfig: { AuthenticationMode: 'API', BootstrapClusterCreatorAdminPermissions: true } },
      ],
    ])('of a cluster, for %s', async (_, properties) => {
      const before = (await cluster()).name;
      expect((await preview(template({ cluster: properties }))).Cluster).toMatchObject({ Action: 'Modify', Replacement: 'True' });

      expect(await deploy(template({ cluster: properties }))).toMatchObject({ status: 'UPDATE_COMPLETE' });
      expect((await cluster()).name).not.toBe(before);
      expect(cloud().eks.clusters.has(before)).toBe(false);
    });

    test.each<[string, Properties]>([
      [
        'AuthenticationMode',
        { AccessConfig: { AuthenticationMode: 'API_AND_CONFIG_MAP', BootstrapClusterCreatorAdminPermissions: false } },
      ],
      ['Logging', { Logging: { ClusterLogging: { EnabledTypes: [{ Type: 'api' }] } } }],
    ])('not of a cluster, for %s', async (_, properties) => {
      const before = (await cluster()).name;
      expect((await preview(template({ cluster: properties }))).Cluster).toMatchObject({ Action: 'Modify', Replacement: 'False' });

      expect(await deploy(template({ cluster: properties }))).toMatchObject({ status: 'UPDATE_COMPLETE' });
      expect((await cluster()).name).toBe(before);
    });

    test('of a node group begins with the size of the template, and drains all old nodes at once', async () => {
      const [before] = await groups();
      before.config!.scalingConfig = { minSize: 1, desiredSize: 40, maxSize: 50 }; // an autoscaler
      const drained = cloud().eks.drains.length;

      expect(await deploy(template({ workers: { InstanceTypes: ['m7i.large'] } }))).toMatchObject({ status: 'UPDATE_COMPLETE' });
      const after = await groups();
      expect(after.map(({ config }) => config!.scalingConfig.desiredSize)).toEqual([1]);
      expect(after[0].name).not.toBe(before.name);
      expect(cloud().eks.drains.slice(drained)).toEqual([{ nodegroupName: before.name, nodes: 40, atOnce: 40 }]);
    });

    test('a roll drains by maxUnavailable', async () => {
      const [workers] = await groups();
      workers.config!.scalingConfig = { minSize: 1, desiredSize: 40, maxSize: 50 };
      workers.config!.updateConfig = { maxUnavailablePercentage: 25 };
      const drained = cloud().eks.drains.length;

      expect(await deploy(template({ workers: { ReleaseVersion: '1.35.2-20260801' } }))).toMatchObject({ status: 'UPDATE_COMPLETE' });
      expect(cloud().eks.drains.slice(drained)).toEqual([{ nodegroupName: workers.name, nodes: 40, atOnce: 10 }]);
    });

    test('of an add-on, for its namespace', async () => {
      const change = template({ addOn: { NamespaceConfig: { Namespace: 'dns' } } });

      expect((await preview(change)).CoreDns).toMatchObject({
        Replacement: 'True', Details: [{ Target: { Name: 'NamespaceConfig', RequiresRecreation: 'Always' } }],
      });
      expect(reason(await deploy(change))).toContain('already exists'); // the name of an add-on is its identity
    });
  });

  test('a replacement under a fixed name ends in a clash', async () => {
    await deploy(template({ workers: { NodegroupName: 'workers' } }));
    const refused = await deploy(template({ workers: { NodegroupName: 'workers', InstanceTypes: ['m7i.large'] } }));

    expect(refused).toMatchObject({ status: 'UPDATE_ROLLBACK_COMPLETE' });
    expect(reason(refused)).toContain('NodeGroup already exists with name workers');
  });

  describe('a launch template', () => {
    const launchTemplate = (instanceType: string) => ({
      Type: 'AWS::EC2::LaunchTemplate', Properties: { LaunchTemplateData: { InstanceType: instanceType } },
    });
    const also = { One: launchTemplate('m7i.large'), Other: launchTemplate('m7i.xlarge') };
    const follows = (id: string): Properties => ({ Id: { Ref: id }, Version: { 'Fn::GetAtt': [id, 'LatestVersionNumber'] } });
    const on = (specification?: Properties, resources = also) =>
      template({ workers: { InstanceTypes: undefined, LaunchTemplate: specification }, also: resources });

    test.each<[string, Properties | undefined, Properties | undefined]>([
      ['put on', undefined, follows('One')], ['exchanged', follows('One'), follows('Other')], ['taken away', follows('One'), undefined],
    ])('that is %s is refused', async (_, before, after) => {
      expect(await deploy(on(before))).toMatchObject({ status: 'CREATE_COMPLETE' });
      const refused = await deploy(on(after));

      expect(refused).toMatchObject({ status: 'UPDATE_ROLLBACK_COMPLETE' });
      expect(reason(refused)).toContain('launch template');
    });

    test('has a new version, and is accepted', async () => {
      await deploy(on(follows('One')));

      expect(await deploy(on(follows('One'), { ...also, One: launchTemplate('m7i.2xlarge') }))).toMatchObject({
        status: 'UPDATE_COMPLETE',
      });
      expect((await groups())[0].config!.launchTemplate).toMatchObject({ version: '2' });
    });
  });

  describe('tags of the stack', () => {
    test('reach node groups, and are a combined update beside a release', async () => {
      await deploy(template(), { tags: { sha: '1' } });
      expect((await groups())[0].tags).toMatchObject({ sha: '1' });

      const change = template({ workers: { Version: '1.36', ReleaseVersion: RELEASES['1.36'] }, cluster: { Version: '1.36' } });
      expect((await preview(change, { tags: { sha: '2' } })).Workers).toMatchObject({ Scope: ['Properties', 'Tags'] });
      const refused = await deploy(change, { tags: { sha: '2' } });
      expect(reason(refused)).toContain('cannot be combined');
      expect((await groups())[0]).toMatchObject({ version: '1.35', tags: { sha: '1' } });
    });

    test('alone are an update of what they reach', async () => {
      await deploy(template(), { tags: { sha: '1' } });

      expect(await deploy(template(), { tags: { sha: '2' } })).toMatchObject({ status: 'UPDATE_COMPLETE' });
      expect((await groups())[0].tags).toMatchObject({ sha: '2' });
    });
  });

  describe('express mode', () => {
    const kubeProxy = (version: string) => ({ AddonName: 'kube-proxy', AddonVersion: `v${version}-eksbuild.2` });
    beforeEach(async () => {
      await deploy(template({ addOn: kubeProxy('1.35.3') }));
      cloud().eks.durations.cluster = 60_000;
      cloud().eks.durations.nodegroup = 60_000;
    });
    const upgrade = () => template({ cluster: { Version: '1.36' }, addOn: kubeProxy('1.35.3') });

    test.each([true, false])('waits for nothing, and DescribeStacks tells it (by change set: %s)', async (byChangeSet) => {
      const client = new CloudFormationClient(cloud().clientConfig);
      expect(await readStackState(client, name)).toMatchObject({ isExpress: false });

      expect(await deploy(upgrade(), { express: true, byChangeSet })).toMatchObject({ status: 'UPDATE_COMPLETE' });
      expect(await cluster()).toMatchObject({ status: 'UPDATING', version: '1.35' });
      expect(await readStackState(client, name)).toMatchObject({ isExpress: true });
    });

    test('an add-on for the version to come is refused, and nothing is taken back', async () => {
      const wanted = template({ cluster: { Version: '1.36' }, addOn: kubeProxy('1.36.2') });
      const stopped = await deploy(wanted, { express: true });

      expect(stopped).toMatchObject({ status: 'UPDATE_FAILED' });
      expect(reason(stopped)).toContain('not supported');
      cloud().eks.finishUpdates();
      expect(await deploy(wanted, { express: true })).toMatchObject({ status: 'UPDATE_COMPLETE' });
    });

    test('the next deployment waits again', async () => {
      await deploy(upgrade(), { express: true });
      cloud().eks.finishUpdates();

      await deploy(template({
        cluster: { Version: '1.36' }, workers: { Version: '1.36', ReleaseVersion: RELEASES['1.36'] }, addOn: kubeProxy('1.35.3'),
      }));
      expect((await groups())[0]).toMatchObject({ status: 'ACTIVE', version: '1.36' });
      expect(await readStackState(new CloudFormationClient(cloud().clientConfig), name)).toMatchObject({ isExpress: false });
    });

    test('creates what refers to something that is not ready by trying again', async () => {
      name = `${name}New`;

      expect(await deploy(template(), { express: true })).toMatchObject({ status: 'CREATE_COMPLETE' });
    });
  });

  describe('a change set', () => {
    const target = (change: ResourceChange, property: string) => change.Details!.map(({ Target }) => Target!).find(
      ({ Name }) => Name === property,
    );

    test('tells values before and after, with parameters resolved', async () => {
      const tagged = template({ workers: { Tags: { team: { Ref: 'Team' } }, Labels: { team: { 'Fn::Sub': 'of-${Team}' } } } });
      await deploy(tagged, { parameters: { Team: 'a' } });
      const { Workers: change, ...others } = await preview(tagged, { parameters: { Team: 'b' } });

      expect(others).toEqual({});
      expect(target(change, 'Tags')).toMatchObject({
        Path: '/Properties/Tags/team', BeforeValue: 'a', AfterValue: 'b', RequiresRecreation: 'Never',
      });
      expect(target(change, 'Labels')).toMatchObject({ BeforeValue: 'of-a', AfterValue: 'of-b' });
      expect(JSON.parse(change.AfterContext!).Properties).toMatchObject({ ClusterName: (await cluster()).name, Tags: { team: 'b' } });
    });

    test('marks what only the deployment knows', async () => {
      await deploy(template());
      const { Workers: workers, New: added } = await preview(template({
        cluster: { RoleArn: `${ROLE}2` },
        also: { New: { Type: 'AWS::EKS::Addon', Properties: { ClusterName: { Ref: 'Cluster' }, AddonName: 'kube-proxy' } } },
      }));

      expect(target(workers, 'ClusterName')).toMatchObject({ AfterValue: '{{changeSet:KNOWN_AFTER_APPLY}}', RequiresRecreation: 'Always' });
      expect(JSON.parse(added.AfterContext!).Properties).toEqual({
        AddonName: 'kube-proxy', ClusterName: '{{changeSet:KNOWN_AFTER_APPLY}}',
      });
      expect(added).not.toHaveProperty('BeforeContext');
    });

    test('tells removals, and comes in pages', async () => {
      const topics = Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`Topic${index}`, { Type: 'AWS::SNS::Topic' }]));
      await deploy(template({ also: topics }));

      const changes = await preview(template());
      expect(Object.keys(changes)).toHaveLength(60);
      expect(changes.Topic59).toMatchObject({ Action: 'Remove', ResourceType: 'AWS::SNS::Topic' });
    });

    test('is described while it is executed, as the template that is wanted is; in a rollback the template is the old one', async () => {
      await deploy(template());
      cloud().eks.durations.nodegroup = 60_000;
      cloud().standsStill = true;
      const client = new CloudFormationClient(cloud().clientConfig);
      const [workers] = await groups();
      workers.cannotDrain = true;
      const rolling = deploy(template({ workers: { ReleaseVersion: '1.35.2-20260801' } }), { byChangeSet: true });
      while ((await groups())[0].status !== 'UPDATING') await sleep(20);

      const stack = await readStackState(client, name);
      expect(await readExecutingChangeSet(client, stack)).toMatchObject({
        known: true,
        value: {
          isExecuting: true,
          resources: { Workers: { details: [{ name: 'ReleaseVersion', after: { known: true, value: '1.35.2-20260801' } }] } },
        },
      });
      expect((await readTemplate(client, name)).Resources!.Workers.Properties).toMatchObject({ ReleaseVersion: '1.35.2-20260801' });

      cloud().standsStill = false;
      expect(await rolling).toMatchObject({ status: 'UPDATE_ROLLBACK_COMPLETE' });
      expect((await readTemplate(client, name)).Resources!.Workers.Properties).toMatchObject({ ReleaseVersion: RELEASES['1.35'] });
      expect(await readExecutingChangeSet(client, await readStackState(client, name))).toEqual({ known: true, value: undefined });
    });
  });

  describe('a custom resource that fails', () => {
    afterEach(() => { cloud().behaviour.refusedBecomeOld = false; });

    const thing = (value: string, fails: 'yes' | 'no' = 'no'): Template => ({
      Resources: {
        Handler: {
          Type: 'AWS::Lambda::Function',
          Properties: { Runtime: 'nodejs22.x', Handler: 'index.handler', Role: ROLE, Code: { ZipFile: ANSWERS_THE_OLD_VALUE } },
        },
        Thing: { Type: 'Custom::Thing', Properties: { ServiceToken: { 'Fn::GetAtt': ['Handler', 'Arn'] }, Value: value, Fails: fails } },
      },
      Outputs: { Old: { Value: { 'Fn::GetAtt': ['Thing', 'Old'] } } },
    });

    test.each([
      [false, 'first'], [true, 'refused'],
    ])('is told the old properties the next time (those that it refused: %s)', async (refusedBecomeOld, old) => {
      cloud().behaviour.refusedBecomeOld = refusedBecomeOld;
      await deploy(thing('first'));
      expect(await deploy(thing('refused', 'yes'), { rollback: false })).toMatchObject({ status: 'UPDATE_FAILED' });

      expect(await deploy(thing('next'), { rollback: false })).toMatchObject({ status: 'UPDATE_COMPLETE' });
      expect(await cloud().stacks.outputs(name)).toEqual({ Old: old });
    });

    test('is told the good properties after a rollback', async () => {
      cloud().behaviour.refusedBecomeOld = true;
      await deploy(thing('first'));
      expect(await deploy(thing('refused', 'yes'))).toMatchObject({ status: 'UPDATE_ROLLBACK_COMPLETE' });

      await deploy(thing('next'));
      expect(await cloud().stacks.outputs(name)).toEqual({ Old: 'first' });
    });
  });

  describe('a nested stack', () => {
    /** A stack around one with the node group. */
    async function nested(properties: Properties = {}, also: Template['Resources'] = {}): Promise<Template> {
      const { Cluster, Workers } = template({ workers: { ClusterName: { Ref: 'ClusterName' }, ...properties } }).Resources;
      const inner = { Parameters: { ClusterName: { Type: 'String' } }, Resources: { Workers } };
      const TemplateURL = `${cloud().clientConfig.endpoint}/templates/${randomUUID()}.json`;
      await fetch(`${cloud().clientConfig.endpoint}/templates`, { method: 'PUT' });
      await fetch(TemplateURL, { method: 'PUT', body: JSON.stringify(inner) });
      return {
        Resources: {
          Cluster,
          Nodes: {
            Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL, Parameters: { ClusterName: { Ref: 'Cluster' } } },
          },
          ...also,
        },
      };
    }

    test('names the stack at the top, and gets its tags', async () => {
      expect(await deploy(await nested(), { tags: { sha: '1' } })).toMatchObject({ status: 'CREATE_COMPLETE' });
      const { Nodes: id } = await cloud().stacks.resources(name);

      expect(await readStackState(new CloudFormationClient(cloud().clientConfig), id)).toMatchObject({
        rootId: expect.stringContaining(`stack/${name}/`),
      });
      expect((await groups())[0]).toMatchObject({ version: '1.35', tags: { sha: '1' } });
    });

    test('goes back with the stack around it', async () => {
      await deploy(await nested());
      const fails = {
        Group: { Type: 'AWS::EKS::Nodegroup', DependsOn: ['Nodes'], Properties: { ClusterName: 'none', NodeRole: ROLE, Subnets: subnets } },
      };
      const failed = await deploy(await nested({ ReleaseVersion: '1.35.2-20260801' }, fails));

      expect(failed).toMatchObject({ status: 'UPDATE_ROLLBACK_COMPLETE' });
      expect((await groups())[0]).toMatchObject({ releaseVersion: RELEASES['1.35'] });
    });
  });
});
