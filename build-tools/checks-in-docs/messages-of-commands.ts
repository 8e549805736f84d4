import * as commands from '../../src/cli/messages';
import { Message, Messages } from '../../src/engine/messages/message';
import { leavesOpen } from '../../src/engine/plan/messages';

/** What the command line says beside findings, by what it is about. */
const SPOKEN: Readonly<Record<string, Messages>> = {
  'error': commands.says,
  'refresh stays': commands.stays,
  'refresh waits': commands.waitsFor,
  'cannot': commands.cannot,
  'by hand': commands.byHand,
  'plan open': leavesOpen,
};

/** A message of the command line that is no finding. */
export interface MessageOfCommands {
  readonly kind: string;
  readonly name: string;
  readonly message: Message;
}

export const MESSAGES_OF_COMMANDS: readonly MessageOfCommands[] = Object.entries(SPOKEN).flatMap(
  ([kind, messages]) => Object.entries(messages).map(([name, message]) => ({ kind, name, message })),
);
