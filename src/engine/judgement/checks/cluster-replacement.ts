import { OTHER_RESOURCE as PREFIX } from '../../change/upgrade-intent';
import { messages } from '../../messages/message';
import { aboutCluster, Check } from '../check';

const says = messages({
  renamed: {
    text: 'CloudFormation would delete the cluster and create a new one: the template no longer contains its resource, {renamedFrom}',
    remedy: "restore the old ID and scope of the construct, or move the resource with 'cdk refactor'",
  },
  replaced: {
    text: 'CloudFormation would delete the cluster and create a new one, because {replacedBy} can only be set when a cluster is created',
    remedy: 'revert the change of {replacedBy}; if you need it, build a second cluster beside this one',
  },
});

/**
 * No deployment deletes a running cluster to create another one in its place.
 *
 * CloudFormation replaces a cluster of which a property changes that can only be set at its creation, and one whose construct is renamed or
 * moved, which gives its resource another logical ID. Node groups, add-ons and everything that runs in the cluster go with it.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-eks-cluster.html
 */
export const clusterReplacement: Check = {
  id: 'cluster-replacement',
  severity: 'error',
  source: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-eks-cluster.html',
  messages: says,

  * examine(change) {
    const { replacedBy = [] } = change.intent;
    if (replacedBy.length === 0) return;
    const [renamedFrom] = replacedBy.flatMap((what) => what.startsWith(PREFIX) ? what.slice(PREFIX.length) : []);
    yield {
      about: aboutCluster(change),
      ...renamedFrom ? says.renamed({ renamedFrom }) : says.replaced({ replacedBy }),
    };
  },
};
