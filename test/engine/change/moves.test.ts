import { concernsChecks, movesForward } from '../../../src/engine/change/moves';
import { NodeGroupIntent, UpgradeIntent } from '../../../src/engine/change/upgrade-intent';
import { known, notKnown } from '../../../src/engine/state/known';
import { aCluster, anAddOn, aNodeGroup } from '../a-cluster';

const [OLD, NEW] = ['ami-0123456789abcde07', 'ami-0123456789abcde08'];

test.each<[string, NodeGroupIntent, boolean]>([
  ['of which nothing is deployed', { version: '1.35', releaseVersion: 'a' }, true],
  ['that stays', { version: '1.35', releaseVersion: 'a', previous: { version: '1.35', releaseVersion: 'a' } }, false],
  ['of another version', { version: '1.36', releaseVersion: 'a', previous: { version: '1.35', releaseVersion: 'a' } }, true],
  ['of another release', { version: '1.35', releaseVersion: 'b', previous: { version: '1.35', releaseVersion: 'a' } }, true],
])('a node group %s: %j moves something: %p', (_, workers, isMoved) => {
  expect(concernsChecks({ nodeGroups: { workers } })).toBe(isMoved);
});

test.each([undefined, true])('an add-on that stays pinned, and is sent again after its update failed: %p', (isResent) => {
  const coredns = { version: 'v1.12.4-eksbuild.1', previousVersion: 'v1.12.4-eksbuild.1', isResent };
  expect(concernsChecks({ addOns: { coredns } })).toBe(isResent === true);
  expect(concernsChecks({ addOns: { coredns: { isResent } } })).toBe(isResent === true); // whose version the deployment chooses
});

describe('a golden image that CloudFormation does not tell of', () => {
  const running = (releaseVersion: string) => aCluster({ nodeGroups: known([aNodeGroup({ amiType: 'CUSTOM', releaseVersion })]) });
  const wants = (id: string) => ({ nodeGroups: { workers: { image: { id } } } });

  test('moves something where nodes run another one', () => {
    expect(concernsChecks(wants(NEW), running(OLD))).toBe(true);
    expect(concernsChecks(wants(OLD), running(OLD))).toBe(false);
  });

  test('moves nothing by itself where CloudFormation tells what it changes, or nobody knows what runs', () => {
    expect(concernsChecks(wants(NEW))).toBe(false);
    expect(concernsChecks(wants(NEW), aCluster({ nodeGroups: notKnown('denied') }))).toBe(false);
  });

  test('of another node group moves nothing', () => {
    expect(concernsChecks({ nodeGroups: { others: { image: { id: NEW } } } }, running(OLD))).toBe(false);
  });
});

describe('what no rollback of a stack does', () => {
  const live = aCluster({ nodeGroups: known([aNodeGroup()]), addOns: known([anAddOn()]) }); // 1.35, 1.35.3-20261104, v1.12.4-eksbuild.1

  test.each<[string, UpgradeIntent]>([
    ['a newer control plane', { version: '1.36' }],
    ['newer nodes', { nodeGroups: { workers: { version: '1.36' } } }],
    ['newer nodes, with their release', { nodeGroups: { workers: { version: '1.36', releaseVersion: '1.36.1-20261021' } } }],
    ['a newer release', { nodeGroups: { workers: { version: '1.35', releaseVersion: '1.35.3-20261118' } } }],
    ['a newer release alone', { nodeGroups: { workers: { releaseVersion: '1.35.3-20261118' } } }],
    ['a release that has no order', { nodeGroups: { workers: { version: '1.35', releaseVersion: 'latest' } } }],
    ['a newer add-on', { addOns: { coredns: { version: 'v1.13.0-eksbuild.1' } } }],
  ])('is %s', (_, intent) => {
    expect(movesForward(intent, live)).toBe(true);
  });

  test.each<[string, UpgradeIntent]>([
    ['nothing', {}],
    ['what is live', {
      version: '1.35',
      nodeGroups: { workers: { version: '1.35', releaseVersion: '1.35.3-20261104' } },
      addOns: { coredns: { version: 'v1.12.4-eksbuild.1' } },
    }],
    ['an older control plane', { version: '1.34' }],
    ['a newer control plane that another app moves', { version: '1.36', isMovedElsewhere: true }],
    ['older nodes', { nodeGroups: { workers: { version: '1.34' } } }],
    ['older nodes, with a release that was made later', { nodeGroups: { workers: { version: '1.34', releaseVersion: '1.34.6-20261118' } } }],
    ['an older release', { nodeGroups: { workers: { version: '1.35', releaseVersion: '1.35.3-20261021' } } }],
    ['an older release alone', { nodeGroups: { workers: { releaseVersion: '1.35.3-20261021' } } }],
    ['another launch template', { nodeGroups: { workers: { otherChanges: ['LaunchTemplate'] } } }],
    ['an older add-on', { addOns: { coredns: { version: 'v1.11.4-eksbuild.1' } } }],
    ['parts that are not there yet', { nodeGroups: { gpu: { version: '1.36' } }, addOns: { 'vpc-cni': { version: 'v1.99.0-eksbuild.1' } } }],
  ])('is not %s', (_, intent) => {
    expect(movesForward(intent, live)).toBe(false);
  });

  test('is not known of another golden image', () => {
    const golden = aCluster({ nodeGroups: known([aNodeGroup({ amiType: 'CUSTOM', releaseVersion: OLD })]) });
    expect(movesForward({ nodeGroups: { workers: { image: { id: NEW } } } }, golden)).toBe(false);
  });

  test('is another release of an AMI type that this library does not know', () => {
    const unknown = aCluster({ nodeGroups: known([aNodeGroup({ amiType: 'FUTURE_x86_64' })]) });
    expect(movesForward({ nodeGroups: { workers: { version: '1.35', releaseVersion: '1.35.3-20261021' } } }, unknown)).toBe(true);
    expect(movesForward({ nodeGroups: { workers: { version: '1.34', releaseVersion: '1.34.3-20261021' } } }, unknown)).toBe(false);
  });

  test('is not known of nodes whose version nobody knows', () => {
    const unknown = aCluster({ nodeGroups: known([aNodeGroup({ version: notKnown('a custom AMI') })]) });
    expect(movesForward({ nodeGroups: { workers: { version: '1.36' } } }, unknown)).toBe(false);
  });
});
