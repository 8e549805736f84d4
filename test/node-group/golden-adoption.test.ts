import { Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { App, RemovalPolicy, Stack } from 'aws-cdk-lib/core';
import * as fc from 'fast-check';
import { clusterIn, ENV, importedVpc, instanceTypes } from './_fixtures';
import { AmiFamily, EksAmiType, GoldenImage, ManagedNodeGroupWithAmiTracking, UpgradableCluster } from '../../src';

const [RUNNING, NEXT] = ['ami-0123456789abcde07', 'ami-0123456789abcde08'];

/** What makes CloudFormation replace a node group, and a launch template. */
const CREATE_ONLY = [
  'AmiType', 'CapacityType', 'ClusterName', 'DiskSize', 'InstanceTypes', 'NodeRole', 'NodegroupName', 'RemoteAccess',
  'Subnets', 'LaunchTemplateName',
];

interface Situation {
  readonly options: Partial<eks.NodegroupOptions>;
  readonly template: Partial<ec2.CfnLaunchTemplate.LaunchTemplateDataProperty>;
  /** Whether the launch template is the CDK's construct or a plain resource. */
  readonly isConstruct: boolean;
  readonly name?: string;
  readonly family: AmiFamily;
}

const word = fc.stringMatching(/^[a-z][a-z0-9-]{0,8}$/);
const dictionary = fc.dictionary(word, word, { maxKeys: 3 });

const situation: fc.Arbitrary<Situation> = fc.record({
  options: fc.record({
    nodegroupName: word,
    labels: dictionary,
    tags: dictionary,
    taints: fc.constant([{ key: 'dedicated', effect: eks.TaintEffect.NO_SCHEDULE }]),
    capacityType: fc.constantFrom(...Object.values(eks.CapacityType)),
    instanceTypes: fc.constantFrom(instanceTypes('m7i.large'), instanceTypes('m7g.large', 'c7g.large'), instanceTypes('g5.xlarge')),
    removalPolicy: fc.constant(RemovalPolicy.RETAIN),
    subnets: fc.constantFrom<ec2.SubnetSelection>({ subnetType: ec2.SubnetType.PUBLIC }, { availabilityZones: ['us-west-2b'] }),
    maxUnavailablePercentage: fc.integer({ min: 1, max: 100 }),
    enableNodeAutoRepair: fc.boolean(),
  }, { requiredKeys: [] }),
  template: fc.record({
    userData: fc.base64String({ minLength: 4, maxLength: 12 }),
    keyName: word,
    ebsOptimized: fc.boolean(),
    metadataOptions: fc.record({
      httpTokens: fc.constantFrom('required', 'optional'), httpPutResponseHopLimit: fc.integer({ min: 1, max: 3 }),
    }),
    securityGroupIds: fc.constant(['sg-0123456789abcdef0']),
  }, { requiredKeys: [] }),
  isConstruct: fc.boolean(),
  name: fc.option(word, { nil: undefined }),
  family: fc.constantFrom(...Object.values(AmiFamily)),
});

function launchTemplateIn(stack: Stack, { template, isConstruct, name }: Situation): eks.LaunchTemplateSpec {
  if (isConstruct) {
    const made = new ec2.LaunchTemplate(stack, 'Template', {
      launchTemplateName: name, httpPutResponseHopLimit: 2, machineImage: ec2.MachineImage.genericLinux({ 'us-west-2': RUNNING }), userData: ec2.UserData.custom('join'),
    });
    return { id: made.launchTemplateId!, version: made.latestVersionNumber };
  }
  const made = new ec2.CfnLaunchTemplate(stack, 'Template', {
    launchTemplateName: name, launchTemplateData: { imageId: RUNNING, ...template },
  });
  return { id: made.ref, version: made.attrLatestVersionNumber };
}

const pinned = (imageId: string, family: AmiFamily) => GoldenImage.pinned(imageId, {
  family, kubernetesVersion: eks.KubernetesVersion.of('1.36'),
});

function synthesize(build: (stack: Stack) => void): Record<string, any> {
  const stack = new Stack(new App(), 'Stack', { env: ENV });
  build(stack);
  return Template.fromStack(stack).toJSON().Resources;
}

const before = (it: Situation) => synthesize((stack) => {
  const launchTemplateSpec = launchTemplateIn(stack, it);
  new eks.Nodegroup(stack, 'Group', { cluster: clusterIn(stack, '1.36'), forceUpdate: false, ...it.options, launchTemplateSpec });
});

const after = (it: Situation, imageId: string) => synthesize((stack) => {
  const launchTemplateSpec = launchTemplateIn(stack, it);
  new ManagedNodeGroupWithAmiTracking(stack, 'Group', {
    cluster: clusterIn(stack, '1.36'), ...it.options, launchTemplateSpec, goldenImage: pinned(imageId, it.family),
  });
});

test('a node group that runs an image of its own is adopted without a change; another image changes that image alone', () => {
  fc.assert(fc.property(situation, (it) => {
    const running = before(it);
    expect(after(it, RUNNING)).toEqual(running);

    const moved = after(it, NEXT);
    const [[id, template]] = Object.entries(running).filter(([, { Type }]) => Type === 'AWS::EC2::LaunchTemplate');
    expect(template.Properties.LaunchTemplateData.ImageId).toBe(RUNNING);
    expect(moved[id].Properties.LaunchTemplateData.ImageId).toBe(NEXT);
    moved[id].Properties.LaunchTemplateData.ImageId = RUNNING;
    expect(moved).toEqual(running);
  }), { numRuns: 40 });
});

test('below an UpgradableCluster, too: logical IDs and whatever would replace something stay', () => {
  fc.assert(fc.property(situation, (it) => {
    const props = (stack: Stack) => ({
      version: eks.KubernetesVersion.of('1.36'), vpc: importedVpc(stack, 'Vpc'), defaultCapacityType: eks.DefaultCapacityType.NODEGROUP, defaultCapacity: 0,
    });
    const running = synthesize((stack) => {
      const launchTemplateSpec = launchTemplateIn(stack, it);
      new eks.Cluster(stack, 'Cluster', props(stack)).addNodegroupCapacity('Workers', { ...it.options, launchTemplateSpec });
    });
    const adopted = synthesize((stack) => {
      const launchTemplateSpec = launchTemplateIn(stack, it);
      new UpgradableCluster(stack, 'Cluster', props(stack)).addManagedNodeGroup('Workers', {
        ...it.options, launchTemplateSpec, goldenImage: pinned(NEXT, it.family),
      });
    });

    for (const [id, { Type, Properties = {} }] of Object.entries(running)) {
      expect(adopted[id]).toMatchObject({ Type });
      for (const name of CREATE_ONLY) expect(adopted[id].Properties?.[name]).toEqual(Properties[name]);
    }
    const groups = Object.values(adopted).filter(({ Type }) => Type === 'AWS::EKS::Nodegroup');
    expect(groups).toHaveLength(1);
    expect(groups[0].Properties.LaunchTemplate).toEqual(
      Object.values(running).find(({ Type }) => Type === 'AWS::EKS::Nodegroup')!.Properties.LaunchTemplate,
    );
  }), { numRuns: 12 });
});

test('from a golden image to an AMI type of EKS, and back, two node groups stand side by side', () => {
  const groups = (add: (cluster: UpgradableCluster) => void) => synthesize((stack) => {
    const cluster = new UpgradableCluster(stack, 'Cluster', {
      version: eks.KubernetesVersion.of('1.36'), vpc: importedVpc(stack, 'Vpc'), defaultCapacityType: eks.DefaultCapacityType.NODEGROUP, defaultCapacity: 0,
    });
    add(cluster);
  });
  const golden = (cluster: UpgradableCluster) => cluster.addManagedNodeGroup('Golden', {
    goldenImage: pinned(RUNNING, AmiFamily.BOTTLEROCKET),
  });
  const ofEks = (cluster: UpgradableCluster) => cluster.addManagedNodeGroup('Workers', {
    eksAmiType: EksAmiType.BOTTLEROCKET_X86_64, releaseVersion: '1.34.0-18d04e52',
  });
  const nodeGroupsIn = (resources: Record<string, any>) => Object.entries(resources).filter(
    ([, { Type }]) => Type === 'AWS::EKS::Nodegroup',
  )
    .map(([id, { Properties }]) => [id, Properties] as const);

  const [alone, both, done] = [groups(golden), groups((cluster) => [golden(cluster), ofEks(cluster)]), groups(ofEks)].map(nodeGroupsIn);

  expect(both).toEqual([...alone, ...done]);
});
