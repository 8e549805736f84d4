import {
  Activity, AutoScalingClient, AutoScalingGroup, DescribeScalingActivitiesCommand, paginateDescribeAutoScalingGroups,
} from '@aws-sdk/client-auto-scaling';
import { allPages } from './all-pages';
import { askForEach } from './ask-for-each';
import { AwsConnection } from './aws-connection';
import { Launch, SuspendedProcess } from '../engine/state/node-room';

/** As many as one answer holds, newest first: launches and terminations of the last six weeks. */
const ACTIVITIES = 100;

/** What the description of a launch begins with. */
const LAUNCHING = 'Launching a new EC2 instance';

/**
 * How launching instances went in some Auto Scaling groups.
 *
 * @throws AwsCallError
 */
export async function readLaunches({ connectTo }: AwsConnection, groupNames: readonly string[]): Promise<Launch[]> {
  const client = connectTo(AutoScalingClient, 'autoscaling');
  const activities = await askForEach(groupNames, async (name) => readActivities(client, name));
  return newestFirst(activities.flat().flatMap(launchOf));
}

/**
 * The suspended processes of some Auto Scaling groups.
 *
 * @throws AwsCallError
 */
export async function readSuspendedProcesses(
  { connectTo }: AwsConnection, groupNames: readonly string[],
): Promise<SuspendedProcess[]> {
  if (groupNames.length === 0) return []; // Auto Scaling would describe all groups
  const client = connectTo(AutoScalingClient, 'autoscaling');
  const pages = paginateDescribeAutoScalingGroups({ client }, { AutoScalingGroupNames: [...groupNames] });
  return (await allPages(pages, ({ AutoScalingGroups }) => AutoScalingGroups)).flatMap(suspendedIn);
}

async function readActivities(client: AutoScalingClient, AutoScalingGroupName: string): Promise<Activity[]> {
  return (await client.send(new DescribeScalingActivitiesCommand({ AutoScalingGroupName, MaxRecords: ACTIVITIES }))).Activities ?? [];
}

/** Those under way, and those that somebody has cancelled, tell nothing. */
function launchOf({ Description = '', StatusCode, StatusMessage = '', EndTime, StartTime }: Activity): Launch[] {
  if (!Description.startsWith(LAUNCHING) || (StatusCode !== 'Successful' && StatusCode !== 'Failed')) return [];
  return [{ successful: StatusCode === 'Successful', endedAt: (EndTime ?? StartTime)!.toISOString(), message: StatusMessage }];
}

function newestFirst(launches: readonly Launch[]): Launch[] {
  return [...launches].sort((a, b) => Date.parse(b.endedAt) - Date.parse(a.endedAt));
}

function suspendedIn({ AutoScalingGroupName, SuspendedProcesses = [] }: AutoScalingGroup): SuspendedProcess[] {
  return SuspendedProcesses.map(({ ProcessName, SuspensionReason = '' }) => (
    { group: AutoScalingGroupName!, name: ProcessName!, reason: SuspensionReason }));
}
