import { chapters, expectGolden } from './golden-file';
import { checkText } from '../../src/cli/check/text-format';
import { DrainResult } from '../../src/cli/drain/drain-result';
import { drainText } from '../../src/cli/drain/drain-text';
import { CHECKS } from '../../src/engine/judgement/checks';
import { Finding } from '../../src/engine/judgement/finding';
import { evaluate, Verdict } from '../../src/engine/judgement/verdict';
import { renderReason } from '../../src/engine/judgement/verdict-text';
import { known, notKnown } from '../../src/engine/state/known';
import {
  renderCreation, renderElsewhere, renderPreview, renderRefusals, renderRefusedCreation, renderRefusedElsewhere,
} from '../../src/preview/preview-text';
import { sampleOf } from '../engine/judgement/sample';
import { previewOf } from '../preview/a-preview';
import { PREVIEW_SAMPLES } from '../preview/preview-samples';

/** What each check says of its sample. */
const VERDICTS = CHECKS.map((check): [string, Verdict] => {
  const { state, catalog, intent, schedule } = sampleOf(check);
  return [check.id, evaluate(state, catalog, intent, { checks: [check], schedule })];
});
const FINDINGS = VERDICTS.flatMap(([, { findings }]) => findings);

/** How long the reason of a CloudFormation event may be, as the handler gives it. */
const REASON_LENGTH = 1000;

test('the guard: with what it fails a deployment', () => {
  const refusals = VERDICTS.filter(([, { passed }]) => !passed);
  const [[, first]] = refusals;
  const errors = FINDINGS.filter(({ severity }) => severity === 'error');
  expectGolden('guard', chapters([
    ...refusals.map(([id, verdict]): [string, string] => [id, renderReason(verdict, REASON_LENGTH)]),
    ['more than fits', renderReason({ ...first, findings: errors }, REASON_LENGTH)],
    ['almost nothing fits', renderReason({ ...first, findings: errors }, 200)],
  ]));
});

test('check: every check in full, and what there is beside findings', () => {
  const cluster = { name: 'prod', path: 'Prod/Cluster', guard: 'enforce' };
  const { state, catalog, intent } = sampleOf({ id: 'upgrade-insights' });
  const accepted = evaluate(state, catalog, intent, { ignore: ['upgrade-insights', 'no-such-check'] });
  const [[, some]] = VERDICTS;
  expectGolden('check', chapters([
    ...VERDICTS.map(([id, verdict]): [string, string] => [id, checkText([{ ...cluster, verdict, gaps: [] }])]),
    ['accepted', checkText([{ ...cluster, verdict: accepted, gaps: [] }])],
    ['a guard that only warns', checkText([{ ...cluster, guard: 'warn', verdict: { ...some, findings: [] }, gaps: [] }])],
    ['a guard that is disabled', checkText([{ ...cluster, guard: 'disabled', verdict: { ...some, findings: [] }, gaps: [] }])],
    ['not readable in full', checkText([{ ...cluster, verdict: { ...some, findings: [] }, gaps: ['the insights could not be read: not allowed to call eks:ListInsights'] }])],
    ['not readable', checkText([{ ...cluster, unreadable: 'not allowed to call eks:DescribeCluster' }])],
    ['not created', checkText([{ ...cluster, toBeCreated: true }])],
    ['no cluster', checkText([])],
  ]));
});

test('drain: the checks of a rehearsal, and what there is beside findings', () => {
  const cluster = { name: 'prod', path: 'Prod/Cluster' };
  const rehearsed = { ...cluster, nodeGroups: ['workers'], nodes: 2, pods: 7, drains: true, findings: [], accepted: [] };
  const ofDrain = ['drain', 'drain-time', 'pods-lost', 'pods-unschedulable', 'webhooks', 'self-managed-add-on'];
  const having = (found: readonly Finding[]): DrainResult =>
    ({ ...rehearsed, drains: !found.some(({ severity }) => severity === 'error'), findings: found });
  const ofDeletion = CHECKS.filter(({ id }) => ['drain', 'drain-time', 'pods-lost', 'pods-unschedulable'].includes(id)).flatMap((check) => {
    const { state, catalog } = sampleOf(check);
    return evaluate(state, catalog, { nodeGroups: { workers: { removed: true } } }, { checks: [check] }).findings;
  });
  expectGolden('drain', chapters([
    ...ofDrain.map((id): [string, string] => [id, drainText([having(FINDINGS.filter(({ check }) => check === id))], [])]),
    ['a node group that is deleted', drainText([having(ofDeletion)], [])],
    ['nothing in the way', drainText([rehearsed, { ...rehearsed, nodeGroups: ['gpu', 'workers'], nodes: 1, pods: 1 }], [])],
    ['accepted', drainText([{ ...rehearsed, accepted: FINDINGS.filter(({ check }) => check === 'drain') }], [])],
    ['nothing rolls', drainText([{ ...rehearsed, nodeGroups: [] }], [])],
    ['no such node group', drainText([{ ...rehearsed, nodeGroups: [] }], ['gpu', 'spot'])],
    ['not readable', drainText([{ ...cluster, unreadable: '10.0.0.1 did not answer within 5 seconds' }], [])],
    ['not created', drainText([{ ...cluster, toBeCreated: true }], [])],
    ['no cluster', drainText([], [])],
  ]));
});

test('preview: every check, and each section', () => {
  const quiet = previewOf();
  const withFindings = (findings: readonly Finding[]) => renderPreview({
    ...quiet, findings, refusals: findings.filter(({ severity }) => severity === 'error'),
  });
  const upgraded = previewOf({
    wanted: { Cluster: { Version: '1.36' }, Workers: { Version: '1.36', ReleaseVersion: '1.36.2-20261104' }, Versions: { KubernetesVersion: '1.36' } },
    deployed: { Cluster: { Version: '1.34' } },
    state: { insights: notKnown('not allowed to call eks:ListInsights') },
  });
  const newer = previewOf({
    catalog: {
      amiOffers: {
        AL2023_x86_64_STANDARD: known([
          { kubernetesVersion: '1.35', published: true, recommendedRelease: '1.35.3-20261118', recommendedSince: '2026-11-18T12:00:00Z' },
        ]),
      },
    },
  });
  expectGolden('preview', chapters([
    ['an upgrade', renderPreview(upgraded)],
    ['a node group that goes', renderPreview(previewOf({ wanted: { Workers: undefined } }))],
    ['a newer release', renderPreview(newer)],
    ...PREVIEW_SAMPLES.map(([title, changes]): [string, string] => [title, renderPreview(previewOf(changes))]),
    ['node groups in several stacks', renderPreview({
      ...quiet, waves: [{ nodeGroups: [{ name: 'workers' }, { name: 'gpu' }], bakes: [], stacks: ['Nodes', 'More'] }],
    })],
    ['accepted', renderPreview({ ...quiet, accepted: FINDINGS.slice(0, 1).map((finding) => ({ ...finding, acceptedBy: finding.check })) })],
    ...VERDICTS.map(([id, { findings }]): [string, string] => [id, withFindings(findings)]),
    ['with strict', renderRefusals({ ...quiet, refusals: FINDINGS.filter(({ severity }) => severity === 'error').slice(0, 2) })],
    ['with strict, in another stack', renderRefusedElsewhere(
      'prod', 'Prod/Cluster', FINDINGS.filter(({ severity }) => severity === 'error').slice(0, 2),
    )],
    ['in another stack', renderElsewhere('prod', 'Prod/Cluster')],
    ['a cluster to be created', renderCreation('prod', FINDINGS.filter(({ check }) => check === 'ami-published'))],
    ['with strict, to be created', renderRefusedCreation('prod', FINDINGS.filter(({ check }) => check === 'image-available'))],
  ]));
});
