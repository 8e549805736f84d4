import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type { CfnAddon } from 'aws-cdk-lib/aws-eks';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { App, CfnResource, CustomResource, NestedStack, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import * as fc from 'fast-check';
import { KubectlV36Layer, newStack, resourcesOf, upgradableCluster } from './_fixtures';
import { DependencyGraph } from './dependency-graph';
import {
  AddOnVersion, AmiTracking, ManagedAddOn, ManagedAddOnOptions, ManagedNodeGroupWithAmiTracking, UpgradableCluster,
} from '../../src';
import { says } from '../../src/cluster/messages';
import { sentence } from '../../src/engine/messages/sentence';

const PINNED = { amiTracking: AmiTracking.pinned('1.36.2-20261104') };

/**
 * Where something is defined: with the cluster, in a stack nested there, in the stack in which the cluster's may be nested,
 * or in a stack of its own that refers to the cluster.
 */
type Place = 'here' | 'nested' | 'above' | 'other';

type Role = 'none' | 'irsa' | 'own' | 'shared';

interface Group {
  readonly place: Place;
  /** How many of the groups before must finish first. */
  readonly after: number;
  /** What of the group is told to wait for a construct, and whether that is the cluster or a construct that holds it. */
  readonly waits?: { readonly by: 'group' | 'role' | 'template'; readonly on: 'cluster' | 'holder' };
}

interface AddOn {
  readonly name: string;
  readonly place: Place;
  readonly role: Role;
  readonly pinned: boolean;
  readonly neededByNodes?: boolean;
}

interface Situation {
  /** Whether the cluster itself is in a nested stack. */
  readonly clusterIsNested: boolean;
  readonly albController: boolean;
  /** Node groups and add-ons in the order of the code. */
  readonly steps: (Group | AddOn)[];
}

const place = fc.constantFrom<Place>('here', 'here', 'nested', 'above', 'other');

const waits = fc.record({
  by: fc.constantFrom('group' as const, 'role' as const, 'template' as const), on: fc.constantFrom('cluster' as const, 'holder' as const),
});

const group: fc.Arbitrary<Group> = fc.record({ place, after: fc.constantFrom(0, 0, 1, 2), waits: fc.option(waits, { nil: undefined }) });

const addOn: fc.Arbitrary<AddOn> = fc.record({
  name: fc.constantFrom('vpc-cni', 'kube-proxy', 'eks-pod-identity-agent', 'coredns', 'aws-ebs-csi-driver', 'aws-efs-csi-driver'),
  place,
  role: fc.constantFrom<Role>('none', 'irsa', 'own', 'shared'),
  pinned: fc.boolean(),
  neededByNodes: fc.option(fc.boolean(), { nil: undefined }),
}).map((it) => it.name === 'eks-pod-identity-agent' ? { ...it, place: 'here', role: 'none' } : it);

const isAddOn = (step: Group | AddOn): step is AddOn => 'name' in step;

const situation: fc.Arbitrary<Situation> = fc.record({
  clusterIsNested: fc.boolean(),
  albController: fc.boolean(),
  steps: fc.array(fc.oneof(group, addOn), { maxLength: 9 })
    .map((steps) => steps.filter((step, index) =>
      !isAddOn(step) || !steps.slice(0, index).some((other) => isAddOn(other) && other.name === step.name))),
});

const workers: Group = { place: 'here', after: 0 };
const dns: AddOn = { name: 'coredns', place: 'here', role: 'none', pinned: true };
const cni: AddOn = { name: 'vpc-cni', place: 'here', role: 'none', pinned: true };

/** What once was a cycle. */
const CYCLES: Situation[] = [
  { clusterIsNested: true, albController: false, steps: [dns, { ...workers, place: 'above' }] },
  { clusterIsNested: false, albController: false, steps: [{ ...dns, place: 'nested' }, { ...cni, place: 'nested' }, workers] },
  { clusterIsNested: false, albController: true, steps: [{ ...workers, place: 'other' }] },
  { clusterIsNested: true, albController: true, steps: [{ ...workers, place: 'above' }] },
  ...(['group', 'role', 'template'] as const).flatMap((by) => (['cluster', 'holder'] as const).map((on): Situation =>
    ({ clusterIsNested: false, albController: false, steps: [{ ...workers, waits: { by, on } }, dns] }))),
  { clusterIsNested: false, albController: false, steps: [{ ...workers, place: 'nested', waits: { by: 'role', on: 'cluster' } }, dns] },
  {
    clusterIsNested: false, albController: false, steps: [{ ...workers, waits: { by: 'role', on: 'cluster' } }, { ...cni, role: 'shared' }],
  },
];

/** Whether an add-on here or nested here waits for nodes, of which there are some, but none where it could wait for them. */
function lacksNodes({ clusterIsNested, steps }: Situation): boolean {
  const isHere = (step: Group | AddOn) => ['here', 'nested', clusterIsNested ? '' : 'above'].includes(step.place);
  const groups = steps.filter((step) => !isAddOn(step));
  return groups.length > 0 && !groups.some(isHere) && steps.some((step) => isAddOn(step) && isHere(step) && !step.neededByNodes);
}

/** An app, and what of it has a place in the order. */
class World {
  readonly stack = newStack();
  readonly app = this.stack.node.root as App;
  readonly cluster: UpgradableCluster;
  readonly groups: { construct: eks.Nodegroup; after: eks.Nodegroup[] }[] = [];
  readonly addOns: { construct: eks.Addon; neededByNodes: boolean }[] = [];
  private readonly stacks: Record<Place, Stack>;
  private readonly holder: Construct;

  constructor(it: Situation) {
    const here = it.clusterIsNested ? new NestedStack(this.stack, 'ClusterStack') : this.stack;
    this.stacks = { here, above: this.stack, nested: new NestedStack(here, 'Nested'), other: newStack({ app: this.app, id: 'Other' }) };
    this.holder = new Construct(here, 'Holder');
    this.cluster = upgradableCluster(this.holder, it.albController ? {
      kubectlProviderOptions: { kubectlLayer: new KubectlV36Layer(here, 'Kubectl') },
      albController: { version: eks.AlbControllerVersion.V2_8_2 },
    } : {});
    new iam.Role(this.stacks.nested, 'Filler', { assumedBy: new iam.AccountRootPrincipal() }); // an empty stack is no stack
    it.steps.forEach((step) => isAddOn(step) ? this.addAddOn(step) : this.addGroup(step));
    if (lacksNodes(it)) this.addGroup(workers);
  }

  /** The stacks that are deployed on their own or nested. */
  get all(): Stack[] {
    return this.app.node.findAll().filter((child): child is Stack => child instanceof Stack);
  }

  private addGroup({ place: where, after, waits: waiting }: Group): void {
    const upgradeAfter = this.groups.map(({ construct }) => construct).filter(({ stack }) => stack === this.stacks[where]).slice(0, after);
    const id = `Group${this.groups.length}`;
    const template = new ec2.LaunchTemplate(this.stacks[where], `${id}Template`);
    const launchTemplateSpec = { id: template.launchTemplateId!, version: template.latestVersionNumber };
    const construct = new ManagedNodeGroupWithAmiTracking(
      this.stacks[where], id, { cluster: this.cluster, upgradeAfter, launchTemplateSpec },
    );
    const waiter = waiting && { group: construct, role: construct.role, template }[waiting.by];
    waiter?.node.addDependency(waiting!.on === 'cluster' ? this.cluster : this.holder);
    this.groups.push({ construct, after: upgradeAfter });
  }

  private addAddOn({ name, place: where, role, pinned, neededByNodes }: AddOn): void {
    const scope = this.stacks[where];
    const made = ManagedAddOn.of(name, {
      scope: where === 'here' ? undefined : scope,
      version: pinned ? AddOnVersion.pinned('v1.20.0-eksbuild.1') : AddOnVersion.latest(),
      neededByNodes,
      ...this.roleOptions(name, scope, role),
    });
    this.addOns.push({ construct: this.cluster.addManagedAddOn(made), neededByNodes: made.neededByNodes });
  }

  private roleOptions(name: string, scope: Stack, role: Role): ManagedAddOnOptions {
    const own = () => new iam.Role(scope, `${name}Role`, { assumedBy: new iam.ServicePrincipal('pods.eks.amazonaws.com') });
    const shared = this.groups.find(({ construct }) => construct.stack === scope)?.construct.role;
    switch (role) {
      case 'irsa':
        return {
          serviceAccountRole: new iam.Role(scope, `${name}Role`, {
            assumedBy: new iam.OpenIdConnectPrincipal(this.cluster.openIdConnectProvider),
          }),
        };
      case 'own':
        return { podIdentities: [{ serviceAccount: 'account', role: own() }] };
      case 'shared':
        return { podIdentities: [{ serviceAccount: 'account', role: shared ?? own() }] };
      case 'none':
        return {};
    }
  }
}

test('no combination of options has a cycle, and what is in one stack is created and upgraded in order', () => {
  fc.assert(fc.property(situation, (it) => {
    const world = new World(it);
    world.cluster.addManagedAddOn(ManagedAddOn.of('adot')); // an add-on with a version that is resolved
    if (!it.steps.some((step) => isAddOn(step) && step.name === 'eks-pod-identity-agent')) {
      world.cluster.addManagedAddOn(ManagedAddOn.podIdentityAgent());
    }

    const graphs = new Map(world.all.map((stack) => [stack, DependencyGraph.of(stack)]));
    for (const [stack, graph] of graphs) {
      expect([stack.node.path, graph.findCycle()]).toEqual([stack.node.path, undefined]);
    }

    const { cluster, groups, addOns } = world;
    const home = graphs.get(cluster.stack)!;
    const guard = cluster.node.findChild('UpgradeGuard');
    const resolver = cluster.node.findChild('AddOnVersions');
    expect(home.waits(cluster, guard)).toBe(true);
    expect(home.waits(resolver, cluster)).toBe(true);

    for (const { construct: addOnConstruct, neededByNodes } of addOns) {
      const resource = addOnConstruct.node.defaultChild as CfnAddon;
      const resolvesVersion = JSON.stringify(addOnConstruct.stack.resolve(resource.addonVersion)).includes('Fn::GetAtt');
      const placedHere = addOnConstruct.stack === cluster.stack;
      if (placedHere) {
        expect(home.waits(addOnConstruct, resolvesVersion ? resolver : cluster)).toBe(true);
      }

      for (const { construct: groupConstruct } of groups) {
        const nestedBelow = placedHere && groupConstruct.stack.nestedStackParent === cluster.stack;
        if (addOnConstruct.stack === groupConstruct.stack || nestedBelow) {
          const graph = graphs.get(addOnConstruct.stack)!;
          expect(graph.waits(groupConstruct, addOnConstruct)).toBe(neededByNodes);
          expect(graph.waits(addOnConstruct, groupConstruct)).toBe(!neededByNodes);
        }
      }
    }

    for (const { construct: later, after } of groups) {
      for (const { construct: earlier } of groups.filter((other) => other.construct !== later && other.construct.stack === later.stack)) {
        expect(graphs.get(later.stack)!.waits(later, earlier)).toBe(after.includes(earlier) || isTransitive(groups, later, earlier));
      }
    }
  }), { numRuns: 40, examples: CYCLES.map((it) => [it]) });
});

function isTransitive(groups: World['groups'], later: eks.Nodegroup, earlier: eks.Nodegroup): boolean {
  const { after } = groups.find(({ construct }) => construct === later)!;
  return after.some((between) => between === earlier || isTransitive(groups, between, earlier));
}

describe('what the app lets wait for an add-on that comes after nodes', () => {
  function world() {
    const stack = newStack();
    const cluster = upgradableCluster(stack);
    cluster.addManagedNodeGroup('Canary', PINNED);
    const coreDns = cluster.addManagedAddOn(ManagedAddOn.coreDns());
    return { stack, cluster, coreDns, check: new CustomResource(stack, 'Check', { serviceToken: 'arn' }) };
  }
  const refused = (waiting: string) => `${sentence(says.waitsInCircle({ addOn: 'coredns', waiting }))} [Stack/Cluster]`;

  test('keeps waiting where no nodes wait for it', () => {
    const { stack, coreDns, check } = world();
    check.node.addDependency(coreDns);
    const resources = resourcesOf(stack);
    expect(resources[stack.resolve((check.node.defaultChild as CfnResource).logicalId)].DependsOn).toEqual([
      stack.resolve((coreDns.node.defaultChild as CfnResource).logicalId),
    ]);
  });

  test.each<[string, (check: CustomResource, coreDns: eks.Addon) => void]>([
    ['by its construct', (check, coreDns) => check.node.addDependency(coreDns)],
    ['by its resource', (check, coreDns) => check.node.addDependency(coreDns.node.defaultChild!)],
    ['from resource to resource', (check, coreDns) =>
      (check.node.defaultChild as CfnResource).addDependency(coreDns.node.defaultChild as CfnResource)],
  ])('is refused where nodes wait for it, rather than forgotten: %s', (_, wait) => {
    const { stack, cluster, coreDns, check } = world();
    wait(check, coreDns);
    cluster.addManagedNodeGroup('Rest', { ...PINNED, upgradeAfter: [check] });
    expect(() => resourcesOf(stack)).toThrow(refused('Stack/Check'));
  });

  test('is refused of a node group itself', () => {
    const { stack, cluster, coreDns } = world();
    cluster.addManagedNodeGroup('Rest', { ...PINNED, upgradeAfter: [coreDns] });
    expect(() => resourcesOf(stack)).toThrow(refused('Stack/Cluster/NodegroupRest'));
  });

  test('is not forgotten where it waits for an add-on that comes before nodes', () => {
    const { stack, cluster, check } = world();
    const proxy = cluster.addManagedAddOn(ManagedAddOn.kubeProxy());
    check.node.addDependency(proxy);
    cluster.addManagedNodeGroup('Rest', { ...PINNED, upgradeAfter: [check] });
    const resources = resourcesOf(stack);
    expect(resources[stack.resolve((check.node.defaultChild as CfnResource).logicalId)].DependsOn).toHaveLength(1);
  });

  test('waits for all of the cluster that can be there before, where it was told to wait for that', () => {
    const { stack, cluster, check } = world();
    check.node.addDependency(cluster);
    cluster.addManagedNodeGroup('Rest', { ...PINNED, upgradeAfter: [check] });
    expect(() => resourcesOf(stack)).not.toThrow(/waits for add-on/);
  });
});
