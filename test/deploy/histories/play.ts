import fc from 'fast-check';
import { History } from './history';
import { makeSubnets } from './make-subnets';
import { onwards, stories } from './story';
import { emptyTally, type Tally } from './tally';
import type { Cloud } from '../cloud';

/** How many histories are played, and which. */
export interface Performance {
  /** Decides on all of them. */
  readonly seed: number;
  readonly runs: number;
  /** No history begins later. @default - however long it takes */
  readonly minutes?: number;
  /** Whether the whole of each story is played, not only what {@link onwards} leaves of it. @default false */
  readonly whole?: boolean;
}

/**
 * Plays histories one after the other.
 *
 * @throws with the history that breaks a law, and the seed that brings it back
 */
export async function playHistories(
  cloud: Cloud, { seed, runs, minutes = Infinity, whole = false }: Performance, tally: Tally = emptyTally(),
): Promise<Tally> {
  const subnets = await makeSubnets(cloud);
  const end = Date.now() + minutes * 60_000;
  for (const story of fc.sample(stories, { seed, numRuns: runs })) {
    if (Date.now() >= end) break;
    const played = whole ? story : onwards(story);
    await new History(cloud, `History${tally.histories}`, tally, played, subnets).play().catch((error: Error) => {
      error.message = `history ${tally.histories} of seed ${seed}: ${error.message}`;
      throw error;
    });
    tally.histories++;
  }
  return tally;
}
