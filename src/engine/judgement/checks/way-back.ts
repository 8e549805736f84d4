import {
  addOnChoiceOf, addOnsOf, Change, createsNodeGroup, nodeGroupsOf, offersOfAddOn, versionAfter, versionOnCreation,
} from '../../change/change';
import { preferred } from '../../eks/add-on-preparation';
import { isInReach } from '../../eks/add-on-version-choice';
import { KubernetesMinor } from '../../kubernetes/kubernetes-minor';
import { daysUntil } from '../../kubernetes/support-terms';
import { messages, Said } from '../../messages/message';
import { OfferedVersion } from '../../state/region-catalog';
import { WAY_BACK_DAYS } from '../../state/version-history';
import { aboutCluster, Check, Observation } from '../check';

const ADD_ON_FIRST =
  'EKS does not offer {version} for {current}, so the add-on must be downgraded before the control plane can be rolled back';

/** What it says. */
export const says = messages({
  addOnFirst: {
    text: ADD_ON_FIRST,
    remedy: 'keep {both}, which EKS offers for both, until you are sure: AddOnVersion.keepWhileCompatible() does that',
  },
  addOnToPin: {
    text: ADD_ON_FIRST,
    remedy: "stay with {both}, which EKS offers for both, until you are sure: AddOnVersion.pinned('{both}')",
  },
  addOnOutOfReach: {
    text: ADD_ON_FIRST,
    remedy: 'try {target} on another cluster first: {installed} cannot be updated to a version that EKS offers for both',
  },
  addOnStuck: {
    text: [
      'EKS does not offer {version} for {current}, nor any version for both {current} and {target}: EKS may refuse to roll the',
      'control plane back',
    ],
    remedy: 'try {target} on another cluster first',
  },
  nodesFirst: {
    text: [
      'node groups are rolled to {target} in the same deployment ({nodeGroups}), and must be rolled back to {current} before the',
      'control plane',
    ],
    remedy: 'hold them at {current} until you are sure, with nodeKubernetesVersion',
  },
  newNodesFirst: {
    text: [
      'node groups are created with {target} in the same deployment ({nodeGroups}), and must be rolled back to {current} or removed',
      'before the control plane can be rolled back',
    ],
    remedy: 'create them once you are sure of {target}',
  },
  policy: {
    text: '{current} is in extended support, and EKS does not roll a cluster with the upgrade policy STANDARD back into it',
    remedy: 'set the upgrade policy to EXTENDED until you are sure of the new version',
  },
  policySoon: {
    text: [
      'standard support of {current} ends on {ends}, and EKS does not roll a cluster with the upgrade policy STANDARD back into extended',
      'support',
    ],
    remedy: 'set the upgrade policy to EXTENDED until you are sure of the new version',
  },
  supportSoon: {
    text: 'support of {current} ends on {ends}, after which EKS does not roll a cluster back to it',
    remedy: 'be sure of the new version by then: try {target} on another cluster first',
  },
  unsupported: {
    text: 'EKS no longer supports {current}, and does not roll a cluster back to it',
    remedy: 'try {target} on another cluster first',
  },
  notOffered: {
    text: 'EKS does not offer {current}, and does not roll a cluster back to it',
    remedy: 'try {target} on another cluster first',
  },
});

/**
 * The way back to the old version stays open after an upgrade.
 *
 * EKS rolls a control plane back for 7 days, provided that nodes and add-ons fit the older version. What the same deployment moves
 * beyond it, or creates there, has to be rolled back first; an add-on without a version for both cannot be, which is a warning. So is a version whose support
 * has ended, or ends within these days: EKS rolls no cluster back to it.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/rollback-cluster.html
 * @see https://docs.aws.amazon.com/eks/latest/best-practices/rollback-cluster-upgrades.html
 */
export const wayBack: Check = {
  id: 'way-back',
  severity: 'info',
  source: 'https://docs.aws.amazon.com/eks/latest/userguide/rollback-cluster.html',
  messages: says,

  * examine(change) {
    if (change.direction !== 'up') return;
    yield* examineAddOns(change);
    yield* examineNodeGroups(change);
    yield* examineSupport(change);
  },
};

function* examineAddOns(change: Change): Iterable<Observation> {
  const { current, target } = change;
  for (const { name, version: installed } of addOnsOf(change)) {
    const [today, after] = [offersOfAddOn(change, name, current), offersOfAddOn(change, name, target)];
    const version = addOnChoiceOf(change, name, installed)?.version;
    if (!today.known || !after.known || version === undefined || today.value.versions.includes(version)) continue;
    const both = after.value.versions.filter((candidate) => today.value.versions.includes(candidate));
    const about = { kind: 'add-on', name } as const;
    yield both.length === 0
      ? { about, severity: 'warning', ...says.addOnStuck({ version, current, target }) }
      : { about, ...untilSure({ name, installed, version, both, defaultVersion: today.value.defaultVersion }, change) };
  }
}

/** How to leave an add-on in a version that suits both: in its own, else in one that it can go to. */
function untilSure({ name, installed, version, both, defaultVersion }: AddOnBeyond, { current, target }: Change): Said {
  if (both.includes(installed)) return says.addOnFirst({ version, current, both: installed });
  const pin = preferred(both.filter((candidate) => isInReach(name, installed, candidate)), defaultVersion);
  return pin === undefined
    ? says.addOnOutOfReach({ version, current, target, installed })
    : says.addOnToPin({ version, current, both: pin });
}

/** An add-on that moves beyond the older version. */
interface AddOnBeyond {
  readonly name: string;
  readonly installed: string;
  /** What it gets. */
  readonly version: string;
  /** The versions that EKS offers for both. */
  readonly both: readonly string[];
  /** EKS's default for the older version. */
  readonly defaultVersion?: string;
}

function* examineNodeGroups(change: Change): Iterable<Observation> {
  const { current, target } = change;
  const beyond = nodeGroupsOf(change).filter((group) => versionAfter(change, group)?.isNewerThan(current));
  const about = aboutCluster(change);
  if (beyond.length > 0) yield { about, ...says.nodesFirst({ target, nodeGroups: beyond.map(({ name }) => name), current }) };
  const isLive = (name: string) => nodeGroupsOf(change).some((group) => group.name === name);
  const created = Object.keys(change.intent.nodeGroups ?? {}).filter((name) =>
    createsNodeGroup(change, name) && !isLive(name) && versionOnCreation(change, name)?.isNewerThan(current));
  if (created.length > 0) yield { about, ...says.newNodesFirst({ target, nodeGroups: created, current }) };
}

function* examineSupport(change: Change): Iterable<Observation> {
  const { current, target, catalog: { offeredVersions }, intent, state } = change;
  if (!offeredVersions.known) return;
  const warning = { about: aboutCluster(change), severity: 'warning' } as const;
  const { status, endOfStandardSupport, endOfExtendedSupport } = offeredVersions.value.find(({ version }) => version === current.toString())
    ?? { status: isPast(current, offeredVersions.value) ? 'UNSUPPORTED' : undefined };
  const isStandard = (intent.supportType ?? (state.supportType.known ? state.supportType.value : undefined)) === 'STANDARD';
  const ends = isStandard ? endOfStandardSupport : endOfExtendedSupport;
  if (status === undefined) {
    yield { ...warning, ...says.notOffered({ current, target }) };
  } else if (status === 'UNSUPPORTED') {
    yield { ...warning, ...says.unsupported({ current, target }) };
  } else if (isStandard && status === 'EXTENDED_SUPPORT') {
    yield { ...warning, ...says.policy({ current }) };
  } else if (ends !== undefined && daysUntil(ends, new Date(state.observedAt)) <= WAY_BACK_DAYS) {
    yield { ...warning, ...isStandard ? says.policySoon({ current, ends }) : says.supportSoon({ current, ends, target }) };
  }
}

/** Whether EKS lists newer minors alone. */
function isPast(minor: KubernetesMinor, offered: readonly OfferedVersion[]): boolean {
  return offered.every(({ version }) => minor.isOlderThan(KubernetesMinor.parse(version)));
}
