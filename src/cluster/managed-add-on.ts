import { Token } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { AddOnVersion } from './add-on-version';
import { AddOnConflictPolicy, AddOnPodIdentity, ManagedAddOnOptions } from './managed-add-on-options';
import { says } from './messages';
import { acknowledgeRule } from '../diagnostics/acknowledge-rule';
import { KINDS } from '../diagnostics/kinds';
import { requireBooleanIfGiven, requireKind, requireKindIfGiven } from '../diagnostics/require-kind';
import { isNeededByNodes } from '../engine/eks/upgrade-order';
import { refusal } from '../engine/messages/refusal';
import { CORE_DNS, EBS_CSI_DRIVER, KUBE_PROXY, POD_IDENTITY_AGENT, VPC_CNI } from '../engine/state/add-on-names';

/** A service account for which a role is made when the user gives none. */
interface RoleToMake {
  readonly serviceAccount: string;
  readonly managedPolicy: string;
}

/**
 * An EKS add-on that moves with its cluster.
 *
 * @example
 * declare const cluster: UpgradableCluster;
 * cluster.addManagedAddOn(ManagedAddOn.vpcCni({ configurationValues: { env: { ENABLE_PREFIX_DELEGATION: 'true' } } }));
 * cluster.addManagedAddOn(ManagedAddOn.of('aws-efs-csi-driver', { version: AddOnVersion.latest() }));
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/eks-add-ons.html
 */
export class ManagedAddOn {
  /** Amazon VPC CNI: pod networking. Moves at most one minor version in a deployment, as EKS requires. */
  public static vpcCni(options?: ManagedAddOnOptions): ManagedAddOn {
    return new ManagedAddOn(VPC_CNI, options);
  }

  /** kube-proxy: service networking. */
  public static kubeProxy(options?: ManagedAddOnOptions): ManagedAddOn {
    return new ManagedAddOn(KUBE_PROXY, options);
  }

  /** CoreDNS: the cluster's DNS. Needs nodes. */
  public static coreDns(options?: ManagedAddOnOptions): ManagedAddOn {
    return new ManagedAddOn(CORE_DNS, options);
  }

  /** EKS Pod Identity agent: credentials for pods. */
  public static podIdentityAgent(options?: ManagedAddOnOptions): ManagedAddOn {
    return new ManagedAddOn(POD_IDENTITY_AGENT, options);
  }

  /**
   * Amazon EBS CSI driver: volumes. Needs nodes, and `ManagedAddOn.podIdentityAgent()` for its credentials.
   *
   * Unless a role is given, one is made with the policy `AmazonEBSCSIDriverPolicy`.
   */
  public static ebsCsiDriver(options?: ManagedAddOnOptions): ManagedAddOn {
    return new ManagedAddOn(EBS_CSI_DRIVER, options, {
      serviceAccount: 'ebs-csi-controller-sa',
      managedPolicy: 'service-role/AmazonEBSCSIDriverPolicy',
    });
  }

  /**
   * Any other add-on.
   *
   * @param name as `aws eks describe-addon-versions` lists it, such as `aws-efs-csi-driver`
   */
  public static of(name: string, options?: ManagedAddOnOptions): ManagedAddOn {
    return new ManagedAddOn(name, options);
  }

  /** How the version is chosen. */
  public readonly version: AddOnVersion;

  /** Whether nodes need the add-on to become ready. */
  public readonly neededByNodes: boolean;

  private constructor(
    /** Name of the add-on in EKS. */
    public readonly name: string,
    private readonly options: ManagedAddOnOptions = {},
    private readonly roleToMake?: RoleToMake,
  ) {
    if (typeof name !== 'string' || !/^[0-9A-Za-z][A-Za-z0-9_-]*$/.test(name)) {
      throw refusal(says.notAnAddOn({ name }));
    }
    requireKinds(options);
    const { namespace } = options;
    if (namespace !== undefined && !Token.isUnresolved(namespace) && !/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(namespace)) {
      throw refusal(says.notANamespace({ name, namespace }));
    }
    if (options.podIdentities && options.serviceAccountRole) {
      throw refusal(says.twoRolesOfAddOn({ name }));
    }
    this.version = options.version ?? AddOnVersion.recommended();
    this.neededByNodes = options.neededByNodes ?? isNeededByNodes(name);
  }

  /**
   * The same add-on in another version.
   *
   * @internal
   */
  public _inVersion(version: AddOnVersion): ManagedAddOn {
    return new ManagedAddOn(this.name, { ...this.options, version }, this.roleToMake);
  }

  /**
   * The options as they take effect.
   *
   * @internal
   */
  public get _options(): ManagedAddOnOptions & { readonly conflictPolicy: AddOnConflictPolicy } {
    return {
      ...this.options,
      conflictPolicy: this.options.conflictPolicy ?? AddOnConflictPolicy.PRESERVE,
      preserveOnDelete: this.options.preserveOnDelete ?? (this.neededByNodes || this.name === CORE_DNS ? true : undefined),
    };
  }

  /**
   * Whether some pods of the add-on get their role by Pod Identity.
   *
   * @internal
   */
  public get _usesPodIdentity(): boolean {
    const { podIdentities, serviceAccountRole } = this.options;
    return podIdentities ? podIdentities.length > 0 : this.roleToMake !== undefined && !serviceAccountRole;
  }

  /**
   * The Pod Identity associations, with the role made that the add-on needs and the user did not give.
   *
   * @internal
   */
  public _podIdentities(scope: Construct): AddOnPodIdentity[] {
    if (this.options.podIdentities || !this.roleToMake || !this._usesPodIdentity) {
      return this.options.podIdentities ?? [];
    }
    const role = new iam.Role(scope, 'Role', {
      assumedBy: new iam.SessionTagsPrincipal(new iam.ServicePrincipal('pods.eks.amazonaws.com')),
      managedPolicies: [iam.ManagedPolicy.fromAwsManagedPolicyName(this.roleToMake.managedPolicy)],
    });
    acknowledgeRule(role, `AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/${this.roleToMake.managedPolicy}]`,
      'The policy that AWS publishes for this add-on, and that grows with it.');
    return [{ serviceAccount: this.roleToMake.serviceAccount, role }];
  }
}

/** Refuses what only TypeScript would have refused, and what would be left out of the template or quoted twice in it. */
function requireKinds(options: ManagedAddOnOptions): void {
  const { version, configurationValues, podIdentities, serviceAccountRole, neededByNodes } = options;
  requireKindIfGiven('version', version, KINDS.addOnVersion);
  if (typeof configurationValues === 'string') throw refusal(says.configurationAsText({ configuration: configurationValues }));
  podIdentities?.forEach(({ role }) => requireKind('podIdentities.role', role, KINDS.role));
  requireKindIfGiven('serviceAccountRole', serviceAccountRole, KINDS.role);
  requireBooleanIfGiven('neededByNodes', neededByNodes);
}
