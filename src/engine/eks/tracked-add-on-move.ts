import { minorsBetween } from './add-on-path';
import { compareAddOnVersions, newestAddOnVersion } from './add-on-version';
import { considerAddOnVersions, hasAddOnVersion } from './add-on-version-choice';
import { TrackedAddOnEntry } from './tracked-add-on';
import { DAY_MILLIS } from '../kubernetes/millis';
import { sentence } from '../messages/sentence';
import { VPC_CNI } from '../state/add-on-names';
import { TrackedChoice } from '../state/add-on-policy';
import { Known } from '../state/known';
import { AddOnOffer } from '../state/region-catalog';

/** When to take a version. */
export interface TrackedAddOnPolicy {
  readonly now: Date;
  /** Only versions that were first seen so long ago. @default 0 */
  readonly soakMillis?: number;
  /** Whether to go back to an older version where EKS has withdrawn the one in use, or recommends an older one. @default false */
  readonly allowOlder?: boolean;
}

/** What is judged: the entry in `cdk.context.json` beside what EKS offers for the cluster's Kubernetes version. */
export interface TrackedAndOffered {
  readonly name: string;
  readonly choice: TrackedChoice;
  /** Absent when the version was never looked up. */
  readonly entry?: TrackedAddOnEntry;
  /** What the cluster has; absent while it does not exist, or does not have the add-on. */
  readonly installed?: string;
  /** What was tracked for the minor before: it counts where there is neither an entry nor an installed version. */
  readonly before?: string;
  readonly offer: Known<AddOnOffer>;
}

/** What becomes of a tracked version; `installed` is what the cluster has, where that decides instead of the entry. */
export type TrackedAddOnMove = { readonly from?: string; readonly installed?: string } & (
  /** It is what is offered. */
  | { readonly outcome: 'current' }
  /**
   * It gives way to another one; `wasWithdrawn` where EKS does not offer it any more, `configurationUnread` says why the add-on's
   * configuration could not be held against the new one.
   */
  | { readonly outcome: 'moved'; readonly to: string; readonly wasWithdrawn?: boolean; readonly configurationUnread?: string }
  /** The cluster is still on the minor of vpc-cni before: what is newer follows once the entry is deployed. */
  | { readonly outcome: 'undeployed'; readonly to: string }
  /** What is newer has not been seen for long enough. */
  | { readonly outcome: 'soaking'; readonly to: string; readonly since: string; readonly until: string }
  /** EKS does not offer it any more, and what follows is older or still soaks; `to` is absent where nothing follows. */
  | { readonly outcome: 'withdrawn'; readonly to?: string; readonly isOlder: boolean; readonly until?: string }
  /** EKS offers it, but installs an older one by default. */
  | { readonly outcome: 'ahead'; readonly to: string }
  /** Nothing that is offered can follow. */
  | { readonly outcome: 'unfit'; readonly why: string }
  | { readonly outcome: 'unreadable'; readonly why: string }
);

/** A judged version, and the entry to write where it differs from the one before. */
export interface JudgedAddOn {
  readonly move: TrackedAddOnMove;
  readonly entry?: TrackedAddOnEntry;
}

/**
 * Decides whether a tracked version moves.
 *
 * Never to an older one unless that is allowed, nor with vpc-cni beyond the next minor of what the cluster has. Of the versions that
 * have soaked the newest is taken, up to the wanted one, so that a newer version does not make those before it wait again. A version
 * that was never looked up does not soak: nothing can be synthesised without it. An entry that the cluster has overtaken, or from
 * which vpc-cni is more than a minor away, gives way to what can follow the installed version.
 */
export function judgeTrackedAddOn(tracked: TrackedAndOffered, policy: TrackedAddOnPolicy): JudgedAddOn {
  const { name, entry, installed, offer } = tracked;
  if (!offer.known) return { move: { outcome: 'unreadable', from: entry?.version, why: offer.why }, entry };
  if (!entry) return lookUp(tracked, offer.value);
  if (installed === undefined) return judgeEntry(tracked, entry, offer.value, policy);
  const isWithin = isWithinStep(name, installed, entry.version);
  if (compareAddOnVersions(installed, entry.version) <= 0) {
    return isWithin ? judgeEntry(tracked, entry, offer.value, policy) : lookUp(tracked, offer.value);
  }
  if (!hasAddOnVersion(name, installed, offer.value)) return judgeEntry({ ...tracked, installed: undefined }, entry, offer.value, policy);
  return policy.allowOlder && isWithin
    ? judgeEntry(tracked, entry, offer.value, policy) : judgeInstalled(tracked, entry, installed, offer.value, policy);
}

/** What follows the installed version, whatever the entry holds. */
function lookUp({ name, choice, entry, installed, before }: TrackedAndOffered, offer: AddOnOffer): JudgedAddOn {
  const { version, objection } = considerAddOnVersions({ name, policy: choice, installed: installed ?? before }, offer);
  const common = entry && { from: entry.version, installed };
  return version === undefined
    ? { move: { outcome: 'unfit', ...common, why: sentence(objection) }, entry }
    : { move: { outcome: 'moved', ...common, to: version }, entry: entryAfter(version, entry?.seen ?? {}) };
}

/** The cluster has a newer version than the entry, and runs it: it needs no soaking. */
function judgeInstalled(
  tracked: TrackedAndOffered, { version: from, seen }: TrackedAddOnEntry, installed: string, offer: AddOnOffer, policy: TrackedAddOnPolicy,
): JudgedAddOn {
  const { move, entry } = judgeEntry(tracked, { version: installed, seen }, offer, policy);
  return move.outcome === 'withdrawn'
    ? { move: { ...move, from, installed }, entry: { ...entry, version: from } }
    : { move: { outcome: 'moved', from, installed, to: entry!.version }, entry };
}

function judgeEntry(
  { name, choice, installed }: TrackedAndOffered, entry: TrackedAddOnEntry, offer: AddOnOffer, {
    now, soakMillis = 0, allowOlder = false,
  }: TrackedAddOnPolicy,
): JudgedAddOn {
  const { version: from } = entry;
  const isOffered = offer.versions.includes(from);
  const candidates = candidatesOf(name, choice, entry, offer);
  const isInStep = (version: string) => installed === undefined || isWithinStep(name, installed, version);
  const inStep = candidates.filter(isInStep);
  const today = now.toISOString().slice(0, 10);
  const seen = Object.fromEntries(candidates.map((version) => [version, entry.seen?.[version] ?? today]));
  const until = (version: string) => soaksUntil(seen[version], soakMillis);
  const soaked = newestAddOnVersion(inStep.filter((version) => until(version) <= now.getTime()));
  const newest = newestAddOnVersion(inStep);
  const stays = { version: from, ...candidates.length > 0 && { seen } };

  if (soaked !== undefined) {
    return { move: { outcome: 'moved', from, to: soaked, ...!isOffered && { wasWithdrawn: true } }, entry: entryAfter(soaked, seen) };
  }
  if (newest !== undefined) {
    const ends = new Date(until(newest)).toISOString();
    return isOffered
      ? { move: { outcome: 'soaking', from, to: newest, since: seen[newest], until: ends }, entry: stays }
      : { move: { outcome: 'withdrawn', from, to: newest, isOlder: false, until: ends }, entry: stays };
  }
  if (isOffered && candidates.length > 0) {
    return { move: { outcome: 'undeployed', from, installed, to: newestAddOnVersion(candidates)! }, entry: stays };
  }
  const older = olderVersion(name, choice, from, { ...offer, versions: offer.versions.filter(isInStep) });
  if (allowOlder && older !== undefined) {
    return { move: { outcome: 'moved', from, to: older, ...!isOffered && { wasWithdrawn: true } }, entry: { version: older } };
  }
  if (!isOffered) return { move: { outcome: 'withdrawn', from, to: older, isOlder: true }, entry: stays };
  return { move: older === undefined ? { outcome: 'current', from } : { outcome: 'ahead', from, to: older }, entry: stays };
}

/**
 * When a version has soaked that was first seen on a day. Whole days count from its beginning, so that a daily job need not run at the
 * same minute; hours from its end, so that they are never fewer.
 */
function soaksUntil(day: string, soakMillis: number): number {
  return Date.parse(day) + soakMillis + (soakMillis % DAY_MILLIS === 0 ? 0 : DAY_MILLIS);
}

/** The newer versions that may be taken: what is wanted now, and what was wanted when it was first seen and is still offered. */
function candidatesOf(name: string, choice: TrackedChoice, { version: from, seen = {} }: TrackedAddOnEntry, offer: AddOnOffer): string[] {
  const { version: wanted } = considerAddOnVersions({ name, policy: choice, installed: from }, offer);
  if (wanted === undefined || compareAddOnVersions(wanted, from) <= 0) return [];
  const isWanted = (version: string) => version === wanted || choice === 'latest' || version in seen;
  return [...new Set(offer.versions)].filter((version) => isWanted(version) && compareAddOnVersions(version, from) > 0
    && compareAddOnVersions(version, wanted) <= 0).sort(compareAddOnVersions);
}

/** The versions newer than the one that is taken keep the day on which they were first seen. */
function entryAfter(version: string, seen: Readonly<Record<string, string>>): TrackedAddOnEntry {
  const newer = Object.entries(seen).filter(([other]) => compareAddOnVersions(other, version) > 0);
  return { version, ...newer.length > 0 && { seen: Object.fromEntries(newer) } };
}

/** Where to go back to: with `recommended` the default of EKS, else the newest that is left; undefined where that is not older. */
function olderVersion(name: string, choice: TrackedChoice, from: string, { versions, defaultVersion }: AddOnOffer): string | undefined {
  const limit = choice === 'recommended' ? defaultVersion : undefined;
  const isWithinLimit = limit === undefined || compareAddOnVersions(from, limit) <= 0;
  if (isWithinLimit && versions.includes(from)) return undefined;
  return newestAddOnVersion(versions.filter((version) => compareAddOnVersions(version, from) < 0 && isWithinStep(name, from, version)
    && (limit === undefined || compareAddOnVersions(version, limit) <= 0)));
}

function isWithinStep(name: string, from: string, to: string): boolean {
  return name !== VPC_CNI || minorsBetween(from, to).length === 0;
}
