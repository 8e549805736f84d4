import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { JoinedCluster } from './joined-cluster';
import { NodeLaunchOptions } from '../node-launch-options';

/**
 * The user data of Windows: the bootstrap script that the EKS-optimized images bring, between the user's own commands.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/eks-optimized-windows-ami.html#bootstrap-script-configuration-parameters
 */
export function windowsUserData(
  { name, endpoint, certificateAuthority, serviceCidr }: JoinedCluster, options: NodeLaunchOptions,
): ec2.UserData {
  const { kubeletFlags = [], powerShellBefore = [], powerShellAfter = [] } = options;
  const userData = ec2.UserData.forWindows();
  userData.addCommands(
    ...powerShellBefore,
    [
      '& "$env:ProgramFiles\\Amazon\\EKS\\Start-EKSBootstrap.ps1"',
      `-EKSClusterName ${quoted(name)}`,
      `-APIServerEndpoint ${quoted(endpoint)}`,
      `-Base64ClusterCA ${quoted(certificateAuthority)}`,
      ...serviceCidr === undefined ? [] : [`-ServiceCIDR ${quoted(serviceCidr)}`],
      ...kubeletFlags.length === 0 ? [] : [`-KubeletExtraArgs ${quoted(kubeletFlags.join(' '))}`],
      '3>&1 4>&1 5>&1 6>&1',
    ].join(' '),
    ...powerShellAfter,
  );
  return userData;
}

/** A verbatim string of PowerShell. */
function quoted(text: string): string {
  return `'${text.replace(/'/g, "''")}'`;
}
