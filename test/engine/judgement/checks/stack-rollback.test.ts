import type { UpgradeIntent } from '../../../../src/engine/change/upgrade-intent';
import { stackRollback } from '../../../../src/engine/judgement/checks/stack-rollback';
import { known } from '../../../../src/engine/state/known';
import { aCatalog, aCluster, anAddOn, findings } from '../../a-cluster';

const OLD = 'v1.35.3-eksbuild.2';
const BOTH = 'v1.35.9-eksbuild.1';
const NEW = 'v1.36.2-eksbuild.2';

const catalog = aCatalog({
  addOnOffers: {
    'kube-proxy': known([{ kubernetesVersion: '1.35', versions: [OLD, BOTH] }, { kubernetesVersion: '1.36', versions: [BOTH, NEW] }]),
  },
});

const found = (intent: UpgradeIntent, version = '1.35') => findings(stackRollback, aCluster({ version }), intent, catalog);

test('warns of an old pin that EKS does not offer for the new control plane', () => {
  expect(found({ version: '1.36', addOns: { 'kube-proxy': { version: NEW, previousVersion: OLD } } })).toMatchObject([{
    id: 'stack-rollback:kube-proxy',
    severity: 'warning',
    reason: 'pinned',
    data: { version: OLD, target: '1.36' },
  }]);
});

describe('the remedy for an old pin', () => {
  const pins = (version: string, from: string, pinned: string, to: string, live = from, offers = catalog) => findings(
    stackRollback, aCluster({ version: live }), {
      version: to, previousVersion: from, addOns: { 'kube-proxy': { version, previousVersion: pinned } },
    }, offers,
  ).map(({ reason }) => reason);
  const one = (...offered: [kubernetesVersion: string, ...versions: string[]][]) => aCatalog({
    addOnOffers: { 'kube-proxy': known(offered.map(([kubernetesVersion, ...versions]) => ({ kubernetesVersion, versions }))) },
  });

  test('is another pin where EKS offers a version for both minors, or where that is not known', () => {
    expect(pins(NEW, '1.35', OLD, '1.36')).toEqual(['pinned']);
    expect(pins(NEW, '1.35', OLD, '1.36', '1.36')).toEqual(['pinned']);
    expect(pins(NEW, '1.35', OLD, '1.36', '1.35', one(['1.36', NEW]))).toEqual(['pinned']);
  });

  test('is none where no version fits both, also when the control plane has moved in an attempt before', () => {
    const disjoint = one(['1.35', OLD], ['1.36', NEW]);
    expect(pins(NEW, '1.35', OLD, '1.36', '1.35', disjoint)).toEqual(['pinnedForOne']);
    expect(pins(NEW, '1.35', OLD, '1.36', '1.36', disjoint)).toEqual(['pinnedForOne']);
  });

  test('is none on the way back, whatever EKS offers', () => {
    expect(pins(OLD, '1.36', NEW, '1.35')).toEqual(['pinnedForOne']);
    expect(pins(OLD, '1.36', NEW, '1.35', '1.35')).toEqual(['pinnedForOne']);
    expect(pins(OLD, '1.36', BOTH, '1.35')).toEqual([]);
  });
});

test('warns also when the pin is let go of, and when the control plane has moved already in an attempt before', () => {
  const addOns = { 'kube-proxy': { policy: 'recommended', previousVersion: OLD } } as const;
  expect(found({ version: '1.36', addOns })).toHaveLength(1);
  expect(found({ version: '1.36', previousVersion: '1.35', addOns }, '1.36')).toHaveLength(1);
});

describe('a tracked add-on', () => {
  const addOns = { 'kube-proxy': { policy: 'recommended' } } as const;
  const foundOf = (installed: string, intent: UpgradeIntent) => findings(
    stackRollback, aCluster({ addOns: known([anAddOn({ name: 'kube-proxy', version: installed })]) }), intent, catalog,
  );

  test.each<[string, UpgradeIntent['addOns']]>([
    ['that goes on being tracked', addOns],
    ['that is pinned now', { 'kube-proxy': { version: NEW } }],
  ])('%s is warned of when EKS does not offer its version for the new control plane', (_, wanted) => {
    expect(foundOf(OLD, { version: '1.36', addOns: wanted })).toMatchObject([{
      id: 'stack-rollback:kube-proxy',
      severity: 'warning',
      reason: 'installed',
      data: { version: OLD, target: '1.36' },
    }]);
  });

  test.each<[string, string, UpgradeIntent]>([
    ['whose version EKS offers for both', BOTH, { version: '1.36', addOns }],
    ['that leaves the template', OLD, { version: '1.36', addOns: { 'kube-proxy': { removed: true } } }],
    ['that this change is not about', OLD, { version: '1.36', addOns: {} }],
  ])('%s is not', (_, installed, intent) => {
    expect(foundOf(installed, intent)).toEqual([]);
  });
});

test.each<[string, UpgradeIntent]>([
  ['a pin that EKS offers for both', { version: '1.36', addOns: { 'kube-proxy': { version: NEW, previousVersion: BOTH } } }],
  ['a pin that stays, which is another matter', { version: '1.36', addOns: { 'kube-proxy': { version: OLD, previousVersion: OLD } } }],
  ['an add-on that was not pinned', { version: '1.36', addOns: { 'kube-proxy': { version: NEW } } }],
  [
    'a change that is not about the version',
    { version: '1.35', previousVersion: '1.35', addOns: { 'kube-proxy': { version: BOTH, previousVersion: NEW } } },
  ],
  ['an add-on whose versions are not known', { version: '1.36', addOns: { other: { version: NEW, previousVersion: OLD } } }],
])('has nothing to say of %s', (_, intent) => {
  expect(found(intent)).toEqual([]);
});

test('warns of a cluster of aws-eks, which a rollback asks EKS to take back', () => {
  const [finding, ...others] = found({ version: '1.36', previousVersion: '1.35', isTakenBack: true });
  expect(finding).toMatchObject({
    id: 'stack-rollback',
    severity: 'warning',
    reason: 'awsEks',
    data: { target: '1.36', current: '1.35' },
  });
  expect(others).toEqual([]);
});

test.each<[string, UpgradeIntent]>([
  ['which stays', { version: '1.35', previousVersion: '1.35', isTakenBack: true }],
  ['which goes back itself', { version: '1.34', isTakenBack: true }],
  ['which is there already', { version: '1.35', previousVersion: '1.34', isTakenBack: true }],
])('has nothing to say of such a cluster %s', (_, intent) => {
  expect(found(intent)).toEqual([]);
});
