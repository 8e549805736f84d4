import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { JoinedCluster } from './joined-cluster';
import { overlaid, renderToml, TomlTable } from './toml';
import { withSortedKeys } from '../../diagnostics/sorted-keys';
import { NodeLaunchOptions } from '../node-launch-options';

/**
 * The user data of Bottlerocket: its settings, what lets the node join and over it what the user adds.
 *
 * @throws if a setting has no form in TOML
 * @see https://repost.aws/knowledge-center/eks-configure-user-data-for-node-groups
 */
export function bottlerocketUserData(
  { name, endpoint, certificateAuthority, dns }: JoinedCluster, options: NodeLaunchOptions,
): ec2.UserData {
  const join: TomlTable = {
    kubernetes: {
      'cluster-name': name,
      'api-server': endpoint,
      'cluster-certificate': certificateAuthority,
      'cluster-dns-ip': dns, // where it is not known, Bottlerocket asks EKS
    },
  };
  const settings = overlaid(join, withSortedKeys(options.bottlerocketSettings ?? {}) as TomlTable);
  return ec2.UserData.custom(renderToml(settings, ['settings']));
}
