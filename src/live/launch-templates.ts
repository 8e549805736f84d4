import { DescribeLaunchTemplateVersionsCommand, EC2Client, LaunchTemplateVersion as Described } from '@aws-sdk/client-ec2';
import { askForEach } from './ask-for-each';
import { attempt } from './attempt';
import { hasCode, unlessMissing } from './aws-call-error';
import { Known, known } from '../engine/state/known';
import { LaunchTemplateData } from '../engine/state/launch-template-data';
import { LaunchTemplateState, NodeGroupState } from '../engine/state/node-group-state';
import { LaunchTemplateVersion } from '../engine/state/node-room';

/** Whether EC2 says that somebody has deleted a launch template, or a version of it. */
const isGone = hasCode('InvalidLaunchTemplateId.NotFound', 'InvalidLaunchTemplateId.VersionNotFound');

/**
 * The image that a version of a launch template names; undefined when it names none. A template that is gone is an error here, so that
 * it is not taken for one without an image.
 *
 * @param key the ID and the version, as `launchTemplateKey()` puts them together
 * @throws AwsCallError
 */
export async function readLaunchTemplateImage(ec2: EC2Client, key: string): Promise<string | undefined> {
  const [id, version] = key.split('@');
  return (await describeVersion(ec2, { id, version }))?.LaunchTemplateData?.ImageId;
}

/**
 * A version of a launch template; undefined when EC2 has no such template, or no such version of it.
 *
 * @throws AwsCallError
 */
export async function readLaunchTemplateVersion(ec2: EC2Client, template: LaunchTemplateState): Promise<LaunchTemplateVersion | undefined> {
  const found = await unlessMissing(async () => describeVersion(ec2, template), isGone);
  return found && { instanceType: found.LaunchTemplateData?.InstanceType };
}

/** What the launch templates hold by which node groups run, by name of the group; nothing where EC2 has no such version any more. */
export async function readLaunchTemplateData(
  ec2: EC2Client, groups: readonly NodeGroupState[],
): Promise<Record<string, Known<LaunchTemplateData | undefined>>> {
  const read = await askForEach(groups.filter(({ launchTemplate }) => launchTemplate !== undefined), async ({ name, launchTemplate }) => {
    const data = await attempt(async () => unlessMissing(async () => describeVersion(ec2, launchTemplate!), isGone));
    return [name, data.known ? known(data.value?.LaunchTemplateData as LaunchTemplateData | undefined) : data] as const;
  });
  return Object.fromEntries(read);
}

async function describeVersion(ec2: EC2Client, { id, version }: LaunchTemplateState): Promise<Described | undefined> {
  const question = new DescribeLaunchTemplateVersionsCommand({ LaunchTemplateId: id, Versions: [version] });
  const { LaunchTemplateVersions: [found] = [] } = await ec2.send(question);
  return found;
}
