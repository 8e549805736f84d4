import { Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { JoinedCluster } from './joined-cluster';
import { withSortedKeys } from '../../diagnostics/sorted-keys';
import { refusal } from '../../engine/messages/refusal';
import { says } from '../messages';
import { NodeLaunchOptions } from '../node-launch-options';

const NODE_CONFIG = 'application/node.eks.aws';

/**
 * The user data of Amazon Linux 2023, read by nodeadm: what lets the node join, then what the user adds; nodeadm merges the
 * parts, and the later one wins.
 *
 * @throws if the service CIDR is not known, without which nodeadm does not start the kubelet
 * @see https://awslabs.github.io/amazon-eks-ami/nodeadm/doc/examples/#merging-multiple-configuration-objects
 */
export function nodeConfigUserData(stack: Stack, cluster: JoinedCluster, options: NodeLaunchOptions): ec2.UserData {
  const { kubeletFlags = [], nodeConfig, userDataParts = [] } = options;
  const userData = new ec2.MultipartUserData();
  const parts = [joinSpec(cluster), ...kubeletFlags.length > 0 ? [`  kubelet:\n    flags: ${stack.toJsonString(kubeletFlags)}`] : []];
  userData.addPart(nodeConfigPart(parts.join('\n')));
  // JSON is YAML; as text it may hold values that only the deployment knows
  if (nodeConfig) userData.addPart(nodeConfigPart(`  ${stack.toJsonString(withSortedKeys(nodeConfig))}`));
  userDataParts.forEach((part) => userData.addPart(part));
  return userData;
}

function nodeConfigPart(spec: string): ec2.MultipartBody {
  return ec2.MultipartBody.fromRawBody({
    contentType: NODE_CONFIG, body: `---\napiVersion: node.eks.aws/v1alpha1\nkind: NodeConfig\nspec:\n${spec}\n`,
  });
}

function joinSpec({ name, endpoint, certificateAuthority, serviceCidr, isIpv6 }: JoinedCluster): string {
  if (serviceCidr === undefined) {
    throw refusal(isIpv6 ? says.serviceIpv6CidrMissing({}) : says.serviceCidrMissing({}));
  }
  return [
    '  cluster:',
    `    name: "${name}"`,
    `    apiServerEndpoint: "${endpoint}"`,
    `    certificateAuthority: "${certificateAuthority}"`,
    `    cidr: "${serviceCidr}"`,
  ].join('\n');
}
