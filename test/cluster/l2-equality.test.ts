import { Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type { CfnNodegroup } from 'aws-cdk-lib/aws-eks';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import { RemovalPolicy, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import * as fc from 'fast-check';
import { KubectlV36Layer, newStack, ofType, Resources, theOnly } from './_fixtures';
import { EksAmiType, UpgradableCluster, UpgradeGuard } from '../../src';
import { importedVpc } from '../node-group/_fixtures';

const FLAGS = ['@aws-cdk/aws-eks:defaultToAL2023', '@aws-cdk/aws-eks:useNativeOidcProvider', '@aws-cdk/aws-eks:nodegroupNameAttribute'];

/** Properties that need constructs of their own are made in the stack that uses them. */
type Recipe = (scope: Construct) => Partial<eks.ClusterProps>;

interface Situation {
  readonly version: string;
  readonly flags: Record<string, boolean>;
  readonly capacity: Partial<eks.ClusterProps>;
  readonly plain: Partial<eks.ClusterProps>;
  readonly recipes: Recipe[];
}

/** Instance types of the default capacity and the AMI type that we derive from them. */
const INSTANCES: Record<string, string> = {
  'm5.large': 'AL2023_x86_64_STANDARD',
  'm7g.large': 'AL2023_ARM_64_STANDARD',
  'g5.xlarge': 'AL2023_x86_64_NVIDIA',
  'g5g.xlarge': 'AL2023_ARM_64_NVIDIA',
  'p3.2xlarge': 'AL2023_x86_64_NVIDIA',
  'inf2.xlarge': 'AL2023_x86_64_NEURON',
  'trn1.2xlarge': 'AL2023_x86_64_NEURON',
};

const word = fc.stringMatching(/^[a-z][a-z0-9-]{0,8}$/);

const capacity: fc.Arbitrary<Partial<eks.ClusterProps>> = fc.oneof(
  fc.record({
    defaultCapacityType: fc.constant(eks.DefaultCapacityType.AUTOMODE),
    compute: fc.record({ nodePools: fc.subarray(['system', 'general-purpose']) }, { requiredKeys: [] }),
  }, { requiredKeys: [] }),
  fc.record({
    defaultCapacityType: fc.constantFrom(eks.DefaultCapacityType.NODEGROUP, eks.DefaultCapacityType.NODEGROUP, eks.DefaultCapacityType.EC2),
    defaultCapacity: fc.constantFrom(0, 1, 3),
    defaultCapacityInstance: fc.constantFrom(...Object.keys(INSTANCES)).map((name) => new ec2.InstanceType(name)),
  }, { requiredKeys: ['defaultCapacityType'] }),
);

const plain: fc.Arbitrary<Partial<eks.ClusterProps>> = fc.record({
  clusterName: word,
  vpcSubnets: fc.constantFrom<ec2.SubnetSelection[]>(
    [{ subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS }], [{ availabilityZones: ['us-west-2b'] }],
  ),
  endpointAccess: fc.constantFrom(
    eks.EndpointAccess.PRIVATE, eks.EndpointAccess.PUBLIC, eks.EndpointAccess.PUBLIC_AND_PRIVATE.onlyFrom('203.0.113.0/24'),
  ),
  clusterLogging: fc.subarray(Object.values(eks.ClusterLoggingTypes)),
  removalPolicy: fc.constantFrom(RemovalPolicy.RETAIN, RemovalPolicy.DESTROY),
  ipFamily: fc.constantFrom(...Object.values(eks.IpFamily)),
  tags: fc.dictionary(word, word, { maxKeys: 3 }),
  prune: fc.boolean(),
  outputConfigCommand: fc.boolean(),
  bootstrapClusterCreatorAdminPermissions: fc.boolean(),
  bootstrapSelfManagedAddons: fc.constant(false),
  controlPlaneScalingTier: fc.constant(eks.ControlPlaneScalingTier?.TIER_XL), // the lowest CDK has none
  remoteNodeNetworks: fc.constant([{ cidrs: ['10.1.0.0/16'] }]),
}, { requiredKeys: [] });

const kubectl: Recipe = (scope) => ({ kubectlProviderOptions: { kubectlLayer: new KubectlV36Layer(scope, 'Kubectl') } });
const encryption: Recipe = (scope) => ({ secretsEncryptionKey: new kms.Key(scope, 'Key') });
const masters: Recipe = (scope) => ({ mastersRole: new iam.Role(scope, 'Masters', { assumedBy: new iam.AccountRootPrincipal() }) });
const ownRole: Recipe = (scope) => ({ role: new iam.Role(scope, 'OwnRole', { assumedBy: new iam.ServicePrincipal('eks.amazonaws.com') }) });
const albController: Recipe = (scope) => ({ ...kubectl(scope), albController: { version: eks.AlbControllerVersion.V2_8_2 } });
const dnsOnFargate: Recipe = (scope) => ({ ...kubectl(scope), coreDnsComputeType: eks.CoreDnsComputeType.FARGATE });

const situation: fc.Arbitrary<Situation> = fc.record({
  version: fc.constantFrom('1.30', '1.32', '1.33', '1.36', '1.36'),
  flags: fc.tuple(...FLAGS.map((flag) => fc.boolean().map((on) => [flag, on] as const))).map((entries) => Object.fromEntries(entries)),
  capacity,
  plain,
  recipes: fc.tuple(fc.constantFrom(undefined, kubectl, albController, dnsOnFargate), fc.subarray([encryption, masters, ownRole]))
    .map(([one, some]) => one ? [one, ...some] : some),
});

/** The device plugin of Neuron instances is a manifest, for which the L2 requires a kubectl provider. */
function lacksKubectl({ capacity: { defaultCapacity, defaultCapacityInstance }, recipes }: Situation): boolean {
  return defaultCapacity !== 0 && /^(inf|trn)/.test(defaultCapacityInstance?.toString() ?? '')
    && !recipes.some((recipe) => [kubectl, albController, dnsOnFargate].includes(recipe));
}

function build(it: Situation, make: (stack: Stack, props: eks.ClusterProps) => eks.Cluster): { stack: Stack; cluster: eks.Cluster } {
  const stack = newStack({ context: { ...it.flags, 'aws:cdk:enable-path-metadata': true } }); // as the CLI has it
  const props = Object.assign({ vpc: importedVpc(stack, 'Vpc'), version: eks.KubernetesVersion.of(it.version) },
    it.capacity, it.plain, ...it.recipes.map((recipe) => recipe(stack)));
  return { stack, cluster: make(stack, props) };
}

const l2 = (stack: Stack, props: eks.ClusterProps) => new eks.Cluster(stack, 'Cluster', props);
const unguarded = (stack: Stack, props: eks.ClusterProps) => new UpgradableCluster(stack, 'Cluster', {
  ...props, upgradeGuard: UpgradeGuard.disabled(),
});
const guarded = (stack: Stack, props: eks.ClusterProps) => new UpgradableCluster(stack, 'Cluster', props);

/** The L2's template with what is documented to be added to the default node group. */
function withTrackedNodeGroup(template: { Resources: Resources }, it: Situation): typeof template {
  for (const { Properties } of Object.values(ofType(template.Resources, 'AWS::EKS::Nodegroup'))) {
    const amiType = INSTANCES[it.capacity.defaultCapacityInstance?.toString() ?? 'm5.large'];
    Object.assign(Properties, {
      AmiType: amiType,
      Version: it.version,
      ReleaseVersion: `dummy-value-for-${EksAmiType.fromApiName(amiType).releaseVersionParameter(it.version)}`,
      ForceUpdateEnabled: false,
    });
  }
  return template;
}

/** The AMI type that the L2 gives its default node group, where it is not the one that we derive. */
function conflictingAmiType(cluster: eks.Cluster, it: Situation): string | undefined {
  const l2Choice = (cluster.defaultNodegroup?.node.defaultChild as CfnNodegroup | undefined)?.amiType;
  return l2Choice === INSTANCES[it.capacity.defaultCapacityInstance?.toString() ?? 'm5.large'] ? undefined : l2Choice;
}

test('the template is that of eks.Cluster but for the guard and what a tracked node group adds', () => {
  fc.assert(fc.property(situation.filter((it) => !lacksKubectl(it)), (it) => {
    const theirs = build(it, l2);
    const conflict = conflictingAmiType(theirs.cluster, it);
    if (conflict && Number(it.version.split('.')[1]) <= 32) {
      const attempt = () => build(it, guarded);
      expect(attempt).toThrow(`the AMI type must be named for Kubernetes ${it.version}: eks.Nodegroup would choose ${conflict}`);
      expect(attempt).toThrow("for the default capacity, set defaultCapacity to 0 and call addManagedNodeGroup('DefaultCapacity', { … })");
      return;
    }
    const ours = build(it, unguarded);
    expect(ours.cluster.defaultNodegroup?.node.path).toBe(theirs.cluster.defaultNodegroup?.node.path);
    expect(ours.cluster.defaultCapacity?.node.path).toBe(theirs.cluster.defaultCapacity?.node.path);

    const expected = withTrackedNodeGroup(Template.fromStack(theirs.stack).toJSON() as { Resources: Resources }, it);
    expect(Template.fromStack(ours.stack).toJSON()).toEqual(expected);

    const { Resources: resources, ...rest } = Template.fromStack(build(it, guarded).stack).toJSON() as { Resources: Resources };
    const added = Object.keys(resources).filter((id) => !(id in expected.Resources));
    expect(added.map((id) => resources[id].Type).sort()).toEqual(
      ['AWS::IAM::Role', 'AWS::Lambda::Function', 'AWS::Logs::LogGroup', 'Custom::EksUpgradeGuard']);
    const guard = theOnly(resources, 'Custom::EksUpgradeGuard').logicalId;
    const cluster = theOnly(resources, 'AWS::EKS::Cluster');
    expect(cluster.DependsOn).toContain(guard);

    added.forEach((id) => delete resources[id]);
    const others = cluster.DependsOn!.filter((id) => id !== guard);
    resources[cluster.logicalId] = { ...resources[cluster.logicalId], DependsOn: others };
    const { [cluster.logicalId]: expectedCluster } = expected.Resources;
    expected.Resources[cluster.logicalId] = { ...expectedCluster, DependsOn: expectedCluster.DependsOn ?? [] };
    expect({ Resources: resources, ...rest }).toEqual(expected);
  }), { numRuns: 30 });
});
