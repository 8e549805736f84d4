/**
 * `plan`, step by step, is what the constructs and their functions do when somebody writes into the app what it says, and deploys
 * it each time.
 */
import { readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { UpdateAddonCommand, UpdateClusterVersionCommand, UpdateNodegroupVersionCommand } from '@aws-sdk/client-eks';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { App } from 'aws-cdk-lib/core';
import * as fc from 'fast-check';
import { MINORS, offersOf, VERSIONS } from './_offers';
import { AddOnVersion, AmiTracking, EksAmiType, ManagedAddOn, UpgradableCluster } from '../../src';
import type { PlannedDeployment } from '../../src/cli/plan/cluster-plan';
import type { PlanStep } from '../../src/engine/plan/plan-step';
import { awsClients } from '../../src/live/aws-clients';
import { changesBetween, TemplateOfResources } from '../aws/changes-between';
import { stackArn } from '../aws/cloudformation';
import { runCommand } from '../cli/_command-line';
import { folderOf, stackIn, synthesizeTo } from '../cli/_tracked-app';
import { Answer, HandlerBench } from '../handler/handler-bench';
import { contextKey, importedVpc } from '../node-group/_fixtures';

const RUNS = { numRuns: Number(process.env.PROPERTY_RUNS ?? 6) };

/** The app as its code says it: what a user edits. */
interface Code {
  version: string;
  nodeVersion?: string;
  readonly groups: Record<string, { version?: string; release?: string }>;
  readonly addOns: Record<string, string>;
}

const POLICIES: Readonly<Record<string, (pin: string) => AddOnVersion>> = {
  recommended: () => AddOnVersion.recommended(),
  latest: () => AddOnVersion.latest(),
  keepWhileCompatible: () => AddOnVersion.keepWhileCompatible(),
  pinned: (pin) => AddOnVersion.pinned(pin),
};

const OLDEST = '1.32';
const releaseOf = (minor: string) => `${minor}.4-20260714`;
const CONTEXT = {
  'aws:cdk:enable-path-metadata': true, // as the CLI has it
  ...Object.fromEntries([OLDEST, ...MINORS].map((minor) => [
    contextKey(`/aws/service/eks/optimized-ami/${minor}/amazon-linux-2023/x86_64/standard/recommended/release_version`), releaseOf(minor),
  ])),
};

function synthesize(folder: string, { version, nodeVersion, groups, addOns }: Code): void {
  synthesizeTo(folder, (app: App) => {
    const stack = stackIn(app, 'Prod');
    const cluster = new UpgradableCluster(stack, 'Cluster', {
      version: eks.KubernetesVersion.of(version),
      nodeKubernetesVersion: nodeVersion === undefined ? undefined : eks.KubernetesVersion.of(nodeVersion),
      clusterName: 'prod',
      vpc: importedVpc(stack, 'Vpc'),
      defaultCapacityType: eks.DefaultCapacityType.NODEGROUP,
      defaultCapacity: 0,
      managedAddOns: Object.entries(addOns).map(([name, choice]) => {
        const [policy, pin = ''] = choice.split(' ');
        return ManagedAddOn.of(name, { version: POLICIES[policy](pin) });
      }),
    });
    for (const [id, group] of Object.entries(groups)) {
      cluster.addManagedNodeGroup(id, {
        nodegroupName: id,
        eksAmiType: EksAmiType.AL2023_X86_64_STANDARD,
        kubernetesVersion: group.version === undefined ? undefined : eks.KubernetesVersion.of(group.version),
        amiTracking: group.release === undefined ? AmiTracking.recommended() : AmiTracking.pinned(group.release),
      });
    }
  }, CONTEXT);
}

/** Writes an edit into the code, as a person would who reads it. */
function write(
  code: Code, { path, prop, value }: NonNullable<PlannedDeployment['edits']>[number], addOnPaths: ReadonlyMap<string, string>,
): void {
  const [, literal] = /\('(.+)'\)$/.exec(value ?? '') ?? [];
  const [, group] = /^Prod\/Cluster\/Nodegroup(.+)$/.exec(path) ?? [];
  const addOn = addOnPaths.get(path);
  switch (`${path === 'Prod/Cluster' ? 'cluster' : group ? 'group' : addOn ? 'add-on' : path} ${prop}`) {
    case 'cluster version': code.version = literal!; break;
    case 'cluster nodeKubernetesVersion': code.nodeVersion = literal; break;
    case 'group kubernetesVersion': code.groups[group!].version = literal; break;
    case 'group amiTracking': code.groups[group!].release = literal; break;
    case 'add-on version': {
      const [, policy] = /^AddOnVersion\.(\w+)\(/.exec(value!)!;
      code.addOns[addOn!] = [policy, ...literal === undefined ? [] : [literal]].join(' ');
      break;
    }
    default: throw new Error(`nobody knows where to write ${prop} of ${path}`);
  }
}

type Template = TemplateOfResources & { readonly Resources: Record<string, { readonly Properties: Record<string, any> }> };

let bench: HandlerBench;
let folder: string;

beforeEach(async () => {
  bench = await HandlerBench.start();
  bench.aws.publishAmis({ minors: [OLDEST, ...MINORS], date: '2026-07-14', patch: 4 });
  folder = await folderOf();
});

afterEach(async () => {
  await bench.stop();
  await rm(folder, { recursive: true });
});

/** CloudFormation, as far as the cluster of the stack goes. */
class Deployments {
  readonly addOnPaths = new Map<string, string>();
  private template: Template;
  /** What the resolver has answered last. */
  private versions: Record<string, string>;

  constructor() {
    this.template = this.read();
    const { addons } = bench.aws.eks.cluster('prod');
    this.versions = Object.fromEntries([...addons.values()].map(({ name, version }) => [name, version]));
    for (const { Properties, Metadata } of this.ofType(this.template, 'AWS::EKS::Addon')) {
      this.addOnPaths.set(Metadata!['aws:cdk:path'].replace(/\/Resource$/, ''), Properties.AddonName);
    }
    this.put('UPDATE_COMPLETE');
  }

  /** @returns whether the guard lets the app through; then all of it is done */
  async deploy(): Promise<boolean> {
    const before = this.template;
    const [installed, groups] = [this.addOnsOf(before), this.groupsOf(before)];
    const resolver = this.propertiesOfResolver(before);
    this.template = this.read();
    this.put('UPDATE_IN_PROGRESS', before);
    if (!(await this.askGuard(before))) return false;

    const { eks: client } = awsClients({ maxAttempts: 1 });
    const [version] = this.ofType(this.template, 'AWS::EKS::Cluster').map(({ Properties }) => Properties.Version);
    if (version !== bench.aws.eks.cluster('prod').version) await client.send(new UpdateClusterVersionCommand({ name: 'prod', version }));
    bench.aws.eks.finishUpdates();
    await this.askResolver(resolver);
    for (const [addonName, addonVersion] of Object.entries(this.addOnsOf(this.template))) {
      if (addonVersion !== installed[addonName]) {
        await client.send(new UpdateAddonCommand({ clusterName: 'prod', addonName, addonVersion }));
      }
    }
    bench.aws.eks.finishUpdates();
    for (const [nodegroupName, [groupVersion, releaseVersion]] of Object.entries(this.groupsOf(this.template))) {
      if (String([groupVersion, releaseVersion]) === String(groups[nodegroupName])) continue;
      await client.send(new UpdateNodegroupVersionCommand({ clusterName: 'prod', nodegroupName, version: groupVersion, releaseVersion }));
    }
    bench.aws.eks.finishUpdates();
    this.put('UPDATE_COMPLETE');
    return true;
  }

  private read(): Template {
    return JSON.parse(readFileSync(join(folder, 'cdk.out/Prod.template.json'), 'utf8'));
  }

  private put(status: string, before?: Template): void {
    const resources = Object.entries(this.template.Resources).flatMap(([logicalId, { Type, Properties }]) => {
      switch (Type) {
        case 'AWS::EKS::Cluster': return { logicalId, type: Type, physicalId: 'prod' };
        case 'AWS::EKS::Nodegroup': return { logicalId, type: Type, physicalId: `prod/${Properties.NodegroupName}` };
        case 'AWS::EKS::Addon': return { logicalId, type: Type, physicalId: `prod|${Properties.AddonName}` };
        default: return [];
      }
    });
    const physicalIds = Object.fromEntries(resources.map(({ logicalId, physicalId }) => [logicalId, physicalId]));
    const changeSet = before && { changes: changesBetween(before, this.template, physicalIds) };
    bench.aws.cloudFormation.putStack({ name: 'Prod', status, template: this.template, resources, ...changeSet && { changeSet } });
  }

  private async askGuard(before: Template): Promise<boolean> {
    const [id, { Properties }] = Object.entries(this.template.Resources).find(([, { Type }]) => Type === 'Custom::EksUpgradeGuard')!;
    const old = before.Resources[id].Properties;
    if (isDeepStrictEqual(old, Properties)) return true;
    return (await this.call('Custom::EksUpgradeGuard', id, Properties, old)).Status === 'SUCCESS';
  }

  private async askResolver(old: object | undefined): Promise<void> {
    const now = this.propertiesOfResolver(this.template);
    if (!now || isDeepStrictEqual(now, old)) return;
    const { Status, Reason, Data } = await this.call('Custom::EksAddOnVersions', 'Versions', now, old);
    expect({ Status, Reason }).toEqual({ Status: 'SUCCESS', Reason });
    this.versions = { ...this.versions, ...Object.fromEntries(now.AddOns.map(({ Name, Attribute }: any) => [Name, Data![Attribute]])) };
  }

  private async call(
    ResourceType: string, LogicalResourceId: string, ResourceProperties: object, old: object | undefined,
  ): Promise<Answer> {
    return bench.serve({
      ...bench.event({ RequestType: old ? 'Update' : 'Create', ResourceType, ResourceProperties: ResourceProperties as never }),
      StackId: stackArn({ name: 'Prod' }),
      LogicalResourceId,
      ...old && { OldResourceProperties: old as never },
    });
  }

  /** With the name of the cluster in place of the reference to it. */
  private propertiesOfResolver(template: Template): Record<string, any> | undefined {
    const [resolver] = this.ofType(template, 'Custom::EksAddOnVersions');
    return resolver && { ...resolver.Properties, ClusterName: 'prod' };
  }

  private addOnsOf(template: Template): Record<string, string> {
    return Object.fromEntries(this.ofType(template, 'AWS::EKS::Addon').map(({ Properties: { AddonName, AddonVersion } }) =>
      [AddonName, typeof AddonVersion === 'string' ? AddonVersion : this.versions[AddonName]]));
  }

  private groupsOf(template: Template): Record<string, [string, string]> {
    return Object.fromEntries(this.ofType(template, 'AWS::EKS::Nodegroup').map(({
      Properties: { NodegroupName, Version, ReleaseVersion },
    }) =>
      [NodegroupName, [Version, ReleaseVersion]]));
  }

  private ofType(template: Template, type: string): Template['Resources'][string][] {
    return Object.values(template.Resources).filter(({ Type }) => Type === type);
  }
}

/** What runs, in one line each. */
function live(): Record<string, string> {
  const { version, addons, nodegroups } = bench.aws.eks.cluster('prod');
  return {
    'control plane': version,
    ...Object.fromEntries([...addons.values()].map((addOn) => [addOn.name, addOn.version])),
    ...Object.fromEntries([...nodegroups.values()].map((group) => [group.name, `${group.version} ${group.releaseVersion}`])),
  };
}

/** What runs after steps, by the word of the plan. */
function after(
  before: Record<string, string>, steps: readonly { readonly step: PlanStep | { readonly kind: 'bake' } }[],
): Record<string, string> {
  return Object.assign({}, before, ...steps.map(({ step }) => {
    switch (step.kind) {
      case 'control-plane': return { 'control plane': step.to };
      case 'add-on': return { [step.name]: step.to };
      case 'node-group': return { [step.name]: `${step.to} ${step.releaseVersion}` };
      default: throw new Error(`no such step was expected: ${step.kind}`);
    }
  }));
}

const ADD_ONS = Object.keys(VERSIONS);
const group = fc.constantFrom<[string, Code['groups'][string]]>(
  ['Workers', {}], ['Pinned', { release: releaseOf(MINORS[0]) }], ['Held', { version: OLDEST }], [
    'HeldPinned', { version: OLDEST, release: releaseOf(OLDEST) },
  ],
);

const world = fc.record({
  catalog: fc.tuple(...ADD_ONS.map((name) => offersOf(name, VERSIONS[name]))).map((offers) => offers.flat()),
  groups: fc.uniqueArray(group, { minLength: 1, maxLength: 3, selector: ([name]) => name }).map((groups) => Object.fromEntries(groups)),
  addOns: fc.tuple(...ADD_ONS.map((name) => fc.record({
    version: fc.constantFrom(...VERSIONS[name].slice(0, -1)),
    policy: fc.constantFrom(
      'recommended', 'latest', 'keepWhileCompatible', 'pinned',
    ),
  }))).map((addOns) => Object.fromEntries(addOns.map((addOn, index) => [ADD_ONS[index], addOn]))),
  minors: fc.integer({ min: 1, max: 3 }),
  holdNodes: fc.boolean(),
  isDrifted: fc.boolean(),
});

/** Left open by a plan, and yet no reason not to go on: what CloudFormation does not send. */
const NOT_SENT = 'CloudFormation sends nothing';

test('a plan says what to write into the app, and what each deployment of it then does', async () => {
  await fc.assert(fc.asyncProperty(world, async ({ catalog, groups, addOns, minors, holdNodes, isDrifted }) => {
    const [version, target] = [MINORS[0], MINORS[minors]];
    bench.aws.eks.catalog.addonVersions = catalog;
    bench.aws.eks.addCluster({
      version,
      addons: ADD_ONS.map((name) => ({ name, version: addOns[name].version })),
      nodegroups: Object.entries(groups).map(
        ([name, { version: held = version }]) => ({ name, version: held, releaseVersion: isDrifted ? `${held}.3-20260601` : releaseOf(held) }),
      ),
    });
    const code: Code = {
      version,
      groups: Object.fromEntries(Object.entries(groups).map(([name, one]) => [name, { ...one }])),
      addOns: Object.fromEntries(
        ADD_ONS.map((name) => [name, addOns[name].policy === 'pinned' ? `pinned ${addOns[name].version}` : addOns[name].policy]),
      ),
    };
    synthesize(folder, code);
    const deployments = new Deployments();

    const { stdout } = await runCommand(
      ['plan', '--json', '--to', target, ...holdNodes ? ['--hold-nodes'] : []], { cwd: folder, now: bench.aws.clock.now() },
    );
    const [plan] = JSON.parse(stdout).clusters as [{ deployments: PlannedDeployment[]; open: string[] }];
    fc.pre(plan.open.every((why) => why.includes(NOT_SENT)));

    for (const { edits, steps, passed } of plan.deployments) {
      const expected = after(live(), steps as never);
      edits!.forEach((edit) => write(code, edit, deployments.addOnPaths));
      synthesize(folder, code);
      expect({ code, passes: await deployments.deploy() }).toEqual({ code, passes: passed });
      if (!passed) return;
      expect({ code, live: live() }).toEqual({ code, live: expected });
    }
    expect(live()['control plane']).toBe(target);
  }), RUNS);
}, 900_000);
