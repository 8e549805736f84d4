import { nodeGroupsOf, wantedOfNodeGroup } from '../../change/change';
import { NodeGroupIntent } from '../../change/upgrade-intent';
import { NodeGroupState } from '../../state/node-group-state';
import { Check, Observation } from '../check';

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

  * examine(change) {
    for (const group of nodeGroupsOf(change)) {
      const wanted = wantedOfNodeGroup(change, group.name);
      if (wanted.replacedBy?.length) yield { about: { kind: 'node group', name: group.name }, ...objectionTo(group, wanted) };
    }
  },
};

function objectionTo({ name, scaling }: NodeGroupState, {
  replacedBy = [], desiredSize, hasFixedName,
}: NodeGroupIntent): Pick<Observation, 'message' | 'remedy'> {
  const why = `${replacedBy.join(', ')} can only be set when a node group is created`;
  const remedy = 'add a second group beside it and remove this one in a later deployment, as docs/leave.md shows';
  if (hasFixedName) {
    return {
      message: `${why}, and CloudFormation cannot create another group named ${name} while this one exists: the update would fail with "already exists"`,
      remedy: `${remedy}; give the second one another name, or none`,
    };
  }
  return {
    message: `${why}: CloudFormation would create another group${desiredSize === undefined ? '' : ` with ${nodes(desiredSize)}`}, then delete this one and drain `
      + `${scaling ? `its ${nodes(scaling.desiredSize)}` : 'all its nodes'} at once`,
    remedy,
  };
}

function nodes(count: number): string {
  return `${count} node${count === 1 ? '' : 's'}`;
}
