import { AddOnIntent } from '../../../../src/engine/change/upgrade-intent';
import { addOnCompatibility } from '../../../../src/engine/judgement/checks/add-on-compatibility';
import { known, notKnown } from '../../../../src/engine/state/known';
import { AddOnOffer } from '../../../../src/engine/state/region-catalog';
import { aCatalog, aCluster, anAddOn, anUpgradedCluster, findings } from '../../a-cluster';

const NEWER: AddOnOffer = {
  kubernetesVersion: '1.36', versions: ['v1.13.1-eksbuild.1', 'v1.13.0-eksbuild.1'], defaultVersion: 'v1.13.0-eksbuild.1',
};

const UP = { version: '1.36' };

function offering(...offers: AddOnOffer[]) {
  return aCatalog({ addOnOffers: { coredns: known(offers) } });
}

test('passes when the installed version is meant for the target', () => {
  expect(findings(addOnCompatibility, aCluster())).toEqual([]);
});

test('passes when the wanted version is meant for the target', () => {
  expect(findings(
    addOnCompatibility, aCluster(), { version: '1.36', addOns: { coredns: { version: 'v1.13.1-eksbuild.1' } } }, offering(NEWER),
  )).toEqual([]);
});

test('does not look at add-ons that stay under a control plane that stays', () => {
  expect(findings(addOnCompatibility, aCluster(), { addOns: { coredns: { version: 'v1.12.4-eksbuild.1' } } }, offering())).toEqual([]);
  expect(findings(addOnCompatibility, aCluster({ addOns: notKnown('throttled') }), {})).toEqual([]);
});

test('warns of an installed version that is not meant for the target', () => {
  expect(findings(addOnCompatibility, aCluster(), UP, offering(NEWER))).toMatchObject([{
    id: 'add-on-compatibility:coredns', severity: 'warning', subject: 'add-on coredns', reason: 'unfit', data: { better: 'v1.13.0-eksbuild.1' },
  }]);
});

test('names the newest version where EKS has no default', () => {
  expect(findings(
    addOnCompatibility, aCluster(), UP, offering({ ...NEWER, versions: [...NEWER.versions].reverse(), defaultVersion: undefined }),
  ))
    .toMatchObject([{ reason: 'unfit', data: { better: 'v1.13.1-eksbuild.1' } }]);
});

test('warns on the way back that add-ons go first', () => {
  const catalog = offering({ kubernetesVersion: '1.35', versions: ['v1.11.0-eksbuild.1'] });
  expect(findings(addOnCompatibility, anUpgradedCluster(), { version: '1.35' }, catalog))
    .toMatchObject([{ severity: 'warning', reason: 'unfit', data: { better: 'v1.11.0-eksbuild.1' } }]);
});

test('fails for a wanted version that is not meant for the target', () => {
  expect(findings(
    addOnCompatibility, aCluster(), { version: '1.36', addOns: { coredns: { version: 'v1.12.4-eksbuild.1' } } }, offering(NEWER),
  )).toMatchObject([{
    severity: 'error', reason: 'versionNotOffered', data: { version: 'v1.12.4-eksbuild.1', target: '1.36' },
  }]);
});

test('fails for an add-on that EKS does not offer for the target, where the app wants it', () => {
  const none = offering({ kubernetesVersion: '1.36', versions: [] });
  expect(findings(addOnCompatibility, aCluster(), { version: '1.36', addOns: { coredns: { policy: 'latest' } } }, none))
    .toMatchObject([{ severity: 'error', reason: 'notOffered', data: { target: '1.36' } }]);
  expect(findings(addOnCompatibility, aCluster(), UP, none)).toMatchObject([
    { severity: 'warning', reason: 'notOffered', data: { target: '1.36' } },
  ]);
});

test('judges a tracked add-on whose policy changes while the control plane stays', () => {
  const older = offering({ kubernetesVersion: '1.35', versions: ['v1.11.0-eksbuild.1'] });
  expect(findings(addOnCompatibility, aCluster(), { addOns: { coredns: { policy: 'latest' } } }, older))
    .toMatchObject([{ severity: 'error', reason: 'tooNew' }]);
  expect(findings(addOnCompatibility, aCluster(), { addOns: { coredns: {} } }, older)).toEqual([]);
});

describe('a version that is older than the installed one', () => {
  const [OLDER, INSTALLED] = ['v1.12.4-eksbuild.1', 'v1.12.4-eksbuild.6'];
  const state = aCluster({ addOns: known([anAddOn({ version: INSTALLED })]) });
  const offer = (kubernetesVersion: string, ...versions: string[]) => ({ kubernetesVersion, versions });
  const both = offering(offer('1.35', OLDER, INSTALLED), offer('1.36', OLDER, INSTALLED));
  const judged = (addOn: AddOnIntent, { version = '1.36', catalog = both } = {}) =>
    findings(addOnCompatibility, state, { version, addOns: { coredns: addOn } }, catalog);

  test.each(['1.36', '1.35'])('is a warning where the app tracks it: %s', (version) => {
    expect(judged({ version: OLDER, isTracked: true }, { version })).toMatchObject([{
      id: 'add-on-compatibility:coredns', severity: 'warning', reason: 'goesBack', data: { name: 'coredns', version: OLDER, installed: INSTALLED },
    }]);
  });

  test('is a choice where it is pinned', () => {
    expect(judged({ version: OLDER })).toEqual([]);
    expect(judged({ version: OLDER, previousVersion: INSTALLED })).toEqual([]);
  });

  test('is a warning where the pin moves up to it: others have gone further', () => {
    const previousVersion = 'v1.12.3-eksbuild.1';
    expect(judged({ version: OLDER, previousVersion }, { version: '1.35' })).toMatchObject([{
      severity: 'warning', reason: 'pinGoesBack', data: { previousVersion, version: OLDER, installed: INSTALLED },
    }]);
    const withdrawn = offering(offer('1.35', OLDER), offer('1.36', OLDER));
    expect(judged({ version: OLDER, previousVersion }, { catalog: withdrawn })).toEqual([]); // nothing newer is left
  });

  test('is not, where the version is the same or newer, or CloudFormation sends nothing', () => {
    expect(judged({ version: INSTALLED, isTracked: true })).toEqual([]);
    expect(judged({ version: OLDER, previousVersion: OLDER, isTracked: true })).toEqual([]);
  });

  test('is the way back where EKS offers nothing as new', () => {
    expect(judged({ version: OLDER, isTracked: true }, { catalog: offering(offer('1.36', OLDER)) })).toEqual([]);
  });
});

describe('an add-on without a way to the target', () => {
  const state = (version: string) => aCluster({ addOns: known([anAddOn({ name: 'vpc-cni', version })]) });
  const catalog = aCatalog({
    addOnOffers: {
      'vpc-cni': known([
        { kubernetesVersion: '1.35', versions: ['v1.18.6-eksbuild.1', 'v1.18.3-eksbuild.3', 'v1.20.4-eksbuild.2'] },
        {
          kubernetesVersion: '1.36',
          versions: ['v1.21.1-eksbuild.1', 'v1.19.6-eksbuild.7', 'v1.20.4-eksbuild.2'],
          defaultVersion: 'v1.21.1-eksbuild.1',
        },
      ]),
    },
  });

  test('fails, nobody managing it, with the version that prepares it', () => {
    expect(findings(addOnCompatibility, state('v1.17.1-eksbuild.1'), UP, catalog)).toMatchObject([{
      severity: 'error',
      reason: 'updateBefore',
      data: {
        kubernetesVersion: '1.36',
        first: 'v1.18.6-eksbuild.1',
        rest: '',
        current: '1.35',
      },
    }]);
  });

  test('fails, tracked, with the pin that prepares it', () => {
    expect(findings(addOnCompatibility, state('v1.17.1-eksbuild.1'), {
      version: '1.36', addOns: { 'vpc-cni': { policy: 'recommended' } },
    }, catalog)).toMatchObject([{
      severity: 'error',
      reason: 'pinBefore',
      data: {
        kubernetesVersion: '1.36',
        first: 'v1.18.6-eksbuild.1',
        rest: '',
        current: '1.35',
      },
    }]);
  });

  test('is named the nearest version where it can move afterwards', () => {
    expect(findings(addOnCompatibility, state('v1.18.9-eksbuild.1'), UP, catalog))
      .toMatchObject([{ severity: 'warning', reason: 'unfit', data: { better: 'v1.19.6-eksbuild.7' } }]);
  });
});

test.each([
  ['were not looked up', known([]), 'it was not looked up'],
  ['could not be looked up', notKnown('not allowed to call eks:DescribeAddonVersions'), 'not allowed to call eks:DescribeAddonVersions'],
])('fails when its versions %s', (_, offers, why) => {
  expect(findings(addOnCompatibility, aCluster(), UP, aCatalog({ addOnOffers: { coredns: offers } }))).toMatchObject([{
    id: 'add-on-compatibility:coredns:unknown', severity: 'error', reason: 'versionsUnread', data: { target: '1.36', why },
  }]);
});

describe('a tracked add-on', () => {
  const vpcCni = aCluster({ addOns: known([anAddOn({ name: 'vpc-cni', version: 'v1.19.6-eksbuild.7' })]) });
  const offers = (...versions: string[]) => aCatalog({
    addOnOffers: { 'vpc-cni': known([{ kubernetesVersion: '1.36', versions, defaultVersion: versions[0] }]) },
  });
  const TRACKED = { version: '1.36', addOns: { 'vpc-cni': { policy: 'recommended' } } } as const;

  test('fails before anything moves where no version can follow the installed one', () => {
    expect(findings(addOnCompatibility, vpcCni, TRACKED, offers('v1.21.1-eksbuild.1', 'v1.22.0-eksbuild.1'))).toMatchObject([{
      id: 'add-on-compatibility:vpc-cni',
      severity: 'error',
      reason: 'leftBehind',
      data: {
        name: 'vpc-cni',
        kubernetesVersion: '1.36',
        installed: 'v1.19.6-eksbuild.7',
        offered: 'v1.21.1-eksbuild.1, v1.22.0-eksbuild.1',
      },
    }]);
  });

  test.each([
    ['leftBehindByOthers', { version: '1.36' }],
    ['leftBehindByOthers', { version: '1.36', addOns: { 'vpc-cni': { policy: 'recommended', isNew: true } } }],
    ['leftBehind', { version: '1.36', addOns: { 'vpc-cni': { policy: 'recommended', isNew: false } } }],
    ['leftBehind', { version: '1.36', addOns: { 'vpc-cni': {} } }],
  ] as const)('is %s by whether a stack has it', (reason, intent) => {
    expect(findings(addOnCompatibility, vpcCni, intent, offers('v1.21.1-eksbuild.1', 'v1.22.0-eksbuild.1'))).toMatchObject([{ reason }]);
  });

  test('is not warned of when it will move', () => {
    expect(findings(addOnCompatibility, vpcCni, TRACKED, offers('v1.20.4-eksbuild.2'))).toEqual([]);
    expect(findings(addOnCompatibility, vpcCni, UP, offers('v1.20.4-eksbuild.2'))).toMatchObject([{ severity: 'warning' }]);
  });

  test('is not looked at when it is to go', () => {
    expect(findings(addOnCompatibility, vpcCni, { version: '1.36', addOns: { 'vpc-cni': { removed: true } } }, offers())).toEqual([]);
  });
});

describe('an add-on that is not installed yet', () => {
  test.each([
    [
      'fails for a pinned version that EKS does not offer', { version: 'v9.0.0-eksbuild.1' },
      { reason: 'versionNotOffered', data: { version: 'v9.0.0-eksbuild.1', target: '1.36' } },
    ],
    ['passes for a pinned version that EKS offers', { version: 'v1.13.0-eksbuild.1' }, undefined],
    ['passes for a tracked one', { policy: 'latest' as const }, undefined],
  ])('%s', (_, coredns, finding) => {
    const found = findings(addOnCompatibility, aCluster({ addOns: known([]) }), { version: '1.36', addOns: { coredns } }, offering(NEWER));
    expect(found).toMatchObject(finding ? [finding] : []);
  });

  test('fails where EKS does not offer it, even when the control plane stays', () => {
    const catalog = offering({ kubernetesVersion: '1.35', versions: [] });
    expect(findings(addOnCompatibility, aCluster({ addOns: known([]) }), { addOns: { coredns: { policy: 'recommended' } } }, catalog))
      .toMatchObject([{ severity: 'error', reason: 'notOffered', data: { target: '1.35' } }]);
  });

  test('is not told from an installed one when the add-ons could not be read', () => {
    const blind = [
      aCluster({ addOns: notKnown('throttled') }), aCluster({ addOns: known([]), unreadAddOns: [{ name: 'coredns', why: 'throttled' }] }),
    ];
    blind.forEach((state) => expect(
      findings(addOnCompatibility, state, { version: '1.36', addOns: { coredns: { version: 'v9' } } }, offering(NEWER)),
    ).toEqual([]));
  });
});

test('names the add-on that is meant where a new one is misspelt', () => {
  const catalog = aCatalog({
    addOnNames: known(['coredns', 'vpc-cni']), addOnOffers: { coredsn: known([{ kubernetesVersion: '1.36', versions: [] }]) },
  });
  expect(findings(addOnCompatibility, aCluster(), { version: '1.36', addOns: { coredns: {}, coredsn: { policy: 'latest' } } }, catalog)
    .filter(({ about }) => about.name === 'coredsn'))
    .toMatchObject([{ severity: 'error', reason: 'misspelt', data: { meant: 'coredns', target: '1.36' } }]);
});

test('fails for a pin that EKS does not offer where the control plane stays, too', () => {
  const catalog = offering({ kubernetesVersion: '1.35', versions: ['v1.12.4-eksbuild.1'] });
  expect(findings(addOnCompatibility, aCluster(), { addOns: { coredns: { version: 'v1.12.5-eksbuild.1' } } }, catalog)).toMatchObject([{
    severity: 'error', reason: 'versionNotOffered', data: { version: 'v1.12.5-eksbuild.1', target: '1.35' },
  }]);
});

test('fails for a new add-on whose version EKS would choose, where it offers none', () => {
  const catalog = aCatalog({ addOnOffers: { ...aCatalog().addOnOffers, adot: known([{ kubernetesVersion: '1.36', versions: [] }]) } });
  expect(findings(addOnCompatibility, aCluster(), { version: '1.36', addOns: { adot: {} } }, catalog)).toMatchObject([{
    id: 'add-on-compatibility:adot', severity: 'error', message: 'EKS offers no version of it for Kubernetes 1.36',
  }]);
});

test('warns of an unmanaged add-on that is newer than what EKS offers for the target: nothing is in its way', () => {
  const catalog = offering({ kubernetesVersion: '1.36', versions: ['v1.12.0-eksbuild.1'] });
  expect(findings(addOnCompatibility, aCluster(), UP, catalog)).toMatchObject([{
    severity: 'warning', reason: 'unfit', data: { better: 'v1.12.0-eksbuild.1', comesFirst: false },
  }]);
});
