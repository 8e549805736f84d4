import { DescribeLaunchTemplateVersionsCommand } from '@aws-sdk/client-ec2';
import { askForEach } from './ask-for-each';
import { attempt } from './attempt';
import { AwsCallError } from './aws-call-error';
import { AwsClients } from './aws-clients';
import { GONE } from './launch-template-version';
import { Known } from '../engine/state/known';
import { LaunchTemplateData } from '../engine/state/launch-template-data';
import { NodeGroupState } from '../engine/state/node-group-state';

/** What the launch templates hold by which node groups run, by name of the group; nothing where EC2 has no such version any more. */
export async function readLaunchTemplateData(
  { ec2 }: Pick<AwsClients, 'ec2'>, groups: readonly NodeGroupState[],
): Promise<Record<string, Known<LaunchTemplateData | undefined>>> {
  const read = await askForEach(groups.filter(({ launchTemplate }) => launchTemplate !== undefined), async ({ name, launchTemplate }) => {
    const { id, version } = launchTemplate!;
    return [name, await attempt(async () => dataOf(ec2, id, version))] as const;
  });
  return Object.fromEntries(read);
}

async function dataOf(ec2: AwsClients['ec2'], id: string, version: string): Promise<LaunchTemplateData | undefined> {
  try {
    const { LaunchTemplateVersions = [] } = await ec2.send(
      new DescribeLaunchTemplateVersionsCommand({ LaunchTemplateId: id, Versions: [version] }),
    );
    return LaunchTemplateVersions[0]?.LaunchTemplateData as LaunchTemplateData | undefined;
  } catch (error) {
    if (error instanceof AwsCallError && GONE.includes(error.code)) return undefined;
    throw error;
  }
}
