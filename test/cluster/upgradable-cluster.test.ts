import { Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type { CfnNodegroup } from 'aws-cdk-lib/aws-eks';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { App, IPropertyInjector, Stack } from 'aws-cdk-lib/core';
import { ENV, KubectlV36Layer, NO_STAGING, newStack, ofType, Resources, resourcesOf, theOnly, upgradableCluster } from './_fixtures';
import { AmiTracking, EksAmiType, ManagedNodeGroupWithAmiTracking, UpgradableCluster, UpgradeGuard } from '../../src';
import { says as saysOfVersions } from '../../src/engine/kubernetes/messages';
import { sentence } from '../../src/engine/messages/sentence';
import { says as saysOfNodeGroup } from '../../src/node-group/messages';
import { importedVpc } from '../node-group/_fixtures';

const NODE_GROUP = 'AWS::EKS::Nodegroup';

describe('node groups by the methods of the L2', () => {
  test.each(['m7i.large', 'inf2.xlarge'])('addNodegroupCapacity(), with %s, adds what the L2 adds but for what is documented', (name) => {
    const options: eks.NodegroupOptions = { instanceTypes: [new ec2.InstanceType(name)], maxSize: 5, labels: { team: 'blue' } };
    const [theirs, ours] = [eks.Cluster, UpgradableCluster].map((Cluster) => {
      const stack = newStack();
      const cluster = new Cluster(stack, 'Cluster', {
        version: eks.KubernetesVersion.of('1.36'),
        vpc: importedVpc(stack, 'Vpc'),
        defaultCapacityType: eks.DefaultCapacityType.EC2,
        defaultCapacity: 0,
        kubectlProviderOptions: { kubectlLayer: new KubectlV36Layer(stack, 'Kubectl') },
        ...Cluster === UpgradableCluster && { upgradeGuard: UpgradeGuard.disabled() },
      });
      cluster.addNodegroupCapacity('Workers', options);
      return Template.fromStack(stack).toJSON().Resources as Resources;
    });
    const { logicalId, Properties: { Version, ReleaseVersion, ForceUpdateEnabled, AmiType, ...others } } = theOnly(ours, NODE_GROUP);
    expect(theirs[logicalId].Properties).toMatchObject(others);
    expect({ Version, ReleaseVersion, ForceUpdateEnabled }).toEqual({
      Version: '1.36', ReleaseVersion: expect.stringContaining('dummy-value'), ForceUpdateEnabled: false,
    });
    delete theirs[logicalId];
    delete ours[logicalId];
    expect(ours).toEqual(theirs);
  });

  test('addManagedNodeGroup() takes the place of addNodegroupCapacity()', () => {
    const cluster = upgradableCluster(newStack());
    expect(cluster.addManagedNodeGroup('Workers').node.path).toBe('Stack/Cluster/NodegroupWorkers');
    expect(() => cluster.addNodegroupCapacity('Workers')).toThrow('NodegroupWorkers');
  });
});

test('addNodegroupCapacity() takes the options of tracked node groups', () => {
  const cluster = upgradableCluster(newStack());
  const group = cluster.addNodegroupCapacity('Pinned', { amiTracking: AmiTracking.pinned('1.36.2-20260714') });
  expect((group as ManagedNodeGroupWithAmiTracking).releaseVersion).toBe('1.36.2-20260714');
});

describe('default capacity', () => {
  test('fails where the AMI type of the L2 cannot be kept, and names what can be done', () => {
    const make = () => upgradableCluster(newStack(), { version: eks.KubernetesVersion.of('1.32'), defaultCapacity: 2 });
    expect(make).toThrow(`${sentence(saysOfNodeGroup.amiTypeToBeNamed({
      kubernetesVersion: '1.32', other: 'AL2_x86_64', constantOfOther: 'AL2_X86_64', constant: 'AL2023_X86_64_STANDARD',
    }))}; for the default capacity, `
      + "set defaultCapacity to 0 and call addManagedNodeGroup('DefaultCapacity', { … }), which keeps its construct path");
  });

  test('what that message says to do keeps the node group', () => {
    const plain = newStack();
    new eks.Cluster(plain, 'Cluster', {
      version: eks.KubernetesVersion.of('1.32'), vpc: importedVpc(plain, 'ClusterVpc'), defaultCapacityType: eks.DefaultCapacityType.NODEGROUP,
    });
    const { logicalId, Properties: { ForceUpdateEnabled, ...properties } } = theOnly(resourcesOf(plain), NODE_GROUP);

    const stack = newStack();
    upgradableCluster(stack, { version: eks.KubernetesVersion.of('1.32'), defaultCapacity: 0 }).addManagedNodeGroup('DefaultCapacity', {
      eksAmiType: EksAmiType.AL2_X86_64, instanceTypes: [new ec2.InstanceType('m5.large')], minSize: 2,
    });
    expect(ForceUpdateEnabled).toBe(true);
    expect(resourcesOf(stack)[logicalId].Properties).toEqual({
      ...properties, ForceUpdateEnabled: false, Version: '1.32', ReleaseVersion: expect.any(String),
    });
  });
});

describe('property injection', () => {
  class Injector implements IPropertyInjector {
    readonly constructUniqueId = eks.Cluster.PROPERTY_INJECTION_ID;
    constructor(private readonly enforced: Partial<eks.ClusterProps>) {}

    inject(props: any): any {
      return { ...props, ...this.enforced };
    }
  }

  function stackWith(enforced: Partial<eks.ClusterProps>): Stack {
    const stack = new Stack(new App({ context: NO_STAGING, propertyInjectors: [new Injector(enforced)] }), 'Stack', { env: ENV });
    upgradableCluster(stack);
    return stack;
  }

  test('an injected version reaches control plane, guard and nodes alike', () => {
    const resources = resourcesOf(stackWith({ version: eks.KubernetesVersion.of('1.34'), defaultCapacity: 1 }));
    expect(theOnly(resources, 'AWS::EKS::Cluster').Properties.Version).toBe('1.34');
    expect(theOnly(resources, 'Custom::EksUpgradeGuard').Properties.Judged).toMatch(/^1\.34\//);
    expect(theOnly(resources, NODE_GROUP).Properties.Version).toBe('1.34');
  });

  test('an injected name narrows the permissions of the guard', () => {
    const text = JSON.stringify(ofType(resourcesOf(stackWith({ clusterName: 'prod' })), 'AWS::IAM::Role'));
    expect(text).toContain(':cluster/prod');
    expect(text).not.toContain(':cluster/*');
  });

  test('fails when an injected version is malformed', () => {
    expect(() => stackWith({ version: eks.KubernetesVersion.of('1.36.2') })).toThrow(sentence(saysOfVersions.notAMinor({ text: '1.36.2' })));
  });
});

test('node groups in a later stack do not bring the load balancer controller into a cycle, and it waits for those before it', () => {
  const stack = newStack();
  const cluster = upgradableCluster(stack, {
    kubectlProviderOptions: { kubectlLayer: new KubectlV36Layer(stack, 'Kubectl') },
    albController: { version: eks.AlbControllerVersion.V2_8_2 },
  });
  const here = cluster.addManagedNodeGroup('Here');
  const nodes = newStack({ app: stack.node.root as App, id: 'Nodes' });
  new ManagedNodeGroupWithAmiTracking(nodes, 'There', { cluster });
  new eks.Nodegroup(nodes, 'Plain', { cluster });

  const chart = theOnly(resourcesOf(stack), 'Custom::AWSCDK-EKS-HelmChart');
  expect(chart.DependsOn).toContain(stack.getLogicalId(here.node.defaultChild as CfnNodegroup));
  expect(nodes.dependencies).toContain(stack);
  expect(stack.dependencies).toEqual([]);
});
