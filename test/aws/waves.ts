/**
 * Counts round trips one after the other: what is asked at once is one wave, however many requests it holds.
 */
import { setTimeout as delay } from 'node:timers/promises';
import type { AwsCall } from './aws-service';

/** How long nobody may ask before a wave is taken to be whole. */
const QUIET_MILLIS = 20;

/** Turns of the event loop after that: a process that was busy finds the clock run down before it reads what has arrived meanwhile. */
const TURNS = 10;

interface WaitingCall {
  /** As IAM names it. */
  readonly action: string;
  readonly pass: () => void;
}

/** Holds answers back until whoever asks waits for all of them. Works for callers in this process only. */
export class Waves {
  /** The actions of each wave, sorted. */
  readonly passed: string[][] = [];
  private waiting: WaitingCall[] = [];

  /** Waits with a call until its wave is whole. */
  async join({ service, action }: Pick<AwsCall, 'service' | 'action'>): Promise<void> {
    return new Promise<void>((pass) => {
      const call = { action: `${service}:${action}`, pass };
      this.waiting.push(call);
      void this.passAfter(call);
    });
  }

  /** Lets the wave pass, unless more calls have come since. */
  private async passAfter(last: WaitingCall): Promise<void> {
    await delay(QUIET_MILLIS);
    for (let turn = 0; turn < TURNS; turn++) await new Promise<void>((resolve) => setImmediate(resolve));
    if (this.waiting.at(-1) !== last) return;
    const wave = this.waiting;
    this.waiting = [];
    this.passed.push(wave.map(({ action }) => action).sort());
    wave.forEach(({ pass }) => pass());
  }
}
