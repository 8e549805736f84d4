import { sample } from './release-published.sample';
import { catalogNeedsOf } from '../../../../src/engine/change/catalog-needs';
import { NodeGroupIntent } from '../../../../src/engine/change/upgrade-intent';
import { releasePublished } from '../../../../src/engine/judgement/checks/release-published';
import { ClusterState } from '../../../../src/engine/state/cluster-state';
import { Known, known, notKnown } from '../../../../src/engine/state/known';
import { ReleaseStanding } from '../../../../src/engine/state/region-catalog';
import { aCatalog, aCluster, aNodeGroup, findings } from '../../a-cluster';

const { state, intent, catalog } = sample;

function answering(standing: Known<ReleaseStanding>) {
  return aCatalog({ releases: catalog.releases!.map((release) => ({ ...release, standing })) });
}

test('fails for a release that AWS does not publish, and names the nearest', () => {
  expect(findings(releasePublished, state, intent, catalog)).toMatchObject([{
    id: 'release-published:workers',
    severity: 'error',
    reason: 'unpublished',
    data: {
      releaseVersion: '1.36.2-20261105',
      amiType: 'AL2023_x86_64_STANDARD',
      kubernetesVersion: '1.36',
      near: '1.36.2-20261104',
    },
  }]);
});

test('passes for one that AWS publishes, and for what was not asked', () => {
  expect(findings(releasePublished, state, intent, answering(known({ published: true, near: [] })))).toEqual([]);
  expect(findings(releasePublished, state, intent)).toEqual([]);
  expect(findings(releasePublished, state, { nodeGroups: { workers: { releaseVersion: '1.36.2-20261105' } } }, catalog)).toEqual([]);
});

describe('a new node group', () => {
  const arriving = {
    version: '1.36', nodeGroups: { fresh: { ...intent.nodeGroups!.workers, amiType: 'AL2023_x86_64_STANDARD', isNew: true } },
  };

  test('fails for a release that AWS does not publish', () => {
    expect(findings(releasePublished, state, arriving, catalog)).toMatchObject([{ id: 'release-published:fresh', severity: 'error' }]);
  });

  test('has the version of the control plane to come, where it names none', () => {
    const { version: _, ...fresh } = arriving.nodeGroups.fresh;
    expect(findings(releasePublished, state, { version: '1.36', nodeGroups: { fresh } }, catalog)).toHaveLength(1);
    expect(findings(releasePublished, state, { nodeGroups: { fresh } }, catalog)).toEqual([]);
  });

  test('is not looked at where nobody knows its AMI type, nor whether it is new', () => {
    expect(findings(releasePublished, state, { version: '1.36', nodeGroups: { fresh: intent.nodeGroups!.workers } }, catalog)).toEqual([]);
    expect(findings(releasePublished, { ...state, nodeGroups: notKnown('denied') }, arriving, catalog)).toEqual([]);
    expect(findings(releasePublished, { ...state, unreadNodeGroups: [{ name: 'fresh', why: 'denied' }] }, arriving, catalog)).toEqual([]);
  });
});

test('a group that takes the place of another is judged by its own AMI type', () => {
  const exchanged = { ...intent.nodeGroups!.workers, amiType: 'AL2023_ARM_64_STANDARD', replacedBy: ['AmiType'] };
  const releases = catalog.releases!.map((release) => ({ ...release, amiType: 'AL2023_ARM_64_STANDARD' }));
  expect(findings(
    releasePublished, state, { version: '1.36', nodeGroups: { workers: exchanged } }, aCatalog({ releases }),
  )).toHaveLength(1);
});

describe('a release that a group runs already, as one of Bottlerocket can while the minor moves', () => {
  const release = { amiType: 'BOTTLEROCKET_x86_64', kubernetesVersion: '1.36', releaseVersion: '1.50.0-64a91eb3' };
  const unpublished = aCatalog({ releases: [{ ...release, standing: known({ published: false, near: ['1.61.0-0badcafe'] }) }] });
  const running = (version: Known<string>, amiType = release.amiType) => aCluster({
    nodeGroups: known([aNodeGroup({ amiType, version, releaseVersion: release.releaseVersion })]),
  });
  const { releaseVersion } = release;
  const moving = { version: '1.36', releaseVersion, previous: { version: '1.35', releaseVersion } };
  const found = (live: ClusterState, workers: NodeGroupIntent) =>
    findings(releasePublished, live, { version: '1.36', nodeGroups: { workers } }, unpublished);

  test.each<[string, ClusterState, NodeGroupIntent]>([
    ['of another minor', running(known('1.35')), moving],
    ['of a minor that nobody knows', running(notKnown('throttled')), moving],
    [
      'of another AMI type', running(known('1.36'), 'BOTTLEROCKET_x86_64_FIPS'),
      { ...moving, amiType: release.amiType, replacedBy: ['AmiType'] },
    ],
  ])('fails where AWS does not publish it: %s', (_, live, workers) => {
    expect(found(live, workers)).toMatchObject([{
      id: 'release-published:workers', severity: 'error', data: { ...release, near: '1.61.0-0badcafe' },
    }]);
    expect(catalogNeedsOf(live, { version: '1.36', nodeGroups: { workers } }).releases).toEqual([release]);
  });

  test('is not looked at where its minor stays', () => {
    expect(found(running(known('1.36')), moving)).toEqual([]);
  });
});

test('a release that CloudFormation does not send is not looked at', () => {
  const { version, releaseVersion } = intent.nodeGroups!.workers;
  const staying = { version, releaseVersion, previous: { version, releaseVersion } };
  expect(findings(releasePublished, state, { version: '1.36', nodeGroups: { workers: staying } }, catalog)).toEqual([]);
  expect(findings(
    releasePublished, state, { version: '1.36', nodeGroups: { workers: { ...staying, replacedBy: ['DiskSize'] } } }, catalog,
  )).toHaveLength(1);
});

test('does not look at a group that stays or goes', () => {
  const there = { ...state, nodeGroups: known([aNodeGroup({ version: known('1.36'), releaseVersion: '1.36.2-20261105' })]) };
  expect(findings(releasePublished, there, intent, catalog)).toEqual([]);
  expect(findings(releasePublished, state, {
    version: '1.36', nodeGroups: { workers: { ...intent.nodeGroups!.workers, removed: true } },
  }, catalog)).toEqual([]);
});

test('warns where AWS names the latest release only, and tells what was not looked at', () => {
  expect(findings(releasePublished, state, intent, answering(known({ near: ['1.36-2026.11.04'] }))))
    .toMatchObject([{ severity: 'warning', reason: 'cannotTell', data: { kubernetesVersion: '1.36', near: '1.36-2026.11.04' } }]);
  expect(findings(releasePublished, state, intent, answering(notKnown('not allowed to call ssm:GetParameter')))).toMatchObject([{
    severity: 'info', unknown: false, reason: 'unread', data: { why: 'not allowed to call ssm:GetParameter' },
  }]);
});
