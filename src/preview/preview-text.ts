import { AddOnMove } from './add-on-move';
import { ClusterPreview, hasAddOnNews, moves, movesNodes } from './cluster-preview';
import { Drift } from './drift';
import { NewerRelease } from './newer-release';
import { NodeGroupMove, NodeGroupRelease, tellsVersion } from './node-group-move';
import { BlockRow, renderSection, wrap } from './text-block';
import { timeOf, Wave } from './wave';
import { byConstruct, ConstructNames } from '../engine/change/construct-names';
import { describeRange, describeRollDuration } from '../engine/eks/roll-duration';
import { Finding } from '../engine/judgement/finding';
import { renderFinding } from '../engine/judgement/verdict-text';
import { describeWayBack } from '../engine/judgement/way-back-words';
import { enumerated } from '../engine/messages/enumerated';
import { describeAlarms } from '../engine/plan/plan-step';
import { secondsInWords } from '../engine/plan/seconds-in-words';
import { Bake } from '../engine/plan/waves';
import { saySupport } from '../engine/state/support-standing';

/** A preview as a block of text, at most 100 columns wide where names allow it. */
export function renderPreview(preview: ClusterPreview): string {
  const { cluster, version, bake, addOns, nodeGroups, waves, drift, wayBack, support, findings, accepted, unread, refusals } = preview;
  const names: ConstructNames = new Map(
    nodeGroups.flatMap(({ name, constructPath }) => constructPath === undefined ? [] : [[name, constructPath]]),
  );
  const named = (line: string) => byConstruct(line, names);
  return [
    [headingOf(cluster)],
    [
      ...renderSection('control plane', version.live === version.wanted ? [] : [
        text(`${version.live} → ${version.wanted}`), ...bake ? [text(renderBake('the control plane', bake))] : [],
      ]),
      ...renderSection('add-ons', addOns.filter(hasAddOnNews).map((addOn) => ({ name: addOn.name, lines: renderAddOn(addOn) }))),
      ...renderSection(
        'node groups', nodeGroups.filter(hasNews).map((group) => ({ name: named(group.name), lines: renderNodeGroup(group) })),
      ),
      ...renderSection('waves', renderWaves(waves, named)),
      ...renderSection('stays', listed(stays(preview).map(named))),
      ...renderSection('drift', drift.map((found) => text(named(renderDrift(found))))),
      ...renderSection('way back', wayBack ? [text(named(describeWayBack(wayBack.to, wayBack)))] : []),
      ...renderSection('support', support ? [text(saySupport(version.wanted, support).message)] : []),
      ...renderSection('accepted', [...listed(accepted.map(({ id }) => id)), ...remarksOn(accepted).map(text)]),
      ...renderSection('not known', unread.map(text)),
    ],
    ...findings.map(wrapFinding),
    ...refusals.length > 0
      ? [wrap('The guard would refuse this deployment. To accept a finding, add the ID in brackets to ignore.', 0)]
      : [],
  ].map((paragraph) => paragraph.join('\n')).join('\n\n');
}

/** What stands above all that is said of a cluster. */
export function headingOf(cluster: string): string {
  return `what a deployment does to cluster ${cluster}`;
}

/** What is wrong with a cluster that is still to be created. */
export function renderCreation(cluster: string, findings: readonly Finding[]): string {
  return [[`what is wrong with cluster ${cluster}, which is to be created`], ...findings.map(wrapFinding)].map(
    (paragraph) => paragraph.join('\n'),
  ).join('\n\n');
}

/** The errors among them, in one sentence. */
export function renderRefusedCreation(cluster: string, findings: readonly Finding[]): string {
  const ids = findings.filter(({ severity }) => severity === 'error').map(({ id }) => id);
  return `EKS would create cluster ${cluster} and then refuse ${ids.join(', ')}: see the preview for what to do, `
    + 'or add what you accept to ignore of its guard';
}

/** The findings for which the guard would refuse, in one sentence; the preview says what they are. */
export function renderRefusals({ cluster, refusals }: ClusterPreview): string {
  return `the guard would refuse the deployment of cluster ${cluster} because of ${refusals.map(({ id }) => id).join(', ')}: `
    + 'see the preview for what to do, or add what you accept to ignore of its guard';
}

/** The same at a stack that holds only parts of the cluster, which are deployed without the rest too. */
export function renderRefusedElsewhere(cluster: string, path: string, refusals: readonly Finding[]): string {
  return `this stack holds a part of cluster ${cluster}, whose deployment would be refused because of `
    + `${refusals.map(({ id }) => id).join(', ')}: see the preview at ${path}, and select its stack as well if it is not shown`;
}

/** Where the preview of a cluster is that has parts in a stack. */
export function renderElsewhere(cluster: string, path: string): string {
  return `this stack holds a part of cluster ${cluster}: what a deployment does to it is said at ${path}, whose stack is not selected; `
    + 'select it as well to see that';
}

function text(line: string): BlockRow {
  return { lines: [line] };
}

/** One about several findings is said once. */
function remarksOn(accepted: ClusterPreview['accepted']): string[] {
  return [...new Set(accepted.flatMap(({ remark }) => remark ?? []))];
}

function listed(things: readonly string[]): BlockRow[] {
  return things.length > 0 ? [text(things.join(', '))] : [];
}

/** What runs where that could not be read. */
const UNREAD = 'not known';

function renderAddOn(addOn: AddOnMove): string[] {
  const { to, newer } = addOn;
  return [
    moves(addOn) ? renderAddOnMove(addOn) : `stays at ${to}`,
    ...newer ? [`EKS offers ${newer.version}; take it with`, newer.takenBy] : [],
  ];
}

function renderAddOnMove({ from, to, why, isUnread, isReplaced }: AddOnMove): string {
  if (isReplaced) return `${from} cannot be replaced`;
  if (why !== undefined) return isUnread ? `not known: ${why}` : `${from ?? 'not installed'} → not known: ${why}`;
  if (from === undefined && !isUnread) return `new, ${to}`;
  return `${from ?? UNREAD} → ${to ?? 'removed'}`;
}

function renderNodeGroup(group: NodeGroupMove): string[] {
  const { name, constructPath, from, roll, newer } = group;
  return [
    renderReleases(group),
    ...roll ? [describeRollDuration(roll)] : [],
    ...newer ? renderNewer(newer) : [],
    ...constructPath !== undefined && from ? [`${name} in EKS`] : [],
  ];
}

function renderWaves(waves: readonly Wave[], named: (line: string) => string): BlockRow[] {
  if (waves.length === 0) return [];
  const time = timeOf(waves);
  return [
    ...waves.map(({ nodeGroups, bakes, stacks = [] }, index) => ({
      name: `${index + 1}.`,
      lines: [
        nodeGroups.map(({ name }) => name).join(', '), ...bakes.map((bake) => renderBake(bake.nodeGroup, bake)),
        ...stacks.length > 1 ? [`in stacks ${enumerated(stacks)}: one after the other, unless deployed with --concurrency`] : [],
      ].map(named),
    })),
    ...time ? [text(`in all ${describeRange(time.leastMinutes, time.mostMinutes)}`)] : [],
  ];
}

function renderBake(subject: string, { seconds, alarms, passesAtOnce }: Bake): string {
  return passesAtOnce
    ? `the bake of ${subject} is new: it does nothing in the deployment that creates it`
    : `then ${subject} bakes${seconds === undefined ? '' : ` for ${secondsInWords(seconds)}`}${describeAlarms(alarms)}`;
}

/** The minors are told where they differ and the releases do not tell them. */
function renderReleases(group: NodeGroupMove): string {
  const { from, to, relaunches, isReplaced, cannotBeReplaced, isUnread } = group;
  const withVersion = from?.version !== to?.version && ![from, to].every(tellsVersion);
  const render = ({ version, release, label = release }: NodeGroupRelease) => (
    withVersion ? [version, label] : [label ?? version]
  ).filter(Boolean).join(', ');
  const created = (what: string) => [what, render(to!)].filter(Boolean).join(', ');
  if (isUnread) return `${UNREAD} → ${to ? render(to) : 'removed'}`;
  if (!from || !to) return from ? `${render(from)} → removed` : created('new');
  if (cannotBeReplaced) return `${render(from)} cannot be replaced`;
  if (isReplaced) return created(`${render(from)} → a new node group in its place`);
  if (withVersion && from.release === to.release) return `${from.version} → ${to.version}, release ${to.release} as before`;
  if (relaunches) return `stays at ${render(to)}; its nodes are exchanged for a new version of its launch template`;
  return movesNodes(group) ? `${render(from)} → ${render(to)}` : `stays at ${render(to)}`;
}

/** A newer release, and behind it the line that takes it. */
export function renderNewer({ release, days, takenBy, parameterName }: NewerRelease): string[] {
  return [
    `${parameterName === undefined ? 'AWS recommends' : `${parameterName} holds`} ${release}`
      + `${days === undefined ? '' : `, for ${plural(days, 'day')}`}; take it with`,
    takenBy,
  ];
}

function renderDrift({ subject, live, deployed = 'it', wayOut }: Drift): string {
  return `${subject} ${live === undefined ? 'is gone' : `runs ${live}`}, the deployed template has ${deployed}: ${wayOut}`;
}

/** What the app declares and the deployment leaves alone: nothing of a cluster that goes. */
function stays({ version, ownsControlPlane, isReplaced, addOns, nodeGroups }: ClusterPreview): string[] {
  return isReplaced ? [] : [
    ...version.live === version.wanted ? [`control plane ${version.live}${ownsControlPlane ? '' : ' (not upgraded by this app)'}`] : [],
    ...addOns.filter((addOn) => addOn.to !== undefined && !hasAddOnNews(addOn)).map(({ name, to }) => `${name} ${to}`),
    ...nodeGroups.filter((group) => group.to && !hasNews(group))
      .map(({ name, to }) => [name, to?.label ?? to?.release ?? to?.version].filter(Boolean).join(' ')),
  ];
}

function hasNews(group: NodeGroupMove): boolean {
  return movesNodes(group) || group.newer !== undefined;
}

/** A finding in full, within the width of the block. */
function wrapFinding(finding: Finding): string[] {
  const [title, ...rest] = renderFinding(finding).split('\n');
  return [wrap(title, 2).join('\n').trimStart(), ...rest.flatMap((line) => wrap(line.trimStart(), 2))];
}

function plural(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
