import * as clusters from '../../src/cluster/messages';
import * as customResources from '../../src/custom-resources/messages';
import * as diagnostics from '../../src/diagnostics/messages';
import * as amis from '../../src/engine/ami/messages';
import * as declaration from '../../src/engine/declaration/messages';
import * as addOns from '../../src/engine/eks/add-on-version-choice';
import * as windows from '../../src/engine/judgement/when/weekly-windows';
import * as versions from '../../src/engine/kubernetes/messages';
import { Message, Messages } from '../../src/engine/messages/message';
import * as plan from '../../src/engine/plan/messages';
import * as guard from '../../src/guard/messages';
import * as handler from '../../src/handler/messages';
import * as manifests from '../../src/manifests/messages';
import * as nodeGroups from '../../src/node-group/messages';
import * as preview from '../../src/preview/messages';
import * as tracking from '../../src/tracking/messages';
import * as waves from '../../src/waves/messages';

/** What the constructs of a folder say. */
interface Spoken {
  /** What is thrown. */
  readonly says?: Messages;
  /** What stands on constructs. */
  readonly errors?: Messages;
  readonly warnings?: Messages;
  readonly notes?: Messages;
}

/** What an app is told while it is synthesised, by the folder of `src` and the kind: a new file of messages is one line here. */
const SPOKEN: Readonly<Record<string, Spoken>> = {
  'cluster': clusters,
  'node-group': nodeGroups,
  'waves': waves,
  'guard': guard,
  'custom-resources': customResources,
  'diagnostics': diagnostics,
  'tracking': tracking,
  'manifests': manifests,
  'preview': preview,
  'engine/kubernetes': versions,
  'engine/ami': amis,
  'engine/declaration': declaration,
  'engine/plan': plan,
  'engine/judgement/when': windows,
};

/** With what the function in AWS fails, beside findings. */
const SPOKEN_BY_FUNCTION: Readonly<Record<string, Spoken>> = { 'handler': handler, 'engine/eks': { says: addOns.noVersion } };

/** A message that an app can be told while it is synthesised, or that the function in AWS says. */
export interface MessageOfConstructs {
  /** Where it is, below `src`. */
  readonly folder: string;
  readonly kind: keyof Spoken;
  /** Its name; of what stands on a construct, also its ID, up to a colon. */
  readonly name: string;
  readonly message: Message;
}

export const MESSAGES_OF_CONSTRUCTS = messagesIn(SPOKEN);

export const MESSAGES_OF_FUNCTION = messagesIn(SPOKEN_BY_FUNCTION);

function messagesIn(said: Readonly<Record<string, Spoken>>): readonly MessageOfConstructs[] {
  return Object.entries(said).flatMap(([folder, spoken]) => (['errors', 'warnings', 'notes', 'says'] as const).flatMap((kind) =>
    Object.entries(spoken[kind] ?? {}).map(([name, message]) => ({ folder, kind, name, message }))));
}

/** The IDs of what stands on constructs. */
export const IDS_OF_ANNOTATIONS: readonly string[] = [
  ...new Set(MESSAGES_OF_CONSTRUCTS.filter(({ kind }) => kind !== 'says').map(({ name }) => name.split(':')[0])),
];
