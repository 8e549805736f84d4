/**
 * How resource handlers of EKS wait and report.
 */
import { DescribeUpdateCommand, TagResourceCommand, UntagResourceCommand, type Update } from '@aws-sdk/client-eks';
import { asTagMap } from './api-names';
import type { Change, Handling } from './resource-type';

/** Whose update it is. */
interface Subject {
  readonly name: string;
  readonly nodegroupName?: string;
  readonly addonName?: string;
}

/** @throws when the update fails, with what EKS says */
export async function ended(handling: Handling, subject: Subject, started: Update | undefined): Promise<void> {
  const { eks, passTime, waits } = handling;
  if (!waits) return;
  const { update } = await eks.send(new DescribeUpdateCommand({ ...subject, updateId: started!.id }));
  switch (update!.status) {
    case 'Successful':
      return;
    case 'InProgress':
      await passTime();
      return ended(handling, subject, started);
    default:
      throw new Error(update!.errors!.map(({ errorCode, errorMessage }) => `[${errorCode}: ${errorMessage}]`).join(' '));
  }
}

/** Asks until a resource is there or, where that is wanted, gone. */
export async function settled(
  { passTime, waits }: Handling, status: () => Promise<string | undefined>, wanted: 'ACTIVE' | 'GONE' = 'ACTIVE',
): Promise<void> {
  if (!waits) return;
  for (let now = await status(); (now ?? 'GONE') !== wanted; now = await status()) {
    if (now === undefined || now.endsWith('_FAILED') || now === 'DEGRADED') throw new Error(`status is ${now ?? 'GONE'}`);
    await passTime();
  }
}

/** Undefined for what does not exist. */
export async function orGone<T>(answer: Promise<T>): Promise<T | undefined> {
  return answer.catch((error) => {
    if (error.name === 'ResourceNotFoundException') return undefined;
    throw error;
  });
}

/** Brings the tags of an ARN from what they were to what they shall be. */
export async function retag({ eks }: Handling, resourceArn: string, { previous, properties }: Change): Promise<void> {
  const tags = asTagMap(properties.Tags);
  const tagKeys = Object.keys(asTagMap(previous.Tags)).filter((key) => !(key in tags));
  await eks.send(new TagResourceCommand({ resourceArn, tags }));
  if (tagKeys.length > 0) await eks.send(new UntagResourceCommand({ resourceArn, tagKeys }));
}
