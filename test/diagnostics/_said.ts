import { Said } from '../../src/engine/messages/message';
import { sentence } from '../../src/engine/messages/sentence';

/** A warning or a note as it stands on a construct: the ID by which it is acknowledged comes last. */
export function acknowledgeable(said: Said): string {
  return `${sentence(said)} [ack: ${idOf(said)}]`;
}

/** An error as it stands on a construct. */
export function reported(said: Said): string {
  return `${sentence(said)} [${idOf(said)}]`;
}

function idOf({ reason }: Said): string {
  return `cdk-eks-upgrades:${reason.split(':')[0]}`;
}
