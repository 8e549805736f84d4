import { addOnsOf, nodeGroupsOf } from '../../change/change';
import { messages } from '../../messages/message';
import { Check, Observation } from '../check';

const EXISTS = 'the cluster has it already, and this deployment would create it: CloudFormation would fail with "already exists"';

const says = messages({
  addOn: {
    text: EXISTS,
    remedy: "bring it into the stack with 'cdk import', or keep the construct that made it under its old ID",
  },
  nodeGroup: {
    text: EXISTS,
    remedy: "give the new one another name, or bring the old one into the stack with 'cdk import', or give its construct its old ID back",
  },
});

/**
 * What a deployment is to create does not exist in EKS yet.
 *
 * CloudFormation fails with "already exists" for a node group or an add-on that the cluster has, but not by this resource of this
 * stack: one that somebody made by hand, or whose construct was renamed. It finds out after the control plane has moved.
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
  kind: 'node group' | 'add-on', wanted: Readonly<Record<string, { readonly isNew?: boolean }>>, live: ReadonlyArray<{ readonly name: string }>,
): Iterable<Observation> {
  for (const { name } of live) {
    if (!wanted[name]?.isNew) continue;
    yield { about: { kind, name }, ...kind === 'add-on' ? says.addOn({}) : says.nodeGroup({}) };
  }
}
