
import { says } from './messages';
import { isKnownAtSynth } from '../diagnostics/known-at-synth';
import { refusal } from '../engine/messages/refusal';
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
  /** `AddOnVersion.tracked()`. */
  TRACKED = 'tracked',
}

/** Which of the versions that EKS offers is tracked. */
export enum TrackedAddOnChoice {
  /** The version that EKS installs by default for the cluster's Kubernetes version; often not the newest. */
  RECOMMENDED = 'recommended',
  /** The newest version that is compatible with the cluster's Kubernetes version. */
  LATEST = 'latest',
}

/** How the version of an add-on is tracked. */
export interface TrackedAddOnOptions {
  /**
   * Which of the versions that EKS offers is tracked.
   *
   * @default TrackedAddOnChoice.RECOMMENDED
   */
  readonly choice?: TrackedAddOnChoice;
}

/**
 * How the version of an add-on is chosen, and when it moves.
 *
 * | policy | the template holds | moves when |
 * |---|---|---|
 * | `recommended()`, `latest()` | a reference to a custom resource | the Kubernetes version changes |
 * | `keepWhileCompatible()` | a reference to a custom resource | EKS stops offering it for the Kubernetes version |
 * | `tracked()` | a literal | you refresh the look-up, or change the Kubernetes version |
 * | `pinned('…')` | a literal | you change the code |
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
   * @param version as EKS spells it, such as `v1.20.0-eksbuild.1`; tags of container images, such as
   * `v1.31.2-minimal-eksbuild.3`, look alike and are none
   * @throws if the version has another form
   */
  public static pinned(version: string): AddOnVersion {
    if (isKnownAtSynth(version) && !/^v\d+\.\d+\.\d+-eksbuild\.(\d+|preview)$/.test(version)) {
      throw refusal(says.notAnAddOnVersion({ version, example: guessAt(version) ?? 'v1.20.0-eksbuild.1' }));
    }
    return new AddOnVersion(AddOnVersionPolicy.PINNED, version);
  }

  /**
   * The version that EKS installs by default, or the newest, looked up before the app is synthesised and kept in
   * `cdk.context.json` until it is refreshed: with the CDK CLI's plugin of this library, else with `npx cdk-eks-upgrades refresh`.
   *
   * Commit `cdk.context.json`: `cdk diff` then shows one property, and every environment deploys the version that was reviewed.
   * There is an entry for each cluster, Kubernetes version, add-on and choice; a new Kubernetes version asks for a new one. A
   * refresh never takes an older version unasked, and moves vpc-cni one minor at a time.
   *
   * Needs a stack with an explicit account and region, a literal Kubernetes version, and permission for `eks:DescribeAddonVersions`
   * (the CDK's lookup role has it).
   *
   * @see https://docs.aws.amazon.com/cdk/v2/guide/context.html
   */
  public static tracked(options: TrackedAddOnOptions = {}): AddOnVersion {
    return new AddOnVersion(AddOnVersionPolicy.TRACKED, undefined, options.choice ?? TrackedAddOnChoice.RECOMMENDED);
  }

  private constructor(
    /** Where the version comes from. */
    public readonly policy: AddOnVersionPolicy,
    /** The pinned version. */
    public readonly version?: string,
    /** Which version is tracked; undefined with other policies. */
    public readonly trackedChoice?: TrackedAddOnChoice,
  ) {}
}

/** What may be meant by the tag of an image, or by a version without its `v`; undefined where nothing is near. */
function guessAt(version: string): string | undefined {
  const [, numbers, build] = /^v?(\d+\.\d+\.\d+)-(?:[a-z-]+-)?eksbuild\.(\d+)/.exec(version) ?? [];
  return numbers === undefined ? undefined : `v${numbers}-eksbuild.${build}`;
}
