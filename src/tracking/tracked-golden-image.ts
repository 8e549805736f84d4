import { Construct } from 'constructs';
import { GoldenImage } from './golden-image';
import { atConstructPath } from '../diagnostics/at-construct-path';
import { KINDS } from '../diagnostics/kinds';
import { requireKind } from '../diagnostics/require-kind';
import { NODE_GROUP_METADATA_TYPE, TrackedReleaseMetadata } from '../engine/declaration/metadata';
import { CUSTOM_AMI_TYPE } from '../engine/state/node-group-state';
import { previewWhenAsked } from '../preview/preview-when-asked';

/**
 * Properties of a tracked golden image.
 */
export interface TrackedGoldenImageProps {
  /** The image. */
  readonly goldenImage: GoldenImage;
}

/**
 * A golden image without a managed node group: for Karpenter and for self-managed nodes.
 *
 * Looked up, kept and moved as the image of a node group is; the command line and the preview know it like one.
 *
 * @example
 * const image = new TrackedGoldenImage(this, 'Image', {
 *   goldenImage: GoldenImage.fromParameter('/golden/eks/1.36/al2023/arm64/image_id', { family: AmiFamily.AMAZON_LINUX_2023 }),
 * });
 * const nodeClass = {
 *   apiVersion: 'karpenter.k8s.aws/v1',
 *   kind: 'EC2NodeClass',
 *   metadata: { name: 'golden' },
 *   spec: { amiFamily: 'AL2023', amiSelectorTerms: [{ id: image.imageId }] },
 * };
 *
 * @see https://karpenter.sh/docs/concepts/nodeclasses/#specamiselectorterms
 */
export class TrackedGoldenImage extends Construct {
  /** ID of the image, such as `ami-0123456789abcdef0`. */
  public readonly imageId: string;

  /** Kubernetes minor of the image, such as `1.36`; undefined where only a tag of the image tells it. */
  public readonly kubernetesVersion?: string;

  /** Name of the SSM parameter that publishes the image; undefined for a pinned one. */
  public readonly parameterName?: string;

  /**
   * @throws if the image cannot be looked up where the construct is
   */
  constructor(scope: Construct, id: string, props: TrackedGoldenImageProps) {
    const { goldenImage } = props;
    atConstructPath(scope, id, () => {
      requireKind('goldenImage', goldenImage, KINDS.goldenImage);
      goldenImage._check(scope);
    });
    super(scope, id);
    const { releaseVersion, contextKey } = goldenImage._track(this);
    this.imageId = releaseVersion;
    this.kubernetesVersion = goldenImage.kubernetesVersion;
    this.parameterName = goldenImage._parameterName();
    const metadata: TrackedReleaseMetadata = {
      tracking: goldenImage.mode,
      amiType: CUSTOM_AMI_TYPE,
      kubernetesVersion: this.kubernetesVersion,
      releaseVersion: this.imageId,
      parameterName: this.parameterName,
      contextKey,
    };
    this.node.addMetadata(NODE_GROUP_METADATA_TYPE, metadata);
    previewWhenAsked(this);
  }
}
