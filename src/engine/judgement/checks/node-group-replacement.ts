import { nodeGroupsOf, wantedOfNodeGroup } from '../../change/change';
import { NodeGroupIntent } from '../../change/upgrade-intent';
import { messages, Said } from '../../messages/message';
import { NodeGroupState } from '../../state/node-group-state';
import { Check } from '../check';

const says = messages({
  fixedName: {
    text: [
      '{replacedBy} can only be set when a node group is created, and CloudFormation cannot create another group named {name}',
      'while this one exists: the update would fail with "already exists"',
    ],
    remedy: [
      'add a second group beside it and remove this one in a later deployment, as docs/leave.md shows;',
      'give the second one another name, or none{selects?; until then, name the subnets that this one has instead of selecting them}',
    ],
  },
  replaced: {
    text: [
      '{replacedBy} can only be set when a node group is created: CloudFormation would create a new group{created? with #}, then '
        + 'delete this one',
      'and drain {drained} at once',
    ],
    remedy: [
      'add a second group beside it and remove this one in a later deployment, as docs/leave.md shows{selects?; until then,',
      'name the subnets that this one has instead of selecting them}',
    ],
  },
});

/**
 * No deployment deletes a node group to create another one in its place.
 *
 * CloudFormation does so for a change of instance types, AMI type, subnets and others that can only be set at creation. The new
 * group starts with the size of the template, whatever the old one has been scaled to; then EKS drains all nodes of the old one
 * at once. A group of a fixed name cannot be created beside the old one at all.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-eks-nodegroup.html
 * @see https://github.com/aws/containers-roadmap/issues/1421
 */
export const nodeGroupReplacement: Check = {
  id: 'node-group-replacement',
  severity: 'error',
  source: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-eks-nodegroup.html',
  messages: says,

  * examine(change) {
    for (const group of nodeGroupsOf(change)) {
      const wanted = wantedOfNodeGroup(change, group.name);
      if (wanted.replacedBy?.length) yield { about: { kind: 'node group', name: group.name }, ...objectionTo(group, wanted) };
    }
  },
};

function objectionTo({ name, scaling }: NodeGroupState, { replacedBy = [], desiredSize, hasFixedName }: NodeGroupIntent): Said {
  const selects = replacedBy.includes('Subnets'); // a selection finds a new subnet of the VPC for both
  return hasFixedName ? says.fixedName({ replacedBy, name, selects }) : says.replaced({
    replacedBy,
    selects,
    created: desiredSize === undefined ? undefined : nodes(desiredSize),
    drained: scaling ? `its ${nodes(scaling.desiredSize)}` : 'all its nodes',
  });
}

function nodes(count: number): string {
  return `${count} node${count === 1 ? '' : 's'}`;
}
