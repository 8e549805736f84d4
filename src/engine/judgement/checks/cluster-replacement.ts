import { OTHER_RESOURCE, OTHER_TYPE } from '../../change/upgrade-intent';
import { messages } from '../../messages/message';
import { AWS_EKS_CLUSTER_TYPE } from '../../state/deployed-stack';
import { aboutCluster, Check } from '../check';

const says = messages({
  renamed: {
    text: 'CloudFormation would delete the cluster and create a new one: the template no longer contains its resource, {renamedFrom}',
    remedy: "restore the old ID and scope of the construct, or move the resource with 'cdk refactor'",
  },
  otherModule: {
    text: 'CloudFormation would delete the cluster and create a new one: the template makes it with {wanted} instead of {deployed}',
    remedy: "keep the cluster in {deployed}, and use ClusterUpgrades.{factory}(); 'cdk refactor' cannot move it between the two",
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
 * moved, be it to another stack of the app, or of the other module, which gives its resource another logical ID. Node groups, add-ons and everything that runs in the cluster go with it.
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
    const [renamedFrom, otherType] = [OTHER_RESOURCE, OTHER_TYPE].map((prefix) => whatFollows(prefix, replacedBy));
    yield {
      about: aboutCluster(change),
      ...otherType !== undefined ? says.otherModule(otherType === AWS_EKS_CLUSTER_TYPE ? FROM_AWS_EKS : FROM_AWS_EKS_V2)
        : renamedFrom !== undefined ? says.renamed({ renamedFrom }) : says.replaced({ replacedBy }),
    };
  },
};

const FROM_AWS_EKS = { deployed: 'aws-eks', wanted: 'aws-eks-v2', factory: 'ofAwsEks' };
const FROM_AWS_EKS_V2 = { deployed: 'aws-eks-v2', wanted: 'aws-eks', factory: 'ofAwsEksV2' };

function whatFollows(prefix: string, reasons: readonly string[]): string | undefined {
  return reasons.find((reason) => reason.startsWith(prefix))?.slice(prefix.length);
}
