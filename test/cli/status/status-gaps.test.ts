import { statusOf, ReadStatus } from '../../../src/cli/status/cluster-status';
import { UpgradeIntent } from '../../../src/engine/change/upgrade-intent';
import { NodeGroupDeclaration } from '../../../src/engine/declaration/cluster-declaration';
import { ClusterState } from '../../../src/engine/state/cluster-state';
import { known, notKnown } from '../../../src/engine/state/known';
import { RegionCatalog } from '../../../src/engine/state/region-catalog';
import { aCatalog, aCluster, aNodeGroup } from '../../engine/a-cluster';

const denied = (action: string) => `not allowed to call ${action}`;

const GOLDEN: NodeGroupDeclaration = {
  path: 'Prod/Golden', logicalId: 'Golden', stackName: 'Prod', amiType: 'CUSTOM', tracking: 'golden-image', parameterName: '/images/golden',
};

function gaps(state: Partial<ClusterState> = {}, catalog: Partial<RegionCatalog> = {}, intent: UpgradeIntent = {}): readonly string[] {
  const guard = { mode: 'enforce', ignore: [], maxInsightAgeMinutes: 1500 } as const;
  const declaration = { path: 'Prod/Cluster', stackName: 'Prod', guard, nodeGroups: [GOLDEN], addOns: [], bakes: [] };
  const addOns = known([{ name: 'coredns', version: 'v1.12.4-eksbuild.1', status: 'ACTIVE', healthIssues: [] }]);
  const read = known({ declaration, intent, state: aCluster({ addOns, ...state }), catalog: aCatalog(catalog), deployed: {}, wanted: {} });
  return (statusOf({ declaration, read, name: 'prod', toBeCreated: false }) as ReadStatus).gaps;
}

test('there are none where all was read', () => {
  expect(gaps()).toEqual([]);
});

test.each<[string, Partial<ClusterState>, string]>([
  ['the node groups', { nodeGroups: notKnown(denied('eks:ListNodegroups')) }, 'the node groups could not be read: not allowed to call eks:ListNodegroups'],
  ['one of them', { unreadNodeGroups: [{ name: 'gpu', why: denied('eks:DescribeNodegroup') }] },
    'node group gpu could not be read: not allowed to call eks:DescribeNodegroup'],
  ['the add-ons', { addOns: notKnown(denied('eks:ListAddons')) }, 'the add-ons could not be read: not allowed to call eks:ListAddons'],
  ['one of them', { unreadAddOns: [{ name: 'vpc-cni', why: denied('eks:DescribeAddon') }] },
    'add-on vpc-cni could not be read: not allowed to call eks:DescribeAddon'],
  ['the insights', { insights: notKnown(denied('eks:ListInsights')) }, 'the insights could not be read: not allowed to call eks:ListInsights'],
])('are what could not be read of a cluster that stays as it is: %s', (_, state, gap) => {
  expect(gaps(state)).toEqual([gap]);
  expect(gaps(state, {}, { version: '1.36' })).toEqual([gap]); // the checks say the same then
});

test.each<[string, Partial<RegionCatalog>, string]>([
  ['the versions', { offeredVersions: notKnown(denied('eks:DescribeClusterVersions')) },
    'the Kubernetes versions that EKS offers could not be read: not allowed to call eks:DescribeClusterVersions'],
  ['the releases', { amiOffers: { AL2023_x86_64_STANDARD: notKnown(denied('ssm:GetParameter')) } },
    'the recommended release of AL2023_x86_64_STANDARD for Kubernetes 1.35 could not be read: not allowed to call ssm:GetParameter'],
  ['an add-on', { addOnOffers: { coredns: notKnown(denied('eks:DescribeAddonVersions')) } },
    'what EKS offers of add-on coredns could not be read: not allowed to call eks:DescribeAddonVersions'],
])('are what could not be read of what EKS offers: %s', (_, catalog, gap) => {
  expect(gaps({}, catalog)).toEqual([gap]);
  expect(gaps({}, catalog, { version: '1.36' })).toEqual([gap]);
});

test('are told once for node groups that run the same, and for each of several parts', () => {
  const nodeGroups = known([aNodeGroup(), aNodeGroup({ name: 'other' })]);
  expect(gaps({ nodeGroups }, { amiOffers: { AL2023_x86_64_STANDARD: notKnown('denied') } })).toHaveLength(1);
  const why = denied('eks:DescribeNodegroup');
  expect(gaps({ unreadNodeGroups: [{ name: 'gpu', why }, { name: 'spot', why }] }, {}, { version: '1.36' })).toHaveLength(2);
});

test('are images of one\'s own that were asked for, and could not be read', () => {
  const nodeGroups = known([aNodeGroup({ amiType: 'CUSTOM', version: notKnown('it uses a custom AMI'), releaseVersion: 'ami-0123456789abcdef0' })]);
  expect(gaps({ nodeGroups }, { images: { 'ami-0123456789abcdef0': notKnown(denied('ec2:DescribeImages')) } }))
    .toEqual(['image ami-0123456789abcdef0 could not be read: not allowed to call ec2:DescribeImages']);
  expect(gaps({ nodeGroups })).toEqual([]);
  expect(gaps({}, { publishedImages: { '/images/golden': notKnown(denied('ssm:GetParameter')) } }))
    .toEqual(['parameter /images/golden could not be read: not allowed to call ssm:GetParameter']);
});

test('are also what only the checks miss', () => {
  expect(gaps({ fargateProfiles: notKnown(denied('eks:ListFargateProfiles')) }, {}, { version: '1.36' }))
    .toEqual(['the Fargate profiles could not be read: not allowed to call eks:ListFargateProfiles']);
});
