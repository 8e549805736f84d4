import { DescribeLaunchTemplateVersionsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { AwsCallError } from './aws-call-error';
import { LaunchTemplateState } from '../engine/state/node-group-state';
import { LaunchTemplateVersion } from '../engine/state/node-room';

/** What EC2 says of a launch template, or a version of it, that somebody has deleted. */
export const GONE = ['InvalidLaunchTemplateId.NotFound', 'InvalidLaunchTemplateId.VersionNotFound'];

/**
 * A version of a launch template; undefined when EC2 has no such template, or no such version of it.
 *
 * @throws AwsCallError
 */
export async function readLaunchTemplateVersion(
  ec2: EC2Client, { id, version }: LaunchTemplateState,
): Promise<LaunchTemplateVersion | undefined> {
  try {
    const question = new DescribeLaunchTemplateVersionsCommand({ LaunchTemplateId: id, Versions: [version] });
    const { LaunchTemplateVersions: [found] = [] } = await ec2.send(question);
    return found && { instanceType: found.LaunchTemplateData?.InstanceType };
  } catch (error) {
    if (error instanceof AwsCallError && GONE.includes(error.code)) return undefined;
    throw error;
  }
}
