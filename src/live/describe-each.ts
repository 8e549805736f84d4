import { askForEach } from './ask-for-each';
import { attempt } from './attempt';
import { UnreadPart } from '../engine/state/cluster-state';

/** The parts of a cluster, and those of which AWS tells nothing but the name. */
export interface DescribedParts<T> {
  readonly read: readonly T[];
  readonly unread: readonly UnreadPart[];
}

/** So many of the likely parts are described beside the list: AWS does not throttle that yet. */
const EARLY = 8;

/**
 * Lists the parts of a cluster and describes each. One that AWS does not describe does not hide the others.
 *
 * @param describe returns undefined when there is no such part, or none any more
 * @param likely names that the list will most likely hold: they are described beside it, instead of after it
 * @throws AwsCallError if they cannot be listed
 */
export async function describeEach<T>(
  list: () => Promise<readonly string[]>, describe: (name: string) => Promise<T | undefined>, likely: readonly string[] = [],
): Promise<DescribedParts<T>> {
  const ask = async (name: string) => attempt(async () => describe(name));
  const early = new Map(likely.slice(0, EARLY).map((name) => [name, ask(name)]));
  early.forEach((answer) => answer.catch(() => undefined)); // who waits for it is told
  const answers = await askForEach(await list(), async (name) => {
    const answer = await early.get(name);
    const cameSince = answer?.known && answer.value === undefined;
    return { name, answer: answer && !cameSince ? answer : await ask(name) };
  });
  return {
    read: answers.flatMap(({ answer }) => answer.known && answer.value !== undefined ? [answer.value] : []),
    unread: answers.flatMap(({ name, answer }) => answer.known ? [] : [{ name, why: answer.why }]),
  };
}
