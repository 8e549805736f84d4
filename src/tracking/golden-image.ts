import { Construct } from 'constructs';
import { GoldenImageOptions } from './golden-image-options';
import { lookUpImage } from './image-lookup';
import { says } from './messages';
import { requireLookUps, requireParameter } from './parameter-lookup';
import { TrackedRelease } from './tracked-release';
import { KINDS } from '../diagnostics/kinds';
import { awaitsLookUp, isKnownAtSynth } from '../diagnostics/known-at-synth';
import { requireVersionIfGiven } from '../diagnostics/missing-version';
import { requireKind } from '../diagnostics/require-kind';
import { AmiArchitecture, AmiFamily } from '../engine/ami/eks-ami-type-options';
import { imageInParameterName, NamedImage } from '../engine/ami/golden-image-name';
import { IMAGE_ID, isImageId } from '../engine/ami/image-id';
import { TrackingMode } from '../engine/declaration/cluster-declaration';
import { KubernetesMinor } from '../engine/kubernetes/kubernetes-minor';
import { refusal } from '../engine/messages/refusal';
import { dummyFor } from '../engine/state/placeholder';

type GoldenImageMode = Extract<TrackingMode, 'golden-image' | 'pinned-golden-image'>;

/**
 * An image that your organisation bakes, for the nodes of a managed node group, of Karpenter, or of your own Auto Scaling groups:
 * looked up, kept and moved as the releases of AWS are.
 *
 * @example
 * declare const cluster: UpgradableCluster;
 * cluster.addManagedNodeGroup('Workers', {
 *   goldenImage: GoldenImage.fromParameter('/golden/eks/1.36/al2023/x86_64/image_id', { family: AmiFamily.AMAZON_LINUX_2023 }),
 *   instanceTypes: [new ec2.InstanceType('m7i.large')],
 * });
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/launch-templates.html#launch-template-custom-ami
 */
export abstract class GoldenImage {
  /**
   * The image whose ID your build publishes in an SSM parameter, looked up when the app is synthesised and kept in `cdk.context.json` until
   * `cdk-eks-upgrades refresh` moves it.
   *
   * Needs a stack with an explicit account and Region, and permission for `ssm:GetParameter` (the CDK's lookup role has it). The
   * parameter may be of another account that shares it: give its ARN then.
   *
   * @param parameterName such as `/golden/eks/1.36/al2023/x86_64/image_id`; its value is the ID of an image
   * @param options what the image is
   * @throws if the name is not that of a parameter, or it contradicts `options`
   * @see https://docs.aws.amazon.com/imagebuilder/latest/APIReference/API_SsmParameterConfiguration.html
   */
  public static fromParameter(parameterName: string, options: GoldenImageOptions): GoldenImage {
    return new ImageFromParameter(parameterName, options);
  }

  /**
   * One image, named in the code.
   *
   * @param imageId such as `ami-0123456789abcdef0`
   * @param options what the image is
   * @throws if it is not the ID of an image
   */
  public static pinned(imageId: string, options: GoldenImageOptions): GoldenImage {
    return new PinnedImage(imageId, options);
  }

  /** Operating system of the image. */
  public abstract readonly family: AmiFamily;

  /** Kubernetes minor of the image, such as `1.36`; undefined where only a tag of the image tells it. */
  public abstract readonly kubernetesVersion?: string;

  /** Processor architecture of the image; undefined where only EC2 knows it. */
  public abstract readonly architecture?: AmiArchitecture;

  /** Name of the SSM parameter that publishes the image; undefined for a pinned one. */
  public abstract readonly parameterName?: string;

  /** How the image is chosen, as tools call it: `golden-image` from a parameter, `pinned-golden-image` by the code. */
  public abstract readonly mode: GoldenImageMode;

  /**
   * Name of the SSM parameter, as for releases; undefined while it is itself looked up.
   *
   * @internal
   */
  public _parameterName(): string | undefined {
    return awaitsLookUp(this.parameterName) ? undefined : this.parameterName;
  }

  /**
   * Refuses what can never work, before any construct exists.
   *
   * @internal
   */
  public abstract _check(scope: Construct): void;

  /**
   * Finds the image; what the environment causes is reported on `scope`. EKS, too, calls the image of a custom AMI its release.
   *
   * @see https://docs.aws.amazon.com/eks/latest/APIReference/API_Nodegroup.html
   * @internal
   */
  public abstract _track(scope: Construct): TrackedRelease;
}

/** What options, and the name of a parameter, say of an image. */
abstract class DeclaredImage extends GoldenImage {
  public readonly family: AmiFamily;
  public readonly kubernetesVersion?: string;
  public readonly architecture?: AmiArchitecture;

  constructor(options: GoldenImageOptions, named: NamedImage = {}) {
    super();
    requireKind('options', options, KINDS.goldenImageOptions);
    requireVersionIfGiven('kubernetesVersion', options.kubernetesVersion);
    const declared = options.kubernetesVersion?.version;
    const isLiteral = declared !== undefined && isKnownAtSynth(declared);
    if (isLiteral) KubernetesMinor.ofEks(declared);
    this.family = options.family;
    this.kubernetesVersion = agreed('kubernetesVersion', isLiteral ? declared : undefined, named.kubernetesVersion);
    this.architecture = agreed('architecture', options.architecture, named.architecture);
  }
}

class ImageFromParameter extends DeclaredImage {
  public readonly mode = 'golden-image';

  constructor(public readonly parameterName: string, options: GoldenImageOptions) {
    requireParameter(parameterName, '/golden/eks/1.36/al2023/x86_64/image_id');
    super(options, isKnownAtSynth(parameterName) ? imageInParameterName(parameterName) : {});
  }

  public _check(scope: Construct): void {
    if (!isKnownAtSynth(this.parameterName) && !awaitsLookUp(this.parameterName)) {
      throw refusal(says.imageParameterIsToken({}));
    }
    requireLookUps(scope, 'a golden image', 'name the image with GoldenImage.pinned()');
  }

  public _track(scope: Construct): TrackedRelease {
    return awaitsLookUp(this.parameterName) ? { releaseVersion: dummyFor('the-golden-image') } : lookUpImage(scope, this.parameterName);
  }
}

class PinnedImage extends DeclaredImage {
  public readonly mode = 'pinned-golden-image';
  public readonly parameterName = undefined;

  constructor(private readonly imageId: string, options: GoldenImageOptions) {
    super(options);
    if (isKnownAtSynth(imageId) && !isImageId(imageId)) {
      throw refusal(says.notAnImage({ imageId, form: IMAGE_ID }));
    }
  }

  public _check(): void {}

  public _track(): TrackedRelease {
    return { releaseVersion: this.imageId };
  }
}

/** What options and name agree on. */
function agreed<T extends string>(option: string, declared: T | undefined, named: T | undefined): T | undefined {
  if (declared !== undefined && named !== undefined && declared !== named) {
    throw refusal(says.declaredOtherwise({ option, declared, named }));
  }
  return declared ?? named;
}
