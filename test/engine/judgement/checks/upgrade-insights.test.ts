import { upgradeInsights } from '../../../../src/engine/judgement/checks/upgrade-insights';
import { evaluate } from '../../../../src/engine/judgement/verdict';
import { InsightState } from '../../../../src/engine/state/insight-state';
import { known, notKnown } from '../../../../src/engine/state/known';
import { aCatalog, aCluster, anAddOn, anInsight, anUpgradedCluster, findings } from '../../a-cluster';

const deprecatedApis = anInsight({
  name: 'Deprecated APIs removed in Kubernetes v1.36',
  status: 'ERROR',
  reason: 'Deprecated API usage detected within last 30 days.',
  detail: known({
    recommendation: 'Update manifests and API clients to use newer Kubernetes APIs.',
    resources: [
      { id: '/apis/flowcontrol.apiserver.k8s.io/v1beta3/flowschemas/exempt', reason: 'still stored' }, { id: '/apis/batch/v1/jobs' },
    ],
    deprecations: [{
      usage: '/apis/flowcontrol.apiserver.k8s.io/v1beta3/flowschemas',
      replacedWith: '/apis/flowcontrol.apiserver.k8s.io/v1/flowschemas',
      stopServingVersion: '1.36',
      clients: [
        { userAgent: 'argocd/v2.4', requestsInLast30Days: 42, lastRequestAt: '2026-11-20T03:00:00Z' },
        { userAgent: 'kubectl/v1.25', requestsInLast30Days: 1 },
      ],
    }],
  }),
});

function withInsights(...insights: InsightState[]) {
  return aCluster({ insights: known(insights) });
}

test('passes when all upgrade insights pass', () => {
  expect(findings(upgradeInsights, withInsights(anInsight()))).toEqual([]);
});

test('leaves insights of other categories to others', () => {
  const other = anInsight({ category: 'MISCONFIGURATION', status: 'ERROR' });
  expect(findings(upgradeInsights, withInsights(anInsight(), other))).toEqual([]);
});

test('does not look on the way back', () => {
  expect(findings(upgradeInsights, anUpgradedCluster({ insights: known([deprecatedApis]) }), { version: '1.35' })).toEqual([]);
});

test('fails for ERROR, with the replacement, the callers and the resources', () => {
  expect(findings(upgradeInsights, withInsights(deprecatedApis))).toMatchObject([{
    about: { kind: 'insight', name: 'Deprecated APIs removed in Kubernetes v1.36' },
    unknown: false,
    source: 'https://docs.aws.amazon.com/eks/latest/userguide/cluster-insights.html',
    id: 'insight-deprecated-apis-removed-in-kubernetes-v1-36',
    check: 'upgrade-insights',
    severity: 'error',
    subject: 'insight Deprecated APIs removed in Kubernetes v1.36',
    reason: 'callsCounted',
    data: {
      status: 'ERROR',
      why: 'Deprecated API usage detected within last 30 days',
      replacements: '/apis/flowcontrol.apiserver.k8s.io/v1beta3/flowschemas (gone in 1.36) is replaced by /apis/flowcontrol.apiserver.k8s.io/v1/flowschemas',
      fix: 'Update manifests and API clients to use newer Kubernetes APIs',
    },
    details: [
      '/apis/flowcontrol.apiserver.k8s.io/v1beta3/flowschemas called by argocd/v2.4 42 times in 30 days, last at 2026-11-20T03:00:00Z',
      '/apis/flowcontrol.apiserver.k8s.io/v1beta3/flowschemas called by kubectl/v1.25 1 times in 30 days',
      '/apis/flowcontrol.apiserver.k8s.io/v1beta3/flowschemas/exempt: still stored',
      '/apis/batch/v1/jobs',
    ],
  }]);
});

test('says of an API without replacement that it has none', () => {
  const detail = known({ resources: [], deprecations: [{ usage: '/apis/policy/v1beta1/podsecuritypolicies', clients: [] }] });
  expect(findings(upgradeInsights, withInsights(anInsight({ status: 'ERROR', detail })))).toMatchObject([{
    reason: 'callsCounted',
    data: {
      status: 'ERROR',
      why: 'EKS gives no reason',
      replacements: '/apis/policy/v1beta1/podsecuritypolicies has no replacement',
    },
  }]);
});

test.each([['warns', 'WARNING', 'warning'], ['fails', 'UNKNOWN', 'error']] as const)('%s of %s', (_, status, severity) => {
  expect(findings(upgradeInsights, withInsights(anInsight({ status, reason: 'Something.' })))).toMatchObject([{
    id: 'insight-kubelet-version-skew', severity, data: { status, why: 'Something' },
  }]);
});

test.each([
  ['what EKS recommends', anInsight({
    status: 'ERROR', detail: known({ recommendation: 'Repair the KMS key.', resources: [], deprecations: [] }),
  }), { reason: 'raised', data: { fix: 'Repair the KMS key' } }],
  ['a look, where EKS recommends nothing', anInsight({ status: 'ERROR' }), { reason: 'raisedUnexplained' }],
  ['a refresh, where EKS found out nothing', anInsight({ status: 'UNKNOWN' }), { reason: 'undecided' }],
])('gives as remedy %s', (_, insight, said) => {
  expect(findings(upgradeInsights, withInsights(insight))).toMatchObject([said]);
});

test('fails for ERROR all the same when what is behind it could not be read', () => {
  const insight = anInsight({ status: 'ERROR', detail: notKnown('not allowed to call eks:DescribeInsight') });
  expect(findings(upgradeInsights, withInsights(insight))).toMatchObject([{
    severity: 'error', details: ['what is behind it could not be read: not allowed to call eks:DescribeInsight'],
  }]);
});

test('fails when EKS has not looked yet', () => {
  expect(findings(upgradeInsights, withInsights(anInsight({ category: 'ROLLBACK_READINESS' })))).toMatchObject([{
    id: 'upgrade-insights:unknown', severity: 'error', reason: 'none', data: { what: 'upgrade insights' },
  }]);
});

test('fails when the insights could not be read', () => {
  expect(findings(upgradeInsights, aCluster({ insights: notKnown('not allowed to call eks:ListInsights') }))).toMatchObject([{
    id: 'upgrade-insights:unknown', severity: 'error', reason: 'unread', data: { what: 'upgrade insights', why: 'not allowed to call eks:ListInsights' },
  }]);
});

describe('the insight about versions of add-ons', () => {
  const NAME = 'EKS add-on version compatibility';
  const [OLD, BOTH, NEW] = ['v1.18.6-eksbuild.1', 'v1.19.6-eksbuild.7', 'v1.20.4-eksbuild.2'];
  const catalog = aCatalog({
    addOnOffers: {
      'vpc-cni': known([
        { kubernetesVersion: '1.35', versions: [OLD, BOTH] }, { kubernetesVersion: '1.36', versions: [BOTH, NEW], defaultVersion: BOTH },
      ]),
      'coredns': known([
        { kubernetesVersion: '1.35', versions: ['v1.12.4-eksbuild.1'] }, { kubernetesVersion: '1.36', versions: ['v1.13.0-eksbuild.1'] },
      ]),
    },
  });

  function naming(...names: ('vpc-cni' | 'coredns')[]) {
    const addOns = names.map((name) => ({ name, compatibleVersions: name === 'vpc-cni' ? [BOTH, NEW] : ['v1.13.0-eksbuild.1'] }));
    const insight = anInsight({
      name: NAME, status: 'ERROR', reason: 'Found incompatible add-ons.', detail: known({ resources: [], deprecations: [], addOns }),
    });
    return aCluster({ addOns: known([anAddOn(), anAddOn({ name: 'vpc-cni', version: OLD })]), insights: known([insight]) });
  }

  const TRACKED = { version: '1.36', addOns: { 'vpc-cni': { policy: 'recommended' } } } as const;

  test('is cured by a deployment that moves all that it names', () => {
    expect(findings(upgradeInsights, naming('vpc-cni'), TRACKED, catalog)).toMatchObject([{
      id: 'insight-eks-add-on-version-compatibility',
      severity: 'info',
      reason: 'cured',
      data: { status: 'ERROR', why: 'Found incompatible add-ons', moves: [`vpc-cni to ${BOTH}`] },
      details: [`add-on vpc-cni: compatible are ${BOTH}, ${NEW}; it moves to ${BOTH}`],
    }]);
  });

  test('fails for the add-ons that stay, with the order that EKS takes', () => {
    expect(findings(upgradeInsights, naming('vpc-cni'), { version: '1.36' }, catalog)).toMatchObject([{
      severity: 'error', reason: 'addOns', data: { remedies: [expect.stringMatching(`vpc-cni to ${BOTH} .*1.35.*1.36`)] },
    }]);
    expect(findings(upgradeInsights, naming('vpc-cni', 'coredns'), TRACKED, catalog)).toMatchObject([{
      severity: 'error',
      reason: 'addOns',
      data: {
        replacements: '',
        remedies: [expect.stringMatching(/coredns to v1\.13\.0-eksbuild\.1 .*1\.35 and 1\.36/)],
      },
    }]);
  });

  test('is cured by a version that EKS offers for the target, though the insight lists others', () => {
    const newer = 'v1.22.0-eksbuild.1';
    const offers = aCatalog({ addOnOffers: { 'vpc-cni': known([{ kubernetesVersion: '1.36', versions: [NEW, newer] }]) } });
    expect(findings(upgradeInsights, naming('vpc-cni'), { version: '1.36', addOns: { 'vpc-cni': { version: newer } } }, offers))
      .toMatchObject([{ severity: 'info', reason: 'cured', data: { moves: [`vpc-cni to ${newer}`] } }]);
  });

  test('fails for an add-on that is pinned where it is, or to what does not suit either', () => {
    for (const version of [OLD, 'v1.18.9-eksbuild.1']) {
      expect(findings(
        upgradeInsights, naming('vpc-cni'), { version: '1.36', addOns: { 'vpc-cni': { version } } }, catalog,
      )).toMatchObject([{ severity: 'error' }]);
    }
  });

  test('fails for an add-on that keeps its version, though EKS lists that for the target', () => {
    const keeps = { version: '1.36', addOns: { 'vpc-cni': { policy: 'keep-while-compatible' } } } as const;
    const lists = aCatalog({ addOnOffers: { 'vpc-cni': known([{ kubernetesVersion: '1.36', versions: [OLD, BOTH] }]) } });
    expect(findings(upgradeInsights, naming('vpc-cni'), keeps, lists)).toMatchObject([{ severity: 'error', reason: 'addOns' }]);
  });

  test('is cured by a pin that it names itself, where the versions could not be read', () => {
    const pins = { version: '1.36', addOns: { 'vpc-cni': { version: BOTH } } };
    const unread = aCatalog({ addOnOffers: { 'vpc-cni': notKnown('throttled') } });
    expect(findings(upgradeInsights, naming('vpc-cni'), pins, unread)).toMatchObject([{ severity: 'info', reason: 'cured' }]);
  });
});

test('tells that nodes and add-ons which move before may mend what has nothing to do with calls', () => {
  const skew = anInsight({ name: 'Kubelet version skew', status: 'ERROR', kubernetesVersion: '1.37', detail: known({ resources: [], deprecations: [] }) });
  const { findings: said } = evaluate(
    aCluster({ version: '1.36', insights: known([skew]) }), aCatalog(), { version: '1.37' },
    { isAhead: true, isMovedBefore: true, checks: [upgradeInsights] },
  );
  expect(said).toMatchObject([
    { severity: 'warning', reason: 'raisedUnexplained' }, { severity: 'info', reason: 'movedBefore', data: { insights: ['Kubelet version skew'] } },
  ]);
});

test('tells of a minor further ahead that EKS says all of it later, and what it says already', () => {
  const insights = known([anInsight({ status: 'ERROR', kubernetesVersion: '1.37' })]);
  const { findings: said } = evaluate(
    aCluster({ version: '1.36', insights }), aCatalog(), { version: '1.37' }, { isAhead: true, checks: [upgradeInsights] },
  );
  expect(said).toMatchObject([
    { severity: 'warning', reason: 'raisedUnexplained' }, { severity: 'info', reason: 'ahead', data: { target: '1.37', current: '1.36' } },
  ]);
});
