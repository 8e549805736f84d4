import { execFile } from 'node:child_process';
import { ApiServer, BINARY } from './api-server';

/** A pod that is blocked is tried again until this is over. */
const TIMEOUT = '2s';

const AT_ONCE = 4;

/** What the dry run of kubectl's drain says of some nodes. */
export interface KubectlVerdict {
  readonly drains: boolean;
  /** What it writes, errors included. */
  readonly output: string;
}

/** Lets kubectl try the drain of some nodes, as it is done without this library: every eviction as a dry run. */
export async function dryRunOfDrain(api: ApiServer, nodes: Iterable<string>): Promise<KubectlVerdict> {
  const args = [
    'kubectl', '--kubeconfig', api.kubeconfig, 'drain', ...nodes,
    '--dry-run=server', `--timeout=${TIMEOUT}`, '--ignore-daemonsets', '--delete-emptydir-data', '--force', // bare pods included
  ];
  return new Promise((resolve) => {
    execFile(BINARY, args, (error, stdout, stderr) => resolve({ drains: error === null, output: `${stdout}${stderr}` }));
  });
}

/** The same for several sets of nodes, a few side by side. */
export async function dryRunsOfDrains(api: ApiServer, all: readonly ReadonlySet<string>[]): Promise<KubectlVerdict[]> {
  const verdicts: KubectlVerdict[] = [];
  for (let first = 0; first < all.length; first += AT_ONCE) {
    verdicts.push(...await Promise.all(all.slice(first, first + AT_ONCE).map(async (nodes) => dryRunOfDrain(api, nodes))));
  }
  return verdicts;
}
