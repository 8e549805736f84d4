/**
 * Ways to a newer Kubernetes version, planned with the catalogue of add-ons as EKS has it, and carried out on a local EKS that refuses
 * what EKS does not offer.
 */
import { UpdateAddonCommand, UpdateClusterVersionCommand, UpdateNodegroupVersionCommand } from '@aws-sdk/client-eks';
import { ADD_ON_CATALOGUE, MINORS, offeredVersions, offerFor } from './_add-on-catalogue';
import { catalogNeedsOf } from '../../src/engine/change/catalog-needs';
import { UpgradeIntent } from '../../src/engine/change/upgrade-intent';
import { describePlanStep, PlanStep } from '../../src/engine/plan/plan-step';
import { planUpgrade, UpgradePlan } from '../../src/engine/plan/upgrade-plan';
import { awsClients } from '../../src/live/aws-clients';
import { readClusterState } from '../../src/live/cluster-state';
import { readRegionCatalog } from '../../src/live/region-catalog';
import { LocalAws } from '../aws/aws-server';
import { withLocalAws } from '../aws/with-local-aws';

const NAMES = [...ADD_ON_CATALOGUE.keys()];

let aws: LocalAws;

withLocalAws((local) => {
  aws = local;
  aws.publishAmis({ minors: MINORS, date: '2026-07-14' });
  aws.eks.catalog.addonVersions = offeredVersions();
}, new Date('2026-08-20T12:00:00Z')); // when the catalogue was like that

async function planned(intent: UpgradeIntent): Promise<UpgradePlan> {
  const clients = awsClients({ maxAttempts: 1 });
  const state = await readClusterState(clients, 'prod', { now: aws.clock.now() });
  return planUpgrade(state, await readRegionCatalog(clients, catalogNeedsOf(state, intent)), intent);
}

async function take(step: PlanStep): Promise<void> {
  const { eks } = awsClients({ maxAttempts: 1 });
  switch (step.kind) {
    case 'control-plane': await eks.send(new UpdateClusterVersionCommand({ name: 'prod', version: step.to })); break;
    case 'add-on': await eks.send(new UpdateAddonCommand({ clusterName: 'prod', addonName: step.name, addonVersion: step.to })); break;
    case 'node-group': await eks.send(new UpdateNodegroupVersionCommand({
      clusterName: 'prod', nodegroupName: step.name, version: step.to, releaseVersion: step.releaseVersion,
    })); break;
    default: throw new Error(`${describePlanStep(step)} is no single call`);
  }
  aws.eks.finishUpdates();
}

/** Plans, and does each step; what EKS refuses fails. Returns the steps in words. */
async function go(from: string, to: string, addOns: Readonly<Record<string, string>>, intent: UpgradeIntent = {}): Promise<string[][]> {
  aws.eks.addCluster({
    version: from, nodegroups: [{ name: 'workers' }], addons: Object.entries(addOns).map(([name, version]) => ({ name, version })),
  });
  const { deployments } = await planned({ ...intent, version: to });
  for (const { steps } of deployments) {
    for (const step of steps) await take(step);
  }
  expect(aws.eks.clusters.get('prod')!.version).toBe(to);
  return deployments.map(({ steps }) => steps.map(describePlanStep));
}

const installed = () => [...aws.eks.clusters.get('prod')!.addons.values()];

test.each([
  ['v1.17.1-eksbuild.1', '1.34', '1.35', 'v1.18.6-eksbuild.1'],
  ['v1.16.4-eksbuild.2', '1.33', '1.34', 'v1.17.1-eksbuild.1'],
  ['v1.16.0-eksbuild.1', '1.33', '1.34', 'v1.17.1-eksbuild.1'],
  ['v1.15.5-eksbuild.1', '1.31', '1.32', 'v1.16.4-eksbuild.2'],
  ['v1.15.0-eksbuild.2', '1.31', '1.32', 'v1.16.4-eksbuild.2'],
])('vpc-cni %s on %s goes to %s over %s, in a deployment of its own, tracked or not', async (version, from, to, over) => {
  for (const policy of [undefined, 'recommended', 'latest'] as const) {
    const [[first], [second]] = await go(from, to, { 'vpc-cni': version }, policy && { addOns: { 'vpc-cni': { policy } } });
    expect(first).toContain(`add-on vpc-cni from ${version} to ${over}`);
    expect(second).toBe(`control plane from ${from} to ${to}`);
  }
});

test.each([['1.33', '1.36'], ['1.30', '1.36']])('a cluster with all add-ons in the oldest versions for %s gets to %s', async (from, to) => {
  const oldest = Object.fromEntries(NAMES.flatMap((name) => offerFor(name, from).versions.slice(-1).map((version) => [name, version])));
  await go(from, to, oldest);
  const unfit = installed().filter(({ name, version }) => {
    const { versions } = offerFor(name, to);
    return versions.length > 0 && !versions.includes(version);
  });
  expect(unfit).toEqual([]);
});

test('a cluster whose add-ons are tracked ends with versions for its own', async () => {
  const names = ['vpc-cni', 'kube-proxy', 'coredns', 'aws-ebs-csi-driver', 'eks-pod-identity-agent', 'metrics-server', 'amazon-cloudwatch-observability'];
  const addOns = Object.fromEntries(names.map((name) => [name, { policy: 'recommended' as const }]));
  await go('1.32', '1.36', Object.fromEntries(names.map((name) => [name, offerFor(name, '1.32').versions.at(-1)!])), { addOns });
  expect(installed().filter(({ name, version }) => !offerFor(name, '1.36').versions.includes(version))).toEqual([]);
});
