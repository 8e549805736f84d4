/**
 * The images of the EC2 stand-in, as one account sees them.
 */
import { AwsError, type Input } from './aws-service';

/** An image, open to a test's hands. */
export interface ImageRecord {
  readonly name: string;
  readonly createdAt: Date;
  state?: string;
  architecture?: string;
  deprecatedAt?: Date;
  tags?: Record<string, string>;
}

export class Ec2Images {
  private readonly images = new Map<string, ImageRecord>();

  /** Registers an image, or shares it with the account. */
  put(id: string, image: ImageRecord): void {
    this.images.set(id, image);
  }

  /** Deregisters an image, or ceases to share it: the account cannot tell the two apart. */
  remove(id: string): void {
    this.images.delete(id);
  }

  find(id: string): ImageRecord | undefined {
    return this.images.get(id);
  }

  /**
   * Disabled images are told of when they are asked for, deprecated ones by their ID in any case.
   *
   * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeImages.html
   * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ami-deprecate.html
   */
  describe({ ImageId, IncludeDisabled }: Input): object {
    if (!ImageId) throw new AwsError('InvalidParameterValue', 'the local ec2 describes images by their IDs only');
    return {
      imagesSet: (ImageId as string[]).flatMap((id) => {
        const image = this.images.get(id);
        if (!/^ami-[\da-f]{8,17}$/.test(id)) throw new AwsError('InvalidAMIID.Malformed', `Invalid id: "${id}"`);
        if (!image) throw new AwsError('InvalidAMIID.NotFound', `The image id '[${id}]' does not exist`);
        return image.state === 'disabled' && IncludeDisabled !== 'true' ? [] : [describeImage(id, image)];
      }),
    };
  }
}

function describeImage(id: string, {
  name, createdAt, state = 'available', architecture = 'x86_64', deprecatedAt, tags = {},
}: ImageRecord): object {
  return {
    imageId: id,
    name,
    creationDate: createdAt,
    imageState: state,
    architecture,
    deprecationTime: deprecatedAt,
    tagSet: Object.entries(tags).map(([key, value]) => ({ key, value })),
  };
}
