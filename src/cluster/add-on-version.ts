import { Token } from 'aws-cdk-lib';

/** Where the version of an add-on comes from. */
export enum AddOnVersionPolicy {
  /** `AddOnVersion.recommended()`. */
  RECOMMENDED = 'recommended',
  /** `AddOnVersion.latest()`. */
  LATEST = 'latest',
  /** `AddOnVersion.keepWhileCompatible()`. */
  KEEP_WHILE_COMPATIBLE = 'keep-while-compatible',
  /** `AddOnVersion.pinned()`. */
  PINNED = 'pinned',
}

/**
 * How the version of an add-on is chosen.
 *
 * @example
 * ManagedAddOn.coreDns({ version: AddOnVersion.pinned('v1.12.4-eksbuild.1') });
 *
 * @see https://docs.aws.amazon.com/eks/latest/APIReference/API_DescribeAddonVersions.html
 */
export class AddOnVersion {
  /**
   * The version that EKS installs by default for the cluster's Kubernetes version; often not the newest.
   *
   * Asked for at deployment, each time the cluster's version changes. Never older than the installed version.
   */
  public static recommended(): AddOnVersion {
    return new AddOnVersion(AddOnVersionPolicy.RECOMMENDED);
  }

  /**
   * The newest version that is compatible with the cluster's Kubernetes version.
   *
   * Asked for at deployment, each time the cluster's version changes.
   */
  public static latest(): AddOnVersion {
    return new AddOnVersion(AddOnVersionPolicy.LATEST);
  }

  /**
   * The installed version for as long as EKS offers it for the cluster's Kubernetes version; after that, and for an add-on that is not
   * installed yet, as `recommended()`.
   *
   * Fewer moves, and a way back: an add-on that did not move with the control plane need not go back with it. It is the default of
   * kube-proxy while nodes are held back (`nodeKubernetesVersion`).
   *
   * @see https://docs.aws.amazon.com/eks/latest/userguide/rollback-cluster.html
   */
  public static keepWhileCompatible(): AddOnVersion {
    return new AddOnVersion(AddOnVersionPolicy.KEEP_WHILE_COMPATIBLE);
  }

  /**
   * One version, named in the code.
   *
   * @param version as EKS spells it, such as `v1.20.0-eksbuild.1`
   * @throws if the version has another form
   */
  public static pinned(version: string): AddOnVersion {
    if (!Token.isUnresolved(version) && !/^v\d+\.\d+\.\d+-[\w.-]+$/.test(version)) {
      throw new Error(`'${version}' is not an add-on version: write it as EKS does, such as 'v1.20.0-eksbuild.1'`);
    }
    return new AddOnVersion(AddOnVersionPolicy.PINNED, version);
  }

  private constructor(
    /** Where the version comes from. */
    public readonly policy: AddOnVersionPolicy,
    /** The pinned version. */
    public readonly version?: string,
  ) {}
}
