import type { ChildProcess } from 'node:child_process';

/** What ends a process from outside: Ctrl-C, a pipeline that is cancelled, a terminal that is closed. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Does work that a signal must not cut off: the processes that it has started get the signal, and this process ends by it
 * once they have ended and the work has put in order what it leaves.
 */
export async function withSignalsHeld<T>(work: (passOn: (child: ChildProcess) => void) => Promise<T>): Promise<T> {
  let received: NodeJS.Signals | undefined;
  const children: ChildProcess[] = [];
  const hold = (signal: NodeJS.Signals) => {
    received ??= signal;
    children.forEach((child) => hasEnded(child) ? closeOutput(child) : child.kill(signal));
  };
  const passOn = (child: ChildProcess) => {
    children.push(child);
    if (received) child.kill(received);
    child.on('exit', () => received && closeOutput(child));
  };
  SIGNALS.forEach((signal) => process.on(signal, hold));
  try {
    return await work(passOn);
  } finally {
    SIGNALS.forEach((signal) => process.off(signal, hold));
    if (received) {
      process.kill(process.pid, received);
      await new Promise(() => undefined);
    }
  }
}

function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null;
}

/** What the process has started itself may keep it open. */
function closeOutput({ stdout, stderr }: ChildProcess): void {
  [stdout, stderr].forEach((output) => output?.destroy());
}
