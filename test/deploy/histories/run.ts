/**
 * Plays many histories, one process per core: `npx projen test:histories -- --runs 10000`.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { playHistories } from './play';
import { emptyTally, type Tally } from './tally';
import { Cloud } from '../cloud';
import { findPython } from '../python';

const { values } = parseArgs({
  args: process.argv.slice(2).filter((arg) => arg !== '--'), // npx hands it on
  options: {
    runs: { type: 'string', default: '1000' },
    seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
    processes: { type: 'string', default: String(availableParallelism()) },
    worker: { type: 'boolean', default: false },
  },
});
const [runs, seed, processes] = [values.runs, values.seed, values.processes].map(Number);

void (values.worker ? work() : conduct());

/** One process's share. */
async function work(): Promise<void> {
  process.env.CDK_VALIDATION = 'false';
  const cloud = await Cloud.start({ python: findPython()! });
  const tally = emptyTally();
  const report = setInterval(() => process.send!(tally), 10_000);
  try {
    process.send!(await playHistories(cloud, { seed, runs, whole: true }, tally));
  } catch (error) {
    process.stderr.write(`\n${(error as Error).message}\n`);
    process.exitCode = 1;
  } finally {
    clearInterval(report);
    await cloud.stop();
    process.disconnect!();
  }
}

/** Each process has a seed of its own. */
async function conduct(): Promise<void> {
  if (findPython() === undefined) throw new Error('histories run on MiniStack, which needs Python 3.10 or newer with venv: install it');
  const start = Date.now();
  const tallies: Tally[] = Array.from({ length: processes }, emptyTally);
  const codes = await Promise.all(tallies.map(async (_, index) => {
    const share = Math.ceil((runs - index) / processes);
    const worker = fork(__filename, ['--worker', '--runs', String(share), '--seed', String(seed + index)]);
    worker.on('message', (tally: Tally) => { tallies[index] = tally; process.stderr.write('.'); });
    const [code] = await once(worker, 'exit') as [number];
    return code;
  }));
  const total = tallies.reduce((sum, tally) => Object.fromEntries(
    Object.entries(sum).map(([name, count]) => [name, count + tally[name as keyof Tally]]),
  ) as unknown as Tally);
  process.stdout.write(
    `\nseeds ${seed} to ${seed + processes - 1}, ${Math.round((Date.now() - start) / 1000)} s: ${JSON.stringify(total, undefined, 2)}\n`,
  );
  process.exitCode = codes.every((code) => code === 0) ? 0 : 1;
}
