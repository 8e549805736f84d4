import { DescribeImagesCommand, EC2Client, Image } from '@aws-sdk/client-ec2';
import { hasCode, unlessMissing } from './aws-call-error';
import { ImageState, minorInTags } from '../engine/state/image-state';

/**
 * An image; undefined when it is deregistered, or not shared with the account: EC2 does not tell which.
 *
 * @throws AwsCallError
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeImages.html
 */
export async function readImage(ec2: EC2Client, imageId: string): Promise<ImageState | undefined> {
  return unlessMissing(async () => {
    const { Images = [] } = await ec2.send(
      new DescribeImagesCommand({ ImageIds: [imageId], IncludeDeprecated: true, IncludeDisabled: true }),
    );
    const image = Images.find(({ ImageId, State }) => ImageId === imageId && State !== 'deregistered');
    return image && stateOf(image);
  }, hasCode('InvalidAMIID.NotFound', 'InvalidAMIID.Unavailable'));
}

function stateOf({ ImageId, Name, CreationDate, State = 'available', DeprecationTime, Architecture, Tags = [] }: Image): ImageState {
  return {
    id: ImageId!,
    name: Name,
    createdAt: CreationDate,
    state: State,
    deprecatedAt: DeprecationTime,
    architecture: Architecture,
    kubernetesVersion: minorInTags(Tags),
  };
}
