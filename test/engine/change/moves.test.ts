import { movesAnything, movesForward } from '../../../src/engine/change/moves';
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
  expect(movesAnything({ nodeGroups: { workers } })).toBe(isMoved);
});

test.each([undefined, true])('an add-on that stays pinned, and is sent again after its update failed: %p', (isResent) => {
  const coredns = { version: 'v1.12.4-eksbuild.1', previousVersion: 'v1.12.4-eksbuild.1', isResent };
  expect(movesAnything({ addOns: { coredns } })).toBe(isResent === true);
  expect(movesAnything({ addOns: { coredns: { isResent } } })).toBe(isResent === true); // whose version the deployment chooses
});

describe('a golden image that CloudFormation does not tell of', () => {
  const running = (releaseVersion: string) => aCluster({ nodeGroups: known([aNodeGroup({ amiType: 'CUSTOM', releaseVersion })]) });
  const wants = (id: string) => ({ nodeGroups: { workers: { image: { id } } } });

  test('moves something where nodes run another one', () => {
    expect(movesAnything(wants(NEW), running(OLD))).toBe(true);
    expect(movesAnything(wants(OLD), running(OLD))).toBe(false);
  });

  test('moves nothing by itself where CloudFormation tells what it changes, or nobody knows what runs', () => {
    expect(movesAnything(wants(NEW))).toBe(false);
    expect(movesAnything(wants(NEW), aCluster({ nodeGroups: notKnown('denied') }))).toBe(false);
  });

  test('of another node group moves nothing', () => {
    expect(movesAnything({ nodeGroups: { others: { image: { id: NEW } } } }, running(OLD))).toBe(false);
  });
});

describe('what no rollback of a stack does', () => {
  const live = aCluster({ nodeGroups: known([aNodeGroup()]), addOns: known([anAddOn()]) }); // 1.35, 1.35.3-20261104, v1.12.4-eksbuild.1

  test.each<[string, UpgradeIntent]>([
    ['a newer control plane', { version: '1.36' }],
    ['newer nodes', { nodeGroups: { workers: { version: '1.36' } } }],
    ['another release', { nodeGroups: { workers: { version: '1.35', releaseVersion: '1.35.3-20261021' } } }],
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
    ['an older add-on', { addOns: { coredns: { version: 'v1.11.4-eksbuild.1' } } }],
    ['parts that are not there yet', { nodeGroups: { gpu: { version: '1.36' } }, addOns: { 'vpc-cni': { version: 'v1.99.0-eksbuild.1' } } }],
  ])('is not %s', (_, intent) => {
    expect(movesForward(intent, live)).toBe(false);
  });

  test('is not known of nodes whose version nobody knows', () => {
    const unknown = aCluster({ nodeGroups: known([aNodeGroup({ version: notKnown('a custom AMI') })]) });
    expect(movesForward({ nodeGroups: { workers: { version: '1.36' } } }, unknown)).toBe(false);
  });
});
