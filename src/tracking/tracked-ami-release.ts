import * as ssm from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import { AmiTracking, AmiTrackingMode } from './ami-tracking';
import { lookUpImage } from './image-lookup';
import { errors, says } from './messages';
import { requireLookUps } from './parameter-lookup';
import { TrackedAmiReleaseProps } from './tracked-ami-release-props';
import { knownRelease, releaseNotesOf, TrackedNodeGroup, TrackedRelease } from './tracked-release';
import { atConstructPath } from '../diagnostics/at-construct-path';
import { KINDS } from '../diagnostics/kinds';
import { awaitsLookUp, isKnownAtSynth } from '../diagnostics/known-at-synth';
import { requireVersionGiven } from '../diagnostics/missing-version';
import { requireKind } from '../diagnostics/require-kind';
import { EksAmiType } from '../engine/ami/eks-ami-type';
import { karpenterAliasOf } from '../engine/ami/karpenter-alias';
import { imageIdParameterOfRelease } from '../engine/ami/release-image';
import {
  LATEST_IMAGE_METADATA_TYPE, LatestImageMetadata, NODE_GROUP_METADATA_TYPE, TrackedReleaseMetadata,
} from '../engine/declaration/metadata';
import { KubernetesMinor } from '../engine/kubernetes/kubernetes-minor';
import { refusal } from '../engine/messages/refusal';
import { dummyFor } from '../engine/state/placeholder';
import { previewWhenAsked } from '../preview/preview-when-asked';

/**
 * A tracked AMI release without a node group: for Karpenter and for self-managed nodes.
 *
 * Looked up, kept and moved as the release of a tracked node group is; the command line and the preview know it like one.
 *
 * @example
 * const release = new TrackedAmiRelease(this, 'Release', {
 *   eksAmiType: EksAmiType.AL2023_ARM_64_STANDARD,
 *   kubernetesVersion: eks.KubernetesVersion.V1_36,
 * });
 * const nodeClass = {
 *   apiVersion: 'karpenter.k8s.aws/v1',
 *   kind: 'EC2NodeClass',
 *   metadata: { name: 'default' },
 *   spec: { amiSelectorTerms: [{ alias: release.karpenterAlias }] },
 * };
 *
 * @see https://karpenter.sh/docs/tasks/managing-amis/
 */
export class TrackedAmiRelease extends Construct {
  /** AMI type of the nodes. */
  public readonly eksAmiType: EksAmiType;

  /** Kubernetes minor of the nodes, such as `1.36`. */
  public readonly kubernetesVersion: string;

  /** The release version: a literal such as `1.36.2-20260714`, or a token with `AmiTracking.recommendedAtDeployment()`. */
  public readonly releaseVersion: string;

  /** Name of the SSM parameter that publishes releases of this type; undefined where the Kubernetes version is a token. */
  public readonly amiParameterName?: string;

  /** Where AWS describes the release; undefined while the release is not known, and for AMI families that this library does not know. */
  public readonly releaseNotesUrl?: string;

  private readonly tracking: AmiTracking;
  private readonly group: TrackedNodeGroup;
  private readonly release: TrackedRelease;
  private lookedUpImageId?: string;

  /**
   * @throws if the type does not exist for the Kubernetes version, or its release cannot be tracked
   */
  constructor(scope: Construct, id: string, props: TrackedAmiReleaseProps) {
    const tracking = props.amiTracking ?? AmiTracking.recommended();
    const { version: kubernetesVersion } = atConstructPath(
      scope, id, () => requireVersionGiven('kubernetesVersion', props.kubernetesVersion),
    );
    const group = { amiType: props.eksAmiType, kubernetesVersion, awaitsLookUp: awaitsLookUp(kubernetesVersion) };
    atConstructPath(scope, id, () => check(scope, group, tracking));
    super(scope, id);

    this.tracking = tracking;
    this.group = group;
    this.release = tracking._track(this, group);
    this.eksAmiType = group.amiType;
    this.kubernetesVersion = group.kubernetesVersion;
    this.releaseVersion = this.release.releaseVersion;
    this.amiParameterName = tracking._parameterName(group);
    this.releaseNotesUrl = releaseNotesOf(group, this.release);
    this.recordMetadata();
    previewWhenAsked(this);
  }

  /**
   * ID of the image of this release, such as `ami-0123456789abcdef0`, for self-managed nodes. Looked up when it is asked for
   * first, with the release in the parameter's name, so that it moves when the release does.
   *
   * Of Windows only the latest image is published: there it needs `AmiTracking.recommended()`, or `recommendedAtDeployment()`.
   *
   * @throws if the image of the release cannot be looked up
   */
  public get imageId(): string {
    this.lookedUpImageId ??= atPathOf(this, () => this.lookUpImageId());
    return this.lookedUpImageId;
  }

  /**
   * The release as `amiSelectorTerms` of Karpenter's `EC2NodeClass` name it: `al2023@v20260714`, `bottlerocket@v1.34.0`.
   *
   * @throws for Windows, of which Karpenter cannot pin a release, and FIPS, for which it has no alias: select these by `imageId`
   */
  public get karpenterAlias(): string {
    return atPathOf(this, () => {
      const alias = karpenterAliasOf(this.eksAmiType, knownRelease(this.group, this.release));
      if (isKnownAtDeployment(this.releaseVersion)) {
        throw refusal(says.aliasAtDeployment({}));
      }
      return alias;
    });
  }

  private recordMetadata(): void {
    const metadata: TrackedReleaseMetadata = {
      tracking: `${this.tracking.mode}`,
      amiType: this.eksAmiType.apiName,
      kubernetesVersion: this.kubernetesVersion,
      releaseVersion: this.releaseVersion,
      parameterName: this.amiParameterName,
      contextKey: this.release.contextKey,
    };
    this.node.addMetadata(NODE_GROUP_METADATA_TYPE, metadata);
  }

  private lookUpImageId(): string {
    if (this.group.awaitsLookUp) return dummyFor(`the-image-of-${this.eksAmiType}`);
    const recommended = this.eksAmiType.imageIdParameter(this.kubernetesVersion);
    if (this.tracking.mode === AmiTrackingMode.RECOMMENDED_AT_DEPLOYMENT && recommended) {
      return ssm.StringParameter.valueForTypedStringParameterV2(this, recommended, ssm.ParameterValueType.AWS_EC2_IMAGE_ID);
    }
    this.requireKnown('release version', this.releaseVersion);
    this.requireKnown('Kubernetes version', this.kubernetesVersion);
    const release = knownRelease(this.group, this.release);
    if (release === undefined) return dummyFor(`the-image-of-${this.eksAmiType}`); // the first pass: the release is looked up first
    const ofRelease = imageIdParameterOfRelease(this.eksAmiType, this.kubernetesVersion, release);
    const parameterName = ofRelease ?? (this.tracking.mode === AmiTrackingMode.RECOMMENDED ? recommended : undefined);
    if (!parameterName) {
      throw refusal(says.imageUnknown({ releaseVersion: release, eksAmiType: this.eksAmiType }));
    }
    requireLookUps(this, 'an image', 'let CloudFormation resolve it with AmiTracking.recommendedAtDeployment()');
    const { releaseVersion: imageId, contextKey } = lookUpImage(this, parameterName, errors['imageLookupFailed:release']);
    if (!ofRelease) this.recordLatestImage({ parameterName, contextKey: contextKey!, releaseContextKey: this.release.contextKey! });
    return imageId;
  }

  private requireKnown(culprit: string, value: string): void {
    if (isKnownAtDeployment(value)) throw refusal(says.imageAtDeployment({ eksAmiType: this.eksAmiType, culprit }));
  }

  /** Nothing in the key of such an image changes when the release moves: tools have to move both. */
  private recordLatestImage(metadata: LatestImageMetadata): void {
    this.node.addMetadata(LATEST_IMAGE_METADATA_TYPE, metadata);
  }
}

/** Refuses what can never work, before the construct exists. */
function check(scope: Construct, group: { amiType: EksAmiType; kubernetesVersion: string }, tracking: AmiTracking): void {
  const { amiType, kubernetesVersion } = group;
  requireKind('eksAmiType', amiType, KINDS.eksAmiType);
  requireKind('amiTracking', tracking, KINDS.amiTracking);
  if (isKnownAtSynth(kubernetesVersion)) {
    KubernetesMinor.ofEks(kubernetesVersion);
    if (!amiType.isAvailableFor(kubernetesVersion)) {
      throw refusal(says.amiTypeNotForVersion({ amiType, kubernetesVersion }));
    }
  }
  tracking._check(scope, group);
}

/** Whether only CloudFormation knows a value: a token, or a dynamic reference. */
function isKnownAtDeployment(value: string): boolean {
  return !isKnownAtSynth(value) && !awaitsLookUp(value);
}

function atPathOf<T>({ node }: Construct, read: () => T): T {
  return atConstructPath(node.scope as Construct, node.id, read);
}
