import { UpdateAddonCommand, UpdateClusterVersionCommand } from '@aws-sdk/client-eks';
import * as fc from 'fast-check';
import { MINORS, offersOf, VERSIONS } from './_offers';
import { enterEnvironment } from './sdk-environment';
import { asksAnew } from '../../src/engine/change/add-on-question';
import { catalogNeedsOf } from '../../src/engine/change/catalog-needs';
import { AddOnVersionsProperties } from '../../src/engine/change/resource-properties';
import { Deployment } from '../../src/engine/plan/deployment';
import { AddOnStep } from '../../src/engine/plan/plan-step';
import { planUpgrade } from '../../src/engine/plan/upgrade-plan';
import { AddOnVersionPolicy } from '../../src/engine/state/add-on-policy';
import { resolveAddOnVersions } from '../../src/handler/add-on-versions-handler';
import { LAMBDA_RUNTIME } from '../../src/handler/runtime';
import { awsClients } from '../../src/live/aws-clients';
import { readClusterState } from '../../src/live/cluster-state';
import { readRegionCatalog } from '../../src/live/region-catalog';
import { LocalAws } from '../aws/aws-server';
import { stackArn } from '../aws/cloudformation';

const RUNS = { numRuns: Number(process.env.PROPERTY_RUNS ?? 40) };

const world = fc.record({
  catalog: fc.tuple(...Object.entries(VERSIONS).map(([name, versions]) => offersOf(name, versions))).map((offers) => offers.flat()),
  addOns: fc.tuple(...Object.entries(VERSIONS).map(([name, versions]) => fc.record({
    name: fc.constant(name),
    policy: fc.constantFrom<AddOnVersionPolicy[]>('recommended', 'latest', 'keep-while-compatible'),
    version: fc.constantFrom(...versions.slice(0, -1)),
  }))),
  minors: fc.integer({ min: 1, max: 3 }),
});

let aws: LocalAws;
let leaveEnvironment: () => void;

beforeAll(async () => {
  aws = await LocalAws.start({ now: new Date('2026-11-22T12:00:00Z') });
  leaveEnvironment = enterEnvironment(aws);
  aws.cloudFormation.putStack({ name: 'app' });
});

afterAll(async () => {
  leaveEnvironment();
  await aws.stop();
});

/** An app that is deployed again and again, each time as a plan has it. */
class Deployments {
  private readonly clients = awsClients({ maxAttempts: 1 });
  private before: AddOnVersionsProperties;

  constructor(private readonly addOns: readonly { readonly name: string; readonly policy: AddOnVersionPolicy }[], version: string) {
    this.before = this.properties(version, []);
  }

  async deploy({ from, to, steps }: Deployment): Promise<void> {
    const { eks } = this.clients;
    if (from !== to) await eks.send(new UpdateClusterVersionCommand({ name: 'prod', version: to }));
    aws.eks.finishUpdates();

    const pinned = steps.filter((step): step is AddOnStep => step.kind === 'add-on' && step.isPinned === true);
    const now = this.properties(to, pinned.map(({ name }) => name));
    const versions = { ...await this.resolve(now), ...Object.fromEntries(pinned.map((step) => [step.name, step.to])) };
    this.before = now;
    for (const [addonName, addonVersion] of Object.entries(versions)) {
      if (addonVersion !== installed()[addonName]) await eks.send(new UpdateAddonCommand({ clusterName: 'prod', addonName, addonVersion }));
    }
    aws.eks.finishUpdates();
  }

  private properties(version: string, pinned: readonly string[]): AddOnVersionsProperties {
    const tracked = this.addOns.filter(({ name }) => !pinned.includes(name));
    return {
      ClusterName: 'prod',
      KubernetesVersion: version,
      AddOns: tracked.map(({ name, policy }) => ({ Name: name, Policy: policy, Attribute: name })),
    };
  }

  /** CloudFormation calls the resolver only when its properties change. */
  private async resolve(now: AddOnVersionsProperties): Promise<Record<string, string>> {
    if (JSON.stringify(now) === JSON.stringify(this.before)) return {};
    const log = () => undefined;
    const runtime = { ...LAMBDA_RUNTIME, log, remainingMillis: () => 60_000 };
    const event: Parameters<typeof resolveAddOnVersions>[0] = {
      RequestType: 'Update',
      RequestId: 'request',
      ResponseURL: 'http://127.0.0.1',
      StackId: stackArn({ name: 'app' }),
      ResourceType: 'Custom::EksAddOnVersions',
      LogicalResourceId: 'Versions',
      ResourceProperties: now,
      OldResourceProperties: this.before,
    };
    return { ...await resolveAddOnVersions(event, this.clients, runtime) };
  }
}

function installed(): Record<string, string> {
  return Object.fromEntries([...aws.eks.cluster('prod').addons.values()].map(({ name, version }) => [name, version]));
}

function movesOf({ steps }: Deployment): Record<string, string> {
  return Object.fromEntries(steps.flatMap((step) => step.kind === 'add-on' ? [[step.name, step.to]] : []));
}

test('a plan says, step by step, what the resolver does when the same deployments are made one after the other', async () => {
  await fc.assert(fc.asyncProperty(world, async ({ catalog, addOns, minors }) => {
    aws.eks.catalog.addonVersions = catalog;
    const [version, target] = [MINORS[0], MINORS[minors]];
    aws.eks.addCluster({ version, addons: addOns.map(({ name, version: addonVersion }) => ({ name, version: addonVersion })) });
    const intent = { version: target, addOns: Object.fromEntries(addOns.map(({ name, policy }) => [name, { policy }])) };
    const clients = awsClients({ maxAttempts: 1 });
    const state = await readClusterState(clients, 'prod', { now: aws.clock.now() });
    const { deployments: planned, open } = planUpgrade(state, await readRegionCatalog(clients, catalogNeedsOf(state, intent)), intent);

    const deployments = new Deployments(addOns, version);
    const made = async () => {
      for (const deployment of planned) {
        const expected = { ...installed(), ...movesOf(deployment) };
        await deployments.deploy(deployment);
        expect(installed()).toEqual(expected);
      }
    };
    if (open.length === 0) {
      await made();
      expect(aws.eks.cluster('prod').version).toBe(target);
    }
  }), RUNS);
});

test('where a plan leaves no way open for an add-on, the resolver refuses', async () => {
  await fc.assert(fc.asyncProperty(world, async ({ catalog, addOns }) => {
    const [version, target] = MINORS;
    const vpcCni = addOns.slice(0, 1);
    aws.eks.catalog.addonVersions = catalog;
    aws.eks.addCluster({ version, addons: vpcCni.map(({ name, version: addonVersion }) => ({ name, version: addonVersion })) });
    const intent = { version: target, addOns: { 'vpc-cni': { policy: vpcCni[0].policy } } };
    const clients = awsClients({ maxAttempts: 1 });
    const state = await readClusterState(clients, 'prod', { now: aws.clock.now() });
    const { deployments: planned, open } = planUpgrade(state, await readRegionCatalog(clients, catalogNeedsOf(state, intent)), intent);
    fc.pre(open.length > 0);
    const deployments = new Deployments(vpcCni, version);
    const made = async () => {
      for (const deployment of planned) await deployments.deploy(deployment);
    };
    await expect(made()).rejects.toThrow(/no version of vpc-cni|vpc-cni \S+ cannot be updated/);
  }), RUNS);
});

test('what asks anew is the version, the cluster or the own policy', () => {
  const before: AddOnVersionsProperties = {
    ClusterName: 'prod', KubernetesVersion: '1.35', AddOns: [{ Name: 'coredns', Policy: 'recommended', Attribute: 'A' }],
  };
  expect(asksAnew('coredns', before, undefined)).toBe(true);
  expect(asksAnew('coredns', {
    ...before, AddOns: [...before.AddOns, { Name: 'vpc-cni', Policy: 'latest', Attribute: 'B' }],
  }, before)).toBe(false);
  expect(asksAnew('coredns', { ...before, KubernetesVersion: '1.36' }, before)).toBe(true);
  expect(asksAnew('coredns', { ...before, AddOns: [{ Name: 'coredns', Policy: 'latest', Attribute: 'A' }] }, before)).toBe(true);
});
