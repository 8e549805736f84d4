import { ClusterInStacks, Stacks } from '../../../src/engine/change/cluster-in-templates';
import { intentOf } from '../../../src/engine/change/deployment-intent';
import { concernsChecks } from '../../../src/engine/change/moves';
import { TrackingMode } from '../../../src/engine/declaration/cluster-declaration';
import { addOnCompatibility } from '../../../src/engine/judgement/checks/add-on-compatibility';
import { nodeGroupCurrent } from '../../../src/engine/judgement/checks/node-group-current';
import { nodeGroupRemoved } from '../../../src/engine/judgement/checks/node-group-removed';
import { evaluate } from '../../../src/engine/judgement/verdict';
import { TemplateResource, templateResources, TemplateResources } from '../../../src/engine/state/deployed-stack';
import { known } from '../../../src/engine/state/known';
import { aCatalog, aCluster, anAddOn, aNodeGroup } from '../a-cluster';

const CLUSTER: ClusterInStacks = { stackName: 'S', logicalId: 'Cluster', nodeGroups: [], addOns: [] };
const PHYSICAL = { Cluster: 'prod', Workers: 'prod/workers', Dns: 'prod|coredns' };

const cluster = (properties: object = {}): TemplateResource => ({
  type: 'AWS::EKS::Cluster', properties: { Version: '1.35', ...properties },
});
const group = (properties: object = {}): TemplateResource => ({
  type: 'AWS::EKS::Nodegroup',
  properties: { ClusterName: { Ref: 'Cluster' }, Version: '1.35', ReleaseVersion: '1.35.3-20261104', ...properties },
});
const addOn = (properties: object = {}): TemplateResource => ({
  type: 'AWS::EKS::Addon',
  properties: {
    ClusterName: { Ref: 'Cluster' }, AddonName: 'coredns', AddonVersion: 'v1.12.4-eksbuild.1', ...properties,
  },
});
const resolver = (KubernetesVersion: string, ...names: string[]): TemplateResource => ({
  type: 'Custom::EksAddOnVersions',
  properties: {
    KubernetesVersion, AddOns: names.map((Name) => ({ Name, Policy: 'recommended', Attribute: `${Name}V` })),
  },
});
const TRACKED = { AddonVersion: { 'Fn::GetAtt': ['Versions', 'corednsV'] } };

function intent(before: TemplateResources, after: TemplateResources, failed: string[] = [], declared = CLUSTER) {
  const deployed = Object.fromEntries(Object.entries(PHYSICAL).filter(([id]) => before[id]));
  const stacks: Stacks = { wanted: { S: after }, deployed: { S: { resources: before, physicalIds: deployed, failed } } };
  return intentOf(declared, 'prod', stacks, aCatalog());
}

test.each<[string, object | undefined, object | undefined, boolean | undefined]>([
  ['off', { Enabled: true }, { Enabled: false }, true],
  ['off, in texts', { Enabled: 'true' }, { Enabled: 'false' }, true],
  ['left out', { Enabled: true }, undefined, true],
  ['on', { Enabled: true }, { Enabled: true }, undefined],
  ['on from now on', { Enabled: false }, { Enabled: true }, undefined],
  ['off as before', { Enabled: false }, { Enabled: false }, undefined],
  ['what only the deployment knows', { Enabled: true }, { Enabled: { Ref: 'AutoMode' } }, undefined],
])('Auto Mode is %s', (_, before, after, expected) => {
  const { leavesAutoMode } = intent({ Cluster: cluster({ ComputeConfig: before }) }, { Cluster: cluster({ ComputeConfig: after }) });
  expect(leavesAutoMode).toBe(expected);
});

test('tags of the stack reach its node groups, except where they have their own', () => {
  const tagged = (stackTags: Record<string, string> | undefined, Tags: object = { team: 'a' }) => ({
    Workers: { ...group({ Tags }), stackTags },
  });
  const changes = (before: TemplateResources, after: TemplateResources) => intent(before, after).nodeGroups!.workers.otherChanges;
  expect(changes(tagged({ sha: '1' }), tagged({ sha: '2' }))).toEqual(['Tags']);
  expect(changes(tagged({}), tagged({ sha: '1' }))).toEqual(['Tags']);
  expect(changes(tagged({ sha: '1' }), tagged({ sha: '1' }))).toEqual([]);
  expect(changes(tagged({ team: 'b' }), tagged({ team: 'c' }))).toEqual([]);
  expect(changes(tagged({}, { sha: '1' }), tagged({ sha: '1' }, {}))).toContain('Tags'); // its text, though not its value
  expect(changes(tagged(undefined), tagged({ sha: '1' }))).toEqual([]); // not known
});

test.each<[object, boolean | undefined]>([
  [{ Version: undefined, ReleaseVersion: undefined }, true],
  [{ Version: undefined }, true],
  [{}, undefined],
  [{ Version: { Ref: 'Minor' } }, undefined], // has one, of which only CloudFormation knows the value
])('a node group of the app with %j is without a version: %p', (properties, isUnversioned) => {
  const Workers = group(properties);
  expect(intent({ Workers }, { Workers }).nodeGroups!.workers.isUnversioned).toBe(isUnversioned);
});

describe('the control plane', () => {
  test.each<[unknown, boolean | undefined]>([
    [true, true], ['true', true], [false, undefined], [undefined, undefined],
  ])('is forced by %p: %p', (Force, isForced) => {
    expect(intent({ Cluster: cluster() }, { Cluster: cluster({ Version: '1.36', Force }) }).isForced).toBe(isForced);
  });

  test('moves from the deployed version to the wanted one', () => {
    expect(intent({ Cluster: cluster() }, { Cluster: cluster({ Version: '1.36' }) })).toMatchObject({
      version: '1.36', previousVersion: '1.35', replacedBy: [],
    });
  });

  test('gets its first version', () => {
    expect(intent({ Cluster: cluster({ Version: undefined }) }, { Cluster: cluster() })).toMatchObject({
      version: '1.35', isFirstVersion: true,
    });
    expect(intent({}, { Cluster: cluster() })).toMatchObject({ isFirstVersion: false });
  });

  test('is sent everything again after its update failed', () => {
    expect(intent(
      { Cluster: cluster({ Version: '1.36' }) }, { Cluster: cluster({ Version: '1.36' }) }, ['Cluster'],
    ).previousVersion).toBeUndefined();
  });

  test.each<[string, unknown]>([
    ['a parameter', { Ref: 'Version' }], ['a dynamic reference', '{{resolve:ssm:/eks/version}}'], [
      'the dummy of a look-up', 'dummy-value-for-/eks/version',
    ],
  ])('by %s is unknown, never a literal', (_, Version) => {
    expect(intent({ Cluster: cluster() }, { Cluster: cluster({ Version }) }).version).toBeUndefined();
  });

  test('changes its support type only where the templates differ', () => {
    const [standard, extended] = ['STANDARD', 'EXTENDED'].map((SupportType) => ({ Cluster: cluster({ UpgradePolicy: { SupportType } }) }));
    expect(intent(standard, extended).supportType).toBe('EXTENDED');
    expect(intent(standard, standard).supportType).toBeUndefined();
  });

  test('is replaced by another resource in its place', () => {
    expect(
      intent({ Cluster: cluster() }, { Renamed: cluster() }, [], { ...CLUSTER, logicalId: 'Renamed' }).replacedBy,
    ).toEqual(['logical ID Cluster']);
    const ofAwsEks = { type: 'Custom::AWSCDK-EKS-Cluster', properties: {} };
    expect(intent({ Cluster: cluster() }, { Cluster: ofAwsEks }).replacedBy).toEqual(['type AWS::EKS::Cluster']);
    expect(intent(
      { Cluster: ofAwsEks }, { Renamed: cluster() }, [], { ...CLUSTER, logicalId: 'Renamed' },
    ).replacedBy).toEqual(['type Custom::AWSCDK-EKS-Cluster']);
    expect(intent(
      { Cluster: cluster({ RoleArn: { 'Fn::GetAtt': ['Role', 'Arn'] } }) }, { Cluster: cluster({ RoleArn: 'arn' }) },
    ).replacedBy).toEqual(['RoleArn']);
  });

  test.each([
    [cluster({ BootstrapSelfManagedAddons: false }), true],
    [cluster({ BootstrapSelfManagedAddons: 'false' }), true],
    [cluster({ BootstrapSelfManagedAddons: true }), undefined],
    [cluster(), undefined],
    [{ type: 'Custom::AWSCDK-EKS-Cluster', properties: { Config: { bootstrapSelfManagedAddons: false } } }, true],
    [{ type: 'Custom::AWSCDK-EKS-Cluster', properties: { Config: {} } }, undefined],
  ])('created as %j has no self-managed add-ons: %j', (deployed, expected) => {
    expect(intent({ Cluster: deployed }, { Cluster: cluster() }).isWithoutSelfManaged).toBe(expected);
  });

  test('is replaced where CloudFormation alone knows it', () => {
    expect(intent({ Cluster: cluster() }, { Cluster: { ...cluster(), replacedBy: ['RoleArn'] } }).replacedBy).toEqual(['RoleArn']);
  });
});

describe('a node group', () => {
  const workers = (before: object, after: object, failed: string[] = []) =>
    intent({ Workers: group(before) }, { Workers: group(after) }, failed).nodeGroups!.workers;

  test('moves as a pair, beside what else changes, that of the stack included', () => {
    expect(workers({ Labels: { a: '1' } }, { ReleaseVersion: '1.35.4-20261118', Labels: { a: '2' } })).toMatchObject({
      releaseVersion: '1.35.4-20261118', previous: { releaseVersion: '1.35.3-20261104' }, otherChanges: ['Labels'], isNew: false,
    });
    const byStack = intent({ Workers: group() }, { Workers: { ...group(), changedBesides: ['Tags'] } });
    expect(byStack.nodeGroups!.workers.otherChanges).toEqual(['Tags']);
  });

  test('whose last update failed is sent its versions again', () => {
    expect(workers({}, { ScalingConfig: { MaxSize: 9 } }, ['Workers'])).toMatchObject({
      previous: undefined, otherChanges: ['ScalingConfig'],
    });
  });

  test('with an image of the app: both templates launch it, unless what it launches changes or its last update failed', () => {
    const [id, other] = ['ami-0123456789abcde07', 'ami-0123456789abcde08'];
    const launching = (ImageId: unknown, Version: unknown = { 'Fn::GetAtt': ['Template', 'LatestVersionNumber'] }): TemplateResources => ({
      Workers: group({ Version: undefined, ReleaseVersion: undefined, LaunchTemplate: { Id: { Ref: 'Template' }, Version } }),
      Template: { type: 'AWS::EC2::LaunchTemplate', properties: { LaunchTemplateData: { ImageId } } },
    });
    const declared = {
      ...CLUSTER, nodeGroups: [{ stackName: 'S', logicalId: 'Workers', amiType: 'CUSTOM', releaseVersion: id }],
    };
    const isKept = (before: TemplateResources, failed: string[] = []) =>
      Object.values(intent(before, launching(id), failed, declared).nodeGroups!)[0].image?.isKept === true;

    expect(isKept(launching(id))).toBe(true);
    expect(isKept(launching(id), ['Workers'])).toBe(false);
    expect(isKept(launching(other))).toBe(false);
    expect(isKept(launching({ Ref: 'Image' }))).toBe(false);
    expect(isKept(launching(id, '1'))).toBe(false); // the first version may name another one
    expect(isKept({ Workers: group({ Version: undefined, ReleaseVersion: undefined }) })).toBe(false);
    expect(isKept({})).toBe(false);
  });

  test.each<[string, object, object, boolean | undefined]>([
    ['the most', { MaxSize: 20, DesiredSize: 2 }, { MaxSize: 30, DesiredSize: 2 }, true],
    ['the size, upwards', { DesiredSize: 2 }, { DesiredSize: 4 }, true],
    ['the size, named for the first time', { MaxSize: 20 }, { MaxSize: 20, DesiredSize: 2 }, true],
    ['the size, downwards', { MaxSize: 20, DesiredSize: '14' }, { MaxSize: 10, DesiredSize: 5 }, undefined],
    ['nothing', { MaxSize: 20, DesiredSize: 2 }, { MaxSize: 20, DesiredSize: 2 }, undefined],
  ])('a change of the scaling sends the desired size again, unless it is what the edit lowers: %s', (_, before, after, expected) => {
    expect(workers({ ScalingConfig: before }, { ScalingConfig: after }).resendsDesiredSize).toBe(expected);
  });

  test('is replaced for a property that can only be set at creation', () => {
    expect(workers(
      { InstanceTypes: ['m7i.large'] }, { InstanceTypes: ['m7i.xlarge'], ScalingConfig: { DesiredSize: 2 }, NodegroupName: 'workers' },
    )).toMatchObject({
      replacedBy: ['InstanceTypes', 'NodegroupName'], desiredSize: 2, hasFixedName: true,
    });
  });

  test('is replaced for another name, beside which the old one can be', () => {
    expect(workers({ NodegroupName: 'workers' }, { NodegroupName: 'others' })).toMatchObject({ replacedBy: ['NodegroupName'], hasFixedName: false });
    expect(workers({ NodegroupName: 'workers' }, {})).toMatchObject({ replacedBy: ['NodegroupName'], hasFixedName: false });
  });

  test.each([
    ['added', undefined, { Id: { Ref: 'Lt' } }],
    ['removed', { Id: { Ref: 'Lt' } }, undefined],
    ['exchanged', { Id: { Ref: 'Lt' } }, { Id: { Ref: 'Other' } }],
    [undefined, { Id: { Ref: 'Lt' }, Version: '1' }, { Id: { Ref: 'Lt' }, Version: '2' }],
  ])('keeps its launch template, or has it %s', (what, before, after) => {
    expect(workers({ LaunchTemplate: before }, { LaunchTemplate: after }).launchTemplate).toBe(what);
  });

  describe('whose launch template of the stack gets another name', () => {
    const lt = (properties: TemplateResource['properties'] = {}): TemplateResource => ({ type: 'AWS::EC2::LaunchTemplate', properties });
    const following = (version: unknown) => group({ LaunchTemplate: { Id: { Ref: 'Lt' }, Version: version } });

    test.each<[string, TemplateResource, TemplateResource, unknown, string | undefined]>([
      ['another one', lt({ LaunchTemplateName: 'a' }), lt({ LaunchTemplateName: 'b' }), '1', 'exchanged'],
      ['one at last', lt(), lt({ LaunchTemplateName: 'b' }), { 'Fn::GetAtt': ['Lt', 'LatestVersionNumber'] }, 'exchanged'],
      ['none any more', lt({ LaunchTemplateName: 'a' }), lt(), '1', 'exchanged'],
      ['by what CloudFormation says', lt(), { ...lt(), replacedBy: ['LaunchTemplateName'] }, '1', 'exchanged'],
      ['but only other data', lt({ LaunchTemplateData: {} }), lt({ LaunchTemplateData: { ImageId: 'ami-1' } }), '1', undefined],
    ])('%s', (_, before, after, version, launchTemplate) => {
      const Workers = following(version);
      const { workers: found } = intent({ Workers, Lt: before }, { Workers, Lt: after }).nodeGroups!;
      expect(found).toMatchObject({ launchTemplate, replacedBy: [] });
      expect(found.otherChanges).toEqual(launchTemplate && !after.replacedBy ? ['LaunchTemplate'] : []);
    });
  });

  test('whose release only the deployment looks up gets what AWS recommends now, if that is known', () => {
    const declared = (tracking: TrackingMode) => ({
      ...CLUSTER,
      nodeGroups: [{ stackName: 'S', logicalId: 'Workers', path: 'S/Workers', tracking, amiType: 'AL2023_x86_64_STANDARD' }],
    });
    const releaseOf = (tracking: TrackingMode, version: string) => intent(
      { Workers: group() }, { Workers: group({ Version: version, ReleaseVersion: { Ref: 'Release' } }) }, [], declared(tracking),
    ).nodeGroups!.workers.releaseVersion;
    expect(releaseOf('recommended-at-deployment', '1.36')).toBe('1.36.2-20261104');
    expect(releaseOf('recommended-at-deployment', '1.39')).toBeUndefined();
    expect(releaseOf('recommended', '1.36')).toBeUndefined();
  });

  test.each<[string, object, string[] | undefined]>([
    ['both literals', {}, undefined],
    ['no release', { ReleaseVersion: undefined }, undefined],
    ['a parameter for the release', { ReleaseVersion: { Ref: 'Release' } }, ['releaseVersion']],
    ['a dynamic reference for the release', { ReleaseVersion: '{{resolve:ssm:/release}}' }, ['releaseVersion']],
    ['a parameter for the version', { Version: { Ref: 'Version' } }, ['version']],
  ])('tells which of its deployed versions only CloudFormation knows: %s', (_, before, byExpression) => {
    expect(workers(before, {}).previous?.byExpression).toEqual(byExpression);
  });

  test('whose release only the deployment looks up, and that runs what AWS recommends, may change its sizes', () => {
    const sized = (MaxSize: number) => ({
      Cluster: cluster(), Workers: group({ ReleaseVersion: { Ref: 'Release' }, ScalingConfig: { MinSize: 1, MaxSize, DesiredSize: 1 } }),
    });
    const changes = intent(sized(3), sized(5), [], {
      ...CLUSTER,
      nodeGroups: [{
        stackName: 'S',
        logicalId: 'Workers',
        path: 'S/Workers',
        tracking: 'recommended-at-deployment' as const,
        amiType: 'AL2023_x86_64_STANDARD',
      }],
    });
    expect(changes.nodeGroups!.workers).toMatchObject({ releaseVersion: '1.35.3-20261104', otherChanges: ['ScalingConfig'] });
    expect(evaluate(aCluster(), aCatalog(), changes).findings.filter(({ severity }) => severity !== 'info')).toEqual([]);
  });

  test('has an image of its own only where its release is the ID of one', () => {
    const declared = (releaseVersion: string, amiType: string) => ({
      ...CLUSTER,
      nodeGroups: [{
        stackName: 'S', logicalId: 'Workers', path: 'S/Workers', tracking: 'pinned' as const, amiType, releaseVersion, kubernetesVersion: '1.35',
      }],
    });
    const imageOf = (releaseVersion: string, amiType: string) => intent({ Workers: group() }, {
      Workers: group({ LaunchTemplate: { Id: 'lt-1', Version: '3' } }),
    }, [], declared(releaseVersion, amiType)).nodeGroups!.workers.image;
    expect(imageOf('ami-0123456789abcde07', 'CUSTOM')).toEqual({
      id: 'ami-0123456789abcde07', kubernetesVersion: '1.35', launchTemplate: { id: 'lt-1', version: '3' },
    });
    expect(imageOf('1.35.3-20261104', 'AL2023_x86_64_STANDARD')).toBeUndefined();
  });

  test.each<[unknown, boolean | undefined]>([
    [true, true], ['true', true], [false, undefined], [undefined, undefined],
  ])('is forced by %p: %p', (ForceUpdateEnabled, isForced) => {
    expect(workers({}, { ForceUpdateEnabled }).isForced).toBe(isForced);
  });

  test('does not change by itself where its cluster becomes another one, in whatever way the template refers to it', () => {
    const after = { Renamed: cluster(), Workers: group({ ClusterName: { Ref: 'Renamed' }, Version: '1.36', Labels: { team: 'a' } }) };
    const found = intent({ Cluster: cluster(), Workers: group() }, after, [], { ...CLUSTER, logicalId: 'Renamed' });
    expect(found).toMatchObject({ replacedBy: ['logical ID Cluster'], nodeGroups: { workers: { replacedBy: [], otherChanges: ['Labels'] } } });
  });

  test('goes with its cluster, which is one finding; by the name of another cluster it goes by itself', () => {
    const replaced = (resource: TemplateResource): TemplateResource => ({ ...resource, replacedBy: ['ClusterName'] });
    const before = { Cluster: cluster(), Workers: group(), Dns: addOn() };
    const withCluster = intent(before, { Cluster: cluster(), Workers: replaced(group()), Dns: replaced(addOn()) });
    expect(withCluster).toMatchObject({ nodeGroups: { workers: { replacedBy: [] } }, addOns: { coredns: { replacedBy: [] } } });

    const ClusterName = 'staging';
    const alone = intent(before, { Cluster: cluster(), Workers: group({ ClusterName }), Dns: addOn({ ClusterName }) });
    expect(alone).toMatchObject({ nodeGroups: { workers: { replacedBy: ['ClusterName'] } }, addOns: { coredns: { replacedBy: ['ClusterName'] } } });
  });

  test('leaves, or is renamed beside one of the same fixed name', () => {
    expect(intent({ Workers: group() }, {}).nodeGroups).toEqual({ workers: { removed: true } });
    const renamed = intent({ Workers: group({ NodegroupName: 'workers' }) }, { Renamed: group({ NodegroupName: 'workers' }) });
    expect(renamed.nodeGroups!.workers).toMatchObject({ isNew: true, hasFixedName: true });
  });

  test.each<[unknown, boolean]>([
    ['Retain', true], ['RetainExceptOnCreate', true], ['Delete', false], [undefined, false], [{ Ref: 'Policy' }, false],
  ])('leaves, or stays as it is outside of the stack, by its deletion policy %j: retained %p', (DeletionPolicy, isRetained) => {
    const written = ([id, { type, properties }]: [string, TemplateResource]) =>
      [id, { Type: type, Properties: properties, DeletionPolicy }];
    const Cluster = cluster();
    const parts = Object.entries({ Workers: group(), Dns: addOn() });
    const before = { Cluster, ...templateResources({ Resources: Object.fromEntries(parts.map(written)) }) };
    const { nodeGroups, addOns } = intent(before, { Cluster });
    expect({ nodeGroups, addOns }).toEqual(isRetained
      ? { nodeGroups: {}, addOns: {} }
      : { nodeGroups: { workers: { removed: true } }, addOns: { coredns: { removed: true } } });
    expect(concernsChecks(intent(before, { Cluster }))).toBe(!isRetained);
    expect(intent(before, before)).toMatchObject({ nodeGroups: { workers: { isNew: false } }, addOns: { coredns: { isNew: false } } });
  });

  test('is judged as one that nobody manages, where it leaves and is retained', () => {
    const state = aCluster({
      nodeGroups: known([aNodeGroup({ version: known('1.34') })]), addOns: known([anAddOn({ version: 'v1.9.3-eksbuild.1' })]),
    });
    const judged = (isRetained: boolean) => evaluate(state, aCatalog(), intent(
      { Cluster: cluster(), Workers: { ...group(), isRetained }, Dns: { ...addOn(), isRetained } },
      { Cluster: cluster({ Version: '1.36' }) },
    ), { checks: [nodeGroupRemoved, nodeGroupCurrent, addOnCompatibility] }).findings.map(({ id }) => id).sort();
    expect(judged(true)).toEqual(['add-on-compatibility:coredns', 'node-group-current:workers']);
    expect(judged(false)).toEqual(['node-group-removed:workers']);
  });

  describe('in a nested stack', () => {
    const nested: TemplateResource = { type: 'AWS::CloudFormation::Stack', properties: {} };
    const own = { resources: { Workers: group() }, physicalIds: { Workers: 'prod/workers' } };
    const holding = (resource: TemplateResource) => ({ resources: { Cluster: cluster(), Nodes: resource }, physicalIds: { Cluster: 'prod' } });
    const stays: Stacks['wanted'] = { S: { Cluster: cluster() } };
    const inner = { resources: { Nodes: nested }, physicalIds: {} };

    test.each<[string, Stacks['wanted'], Stacks['deployed'], boolean]>([
      ['that leaves', stays, { 'S': holding(nested), 'S/Nodes': own }, true],
      ['that is nested in one that leaves', stays, { 'S': holding(nested), 'S/Nodes': inner, 'S/Nodes/Nodes': own }, true],
      ['that leaves, but is retained', stays, { 'S': holding({ ...nested, isRetained: true }), 'S/Nodes': own }, false],
      ['in one that is retained', stays, {
        'S': holding({ ...nested, isRetained: true }), 'S/Nodes': inner, 'S/Nodes/Nodes': own,
      }, false],
      ['that stays, of which the app has no template', { S: { Cluster: cluster(), Nodes: nested } }, {
        'S': holding(nested), 'S/Nodes': own,
      }, false],
      ['in a stack that is none of the deployment', {}, { 'S': holding(nested), 'S/Nodes': own }, false],
    ])('%s', (_, wanted, deployed, removed) => {
      const { nodeGroups } = intentOf(CLUSTER, 'prod', { wanted, deployed }, aCatalog());
      expect(nodeGroups).toEqual(removed ? { workers: { removed: true } } : {});
    });
  });

  test('of another cluster is none of its business', () => {
    const other = { type: 'AWS::EKS::Nodegroup', properties: { ClusterName: { Ref: 'Other' } } };
    expect(intent({ Cluster: cluster() }, { Cluster: cluster(), Gpu: other }).nodeGroups).toEqual({});
  });

  test.each([
    [{ Ref: 'Cluster' }], [{ 'Fn::Sub': '${Cluster}' }], [{ 'Fn::Select': [0, [{ Ref: 'Cluster' }]] }], ['prod'],
  ])('that is new belongs by %j', (ClusterName) => {
    expect(intent(
      { Cluster: cluster() }, { Cluster: cluster(), Gpu: group({ ClusterName }) },
    ).nodeGroups).toMatchObject({ Gpu: { isNew: true } });
  });
});

describe('what a deployment updates of what the stack has', () => {
  const before = { Cluster: cluster(), Workers: group(), Dns: addOn() };

  /** The names of what is updated. */
  function updated(after: TemplateResources, failed: string[] = [], old: TemplateResources = before) {
    const { nodeGroups, addOns } = intent(old, after, failed);
    return Object.entries({ ...nodeGroups, ...addOns }).filter(([, part]) => 'isUpdated' in part && part.isUpdated).map(([name]) => name);
  }

  test.each<[string, TemplateResources]>([
    ['nothing', before],
    ['the control plane alone', { ...before, Cluster: cluster({ Version: '1.36' }) }],
    ['what leaves', { Cluster: cluster() }],
    ['what comes', { ...before, Gpu: group() }],
  ])('no part: %s', (_, after) => {
    expect(updated(after)).toEqual([]);
  });

  test.each<[string, TemplateResources, string]>([
    ['a version', { Workers: group({ Version: '1.36' }) }, 'workers'],
    ['a release', { Workers: group({ ReleaseVersion: '1.35.4-20261118' }) }, 'workers'],
    ['a label', { Workers: group({ Labels: { team: 'a' } }) }, 'workers'],
    ['what only a change set tells', { Workers: { ...group(), changedBesides: ['Tags'] } }, 'workers'],
    ['the version of an add-on', { Dns: addOn({ AddonVersion: 'v1.13.0-eksbuild.1' }) }, 'coredns'],
    ['the role of an add-on', { Dns: addOn({ ServiceAccountRoleArn: 'role' }) }, 'coredns'],
  ])('a part: %s', (_, after, name) => {
    expect(updated({ ...before, ...after })).toEqual([name]);
  });

  test('a part whose last update failed, as it is', () => {
    expect(updated(before, ['Workers', 'Dns'])).toEqual(['workers', 'coredns']);
  });

  test('a tracked add-on whose version is asked for anew', () => {
    const tracked = (version: string) => ({ Dns: addOn(TRACKED), Versions: resolver(version, 'coredns') });
    expect(updated(tracked('1.36'), [], tracked('1.35'))).toEqual(['coredns']);
    expect(updated(tracked('1.35'), [], tracked('1.35'))).toEqual([]);
  });
});

describe('what is new', () => {
  const APP: ClusterInStacks = { stackName: 'S', nodeGroups: [], addOns: [] };
  const parts = { Workers: group({ ClusterName: 'prod', NodegroupName: 'workers' }), Dns: addOn({ ClusterName: 'prod' }) };
  const newOf = (deployed: Stacks['deployed'], declared = APP, wanted: Stacks['wanted'] = { S: parts }) => {
    const { nodeGroups, addOns } = intentOf(declared, 'prod', { wanted, deployed }, aCatalog());
    return [nodeGroups!.workers?.isNew, addOns!.coredns?.isNew];
  };
  const empty = { resources: {}, physicalIds: {} };
  const having = (...ids: ('Workers' | 'Dns')[]) => ({
    resources: Object.fromEntries(ids.map((id) => [id, parts[id]])), physicalIds: Object.fromEntries(ids.map((id) => [id, PHYSICAL[id]])),
  });

  test.each<[string, Stacks['deployed'], boolean | undefined, boolean | undefined]>([
    ['everything, in a stack that does not exist or has other resources', { S: empty }, true, true],
    ['what the stack lacks', { S: having('Workers') }, false, true],
    ['nothing, where the stack has it', { S: having('Workers', 'Dns') }, false, false],
    ['what another stack has as well, and keeps', { S: empty, T: having('Dns') }, true, true],
    ['nothing that is known, where the stack was not read', { T: empty }, undefined, undefined],
  ])('%s', (_, deployed, workers, dns) => {
    expect(newOf(deployed)).toEqual([workers, dns]);
  });

  test.each<[string, from: string, to: string, own: Partial<ClusterInStacks>, isNew: boolean]>([
    ['from the stack of the cluster to a later one', 'S', 'T', { logicalId: 'Cluster' }, false],
    ['from a nested stack of it', 'S/Parts', 'T', { logicalId: 'Cluster' }, false],
    ['from the stack of a nested cluster', 'S', 'T', { stackName: 'S/Inner', logicalId: 'Cluster' }, false],
    ['into the stack of the cluster, which comes first', 'T', 'S', { logicalId: 'Cluster' }, true],
    ['into a nested stack, which comes before anything is deleted', 'S', 'S/Parts', { logicalId: 'Cluster' }, true],
    ['between two other stacks', 'T', 'U', { logicalId: 'Cluster' }, true],
    ['where the cluster is imported', 'S', 'T', {}, true],
  ])('an add-on that moves %s', (_, from, to, own, isNew) => {
    const stacks: Stacks['wanted'] = { [from]: {}, [to]: { Dns: parts.Dns } };
    expect(newOf({ [from]: having('Dns'), [to]: empty }, { ...APP, ...own }, stacks)[1]).toBe(isNew);
    const kept: Stacks['wanted'] = { [from]: { Dns: parts.Dns }, [to]: { Other: parts.Dns } };
    expect(newOf({ [from]: having('Dns'), [to]: empty }, { ...APP, ...own }, kept)[1]).toBe(true);
  });

  describe('what a stack does without, since its condition does not hold', () => {
    const condition = { 'Fn::Equals': [{ Ref: 'Blue' }, 'yes'] };
    const namesOf = (wanted: Stacks['wanted'], deployed: Stacks['deployed']) => {
      const { nodeGroups, addOns } = intentOf(CLUSTER, 'prod', { wanted, deployed }, aCatalog());
      return Object.keys({ ...nodeGroups, ...addOns });
    };
    const nested: TemplateResource = { type: 'AWS::CloudFormation::Stack', properties: {} };

    test.each<[string, Partial<TemplateResource>, Partial<TemplateResource>, string[]]>([
      ['is no part as long as that stays', { condition, isLeftOut: true }, { condition }, []],
      ['is new with another condition', { condition, isLeftOut: true }, { condition: { 'Fn::Not': [condition] } }, ['Workers', 'coredns']],
      ['is new without one', { condition, isLeftOut: true }, {}, ['Workers', 'coredns']],
      ['is new where it could not be created', { condition }, { condition }, ['Workers', 'coredns']],
    ])('%s', (_, before, after, expected) => {
      const both = (more: Partial<TemplateResource>) => ({ Workers: { ...group(), ...more }, Dns: { ...addOn(), ...more } });
      const deployed = { S: { resources: { Cluster: cluster(), ...both(before) }, physicalIds: { Cluster: 'prod' } } };
      expect(namesOf({ S: { Cluster: cluster(), ...both(after) } }, deployed)).toEqual(expected);
    });

    test('is none of the parts of a nested stack, nor of one in that', () => {
      const [left, here] = [{ ...nested, condition, isLeftOut: true }, { Workers: group({ ClusterName: 'prod' }) }];
      const top = (resource: TemplateResource) => ({ Cluster: cluster(), Nodes: resource });
      const wanted = { 'S/Nodes': { ...here, Inner: nested }, 'S/Nodes/Inner': here };
      const deployed = { 'S/Nodes': { resources: {}, physicalIds: {} }, 'S/Nodes/Inner': { resources: {}, physicalIds: {} } };
      const S = { resources: top(left), physicalIds: { Cluster: 'prod' } };
      expect(namesOf({ S: top({ ...nested, condition }), ...wanted }, { S, ...deployed })).toEqual([]);
      expect(namesOf({ S: top(nested), ...wanted }, { S, ...deployed })).toEqual(['Workers']);
    });
  });

  test('a node group that moves to a later stack is new there: nobody leaves its nodes behind', () => {
    const stacks = { S: {}, T: { Workers: parts.Workers } };
    expect(newOf({ S: having('Workers'), T: empty }, { ...APP, logicalId: 'Cluster' }, stacks)[0]).toBe(true);
  });
});

test.each([
  ['pinned', addOn(), {}], ['tracked', addOn(TRACKED), { Versions: resolver('1.35', 'coredns') }], ['bare', addOn({ AddonVersion: undefined }), {}],
])('an add-on is sent again after its update failed: %s', (_, Dns, others) => {
  const resources: TemplateResources = { Dns, ...others };
  const [failed, fine] = [['Dns'], []].map((ids) => intent(resources, resources, ids));

  expect(failed.addOns!.coredns.isResent).toBe(true);
  expect(fine.addOns!.coredns).not.toHaveProperty('isResent');
  expect([concernsChecks(failed), concernsChecks(fine)]).toEqual([true, false]);
  expect(intent({}, resources, ['Dns']).addOns!.coredns).not.toHaveProperty('isResent'); // whose creation failed
});

describe('an update that may not have sent everything', () => {
  const id = 'ami-0123456789abcde07';
  const resources: TemplateResources = {
    Cluster: cluster(),
    Workers: group(),
    Dns: addOn(TRACKED),
    Versions: resolver('1.35', 'coredns'),
    Template: { type: 'AWS::EC2::LaunchTemplate', properties: { LaunchTemplateData: { ImageId: id } } },
  };
  const imaged: TemplateResources = {
    ...resources,
    Workers: group({
      Version: undefined,
      ReleaseVersion: undefined,
      LaunchTemplate: { Id: { Ref: 'Template' }, Version: { 'Fn::GetAtt': ['Template', 'LatestVersionNumber'] } },
    }),
  };
  const ofStatus = (status: string | undefined, both = resources, declared = CLUSTER) => {
    const physicalIds = Object.fromEntries(Object.entries(PHYSICAL).filter(([logicalId]) => both[logicalId]));
    return intentOf(declared, 'prod', { wanted: { S: both }, deployed: { S: { resources: both, physicalIds, status } } }, aCatalog());
  };

  test('UPDATE_FAILED: what is live counts, not what the template says', () => {
    const { previousVersion, nodeGroups, addOns } = ofStatus('UPDATE_FAILED');
    expect(previousVersion).toBeUndefined();
    expect(nodeGroups!.workers).toMatchObject({ version: '1.35', previous: undefined, isNew: false });
    expect(addOns!.coredns).toMatchObject({ isResent: true, policy: 'recommended', isNew: false });
  });

  test('nothing of it is certain to be updated', () => {
    const { nodeGroups, addOns } = ofStatus('UPDATE_FAILED');
    expect([nodeGroups!.workers, addOns!.coredns].filter((part) => 'isUpdated' in part)).toEqual([]);
  });

  test.each([
    'CREATE_COMPLETE', 'UPDATE_COMPLETE', 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS', 'UPDATE_ROLLBACK_COMPLETE', 'UPDATE_ROLLBACK_FAILED',
    'CREATE_FAILED', 'UPDATE_IN_PROGRESS', undefined,
  ])('%s: what the template says has been sent', (status) => {
    const { previousVersion, nodeGroups, addOns } = ofStatus(status);
    expect(previousVersion).toBe('1.35');
    expect(nodeGroups!.workers).toMatchObject({ previous: { version: '1.35' } });
    expect(addOns!.coredns).toMatchObject({ isAskedOnce: true });
    expect(addOns!.coredns).not.toHaveProperty('isResent');
  });

  test.each([['UPDATE_FAILED', false], ['UPDATE_COMPLETE', true]])('%s: whether an image of the app is kept: %p', (status, isKept) => {
    const declared = { ...CLUSTER, nodeGroups: [{ stackName: 'S', logicalId: 'Workers', amiType: 'CUSTOM', releaseVersion: id }] };
    expect(ofStatus(status, imaged, declared).nodeGroups!.workers.image?.isKept === true).toBe(isKept);
  });

  test('the question of a tracked add-on that failed itself is asked again', () => {
    const asked = (failed: string[]) => intent(resources, resources, failed).addOns!.coredns.policy;
    expect([asked(['Versions']), asked([])]).toEqual(['recommended', undefined]);
  });
});

test('stacks whose state could not be read are told once each, of cluster, node groups and add-ons alike', () => {
  const unread = (why?: string) => ({ resources: {}, physicalIds: {}, unreadState: why });
  const elsewhere = { ...CLUSTER, addOns: [{ stackName: 'AddOns', logicalId: 'Dns', name: 'coredns' }] } as ClusterInStacks;
  const stacksOf = (ofCluster?: string, ofAddOns?: string): Stacks => ({
    wanted: { S: { Cluster: cluster(), Workers: group() }, AddOns: { Dns: addOn({ ClusterName: 'prod' }) } },
    deployed: { S: unread(ofCluster), AddOns: unread(ofAddOns) },
  });
  const told = (...why: Parameters<typeof stacksOf>) => intentOf(elsewhere, 'prod', stacksOf(...why), aCatalog()).unreadStacks;
  expect(told()).toBeUndefined();
  expect(told('denied')).toEqual([{ stack: 'S', why: 'denied' }]);
  expect(told(undefined, 'throttled')).toEqual([{ stack: 'AddOns', why: 'throttled' }]);
  expect(told('denied', 'throttled')).toEqual([{ stack: 'S', why: 'denied' }, { stack: 'AddOns', why: 'throttled' }]);
});

describe('an add-on', () => {
  const coreDns = (before: TemplateResources, after: TemplateResources) => intent(before, after).addOns!.coredns;

  test('that is pinned goes from the deployed version to the wanted one', () => {
    expect(coreDns({ Dns: addOn() }, { Dns: addOn({ AddonVersion: 'v1.13.1-eksbuild.1' }) })).toMatchObject({
      version: 'v1.13.1-eksbuild.1', previousVersion: 'v1.12.4-eksbuild.1',
    });
  });

  test('that is tracked is asked for anew with the minor, not because of another add-on', () => {
    const before = { Dns: addOn(TRACKED), Versions: resolver('1.35', 'coredns') };
    expect(coreDns(before, { Dns: addOn(TRACKED), Versions: resolver('1.36', 'coredns') })).toMatchObject({ policy: 'recommended' });
    expect(coreDns(before, { Dns: addOn(TRACKED), Versions: resolver('1.35', 'coredns', 'vpc-cni') })).not.toHaveProperty('policy');
  });

  test('that was pinned and is tracked now is asked for', () => {
    expect(coreDns({ Dns: addOn() }, { Dns: addOn(TRACKED), Versions: resolver('1.35', 'coredns') })).toMatchObject({
      policy: 'recommended', previousVersion: 'v1.12.4-eksbuild.1',
    });
  });

  test.each([['OVERWRITE', true], ['PRESERVE', undefined], ['NONE', undefined], [undefined, undefined]])(
    'with %j overwrites what it finds: %j', (ResolveConflicts, expected) => {
      expect(coreDns({}, { Dns: addOn({ ResolveConflicts }) }).isOverwriting).toBe(expected);
    },
  );

  test('is replaced for its namespace', () => {
    expect(coreDns({ Dns: addOn() }, { Dns: addOn({ NamespaceConfig: { Namespace: 'dns' } }) }).replacedBy).toEqual(['NamespaceConfig']);
  });
});
