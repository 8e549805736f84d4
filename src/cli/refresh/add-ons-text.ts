import { RefreshedAddOn } from './add-ons';
import { addOnReleaseNotesUrl } from '../../engine/eks/add-on-release-notes';
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
    case 'moved': return `${colors.green('moves')} from ${from} to ${move.to}${move.wasWithdrawn ? `: EKS no longer offers ${from}` : ''}`;
    case 'soaking': return `${colors.yellow('waits')} at ${from}: ${move.to} was first seen on ${move.since}, soaks until `
      + `${move.until.slice(0, 10)}`;
    case 'withdrawn': return `${colors.red('withdrawn')}: EKS no longer offers ${from}, ${describeSuccessor(move)}`;
    case 'ahead': return `${colors.yellow('stays')} at ${from}: EKS installs ${move.to} by default, which is older; `
      + 'take it with --allow-older';
    case 'unfit': return `${colors.red('stays')} at ${from}: ${move.why}`;
    case 'unreadable': return `${colors.red('stays')} at ${from}: the versions of ${name} could not be read: ${move.why}`;
  }
}

function describeSuccessor({ to, until }: { readonly to?: string; readonly until?: string }): string {
  if (to === undefined) return 'nor any version that could follow it';
  return until === undefined
    ? `and ${to} is the newest that is left, which is older; take it with --allow-older`
    : `${to} is offered, and soaks until ${until.slice(0, 10)}: take it now without --soak`;
}
