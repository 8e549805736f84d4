import * as ssm from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import { says } from './messages';
import { requireLookUps, requireParameter } from './parameter-lookup';
import { lookUpRelease } from './release-lookup';
import { TrackedNodeGroup, TrackedRelease } from './tracked-release';
import { awaitsLookUp, isKnownAtSynth } from '../diagnostics/known-at-synth';
import { refusal } from '../engine/messages/refusal';
import { dummyFor } from '../engine/state/placeholder';

/** How a node group comes by its release version. */
export enum AmiTrackingMode {
  /** `AmiTracking.recommended()`. */
  RECOMMENDED = 'recommended',
  /** `AmiTracking.pinned()`. */
  PINNED = 'pinned',
  /** `AmiTracking.recommendedAtDeployment()`. */
  RECOMMENDED_AT_DEPLOYMENT = 'recommended-at-deployment',
  /** `AmiTracking.fromParameter()`. */
  FROM_PARAMETER = 'from-parameter',
}

/**
 * How the AMI release of a node group is chosen, and when it moves.
 *
 * | policy | the template holds | moves when |
 * |---|---|---|
 * | `recommended()` | a literal | you refresh the look-up |
 * | `pinned('…')` | a literal | you change the code |
 * | `fromParameter('…')` | a literal | your organisation promotes a release and you refresh the look-up |
 * | `recommendedAtDeployment()` | a reference to a template parameter | any deployment after AWS publishes an AMI |
 *
 * @example
 * declare const cluster: eks.Cluster;
 * new ManagedNodeGroupWithAmiTracking(this, 'Workers', {
 *   cluster,
 *   amiTracking: AmiTracking.pinned('1.36.2-20260714'),
 * });
 */
export abstract class AmiTracking {
  /**
   * The release that AWS recommends, looked up when the app is synthesised and kept in `cdk.context.json` until it is refreshed.
   *
   * Commit `cdk.context.json`: every environment then deploys the release that was reviewed. To take a newer one, run
   * `cdk context --reset <key>` (the key is in the construct's metadata, and every message names it), then `cdk diff`.
   *
   * Needs a stack with an explicit account and region, a literal Kubernetes version, and permission for `ssm:GetParameter`
   * (the CDK's lookup role has it).
   *
   * @see https://docs.aws.amazon.com/cdk/v2/guide/context.html
   */
  public static recommended(): AmiTracking {
    return RECOMMENDED;
  }

  /**
   * One release, named in the code.
   *
   * @param releaseVersion such as `1.36.2-20260714` (Amazon Linux), `1.34.0-18d04e52` (Bottlerocket) or `1.35-2026.04.18` (Windows).
   * Its form is checked against the AMI type, and the Kubernetes version in it, where it has one, against the node group's.
   */
  public static pinned(releaseVersion: string): AmiTracking {
    return new PinnedRelease(releaseVersion);
  }

  /**
   * The release that AWS recommends at the moment of each deployment: CloudFormation resolves the SSM parameter.
   *
   * `cdk diff` cannot show a change of it, environments deployed at different times differ, and an unrelated deployment
   * can roll nodes. Because EKS refuses a new release together with any other change of a node group, such a deployment can also
   * fail. For environments where that is acceptable, development clusters for instance.
   *
   * Not for Windows, whose parameter holds JSON that CloudFormation cannot take apart.
   *
   * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html#aws-ssm-parameter-types
   */
  public static recommendedAtDeployment(): AmiTracking {
    return new RecommendedAtDeployment();
  }

  /**
   * A release that your organisation publishes in an SSM parameter of its own: a promotion channel, by which test
   * clusters run a release before production does.
   *
   * Looked up and kept in `cdk.context.json` as with `recommended()`, and held to the same rules.
   *
   * @param parameterName such as `/platform/eks/1.36/workers`, or with a label, `/platform/eks/1.36/workers:production`; its value is a
   * release version of the node group's AMI type
   */
  public static fromParameter(parameterName: string): AmiTracking {
    return new ReleaseFromParameter(parameterName);
  }

  /** How the release is chosen. */
  public abstract readonly mode: AmiTrackingMode;

  /**
   * Name of the SSM parameter that publishes releases for the node group; undefined where it cannot be told.
   *
   * @internal
   */
  public _parameterName(group: TrackedNodeGroup): string | undefined {
    return isKnownAtSynth(group.kubernetesVersion) ? group.amiType?.releaseVersionParameter(group.kubernetesVersion) : undefined;
  }

  /**
   * Whether a release is named that is for another Kubernetes minor than the node group's.
   *
   * @param minorOfApp the minor for which the app names it, where the release carries none, as one of Bottlerocket
   * @internal
   */
  public _isPinnedToOtherMinor(_group: TrackedNodeGroup, _minorOfApp?: string): boolean {
    return false;
  }

  /**
   * Refuses what can never work, before any construct exists.
   *
   * @internal
   */
  public abstract _check(scope: Construct, group: TrackedNodeGroup): void;

  /**
   * Finds the release; what the environment causes is reported on `scope`.
   *
   * @internal
   */
  public abstract _track(scope: Construct, group: TrackedNodeGroup): TrackedRelease;
}

class RecommendedRelease extends AmiTracking {
  public readonly mode: AmiTrackingMode = AmiTrackingMode.RECOMMENDED;

  public _check(scope: Construct, group: TrackedNodeGroup): void {
    requireParameterName(this._parameterName(group), group);
    requireEnvironment(scope);
  }

  public _track(scope: Construct, group: TrackedNodeGroup): TrackedRelease {
    const parameterName = this._parameterName(group);
    return parameterName === undefined || awaitsLookUp(parameterName) ? releaseThatWaits(group) : lookUpRelease(
      scope, parameterName, group,
    );
  }
}

class ReleaseFromParameter extends RecommendedRelease {
  public readonly mode = AmiTrackingMode.FROM_PARAMETER;

  constructor(private readonly parameterName: string) {
    super();
    requireParameter(parameterName, '/platform/eks/1.36/workers');
  }

  public _parameterName(): string {
    return this.parameterName;
  }

  public _check(scope: Construct): void {
    if (!isKnownAtSynth(this.parameterName) && !awaitsLookUp(this.parameterName)) {
      throw refusal(says.parameterIsToken({}));
    }
    requireEnvironment(scope);
  }
}

class PinnedRelease extends AmiTracking {
  public readonly mode = AmiTrackingMode.PINNED;

  constructor(private readonly releaseVersion: string) {
    super();
  }

  public _check(_scope: Construct, group: TrackedNodeGroup): void {
    const minor = this.minorOf(group);
    if (minor !== undefined && this._isPinnedToOtherMinor(group)) {
      throw refusal(says.releaseOfOtherVersion({
        releaseVersion: this.releaseVersion, minor, kubernetesVersion: group.kubernetesVersion,
      }));
    }
  }

  public override _isPinnedToOtherMinor(group: TrackedNodeGroup, minorOfApp?: string): boolean {
    const minor = this.minorOf(group, minorOfApp);
    return minor !== undefined && [minor, group.kubernetesVersion].every(isKnownAtSynth) && minor !== group.kubernetesVersion;
  }

  /** The minor that the release carries, else the given one; undefined where only the deployment knows the release or the AMI type. */
  private minorOf({ amiType }: TrackedNodeGroup, otherwise?: string): string | undefined {
    if (!isKnownAtSynth(this.releaseVersion) || !amiType) return undefined;
    return amiType._parseChosenRelease(this.releaseVersion).kubernetesVersion ?? otherwise;
  }

  public _track(): TrackedRelease {
    return { releaseVersion: this.releaseVersion };
  }
}

class RecommendedAtDeployment extends AmiTracking {
  public readonly mode = AmiTrackingMode.RECOMMENDED_AT_DEPLOYMENT;

  public _check(_scope: Construct, group: TrackedNodeGroup): void {
    if (group.amiType?.releaseVersionField) {
      throw refusal(says.notAtDeployment({ amiType: group.amiType }));
    }
    requireParameterName(this._parameterName(group), group);
  }

  public _track(scope: Construct, group: TrackedNodeGroup): TrackedRelease {
    // makes one template parameter for each distinct SSM parameter and stack
    const parameterName = this._parameterName(group);
    return parameterName === undefined
      ? releaseThatWaits(group)
      : { releaseVersion: ssm.StringParameter.valueForStringParameter(scope, parameterName) };
  }
}

function requireParameterName(parameterName: string | undefined, group: TrackedNodeGroup): void {
  if (!parameterName && !group.awaitsLookUp) {
    const culprit = group.amiType ? 'Kubernetes version' : 'AMI type';
    throw refusal(says.releaseOfToken({ culprit }));
  }
}

/** In a first pass, the name of the parameter is not known before another look-up has been made. */
function releaseThatWaits({ amiType }: TrackedNodeGroup): TrackedRelease {
  return { releaseVersion: dummyFor(`the-release-of-${amiType ?? 'a-node-group'}`) };
}

function requireEnvironment(scope: Construct): void {
  requireLookUps(
    scope, 'a release',
    'name the release with AmiTracking.pinned(), or let CloudFormation resolve it with AmiTracking.recommendedAtDeployment()',
  );
}

/** Without a state of its own: one serves all node groups. */
const RECOMMENDED = new RecommendedRelease();
