import { Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type { CfnNodegroup } from 'aws-cdk-lib/aws-eks';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { App, RemovalPolicy, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import * as fc from 'fast-check';
import { clusterIn, ENV, instanceTypes } from './_fixtures';
import { EksAmiType, ManagedNodeGroupWithAmiTracking } from '../../src';
import { says } from '../../src/node-group/messages';

const AL2023_FLAG = '@aws-cdk/aws-eks:defaultToAL2023';

/** Properties that need constructs of their own are made in the stack that uses them. */
type Recipe = (scope: Construct) => Partial<eks.NodegroupOptions>;

interface Situation {
  readonly version: string;
  readonly al2023Flag: boolean;
  readonly derived?: string;
  readonly amiType?: eks.NodegroupAmiType;
  readonly instanceTypes?: string[];
  readonly plain: Partial<eks.NodegroupOptions>;
  readonly sizes: Partial<eks.NodegroupOptions>;
  readonly update: Partial<eks.NodegroupOptions>;
  readonly storage?: Recipe;
  readonly access: Recipe[];
}

interface Resource {
  readonly Type: string;
  readonly Properties: object;
}

/** Instance types of one kind, the AMI type that we derive from them, and those that the L2 accepts with them. */
type Hardware = readonly [instanceTypes: string[], derived: string | undefined, accepted: string[]];

const HARDWARE: Hardware[] = [
  [[], undefined, Object.values(eks.NodegroupAmiType)],
  [['m7i.large', 't3.medium', 'c5n.xlarge', 'r6i.large'], 'AL2023_x86_64_STANDARD',
    ['AL2_x86_64', 'AL2023_x86_64_STANDARD', 'BOTTLEROCKET_x86_64', 'WINDOWS_CORE_2022_x86_64', 'WINDOWS_FULL_2019_x86_64']],
  [
    ['m7g.large', 't4g.medium', 'c7gn.xlarge', 'a1.large'], 'AL2023_ARM_64_STANDARD',
    ['AL2_ARM_64', 'AL2023_ARM_64_STANDARD', 'BOTTLEROCKET_ARM_64'],
  ],
  [
    ['g5.xlarge', 'p3.2xlarge', 'g4dn.xlarge'], 'AL2023_x86_64_NVIDIA',
    ['AL2_x86_64_GPU', 'AL2023_x86_64_NVIDIA', 'BOTTLEROCKET_x86_64_NVIDIA'],
  ],
  [['g5g.xlarge'], 'AL2023_ARM_64_NVIDIA', ['AL2023_ARM_64_NVIDIA', 'BOTTLEROCKET_ARM_64_NVIDIA']],
  [['inf1.xlarge', 'inf2.xlarge'], 'AL2023_x86_64_NEURON', ['AL2023_x86_64_NEURON']],
  [['trn1.2xlarge', 'trn2.48xlarge'], 'AL2023_x86_64_NEURON', ['AL2023_x86_64_STANDARD']],
  [['p5.48xlarge', 'g6f.large'], 'AL2023_x86_64_NVIDIA', ['AL2023_x86_64_STANDARD']],
];

const word = fc.stringMatching(/^[a-z][a-z0-9-]{0,8}$/);
const dictionary = fc.dictionary(word, word, { maxKeys: 3 });
const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });

const taint = fc.record({ key: word, value: word, effect: fc.constantFrom(...Object.values(eks.TaintEffect)) }, { requiredKeys: ['key'] });

const plain: fc.Arbitrary<Partial<eks.NodegroupOptions>> = fc.record({
  nodegroupName: word,
  labels: dictionary,
  tags: dictionary,
  taints: fc.array(taint, { maxLength: 2 }),
  capacityType: fc.constantFrom(...Object.values(eks.CapacityType)),
  enableNodeAutoRepair: fc.boolean(),
  forceUpdate: fc.boolean(),
  removalPolicy: fc.constantFrom(RemovalPolicy.RETAIN, RemovalPolicy.DESTROY),
  subnets: fc.constantFrom<ec2.SubnetSelection>({ subnetType: ec2.SubnetType.PUBLIC }, { availabilityZones: ['us-west-2b'] }),
}, { requiredKeys: [] });

const sizes: fc.Arbitrary<Partial<eks.NodegroupOptions>> = fc.tuple(fc.nat(3), fc.nat(3), fc.integer({ min: 1, max: 9 }))
  .map(([minSize, more, spare]) => ({ minSize, desiredSize: minSize + more, maxSize: minSize + more + spare }));

const update: fc.Arbitrary<Partial<eks.NodegroupOptions>> = fc.constantFrom(
  {}, { maxUnavailable: 1 }, { maxUnavailablePercentage: 1 }, { maxUnavailablePercentage: 100 },
);

const nodeRole: Recipe = (scope) => ({
  nodeRole: new iam.Role(scope, 'OwnRole', { assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com') }),
});

const remoteAccess: Recipe = (scope) => ({
  remoteAccess: {
    sshKeyName: 'key', sourceSecurityGroups: [ec2.SecurityGroup.fromSecurityGroupId(scope, 'Bastion', 'sg-0123456789abcdef0')],
  },
});

const launchTemplate: Recipe = (scope) => {
  const template = new ec2.LaunchTemplate(scope, 'Template', { httpPutResponseHopLimit: 2 });
  return { launchTemplateSpec: { id: template.launchTemplateId!, version: template.latestVersionNumber } };
};

const foreignLaunchTemplate: Recipe = () => ({ launchTemplateSpec: { id: 'lt-0123456789abcdef0' } });

const diskSize = fc.integer({ min: 1, max: 500 }).map((size): Recipe => () => ({ diskSize: size }));
const storage = fc.oneof(fc.constantFrom(launchTemplate, foreignLaunchTemplate), diskSize);

const situation: fc.Arbitrary<Situation> = fc.constantFrom(...HARDWARE).chain(([types, derived, accepted]) => fc.record({
  version: fc.constantFrom('1.30', '1.32', '1.33', '1.36'),
  al2023Flag: fc.boolean(),
  derived: fc.constant(derived),
  amiType: optional(fc.constantFrom(...accepted as eks.NodegroupAmiType[])),
  instanceTypes: types.length === 0 ? fc.constant(undefined) : fc.shuffledSubarray(types, { minLength: 1 }),
  plain,
  sizes: fc.option(sizes, { nil: {} }),
  update,
  storage: optional(storage),
  access: fc.subarray([nodeRole, remoteAccess]),
}));

function optionsFor(it: Situation, scope: Construct): eks.NodegroupOptions {
  return Object.assign(
    { amiType: it.amiType, instanceTypes: it.instanceTypes && instanceTypes(...it.instanceTypes) },
    it.plain, it.sizes, it.update, it.storage?.(scope), ...it.access.map((recipe) => recipe(scope)),
  );
}

function build(it: Situation, Group: typeof eks.Nodegroup): { stack: Stack; options: eks.NodegroupOptions } {
  const stack = new Stack(new App({ context: { [AL2023_FLAG]: it.al2023Flag } }), 'Stack', { env: ENV });
  const options = optionsFor(it, stack);
  new Group(stack, 'Group', { cluster: clusterIn(stack, it.version), ...options });
  return { stack, options };
}

/** What EKS itself would refuse, and we do before it. */
function isImpossible({ amiType, instanceTypes: types, version, storage: how, plain: options, access }: Situation): boolean {
  const amazonLinux2TooLate = Boolean(amiType?.startsWith('AL2_')) && Number(version.split('.')[1]) > 32;
  const hasTemplate = how === launchTemplate || how === foreignLaunchTemplate;
  const armWithoutType = !amiType && hasTemplate && Boolean(types?.some((type) => /^(a1|\w+g[nd]?)\./.test(type)));
  const repairsWindows = Boolean(amiType?.startsWith('WINDOWS_')) && options.enableNodeAutoRepair === true;
  const accessBesideTemplate = hasTemplate && access.includes(remoteAccess);
  return amazonLinux2TooLate || armWithoutType || repairsWindows || accessBesideTemplate;
}

test('the template is that of eks.Nodegroup but for version, release, forced updates and the documented default of the AMI type', () => {
  fc.assert(fc.property(situation.filter((it) => !isImpossible(it)), (it) => {
    const { stack: plainStack, options } = build(it, eks.Nodegroup);
    const isDerived = it.instanceTypes && !it.amiType && !options.launchTemplateSpec;
    const l2AmiType = (plainStack.node.findChild('Group').node.defaultChild as CfnNodegroup).amiType;

    if (isDerived && l2AmiType !== it.derived && Number(it.version.split('.')[1]) <= 32) {
      expect(() => build(it, ManagedNodeGroupWithAmiTracking)).toThrow(
        says.amiTypeToBeNamed({ kubernetesVersion: it.version, other: l2AmiType!, constantOfOther: '', constant: '' }).message);
      return;
    }

    const { stack: ourStack } = build(it, ManagedNodeGroupWithAmiTracking);
    const [expected, actual] = [plainStack, ourStack].map((stack) => Template.fromStack(stack).toJSON());
    const [[id, l2Group]] = Object.entries<Resource>(expected.Resources).filter(([, { Type }]) => Type === 'AWS::EKS::Nodegroup');
    const { Version, ReleaseVersion, ...properties } = actual.Resources[id].Properties;
    actual.Resources[id].Properties = properties;
    Object.assign(l2Group.Properties, { ForceUpdateEnabled: options.forceUpdate ?? false }, isDerived && { AmiType: it.derived });

    expect(actual).toEqual(expected);
    expect(Version).toBe(it.version);
    const tracked = EksAmiType.fromApiName(it.amiType ?? (isDerived ? it.derived! : 'AL2023_x86_64_STANDARD'));
    expect(ReleaseVersion).toBe(`dummy-value-for-${tracked.releaseVersionParameter(it.version)}`);
  }), { numRuns: 80 });
});
