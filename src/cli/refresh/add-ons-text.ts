import { RefreshedAddOn } from './add-ons';
import { addOnReleaseNotesUrl } from '../../engine/eks/add-on-release-notes';
import { compareAddOnVersions } from '../../engine/eks/add-on-version';
import { TrackedAddOnMove } from '../../engine/eks/tracked-add-on-move';
import { describeEnvironment } from '../aws-environments';
import { Colors } from '../terminal';

/** An add-on that is worth a paragraph. */
export function renderAddOn(addOn: RefreshedAddOn, colors: Colors): string {
  const { lookUp: { usedBy } } = addOn;
  const notes = notesOf(addOn);
  return [
    colors.bold(titleOf(addOn)),
    ...[
      describeAddOnMove(addOn, colors), ...doubtsOf(addOn), ...usedBy.map(({ path }) => path), ...notes === undefined ? [] : [notes],
    ].map((line) => `  ${line}`),
  ].join('\n');
}

/** An add-on as people read it: `vpc-cni of prod, Kubernetes 1.36, 111122223333/us-west-2`. */
export function titleOf({ lookUp: { name, cluster, kubernetesVersion, environment } }: RefreshedAddOn): string {
  return `${name} of ${cluster}, Kubernetes ${kubernetesVersion}, ${describeEnvironment(environment)}`;
}

/** Where the version that is taken, or waits, is described; undefined where there is none or nobody knows. */
export function notesOf({ lookUp: { name }, move }: RefreshedAddOn): string | undefined {
  return 'to' in move && move.to !== undefined ? addOnReleaseNotesUrl(name, move.to) : undefined;
}

/** What is not known of a move. */
export function doubtsOf({ move }: RefreshedAddOn): string[] {
  return 'configurationUnread' in move && move.configurationUnread !== undefined
    ? [`its configuration was not checked against ${move.to}: ${move.configurationUnread}`]
    : [];
}

/** A move in one line. */
export function describeAddOnMove({ lookUp: { name }, move }: RefreshedAddOn, colors: Colors): string {
  const from = move.from ?? 'not looked up yet';
  switch (move.outcome) {
    case 'current': return `${from} is up to date`;
    case 'moved': return move.from === undefined
      ? `${colors.green('takes')} ${move.to}, looked up for the first time`
      : `${colors.green('moves')} from ${from} to ${move.to}${reasonOf(name, move)}`;
    case 'undeployed': return `${colors.yellow('waits')} at ${from}${stepFrom(name, move)}; deploy ${from} before ${move.to}`;
    case 'soaking': return `${colors.yellow('waits')} at ${from}: ${move.to} was first seen on ${move.since}, soaks until `
      + `${move.until.slice(0, 10)}`;
    case 'withdrawn': return `${colors.red('withdrawn')}: EKS no longer offers ${lost(move)}, ${describeSuccessor(move)}`;
    case 'ahead': return `${colors.yellow('stays')} at ${from}: EKS installs ${move.to} by default, which is older; `
      + 'take it with --allow-older';
    case 'unfit': return `${colors.red('stays')} at ${from}: ${move.why}`;
    case 'unreadable': return `${colors.red('stays')} at ${from}: the versions of ${name} could not be read: ${move.why}`;
  }
}

/** Why a version moves, where it is not that there is a newer one. */
function reasonOf(name: string, move: Extract<TrackedAddOnMove, { readonly outcome: 'moved' }>): string {
  const { from, installed, wasWithdrawn } = move;
  if (from !== undefined && installed !== undefined) {
    return compareAddOnVersions(installed, from) > 0 ? `: the cluster already has ${installed}` : stepFrom(name, move);
  }
  return wasWithdrawn ? `: EKS no longer offers ${from}` : '';
}

function stepFrom(name: string, { installed }: TrackedAddOnMove): string {
  return `: the cluster has ${installed}, and EKS updates ${name} one minor at a time`;
}

function lost({ from, installed }: TrackedAddOnMove): string {
  return installed === undefined ? from! : `the installed ${installed}`;
}

function describeSuccessor({ to, until }: { readonly to?: string; readonly until?: string }): string {
  if (to === undefined) return 'nor any version that could follow it';
  return until === undefined
    ? `and ${to} is the newest that is left, which is older; take it with --allow-older`
    : `${to} is offered, and soaks until ${until.slice(0, 10)}: take it now without --soak`;
}
