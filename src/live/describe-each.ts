import { askForEach } from './ask-for-each';
import { attempt } from './attempt';
import { UnreadPart } from '../engine/state/cluster-state';

/** The parts of a cluster, and those of which AWS tells nothing but the name. */
export interface DescribedParts<T> {
  readonly read: readonly T[];
  readonly unread: readonly UnreadPart[];
}

/**
 * Describes each of some parts that were listed. One that AWS does not describe does not hide the others.
 *
 * @param describe returns undefined when the part was deleted since it was listed
 */
export async function describeEach<T>(
  names: readonly string[], describe: (name: string) => Promise<T | undefined>,
): Promise<DescribedParts<T>> {
  const answers = await askForEach(names, async (name) => ({ name, answer: await attempt(async () => describe(name)) }));
  return {
    read: answers.flatMap(({ answer }) => answer.known && answer.value !== undefined ? [answer.value] : []),
    unread: answers.flatMap(({ name, answer }) => answer.known ? [] : [{ name, why: answer.why }]),
  };
}
