// Runs tasks at the same time, each argument one after the other in itself: `tsx build-tools/side-by-side.ts compile,docs:compile check`.
//
// What a task prints is shown when it is done, so that two do not mix; the first that fails ends the others.
import { ChildProcess, spawn } from 'node:child_process';

const running = new Set<ChildProcess>();

function run(task: string): Promise<void> {
  return new Promise((done, failed) => {
    const started = Date.now();
    const child = spawn('npx', ['projen', task], { stdio: ['ignore', 'pipe', 'pipe'], detached: true });
    running.add(child);
    const output: Buffer[] = [];
    child.stdout!.on('data', (chunk) => output.push(chunk));
    child.stderr!.on('data', (chunk) => output.push(chunk));
    child.on('error', failed);
    child.on('close', (code) => {
      running.delete(child);
      process.stdout.write(Buffer.concat(output));
      process.stdout.write(`${task}: ${code === 0 ? 'done' : 'failed'} after ${Math.round((Date.now() - started) / 1000)} s\n`);
      if (code === 0) {
        done();
      } else {
        failed(new Error(task));
      }
    });
  });
}

async function runInTurn(tasks: readonly string[]): Promise<void> {
  for (const task of tasks) {
    await run(task);
  }
}

Promise.all(process.argv.slice(2).map((row) => runInTurn(row.split(',')))).catch(() => {
  process.exitCode = 1;
  running.forEach(({ pid }) => process.kill(-pid!)); // the processes that a task has started are in its group
});
