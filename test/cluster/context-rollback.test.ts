import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { newStack, ofType, resourcesOf, saidOn, theOnly, upgradableCluster } from './_fixtures';
import { AddOnVersion, AmiTracking, ManagedAddOn } from '../../src';
import { says as saysOfRollback } from '../../src/engine/declaration/messages';
import { RollbackEntry, rollbackKey } from '../../src/engine/declaration/rollback-entry';
import { sentence } from '../../src/engine/messages/sentence';

const PLACE = { account: '111122223333', region: 'us-west-2', path: 'Stack/Cluster' };

/** The versions in the template of an app at 1.36, with an entry in its context. */
function versionsWith(entry: Partial<RollbackEntry> | undefined, key = rollbackKey(PLACE, '1.36')) {
  const stack = newStack({ context: entry && { [key]: { releases: {}, addOns: {}, ...entry } } });
  const cluster = upgradableCluster(stack, {
    managedAddOns: [ManagedAddOn.coreDns(), ManagedAddOn.kubeProxy({ version: AddOnVersion.pinned('v1.36.2-eksbuild.2') })],
  });
  cluster.addManagedNodeGroup('Workers', { amiTracking: AmiTracking.pinned('1.36.2-20260714') });
  cluster.addManagedNodeGroup('Held', {
    kubernetesVersion: eks.KubernetesVersion.of('1.34'), amiTracking: AmiTracking.pinned('1.34.6-20260714'),
  });
  const resources = resourcesOf(stack);
  const pairs = Object.fromEntries(Object.entries(ofType(resources, 'AWS::EKS::Nodegroup'))
    .map(([id, { Properties: { Version, ReleaseVersion } }]) => [/Workers|Held/.exec(id)![0], [Version, ReleaseVersion]]));
  const addOns = Object.fromEntries(
    Object.values(ofType(resources, 'AWS::EKS::Addon')).map(({ Properties }) => [Properties.AddonName, Properties.AddonVersion]),
  );
  return { stack, cluster, resources, controlPlane: theOnly(resources, 'AWS::EKS::Cluster').Properties.Version, ...pairs, addOns };
}

const BACK = {
  to: '1.35', releases: { 'Stack/Cluster/NodegroupWorkers': '1.35.3-20260714' }, addOns: { 'kube-proxy': 'v1.35.3-eksbuild.2' },
};
const HELD = ['1.34', '1.34.6-20260714'];

test('first nodes and add-ons go back, and the control plane stays', () => {
  expect(versionsWith({ ...BACK, stage: 'nodes' })).toMatchObject({
    controlPlane: '1.36',
    Workers: ['1.35', '1.35.3-20260714'],
    Held: HELD,
    addOns: {
      'kube-proxy': 'v1.35.3-eksbuild.2', 'coredns': { 'Fn::GetAtt': expect.anything() },
    },
  });
});

test.each(['nodes', 'control plane'] as const)('one note says what goes back, and none to remove a prop that the app has not: %s', (stage) => {
  const said = saidOn(versionsWith({ ...BACK, stage }).cluster, 'info').join('\n');
  expect(said).toContain('cdk-eks-upgrades:goingBack');
  expect(said).not.toMatch(/nodesHeldBack|nodesNotHeld/);
});

test('then the control plane', () => {
  expect(versionsWith({ ...BACK, stage: 'control plane' })).toMatchObject({
    controlPlane: '1.35', Workers: ['1.35', '1.35.3-20260714'], Held: HELD,
  });
});

test('without the entry everything is as the app says, and nothing else of the template differs', () => {
  const [plain, back] = [versionsWith(undefined), versionsWith({ ...BACK, stage: 'nodes' })];
  expect(plain).toMatchObject({ controlPlane: '1.36', Workers: ['1.36', '1.36.2-20260714'], Held: HELD });
  expect(Object.keys(back.resources).sort()).toEqual(Object.keys(plain.resources).sort());
});

test('cluster and node group are found by their paths, whatever is in their IDs', () => {
  const key = rollbackKey({ ...PLACE, path: 'Stack/eu--prod' }, '1.36');
  const releases = { 'Stack/eu--prod/Nodegroupteam--workers': '1.35.3-20260714' };
  const stack = newStack({ context: { [key]: { to: '1.35', stage: 'nodes', releases, addOns: {} } } });
  const group = upgradableCluster(stack, { id: 'eu/prod' }).addManagedNodeGroup('team/workers');
  expect([group.kubernetesVersion, group.releaseVersion]).toEqual(['1.35', '1.35.3-20260714']);
});

test.each([
  ['version', rollbackKey(PLACE, '1.37')],
  ['account', rollbackKey({ ...PLACE, account: '444455556666' }, '1.36')],
  ['Region', rollbackKey({ ...PLACE, region: 'eu-west-1' }, '1.36')],
  ['cluster', rollbackKey({ ...PLACE, path: 'Stack/Other' }, '1.36')],
])('an entry for another %s is ignored', (_, key) => {
  expect(versionsWith({ ...BACK, stage: 'control plane' }, key)).toMatchObject({
    controlPlane: '1.36', Workers: ['1.36', '1.36.2-20260714'],
  });
});

test('an entry that was changed by hand is refused, with the way out', () => {
  expect(() => versionsWith({ stage: 'sideways' as 'nodes', to: '1.35' })).toThrow(
    sentence(saysOfRollback.noRollback({ key: 'cdk-eks-upgrades:rollback:account=111122223333:cluster=Stack/Cluster:region=us-west-2:version=1.36' })),
  );
});
