import { aboutCluster, Observation, unread, unreadable } from './check';
import { Severity } from './finding';
import { addOnsNamedBy, NamedAddOn, remedyOf } from './incompatible-add-ons';
import { Change } from '../change/change';
import { nearestAddOnVersions } from '../eks/add-on-version';
import { messages, Said } from '../messages/message';
import { AffectedResource, ApiClient, DeprecatedApi, InsightDetail, InsightState } from '../state/insight-state';

const WEIGHTS: Record<InsightState['status'], Severity | undefined> = {
  ERROR: 'error',
  WARNING: 'warning',
  UNKNOWN: 'error',
  PASSING: undefined,
};

const STATUS = 'its status is {status}: {why}{replacements?; #}';
const LOOK = 'check the insight in the EKS console';

/** What insights say, of an upgrade and of a rollback. */
export const insightMessages = messages({
  unread: unread('the {what}'),
  none: { text: 'EKS lists no {what} of the cluster yet', remedy: 'refresh the insights, or wait for the daily refresh of EKS' },
  ahead: {
    text: 'EKS reports the {what} for {target} in full only once the cluster runs {current}',
    remedy: 'check again when the cluster runs {current}',
  },
  movedBefore: {
    text: '{insights,} may be mended by the nodes and add-ons that move before this deployment',
    remedy: 'check again once they have moved',
  },
  raised: { text: STATUS, remedy: '{fix}' },
  raisedUnexplained: { text: STATUS, remedy: LOOK },
  undecided: { text: STATUS, remedy: 'refresh the insight and check it in the EKS console' },
  callsCounted: {
    text: 'its status is {status}: {why}; {replacements}',
    remedy: '{fix} (EKS counts calls of the last 30 days: once the last one is older than the fix, accept the finding)',
  },
  addOns: { text: STATUS, remedy: '{remedies;}' },
  cured: {
    text: 'its status is {status}: {why}; this deployment moves {moves}',
    remedy: 'nothing to do; if EKS refuses the upgrade all the same, update the add-ons while the control plane is at {current}',
  },
});

const NO_DETAIL: InsightDetail = { resources: [], deprecations: [] };

/**
 * What the insights of one category say against a change: those in ERROR or UNKNOWN block it, those in WARNING are warnings.
 *
 * No insights at all mean that EKS has not looked yet, which is as good as unknown. What moves before the change, under the same control
 * plane, may mend what they find amiss with nodes and add-ons.
 */
export function* observeInsights(change: Change, category: InsightState['category'], what: string): Iterable<Observation> {
  const { insights } = change.state;
  if (!insights.known) {
    yield unreadable(change, insightMessages.unread({ what, why: insights.why }));
    return;
  }
  const concerned = insights.value.filter((insight) => insight.category === category);
  if (change.isAhead && !change.isMovedBefore) {
    yield* observeAhead(change, concerned, what);
    return;
  }
  if (concerned.length === 0) {
    yield {
      about: aboutCluster(change),
      ...insightMessages.none({ what }),
      severity: change.isAhead ? 'info' : undefined, // EKS looks before it comes to that
      unknown: !change.isAhead,
    };
  }
  const mendable = change.isMovedBefore ? concerned.filter(isMendedByMoves) : [];
  if (mendable.length > 0) {
    yield { about: aboutCluster(change), severity: 'info', ...insightMessages.movedBefore({ insights: mendable.map(({ name }) => name) }) };
  }
  for (const insight of concerned) {
    const severity = mendable.includes(insight) ? 'warning' : WEIGHTS[insight.status];
    if (severity) yield observeInsight(insight, severity, change);
  }
}

/** Whether moved nodes and add-ons may be all that an insight in ERROR asks for: no client calls another API because of them. */
function isMendedByMoves({ status, detail }: InsightState): boolean {
  return status === 'ERROR' && detail.known && detail.value.deprecations.length === 0;
}

/** Of a later minor, EKS says little before the cluster is next to it: what it says already is to be read, the rest is to come. */
function* observeAhead(change: Change, concerned: readonly InsightState[], what: string): Iterable<Observation> {
  const { current, target } = change;
  yield {
    about: aboutCluster(change),
    severity: 'info',
    ...insightMessages.ahead({ what, target, current }),
  };
  for (const insight of concerned) {
    if (insight.kubernetesVersion === target.toString() && insight.status !== 'PASSING') yield observeInsight(insight, 'warning', change);
  }
}

function observeInsight(insight: InsightState, severity: Severity, change: Change): Observation {
  const detail = insight.detail.known ? insight.detail.value : NO_DETAIL;
  const reason = insight.reason?.replace(/\.$/, '') ?? 'EKS gives no reason';
  const addOns = addOnsNamedBy(insight, change);
  if (addOns.length > 0 && addOns.every(({ curedBy }) => curedBy !== undefined)) return observeCure(insight, reason, addOns, change);
  const uncured = addOns.filter(({ curedBy }) => curedBy === undefined);
  return {
    about: { kind: 'insight', name: insight.name },
    severity,
    ...said(insight, reason, detail, uncured.map((addOn) => remedyOf(addOn, change))),
    details: [
      ...addOns.map(describeAddOn),
      ...detail.deprecations.flatMap(describeCalls),
      ...detail.resources.map(describeResource),
      ...insight.detail.known ? [] : [`what is behind it could not be read: ${insight.detail.why}`],
    ],
  };
}

/** What EKS finds fault with is what the change mends. */
function observeCure({ name, status }: InsightState, reason: string, addOns: readonly NamedAddOn[], { current }: Change): Observation {
  return {
    about: { kind: 'insight', name },
    severity: 'info',
    ...insightMessages.cured({ status, why: reason, moves: addOns.map((addOn) => `${addOn.name} to ${addOn.curedBy}`), current }),
    details: addOns.map(describeAddOn),
  };
}

function describeAddOn({ name, compatibleVersions, curedBy }: NamedAddOn): string {
  const compatible = compatibleVersions.length === 0 ? 'none of its versions' : nearestAddOnVersions(compatibleVersions, curedBy ?? '');
  return `add-on ${name}: compatible are ${compatible}${curedBy === undefined ? '' : `; it moves to ${curedBy}`}`;
}

/** EKS counts API calls of the last 30 days, so that a finding outlives its cause: said where somebody would wonder. */
function said({ status }: InsightState, why: string, { recommendation, deprecations }: InsightDetail, remedies: readonly string[]): Said {
  const values = { status, why, replacements: deprecations.map(describeReplacement).join('; ') };
  if (remedies.length > 0) return insightMessages.addOns({ ...values, remedies });
  const fix = recommendation?.replace(/\.$/, '');
  if (deprecations.length > 0) return insightMessages.callsCounted({ ...values, fix: fix ?? LOOK });
  if (fix !== undefined) return insightMessages.raised({ ...values, fix });
  return status === 'UNKNOWN' ? insightMessages.undecided(values) : insightMessages.raisedUnexplained(values);
}

function describeReplacement({ usage, replacedWith, stopServingVersion }: DeprecatedApi): string {
  const end = stopServingVersion ? ` (gone in ${stopServingVersion})` : '';
  return `${usage}${end} ${replacedWith ? `is replaced by ${replacedWith}` : 'has no replacement'}`;
}

function describeCalls({ usage, clients }: DeprecatedApi): string[] {
  return clients.map(({ userAgent, requestsInLast30Days, lastRequestAt }: ApiClient) =>
    `${usage} called by ${userAgent} ${requestsInLast30Days} times in 30 days${lastRequestAt ? `, last at ${lastRequestAt}` : ''}`);
}

function describeResource({ id, reason }: AffectedResource): string {
  return reason ? `${id}: ${reason}` : id;
}
