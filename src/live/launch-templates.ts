import { DescribeLaunchTemplateVersionsCommand, EC2Client } from '@aws-sdk/client-ec2';

/**
 * The image that a version of a launch template names; undefined when it names none.
 *
 * @param key the ID and the version, as `launchTemplateKey()` puts them together
 * @throws AwsCallError
 */
export async function readLaunchTemplateImage(ec2: EC2Client, key: string): Promise<string | undefined> {
  const [id, version] = key.split('@');
  const { LaunchTemplateVersions = [] } = await ec2.send(
    new DescribeLaunchTemplateVersionsCommand({ LaunchTemplateId: id, Versions: [version] }),
  );
  return LaunchTemplateVersions[0]?.LaunchTemplateData?.ImageId;
}
