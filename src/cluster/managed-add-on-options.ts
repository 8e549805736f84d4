import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { AddOnVersion } from './add-on-version';

/** What EKS does when fields of an add-on were changed outside of EKS. */
export enum AddOnConflictPolicy {
  /** Change nothing; the operation may fail. */
  NONE = 'NONE',
  /** Reset the fields to EKS's defaults and your configuration values. Changes made elsewhere are lost. */
  OVERWRITE = 'OVERWRITE',
  /** Keep the changed values on update. On creation the same as `NONE`. */
  PRESERVE = 'PRESERVE',
}

/** A service account of an add-on and the role that its pods get by EKS Pod Identity. */
export interface AddOnPodIdentity {
  /** Name of the service account in the add-on's namespace. */
  readonly serviceAccount: string;
  /** Role that `pods.eks.amazonaws.com` may assume (`sts:AssumeRole` and `sts:TagSession`). */
  readonly role: iam.IRole;
}

/**
 * How a managed add-on is installed.
 */
export interface ManagedAddOnOptions {
  /**
   * Which version is installed.
   *
   * @default - AddOnVersion.recommended(); for kube-proxy, while `nodeKubernetesVersion` holds the nodes back,
   * AddOnVersion.keepWhileCompatible()
   */
  readonly version?: AddOnVersion;

  /**
   * Configuration of the add-on, by the schema of `aws eks describe-addon-configuration`. Rendered as JSON, with its keys in
   * alphabetical order.
   *
   * @default - the add-on's own defaults
   */
  readonly configurationValues?: { [key: string]: any };

  /**
   * What happens to fields that were changed outside of EKS.
   *
   * @default AddOnConflictPolicy.PRESERVE
   */
  readonly conflictPolicy?: AddOnConflictPolicy;

  /**
   * Roles for the add-on's service accounts by EKS Pod Identity. Needs the Pod Identity agent on the nodes
   * (`ManagedAddOn.podIdentityAgent()`; EKS Auto Mode has it built in).
   *
   * @default - none, but for `ManagedAddOn.ebsCsiDriver()`, which gets a role with the permissions it needs
   */
  readonly podIdentities?: AddOnPodIdentity[];

  /**
   * Role for the add-on's service account by IAM Roles for Service Accounts (IRSA). Not together with `podIdentities`.
   *
   * @default - none
   */
  readonly serviceAccountRole?: iam.IRole;

  /**
   * Whether the add-on's software stays on the cluster when the add-on is removed: without it, nodes or DNS would fail between the
   * removal and whatever comes next.
   *
   * @default - true for CoreDNS and for add-ons that nodes need, false for all others
   */
  readonly preserveOnDelete?: boolean;

  /**
   * Whether nodes need the add-on to become ready. Such add-ons are created and upgraded before the node groups, others after them.
   *
   * @default - true for vpc-cni, kube-proxy and eks-pod-identity-agent, false for all others
   */
  readonly neededByNodes?: boolean;

  /**
   * The Kubernetes namespace into which EKS installs the add-on. EKS takes it at creation only: a change replaces the add-on,
   * which means that CloudFormation tries to create it anew beside the old one of the same name, and fails.
   *
   * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-eks-addon-namespaceconfig.html
   *
   * @default - the namespace that the add-on chooses, such as `kube-system`
   */
  readonly namespace?: string;

  /**
   * Where the add-on is defined. Give the stack of the node groups for an add-on that needs nodes (CoreDNS, CSI drivers) when the
   * cluster's own stack has none. Not for the Pod Identity agent, which is a part of the cluster.
   *
   * An add-on in another stack than the cluster's is ordered with the node groups of its own stack only.
   *
   * With a scope, the logical ID of the add-on holds the path of the cluster, with the IDs of its stage and stack. Where these change,
   * keep the deployed logical ID (`Stack.renameLogicalId()`): CloudFormation would create the add-on anew beside the old one of the same
   * name, and fail.
   *
   * @default - the cluster
   */
  readonly scope?: Construct;
}
