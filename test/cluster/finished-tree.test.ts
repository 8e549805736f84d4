import * as autoscaling from 'aws-cdk-lib/aws-autoscaling';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { CfnAddon, type CfnCluster, CfnFargateProfile } from 'aws-cdk-lib/aws-eks';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { App, Aspects, CfnParameter, Environment, NestedStack, Stack, Stage } from 'aws-cdk-lib/core';
import { Node } from 'constructs';
import { ENV, newStack, NO_STAGING, ofType, resourcesOf, theOnly, upgradableCluster } from './_fixtures';
import { AddOnVersion, ClusterUpgrades, ManagedAddOn, ManagedNodeGroupWithAmiTracking, UpgradableCluster } from '../../src';
import { says, warnings } from '../../src/cluster/messages';
import { sentence } from '../../src/engine/messages/sentence';
import { PREVIEW_CONTEXT_KEY, PREVIEW_VARIABLE } from '../../src/preview/question';
import { clusterIn } from '../node-group/_fixtures';

const PINNED = { version: AddOnVersion.pinned('v1.20.0-eksbuild.1') };
const AUTO_MODE = { defaultCapacityType: eks.DefaultCapacityType.AUTOMODE, defaultCapacity: undefined };

const otherStack = (stack: Stack, id = 'Nodes') => newStack({ app: stack.node.root as App, id });

describe('add-ons that need nodes, in the stack of the cluster', () => {
  const REFUSED = (name: string) => `add-on ${name} needs nodes to become active, but all nodes of the cluster are in stacks that are deployed after this one ('Nodes'): `
    + 'give the add-on one of those as its scope [Stack/Cluster]';

  function world(addOn: ManagedAddOn, props: Parameters<typeof upgradableCluster>[1] = {}): { stack: Stack; cluster: UpgradableCluster } {
    const stack = newStack();
    const cluster = upgradableCluster(stack, { ...props, managedAddOns: [addOn] });
    new ManagedNodeGroupWithAmiTracking(otherStack(stack), 'Workers', { cluster });
    return { stack, cluster };
  }

  test.each(['coredns', 'aws-ebs-csi-driver', 'aws-efs-csi-driver'])('fail with all nodes in later stacks: %s', (name) => {
    expect(() => resourcesOf(world(ManagedAddOn.of(name)).stack)).toThrow(REFUSED(name));
  });

  test('fail also where the nodes are of the plain L2', () => {
    const stack = newStack();
    const cluster = upgradableCluster(stack, { managedAddOns: [ManagedAddOn.coreDns()] });
    new eks.Nodegroup(otherStack(stack), 'Workers', { cluster });
    expect(() => resourcesOf(stack)).toThrow(REFUSED('coredns'));
  });

  test.each<[string, (it: ReturnType<typeof world>) => void]>([
    ['a node group of this stack', ({ cluster }) => cluster.addManagedNodeGroup('Here')],
    ['a node group of the plain L2', ({ stack, cluster }) => new eks.Nodegroup(stack, 'Here', { cluster })],
    [
      'a node group of a nested stack',
      ({ stack, cluster }) => new ManagedNodeGroupWithAmiTracking(new NestedStack(stack, 'Nested'), 'Here', { cluster }),
    ],
    ['self-managed nodes', ({ cluster }) => cluster.addAutoScalingGroupCapacity('Here', {
      instanceType: new ec2.InstanceType('m7i.large'), machineImageType: eks.MachineImageType.BOTTLEROCKET, updatePolicy: autoscaling.UpdatePolicy.rollingUpdate(),
    })],
    ['a Fargate profile for them', ({ cluster }) => cluster.addFargateProfile('Here', { selectors: [{ namespace: 'kube-*' }] })],
  ])('are let through with %s', (_, add) => {
    const it = world(ManagedAddOn.coreDns());
    add(it);
    expect(() => resourcesOf(it.stack)).not.toThrow();
  });

  test('fail with a Fargate profile for other pods', () => {
    const { stack, cluster } = world(ManagedAddOn.coreDns());
    cluster.addFargateProfile('Here', {
      selectors: [{ namespace: 'kube-public' }, { namespace: 'kubeXsystem' }, { namespace: 'my-kube-system' }],
    });
    expect(() => resourcesOf(stack)).toThrow(REFUSED('coredns'));
  });

  test.each<[string, ManagedAddOn, Parameters<typeof upgradableCluster>[1]]>([
    ['on Auto Mode', ManagedAddOn.coreDns(), AUTO_MODE],
    ['when nodes need them', ManagedAddOn.vpcCni(), {}],
    ['when they do not wait for nodes', ManagedAddOn.of('eks-node-monitoring-agent'), {}],
  ])('are let through %s', (_, addOn, props) => {
    expect(() => resourcesOf(world(addOn, props).stack)).not.toThrow();
  });

  test('are let through where the app has no nodes at all, which are then made elsewhere', () => {
    const stack = newStack();
    upgradableCluster(stack, { managedAddOns: [ManagedAddOn.coreDns()] });
    expect(() => resourcesOf(stack)).not.toThrow();
  });

  test('with the scope that the message asks for, all is well', () => {
    const stack = newStack();
    const cluster = upgradableCluster(stack);
    const nodes = otherStack(stack);
    new ManagedNodeGroupWithAmiTracking(nodes, 'Workers', { cluster });
    cluster.addManagedAddOn(ManagedAddOn.coreDns({ scope: nodes }));
    expect(theOnly(resourcesOf(nodes), 'AWS::EKS::Addon').DependsOn).toEqual([
      theOnly(resourcesOf(nodes), 'AWS::EKS::Nodegroup').logicalId,
    ]);
  });
});

describe('Fargate profiles', () => {
  const dependenciesOfCoreDns = (...namespaces: string[]) => {
    const stack = newStack();
    const cluster = upgradableCluster(stack, { managedAddOns: [ManagedAddOn.coreDns(PINNED), ManagedAddOn.vpcCni(PINNED)] });
    namespaces.forEach((namespace) => cluster.addFargateProfile(`For-${namespace}`, { selectors: [{ namespace }] }));
    const addOns = Object.values(ofType(resourcesOf(stack), 'AWS::EKS::Addon'));
    expect(addOns.find(({ Properties }) => Properties.AddonName === 'vpc-cni')!.DependsOn).toBeUndefined();
    return addOns.find(({ Properties }) => Properties.AddonName === 'coredns')!.DependsOn ?? [];
  };

  test('that take the pods of CoreDNS come before it, others do not', () => {
    expect(dependenciesOfCoreDns('kube-system', 'default')).toEqual([expect.stringContaining('Forkubesystem')]);
    expect(dependenciesOfCoreDns('default')).toEqual([]);
  });

  test('hold up nothing where only the deployment knows their namespace', () => {
    const stack = newStack();
    const namespace = new CfnParameter(stack, 'Namespace').valueAsString;
    const cluster = upgradableCluster(stack, { managedAddOns: [ManagedAddOn.coreDns(PINNED)] });
    cluster.addFargateProfile('Whole', { selectors: [{ namespace }] });
    cluster.addFargateProfile('Part', { selectors: [{ namespace: `kube-${namespace}` }, { namespace: 'kube-system(' }] });
    expect(theOnly(resourcesOf(stack), 'AWS::EKS::Addon').DependsOn).toBeUndefined();
  });

  test('hold up the add-ons of their own cluster only', () => {
    const one = newStack();
    const stacks = [one, otherStack(one, 'Other')];
    stacks.forEach((stack, index) => {
      upgradableCluster(stack, { managedAddOns: [ManagedAddOn.coreDns(PINNED)] })
        .addFargateProfile(`System${index}`, { selectors: [{ namespace: 'kube-system' }] });
    });
    stacks.forEach((stack) => {
      const resources = resourcesOf(stack);
      expect(theOnly(resources, 'AWS::EKS::Addon').DependsOn).toEqual([theOnly(resources, 'AWS::EKS::FargateProfile').logicalId]);
    });
  });

  test('may come before the add-on in the code', () => {
    const stack = newStack();
    const cluster = upgradableCluster(stack);
    cluster.addFargateProfile('System', { selectors: [{ namespace: 'kube-system' }] });
    cluster.addManagedAddOn(ManagedAddOn.coreDns(PINNED));
    expect(theOnly(resourcesOf(stack), 'AWS::EKS::Addon').DependsOn).toEqual([
      theOnly(resourcesOf(stack), 'AWS::EKS::FargateProfile').logicalId,
    ]);
  });
});

describe('an app of several stages', () => {
  const stagesOf = (app: App, ...ids: string[]) => ids.map((id) => new Stack(new Stage(app, id), 'Stack', { env: ENV }));
  const newApp = () => new App({ context: NO_STAGING });

  test('nothing waits for a Fargate profile of another stage', () => {
    const app = newApp();
    const [platform, workloads] = stagesOf(app, 'Platform', 'Workloads');
    upgradableCluster(platform, { clusterName: 'prod', managedAddOns: [ManagedAddOn.coreDns(PINNED)] }).addManagedNodeGroup('Workers');
    new CfnFargateProfile(workloads, 'Profile', {
      clusterName: 'prod', podExecutionRoleArn: 'arn:aws:iam::111122223333:role/pods', selectors: [{ namespace: 'kube-system' }],
    });
    expect(() => app.synth()).not.toThrow();
  });

  test('an add-on that is installed in two of them fails', () => {
    const app = newApp();
    const [platform, workloads] = stagesOf(app, 'Platform', 'Workloads');
    upgradableCluster(platform, { clusterName: 'prod', managedAddOns: [ManagedAddOn.coreDns(PINNED)] });
    const cluster = eks.Cluster.fromClusterAttributes(workloads, 'Prod', { clusterName: 'prod', prune: false });
    new eks.Addon(workloads, 'Dns', { cluster, addonName: 'coredns' });
    expect(() => app.synth()).toThrow('add-on coredns is installed twice');
  });

  describe('whose clusters are imported by one name', () => {
    const PROD = { account: '111122223333', region: 'eu-west-1' };

    function twoStages(...envs: (Environment | undefined)[]): App {
      const app = newApp();
      envs.forEach((env, index) => ClusterUpgrades.ofImported(new Stack(new Stage(app, `Stage${index}`), 'Stack', { env }), 'Upgrades', {
        clusterName: 'main', version: eks.KubernetesVersion.of('1.36'), managedAddOns: [ManagedAddOn.coreDns(PINNED)],
      }));
      return app;
    }

    test.each<[string, ...(Environment | undefined)[]]>([
      ['deployed with credentials of each', undefined, undefined],
      ['of one Region, deployed with credentials of each', { region: 'eu-west-1' }, { region: 'eu-west-1' }],
      ['of one account, deployed with the Region of each', { account: ENV.account }, { account: ENV.account }],
      ['of two Regions', ENV, PROD],
    ])('are others: %s', (_, ...envs) => {
      expect(() => twoStages(...envs).synth()).not.toThrow();
    });

    test('are the same in one account and Region', () => {
      expect(() => twoStages(ENV, ENV).synth()).toThrow('add-on coredns is installed twice');
    });

    test('are the same in one stage, wherever that is deployed', () => {
      const app = newApp();
      const stage = new Stage(app, 'Stage');
      ClusterUpgrades.ofImported(new Stack(stage, 'Stack'), 'Upgrades', {
        clusterName: 'main', version: eks.KubernetesVersion.of('1.36'), managedAddOns: [ManagedAddOn.coreDns(PINNED)],
      });
      new CfnAddon(new Stack(stage, 'Others'), 'Dns', { clusterName: 'main', addonName: 'coredns' });
      expect(() => app.synth()).toThrow('add-on coredns is installed twice');
    });
  });

  describe('of which each is synthesised as soon as it is there, as a pipeline does it', () => {
    /** What the second stage says. */
    function saidBySecond(build: (stack: Stack) => void): string {
      const app = newApp();
      const [first] = stagesOf(app, 'One');
      upgradableCluster(first).addManagedNodeGroup('Workers');
      Stage.of(first)!.synth();
      const [second] = stagesOf(app, 'Two');
      build(second);
      return JSON.stringify(Stage.of(second)!.synth().stacks.flatMap(({ messages }) => messages));
    }

    test('an add-on that is installed twice fails', () => {
      expect(() => saidBySecond((stack) => {
        const cluster = upgradableCluster(stack, { managedAddOns: [ManagedAddOn.coreDns(PINNED)] });
        new eks.Addon(stack, 'Dns', { cluster, addonName: 'coredns' });
      })).toThrow('add-on coredns is installed twice');
    });

    test.each([[true, false], [false, true]])('the agent for pod identities is missing only where it is (installed: %s)', (isInstalled, isMissed) => {
      const said = saidBySecond((stack) => upgradableCluster(stack, {
        managedAddOns: [ManagedAddOn.ebsCsiDriver(PINNED), ...isInstalled ? [ManagedAddOn.podIdentityAgent(PINNED)] : []],
      }));
      expect(said.includes(warnings.podIdentityAgentMissing({ name: 'aws-ebs-csi-driver' }).reason)).toBe(isMissed);
    });
  });

  describe('the work for each cluster does not grow with their number', () => {
    const ANSWER = { [PREVIEW_CONTEXT_KEY]: { clusters: [], environments: {}, observedAt: '2026-11-29T12:00:00Z' } };

    afterEach(() => delete process.env[PREVIEW_VARIABLE]);

    function visitsForEach(count: number, inStages: boolean, context: object): number {
      const app = new App({ context: { ...NO_STAGING, ...context } });
      for (let index = 0; index < count; index++) {
        const [stack] = inStages ? stagesOf(app, `Stage${index}`) : [new Stack(app, `Stack${index}`, { env: ENV })];
        upgradableCluster(stack, { managedAddOns: [ManagedAddOn.coreDns(PINNED)] }).addManagedNodeGroup('Workers');
      }
      const children = jest.spyOn(Node.prototype, 'children', 'get');
      app.synth();
      const { length } = children.mock.calls;
      children.mockRestore();
      return length / count;
    }

    test.each<[string, boolean, object | undefined]>([
      ['in one stage', false, undefined],
      ['in as many stages', true, undefined],
      ['in one stage, when the preview asks', false, {}],
      ['in as many stages, when the preview asks', true, {}],
      ['in one stage, with the answer for the preview', false, ANSWER],
      ['in as many stages, with the answer for the preview', true, ANSWER],
    ])('%s', (_, inStages, context) => {
      if (context) process.env[PREVIEW_VARIABLE] = 'on';
      expect(visitsForEach(16, inStages, context ?? {})).toBeLessThan(1.1 * visitsForEach(4, inStages, context ?? {}));
    });
  });
});

describe('an add-on that is installed in two ways', () => {
  test('fails where it has come since an earlier synthesis', () => {
    const stack = newStack();
    const cluster = upgradableCluster(stack, { managedAddOns: [ManagedAddOn.coreDns()] });
    const app = stack.node.root as App;
    app.synth();
    new eks.Addon(stack, 'Dns', { cluster, addonName: 'coredns' });
    expect(() => app.synth({ force: true })).toThrow('add-on coredns is installed twice');
  });

  test.each<[string, (stack: Stack, cluster: UpgradableCluster) => Stack]>([
    ['in the same stack', (stack) => stack],
    ['in another stack', (stack) => otherStack(stack, 'Other')],
  ])('fails by name and path, %s', (_, scope) => {
    const stack = newStack();
    const cluster = upgradableCluster(stack, { managedAddOns: [ManagedAddOn.coreDns()] });
    const there = scope(stack, cluster);
    new eks.Addon(there, 'Dns', { cluster, addonName: 'coredns' });
    expect(() => resourcesOf(stack)).toThrow(
      `add-on coredns is installed twice, as a managed add-on and by '${there.node.path}/Dns/Resource': leave one of them out [Stack/Cluster]`);
  });

  test('is none where another cluster has it, or another add-on is installed', () => {
    const stack = newStack();
    const cluster = upgradableCluster(stack, { managedAddOns: [ManagedAddOn.coreDns()] });
    new eks.Addon(stack, 'Dns', { cluster: clusterIn(stack, '1.36', 'Plain'), addonName: 'coredns' });
    new eks.Addon(stack, 'Adot', { cluster, addonName: 'adot' });
    expect(() => resourcesOf(stack)).not.toThrow();
  });

  test('fails where two names would have one construct ID', () => {
    const cluster = upgradableCluster(newStack(), { managedAddOns: [ManagedAddOn.of('foo-bar')] });
    expect(() => cluster.addManagedAddOn(
      ManagedAddOn.of('foo_bar'),
    )).toThrow(`${sentence(says.addOnOfSameId({ name: 'foo_bar', twin: 'foo-bar' }))} [Stack/Cluster]`);
  });

  test.each<[string, string | undefined]>([
    ['named by CloudFormation', undefined],
    ['of the same name in different Regions', 'prod'],
  ])('is none where clusters with the same construct ID, %s, are in different stacks', (_, clusterName) => {
    const app = new App({ context: NO_STAGING });
    for (const region of ['us-west-2', 'eu-west-1']) {
      upgradableCluster(
        newStack({ app, id: region, env: { ...ENV, region } }), { clusterName, managedAddOns: [ManagedAddOn.vpcCni(PINNED)] },
      );
    }
    expect(() => app.synth()).not.toThrow();
  });
});

describe('a version that is changed behind the back of what depends on it', () => {
  const MESSAGE = "the cluster's version is rendered as 1.37, but guard, add-ons and node groups are made for 1.36: "
    + 'give the version as a prop or by a property injector, not by an escape hatch or an Aspect [Stack/Cluster/Resource]';

  const changes: [string, (resource: CfnCluster) => void][] = [
    ['the property of the resource', (resource) => { resource.version = '1.37'; }],
    ['a property override', (resource) => resource.addPropertyOverride('Version', '1.37')],
    ['an Aspect', (resource) => Aspects.of(resource).add({ visit: (node) => { if (node === resource) resource.version = '1.37'; } })],
  ];

  test.each(changes)('fails for this cluster: %s', (_, change) => {
    const stack = newStack();
    change(upgradableCluster(stack).node.defaultChild as CfnCluster);
    expect(() => resourcesOf(stack)).toThrow(MESSAGE);
  });

  test.each(changes)('fails for a cluster of the L2 with tracked node groups: %s', (_, change) => {
    const stack = newStack();
    const cluster = clusterIn(stack, '1.36');
    new ManagedNodeGroupWithAmiTracking(stack, 'Workers', { cluster });
    change(cluster.node.defaultChild as CfnCluster);
    expect(() => resourcesOf(stack)).toThrow(MESSAGE);
  });

  test('before the first node group of an L2 cluster, the node groups follow', () => {
    const stack = newStack();
    const cluster = clusterIn(stack, '1.36');
    (cluster.node.defaultChild as CfnCluster).version = '1.37';
    new ManagedNodeGroupWithAmiTracking(stack, 'Workers', { cluster });
    expect(theOnly(resourcesOf(stack), 'AWS::EKS::Nodegroup').Properties.Version).toBe('1.37');
  });

  test('the same version, said again, is no change', () => {
    const stack = newStack();
    (upgradableCluster(stack).node.defaultChild as CfnCluster).version = '1.36';
    expect(() => resourcesOf(stack)).not.toThrow();
  });
});

describe('add-ons that leave the template', () => {
  const preserved = (addOn: ManagedAddOn) => (
    upgradableCluster(newStack()).addManagedAddOn(addOn).node.defaultChild as CfnAddon
  ).preserveOnDelete;

  test.each([
    ManagedAddOn.vpcCni, ManagedAddOn.kubeProxy, ManagedAddOn.podIdentityAgent, ManagedAddOn.coreDns,
  ])('leave their software behind where nodes and DNS need it', (make) => {
    expect(preserved(make())).toBe(true);
    expect(preserved(make({ preserveOnDelete: false }))).toBe(false);
  });

  test('take it along where they are options', () => {
    expect(preserved(ManagedAddOn.ebsCsiDriver({ podIdentities: [] }))).toBeUndefined();
    expect(preserved(ManagedAddOn.of('adot', { neededByNodes: true }))).toBe(true);
  });
});
