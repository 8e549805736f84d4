import { addOnsOf, nodeGroupsOf } from '../../change/change';
import { messages } from '../../messages/message';
import { Check, Observation } from '../check';

const EXISTS = 'it already exists in the cluster, and this deployment would create it: CloudFormation would fail with "already exists"';

const says = messages({
  addOn: {
    text: EXISTS,
    remedy: [
      "import it into the stack with 'cdk import' as docs/adopt.md shows, restore the ID of the construct that created it, or leave it to",
      'the tool that manages it',
    ],
  },
  nodeGroup: {
    text: EXISTS,
    remedy: [
      "give the new one another name, import the old one with 'cdk import' as docs/adopt.md shows, or restore the ID of the construct that",
      'created it',
    ],
  },
});

/**
 * What a deployment is to create does not exist in EKS yet.
 *
 * CloudFormation fails with "already exists" for a node group or an add-on that the cluster has, but not by this resource of this
 * stack: one that somebody made by hand or with another tool, or whose construct was renamed. It finds out after the control plane has moved.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/import-resources.html
 */
export const existsAlready: Check = {
  id: 'exists-already',
  severity: 'error',
  source: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/import-resources.html',
  messages: says,

  * examine(change) {
    const { nodeGroups = {}, addOns = {} } = change.intent;
    yield* among('node group', nodeGroups, nodeGroupsOf(change));
    yield* among('add-on', addOns, addOnsOf(change));
  },
};

function* among(
  kind: 'node group' | 'add-on',
  wanted: Readonly<Record<string, { readonly isNew?: boolean }>>,
  live: ReadonlyArray<{ readonly name: string }>,
): Iterable<Observation> {
  for (const { name } of live) {
    if (!wanted[name]?.isNew) continue;
    yield { about: { kind, name }, ...kind === 'add-on' ? says.addOn({}) : says.nodeGroup({}) };
  }
}
