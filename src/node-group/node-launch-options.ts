import * as ec2 from 'aws-cdk-lib/aws-ec2';

/**
 * How the nodes of a golden image are launched and join their cluster: what goes into the launch template beside the image.
 *
 * EKS adds nothing to the user data of an image of your own, so all that a node needs to join is written here.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/launch-templates.html#launch-template-user-data
 */
export interface NodeLaunchOptions {
  /**
   * Address of the cluster's API server.
   *
   * @default - the cluster's; required when the cluster is imported without it
   */
  readonly clusterEndpoint?: string;

  /**
   * Certificate authority of the cluster, encoded in base64.
   *
   * @default - the cluster's; required when the cluster is imported without it
   */
  readonly clusterCertificateAuthority?: string;

  /**
   * Addresses of the cluster's services, such as `172.20.0.0/16`. Amazon Linux 2023 nodes cannot join without them, and
   * CloudFormation does not tell those that EKS has chosen: `aws eks describe-cluster --name … --query
   * cluster.kubernetesNetworkConfig.serviceIpv4Cidr` does (`serviceIpv6Cidr` for an IPv6 cluster that is imported or of `aws-eks`).
   *
   * @default - `serviceIpv4Cidr` of the cluster, or the range of an IPv6 cluster of `aws-eks-v2`; else none, which nodes of Amazon Linux 2023 do not accept
   * @see https://awslabs.github.io/amazon-eks-ami/nodeadm/doc/api/#clusterdetails
   */
  readonly serviceCidr?: string;

  /**
   * Flags of the kubelet, such as `--register-with-taints=dedicated=gpu:NoSchedule`. For Amazon Linux 2023 and Windows.
   *
   * @default - none
   */
  readonly kubeletFlags?: string[];

  /**
   * More of nodeadm's `NodeConfig`: what stands below its `spec`, such as `{ kubelet: { config: { maxPods: 58 } } }`. It takes
   * precedence over what is written here. For Amazon Linux 2023.
   *
   * @default - none
   * @see https://awslabs.github.io/amazon-eks-ami/nodeadm/doc/api/
   */
  readonly nodeConfig?: { [key: string]: any };

  /**
   * More parts of the user data, such as a shell script, after the one that lets the node join. For Amazon Linux 2023.
   *
   * @default - none
   * @see https://cloudinit.readthedocs.io/en/latest/explanation/format.html
   */
  readonly userDataParts?: ec2.MultipartBody[];

  /**
   * More settings: what stands below `settings`, such as `{ kubernetes: { 'max-pods': 58 } }`. They take precedence over what is
   * written here. For Bottlerocket.
   *
   * @default - none
   * @see https://bottlerocket.dev/en/os/latest/#/api/settings/
   */
  readonly bottlerocketSettings?: { [key: string]: any };

  /**
   * PowerShell commands before the node joins. For Windows.
   *
   * @default - none
   */
  readonly powerShellBefore?: string[];

  /**
   * PowerShell commands after the node has joined. For Windows.
   *
   * @default - none
   */
  readonly powerShellAfter?: string[];

  /**
   * Volumes of the nodes. `diskSize` of the node group is not for launch templates.
   *
   * @default - those of the image
   */
  readonly blockDevices?: ec2.BlockDevice[];

  /**
   * How many network hops away the instance's metadata may be read. With 1, no pod reaches them that is not on the network of its host.
   *
   * @default 2
   * @see https://docs.aws.amazon.com/eks/latest/userguide/launch-templates.html#launch-template-basics
   */
  readonly metadataHopLimit?: number;

  /**
   * Whether the instance's metadata need a session token.
   *
   * @default ec2.LaunchTemplateHttpTokens.REQUIRED
   */
  readonly metadataTokens?: ec2.LaunchTemplateHttpTokens;

  /**
   * Security groups of the nodes. That of the cluster is added, because EKS leaves it out when others are given.
   *
   * @default - that of the cluster
   * @see https://docs.aws.amazon.com/eks/latest/userguide/launch-templates.html#launch-template-security-groups
   */
  readonly securityGroups?: ec2.ISecurityGroup[];

  /**
   * Key pair for SSH. `remoteAccess` of the node group is not for launch templates.
   *
   * @default - none
   */
  readonly keyPair?: ec2.IKeyPair;

  /**
   * Tags of the instances and their volumes. Tags of the app are not among them: one that changes would roll the nodes.
   *
   * @default - none
   */
  readonly instanceTags?: { [name: string]: string };
}
