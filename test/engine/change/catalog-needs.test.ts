import { catalogNeedsOf, catalogNeedsOfRelease, unionOf } from '../../../src/engine/change/catalog-needs';
import { NodeGroupIntent } from '../../../src/engine/change/upgrade-intent';
import { known, notKnown } from '../../../src/engine/state/known';
import { aCluster, anAddOn, aNodeGroup } from '../a-cluster';

test('every minor on the way, those that nodes run or shall run, and whatever there is or shall be', () => {
  const state = aCluster({
    version: '1.34',
    nodeGroups: known([
      aNodeGroup({ version: known('1.32') }), aNodeGroup({ name: 'own', amiType: 'CUSTOM', version: notKnown('a custom AMI') }),
    ]),
    addOns: known([anAddOn()]),
  });
  const intent = { version: '1.36', nodeGroups: { workers: { version: '1.33' } }, addOns: { 'vpc-cni': { policy: 'latest' as const } } };
  expect(catalogNeedsOf(state, intent)).toEqual({
    kubernetesVersions: ['1.32', '1.33', '1.34', '1.35', '1.36'],
    addOns: ['coredns', 'vpc-cni'],
    amiTypes: ['AL2023_x86_64_STANDARD', 'CUSTOM'],
  });
});

test('the release of a new node group without a version for the minor of the control plane, be it in the place of an older one', () => {
  const wanted = { amiType: 'AL2023_x86_64_STANDARD', releaseVersion: '1.36.2-20261104' };
  const releasesOf = (workers: NodeGroupIntent) => catalogNeedsOf(
    aCluster({ version: '1.36' }), { nodeGroups: { workers: { ...wanted, ...workers } } },
  ).releases?.map(({ kubernetesVersion }) => kubernetesVersion);
  expect(releasesOf({ replacedBy: ['Subnets'] })).toEqual(['1.36']);
  expect(releasesOf({})).toEqual(['1.35']);
});

test('on the way back both minors', () => {
  expect(catalogNeedsOf(aCluster(), { version: '1.34' }).kubernetesVersions).toEqual(['1.34', '1.35']);
});

test('of a cluster whose parts could not be read, the way alone', () => {
  const state = aCluster({ nodeGroups: notKnown('throttled'), addOns: notKnown('throttled') });
  expect(catalogNeedsOf(state, {})).toEqual({ kubernetesVersions: ['1.35'], addOns: [], amiTypes: [] });
});

test('several clusters of a Region ask for each thing once', () => {
  const [one, other] = [catalogNeedsOf(aCluster(), { version: '1.36' }), catalogNeedsOf(aCluster({ version: '1.34' }), {})];
  expect(unionOf([one, other])).toEqual({
    kubernetesVersions: ['1.34', '1.35', '1.36'], addOns: ['coredns'], amiTypes: ['AL2023_x86_64_STANDARD'],
  });
});

test('of a release by itself its minor and AMI type, if both are known', () => {
  const needsOf = (amiType?: string, kubernetesVersion?: string) => catalogNeedsOfRelease(
    { path: 'Prod/Release', stackName: 'Prod', tracking: 'pinned', amiType, kubernetesVersion, releaseVersion: 'x' },
  );
  expect(needsOf('AL2023_x86_64_STANDARD', '1.36')).toEqual({ kubernetesVersions: ['1.36'], addOns: [], amiTypes: ['AL2023_x86_64_STANDARD'] });
  const nothing = { kubernetesVersions: [], addOns: [], amiTypes: [] };
  expect(needsOf('AL2023_x86_64_STANDARD')).toEqual(nothing);
  expect(needsOf(undefined, '1.36')).toEqual(nothing);
});
