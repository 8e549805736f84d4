import { Template } from 'aws-cdk-lib/assertions';
import * as eksv1 from 'aws-cdk-lib/aws-eks';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { Duration, Stack, TimeZone, Token } from 'aws-cdk-lib/core';
import { newStack, ofType, resourcesOf, theOnly, upgradableCluster } from './_fixtures';
import {
  AddOnVersion, AmiFamily, AmiTracking, ClusterUpgrades, EksAmiType, GoldenImage, MaintenanceWindow, ManagedAddOn,
  ManagedNodeGroupWithAmiTracking, NodeRepairAction, TrackedAmiRelease, TrackedGoldenImage, UpgradeGuard,
} from '../../src';
import { says } from '../../src/cluster/messages';
import { says as saysOfKinds } from '../../src/diagnostics/messages';
import { says as saysOfAmis } from '../../src/engine/ami/messages';
import { says as saysOfVersions } from '../../src/engine/kubernetes/messages';
import { sentence } from '../../src/engine/messages/sentence';

/** What reaches the library from JavaScript, `as any`, Python without its type guard, `process.env` or the context. */
const untyped = (value: unknown) => value as never;

const version = eks.KubernetesVersion.of('1.36');
const { AMAZON_LINUX_2023: family } = AmiFamily;
const image = () => GoldenImage.pinned('ami-0123456789abcdef0', { family });
const cluster = (props: Record<string, unknown>) => (stack: Stack) => upgradableCluster(stack, props);
const imported = (props: Record<string, unknown>) => (stack: Stack) => (
  ClusterUpgrades.ofImported(stack, 'Upgrades', untyped({ clusterName: 'prod', version, ...props }))
);
const group = (props: Record<string, unknown>) => (stack: Stack) => (
  upgradableCluster(stack).addManagedNodeGroup('Workers', untyped({ amiTracking: AmiTracking.pinned('1.36.2-20260714'), ...props }))
);
const launch = (nodeLaunch: Record<string, unknown>) => group({ amiTracking: undefined, goldenImage: image(), nodeLaunch });
const baked = (...options: unknown[]) => (stack: Stack) => (
  (group({})(stack).baked as (...given: unknown[]) => unknown).apply(stack.node.findAll().find(isGroup), options)
);
const isGroup = (construct: unknown) => construct instanceof ManagedNodeGroupWithAmiTracking;
const guard = (options: Record<string, unknown>) => () => UpgradeGuard.enforce(untyped(options));
const weekly = (options: Record<string, unknown>) => () => (
  MaintenanceWindow.weekly(untyped({ days: ['SAT'], start: '02:00', duration: Duration.hours(3), ...options }))
);
const addOn = (options: Record<string, unknown>) => () => ManagedAddOn.vpcCni(untyped(options));
const release = (props: Record<string, unknown>) => (stack: Stack) => (
  new TrackedAmiRelease(stack, 'Release', untyped({ eksAmiType: EksAmiType.AL2023_X86_64_STANDARD, kubernetesVersion: version, ...props }))
);
const amiType = (options: Record<string, unknown>) => () => EksAmiType.of(untyped(options));

describe.each<[string, string, (kubernetesVersion: eks.KubernetesVersion) => (stack: Stack) => unknown]>([
  ['a cluster', 'version', (given) => cluster({ version: given })],
  ['nodes', 'nodeKubernetesVersion', (given) => cluster({ nodeKubernetesVersion: given })],
  ['an imported cluster', 'version', (given) => imported({ version: given })],
  ['a node group', 'kubernetesVersion', (given) => group({ kubernetesVersion: given })],
  ['a golden image', 'kubernetesVersion', (kubernetesVersion) => () => GoldenImage.pinned('ami-0123456789abcdef0', { family, kubernetesVersion })],
  ['a release', 'kubernetesVersion', (given) => release({ kubernetesVersion: given })],
])('the version of %s', (_, prop, make) => {
  const { numberOfYaml, notAMinor } = saysOfVersions;

  test.each<[number, string]>([
    [1.35, `${prop} is KubernetesVersion.of(1.35): write KubernetesVersion.of('1.35'), with quotes`],
    [1.36, `${prop} is KubernetesVersion.of(1.36): write KubernetesVersion.of('1.36'), with quotes`],
    [1.3, sentence(numberOfYaml({ text: '1.3', first: '1.10', minor: 3 }))],
    [1, sentence(notAMinor({ text: '1' }))],
  ])('fails as the number %d', (number, message) => {
    expect(() => make(eks.KubernetesVersion.of(untyped(number)))(newStack())).toThrow(message);
  });
});

test('a version may be a token of a number', () => {
  const token = eks.KubernetesVersion.of(untyped(Token.asNumber({ Ref: 'Version' })));
  expect(() => cluster({ version: token })(newStack())).not.toThrow();
  expect(() => group({ kubernetesVersion: token })(newStack())).not.toThrow();
});

test.each<[string, (stack: Stack) => unknown, string]>([
  ['a version as text', cluster({ version: '1.36' }), "version is '1.36': write KubernetesVersion.of('1.36')"],
  ['a version as number', cluster({ version: 1.36 }), "version is 1.36: write KubernetesVersion.of('1.36')"],
  ['a version of nothing', cluster({ version: eks.KubernetesVersion.of(untyped(undefined)) }), 'version is KubernetesVersion.of(undefined): write'],
  ['a version of nodes as text', cluster({ nodeKubernetesVersion: '1.35' }), "nodeKubernetesVersion is '1.35': write KubernetesVersion.of("],
  ['a version of nodes of nothing', cluster({ nodeKubernetesVersion: eks.KubernetesVersion.of(untyped(undefined)) }),
    'nodeKubernetesVersion is KubernetesVersion.of(undefined): write'],
  ['a number for a duration', cluster({ rollbackTimeout: '12h' }), sentence(saysOfKinds.notOfKind({
    prop: 'rollbackTimeout', value: "'12h'", write: 'a Duration, such as Duration.minutes(30)',
  }))],
  ['names of add-ons', cluster({ managedAddOns: ['vpc-cni'] }), "an item of managedAddOns is 'vpc-cni': write ManagedAddOn.vpcCni()"],
  ['one add-on', cluster({ managedAddOns: ManagedAddOn.vpcCni() }), 'managedAddOns is an instance of ManagedAddOn: write a list, as in ['],
  ['the options of a guard', cluster({ upgradeGuard: { ignore: [] } }), 'upgradeGuard is { ignore }: write UpgradeGuard.enforce()'],
  ['a guard not called', cluster({ upgradeGuard: UpgradeGuard.enforce }), 'upgradeGuard is a function: write UpgradeGuard.enforce()'],
  ['the file of a path', cluster({ upgradePath: 'upgrade-path.json' }), "upgradePath is 'upgrade-path.json': write UpgradePath.fromFile()"],
  ['a timeout as number', cluster({ rollbackTimeout: 12 }), 'rollbackTimeout is 12: write a Duration, such as'],
  ['a bake as duration', cluster({ controlPlaneBake: Duration.minutes(5) }), 'controlPlaneBake is an instance of Duration: write { duration:'],
  ['the name of an add-on', (stack) => upgradableCluster(stack).addManagedAddOn(untyped('vpc-cni')), "addOn is 'vpc-cni': write ManagedAddOn"],

  ['an imported version as text', imported({ version: '1.36' }), "version is '1.36': write KubernetesVersion.of("],
  ['an imported version of nodes', imported({ nodeKubernetesVersion: '1.35' }), "nodeKubernetesVersion is '1.35': write"],
  ['an imported cluster without name', imported({ clusterName: undefined }), 'props is { version }: write { clusterName:'],
  ['add-ons of an imported cluster', imported({ managedAddOns: 'vpc-cni' }), "managedAddOns is 'vpc-cni': write a list"],
  ['no cluster', (stack) => ClusterUpgrades.ofAwsEksV2(stack, 'Upgrades', untyped({})), 'cluster is undefined: write the cluster'],
  ['no older cluster', (stack) => ClusterUpgrades.ofAwsEks(stack, 'Upgrades', untyped({ cluster: 'prod' })), "cluster is 'prod': write the cluster"],
  ['a version beside a cluster', (stack) => ClusterUpgrades.ofAwsEksV2(stack, 'Upgrades', untyped({
    cluster: new eks.Cluster(stack, 'Cluster', { version, defaultCapacityType: eks.DefaultCapacityType.NODEGROUP, defaultCapacity: 0 }),
    version: '1.36',
  })), "version is '1.36': write KubernetesVersion.of("],

  ['a node group of upgrades', (stack) => new ManagedNodeGroupWithAmiTracking(stack, 'It', { cluster: untyped(imported({})(stack)) }),
    'cluster is an instance of ClusterUpgrades: write the cluster that the app makes or imports (of ClusterUpgrades, its cluster)'],
  ['a node group without cluster', (stack) => new ManagedNodeGroupWithAmiTracking(stack, 'It', untyped({})), 'cluster is undefined: write'],
  ['a version of a node group', group({ kubernetesVersion: '1.35' }), "kubernetesVersion is '1.35': write KubernetesVersion.of("],
  ['a release as tracking', group({ amiTracking: '1.36.2-20260714' }), "amiTracking is '1.36.2-20260714': write AmiTracking.recommended()"],
  ['an image as tracking', group({ amiTracking: image() }), 'amiTracking is an instance of PinnedImage: write AmiTracking.recommended()'],
  ['an AMI type as text', group({ eksAmiType: 'AL2023_x86_64_STANDARD' }), "eksAmiType is 'AL2023_x86_64_STANDARD': write EksAmiType."],
  ['an image as text', group({ amiTracking: undefined, goldenImage: 'ami-1' }), "goldenImage is 'ami-1': write GoldenImage.fromParameter()"],
  ['IDs in upgradeAfter', group({ upgradeAfter: ['Canary'] }), "an item of upgradeAfter is 'Canary': write canary, a construct and not its ID"],
  ['nothing in upgradeAfter', group({ upgradeAfter: [undefined] }), 'an item of upgradeAfter is undefined: write canary'],
  ['one ID in upgradeAfter', group({ upgradeAfter: 'Canary' }), "upgradeAfter is 'Canary': write a list, as in [canary"],
  ['the name of a key pair', launch({ keyPair: 'ops' }), "nodeLaunch.keyPair is 'ops': write ec2.KeyPair.fromKeyPairName("],
  ['IDs of security groups', launch({ securityGroups: ['sg-1'] }), "an item of nodeLaunch.securityGroups is 'sg-1': write ec2.SecurityGroup."],
  ['a switch as text', group({ warmPool: { enabled: 'false' } }), "warmPool.enabled is 'false': write true or false, without quotes"],
  ['a repair after minutes', group({
    nodeRepair: {
      overrides: [{
        nodeMonitoringCondition: 'A', nodeUnhealthyReason: 'B', minRepairWaitTime: 30, repairAction: NodeRepairAction.REBOOT,
      }],
    },
  }), 'nodeRepair.overrides.minRepairWaitTime is 30: write a Duration'],

  ['a bake without options', baked(), 'options is undefined: write { duration: Duration.minutes(30) }'],
  ['a bake without duration', baked({ alarms: [] }), 'options is { alarms }: write { duration: Duration.minutes(30) }'],
  ['a bake of minutes', baked({ duration: 30 }), 'duration is 30: write a Duration'],
  ['names of alarms', baked({ duration: Duration.minutes(5), alarms: ['errors'] }), "an item of alarms is 'errors': write alarm"],
  ['a bake on creation', baked({ duration: Duration.minutes(5), onCreation: 'false' }), "onCreation is 'false': write true or false"],

  ['one finding', guard({ ignore: 'free-addresses' }), "ignore is 'free-addresses': write a list, as in ['id-of-a-finding']"],
  ['force from the context', guard({ ignore: ['upgrade-insights'], force: 'false' }), "force is 'false': write true or false"],
  ['workloads from the context', guard({ workloads: 'false' }), "workloads is 'false': write true or false"],
  ['an age as number', guard({ maxInsightAge: 60 }), 'maxInsightAge is 60: write a Duration'],
  ['a wait as text', guard({ waitForOngoingUpdate: '5m' }), "waitForOngoingUpdate is '5m': write a Duration"],
  ['a window as options', guard({ window: { days: ['SAT'] } }), 'window is { days }: write MaintenanceWindow.weekly('],
  ['names of alarms that must not fire', guard({ notWhile: ['errors'] }), "an item of notWhile is 'errors': write alarm"],
  ['no window', () => MaintenanceWindow.weekly(untyped(undefined)), "options is undefined: write { days: ['SAT'], "],
  ['no days', weekly({ days: undefined }), "days is undefined: write a list, as in ['SAT', 'SUN']"],
  ['one day', weekly({ days: 'SAT' }), "days is 'SAT': write a list"],
  ['hours as number', weekly({ duration: 3 }), 'duration is 3: write a Duration'],
  ['a time zone as text', weekly({ timeZone: 'Europe/Berlin' }), "timeZone is 'Europe/Berlin': write TimeZone.of('Europe/Berlin')"],
  ['one excluded day', weekly({ exclude: '2026-12-24' }), "exclude is '2026-12-24': write a list"],
  ['a list of windows', () => MaintenanceWindow.any(untyped([weekly({})()])), 'a window of MaintenanceWindow.any() is [an instance of MaintenanceWindow]: write'],

  ['an add-on without name', () => ManagedAddOn.of(untyped(undefined)), "'undefined' is not the name of an add-on: write it as"],
  ['a version of an add-on', addOn({ version: 'v1.20.0-eksbuild.1' }), "version is 'v1.20.0-eksbuild.1': write AddOnVersion."],
  ['a configuration as JSON', addOn({ configurationValues: '{"env":{}}' }), sentence(says.configurationAsText({ configuration: '{"env":{}}' }))],
  ['the ARN of a role', addOn({ serviceAccountRole: 'arn:aws:iam::111122223333:role/It' }), "serviceAccountRole is 'arn:aws:iam::111122223333:role/It': write"],
  ['no role of an identity', addOn({ podIdentities: [{ serviceAccount: 'it' }] }), 'podIdentities.role is undefined: write an iam.IRole'],
  ['an add-on that nodes need', addOn({ neededByNodes: 'false' }), "neededByNodes is 'false': write true or false"],

  ['an image without options', () => GoldenImage.pinned('ami-0123456789abcdef0', untyped(undefined)), 'options is undefined: write { family:'],
  ['an image without family', () => GoldenImage.fromParameter('/golden', untyped({ kubernetesVersion: version })), 'options is { kubernetesVersion }: write'],
  ['a version of an image', () => GoldenImage.pinned('ami-0123456789abcdef0', untyped({ family, kubernetesVersion: '1.36' })),
    "kubernetesVersion is '1.36': write KubernetesVersion.of("],
  ['no parameter of an image', () => GoldenImage.fromParameter(untyped(undefined), { family }), "'undefined' is not the name of an SSM parameter: "],
  ['no parameter', () => AmiTracking.fromParameter(untyped(undefined)), "'undefined' is not the name of an SSM parameter: "],
  ['an image to track', (stack) => new TrackedGoldenImage(stack, 'It', untyped({ goldenImage: 'ami-1' })), "goldenImage is 'ami-1': write"],
  ['an AMI type of a release', release({ eksAmiType: undefined }), 'eksAmiType is undefined: write EksAmiType.'],
  ['a tracking of a release', release({ amiTracking: 'recommended' }), "amiTracking is 'recommended': write AmiTracking."],
  ['a version of a release', release({ kubernetesVersion: '1.36' }), "kubernetesVersion is '1.36': write KubernetesVersion.of("],
  ['an AMI type of nothing', () => EksAmiType.of(untyped(undefined)), 'the AMI type given to EksAmiType.of() has no apiName: give apiName, '],
  ['an AMI type without scheme', amiType({ apiName: 'It', architecture: 'arm64', releaseVersionParameter: '/it/{kubernetesVersion}' }),
    sentence(saysOfAmis.optionMissing({
      missing: 'releaseVersionScheme', required: ['apiName', 'architecture', 'releaseVersionScheme', 'releaseVersionParameter'],
    }))],
])('fails for %s, with what to write', (_, make, message) => {
  const stack = newStack();
  expect(() => make(stack)).toThrow(new RegExp(`^${message.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`));
});

test('what is absent, or null as in other languages, is as if left out', () => {
  const stack = newStack();
  const absent = untyped(null);
  const made = upgradableCluster(stack, { nodeKubernetesVersion: absent, managedAddOns: [ManagedAddOn.vpcCni({ version: absent })] });
  made.addManagedNodeGroup('Workers', {
    kubernetesVersion: absent, eksAmiType: absent, amiTracking: absent, releaseVersion: '1.36.2-20260714',
  });
  expect(theOnly(resourcesOf(stack), 'AWS::EKS::Nodegroup').Properties).toMatchObject({ Version: '1.36', ReleaseVersion: '1.36.2-20260714' });
});

test('objects of another copy of a package are as good as those of this one', () => {
  const stack = newStack();
  const copyOf = <T extends object>(original: T): T => Object.assign(
    Object.create(Object.create(Object.getPrototypeOf(original)) as object), original,
  ) as T;
  const window = copyOf(MaintenanceWindow.weekly({
    days: ['SAT'], start: '02:00', duration: copyOf(Duration.hours(3)), timeZone: copyOf(TimeZone.EUROPE_BERLIN),
  }));
  upgradableCluster(stack, {
    version: { version: '1.36' } as eks.KubernetesVersion,
    upgradeGuard: copyOf(UpgradeGuard.enforce({ window })),
    managedAddOns: [copyOf(ManagedAddOn.kubeProxy({ version: copyOf(AddOnVersion.latest()) }))],
  });
  expect(Object.keys(ofType(Template.fromStack(stack).toJSON().Resources, 'AWS::EKS::Addon'))).toHaveLength(1);
});

test('a version of the older module is one', () => {
  const stack = newStack();
  const upgrades = ClusterUpgrades.ofImported(stack, 'Upgrades', {
    clusterName: 'prod', version: eksv1.KubernetesVersion.of('1.36') as unknown as eks.KubernetesVersion,
  });
  expect(upgrades.kubernetesVersion).toBe('1.36');
});
