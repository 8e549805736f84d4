import { Cluster } from '@aws-sdk/client-eks';
import { readAccessEntry } from './access-entry';
import { askForEach } from './ask-for-each';
import { attempt } from './attempt';
import { AwsClients } from './aws-clients';
import { readInstanceTypeOfferings, readInstanceTypes } from './instance-types';
import { readLastUpdate } from './last-update';
import { readLaunchTemplateVersion } from './launch-templates';
import { readSubnetsThere } from './subnets';
import { millisUntil, tookLonger } from './within';
import { instanceQuotaOf } from '../engine/eks/instance-quota';
import { instanceTypesOf } from '../engine/state/instance-types-of';
import { Known } from '../engine/state/known';
import { NodeGroupState } from '../engine/state/node-group-state';
import { NodeGroupRoom, NodeRoom } from '../engine/state/node-room';

/**
 * For all of it together: nothing here is worth more waiting, since what is not read refuses nothing. Longer than new permissions
 * take to be known.
 */
const PATIENCE_MILLIS = 90_000;

/** Services that are seldom asked, loaded when they are: each takes time, in the function and in the CLI. */
const lazily = {
  instanceQuotas: async () => import('./instance-quotas.js'),
  launches: async () => import('./launches.js'),
};

/**
 * Reads the room that there is for new nodes of some node groups. What AWS does not give in time is unknown, with the reason.
 *
 * @param until ends the waiting where that is sooner
 */
export async function readNodeRoom(
  aws: AwsClients, cluster: Cluster, groups: readonly NodeGroupState[], until?: Date,
): Promise<NodeRoom> {
  const deadline = new SharedDeadline(millisUntil(until, PATIENCE_MILLIS));
  return readPatiently(aws, cluster, groups, deadline.read).finally(() => deadline.end());
}

async function readPatiently(
  aws: AwsClients, cluster: Cluster, groups: readonly NodeGroupState[], patiently: Patiently,
): Promise<NodeRoom> {
  const templates = askForEach(groups, async (group) => readTemplate(aws, group, patiently));
  const [subnets, rooms, hardware] = await Promise.all([
    patiently(
      'the subnets of the node groups',
      async () => readSubnetsThere(aws.ec2, [...new Set(groups.flatMap((group) => group.subnetIds))]),
    ),
    askForEach(groups, async (group) => readGroup(aws, cluster, group, patiently)),
    templates.then(async (launchTemplates) => readHardware(aws, groups, launchTemplates, patiently)),
  ]);
  const launchTemplates = await templates;
  return {
    ipFamily: cluster.kubernetesNetworkConfig?.ipFamily ?? 'ipv4',
    subnets,
    ...hardware,
    nodeGroups: Object.fromEntries(groups.map(({ name }, index) => [name, { ...rooms[index], launchTemplate: launchTemplates[index] }])),
  };
}

async function readTemplate(
  { ec2 }: AwsClients, { launchTemplate }: NodeGroupState, patiently: Patiently,
): Promise<NodeGroupRoom['launchTemplate']> {
  return launchTemplate && patiently('the launch template', async () => readLaunchTemplateVersion(ec2, launchTemplate));
}

async function readHardware(
  aws: AwsClients, groups: readonly NodeGroupState[], launchTemplates: readonly NodeGroupRoom['launchTemplate'][],
  patiently: Patiently,
): Promise<Pick<NodeRoom, 'instanceTypes' | 'offerings' | 'quotas'>> {
  const { ec2 } = aws;
  const uses = groups.flatMap((group, index) => instanceTypesOf(group, { launchTemplate: launchTemplates[index] })
    .map((name) => ({ name, quota: instanceQuotaOf(name, group.capacityType) })));
  const names = [...new Set(uses.map(({ name }) => name))];
  const codes = [...new Set(uses.flatMap(({ quota }) => quota ?? []))];
  const [instanceTypes, offerings, quotas] = await Promise.all([
    patiently('the instance types', async () => readInstanceTypes(ec2, names)),
    patiently('where instance types are offered', async () => readInstanceTypeOfferings(ec2, names)),
    patiently('the quotas of instances', async () => (await lazily.instanceQuotas()).readInstanceQuotas(aws, codes)),
  ]);
  return { instanceTypes, offerings, quotas };
}

async function readGroup(
  aws: AwsClients, { name: clusterName, accessConfig }: Cluster, { name, roleArn, autoScalingGroups = [] }: NodeGroupState,
  patiently: Patiently,
): Promise<Omit<NodeGroupRoom, 'launchTemplate'>> {
  const { eks } = aws;
  const decidesAlone = accessConfig?.authenticationMode === 'API';
  const [lastUpdate, launches, suspended, accessEntry] = await Promise.all([
    patiently('the updates of a node group', async () => readLastUpdate(eks, clusterName!, name)),
    patiently('launches', async () => (await lazily.launches()).readLaunches(aws, autoScalingGroups)),
    patiently('the Auto Scaling groups', async () => (await lazily.launches()).readSuspendedProcesses(aws, autoScalingGroups)),
    decidesAlone && roleArn !== undefined
      ? patiently('the access entry', async () => readAccessEntry(eks, clusterName!, roleArn))
      : undefined,
  ]);
  return { lastUpdate, launches, suspended, accessEntry };
}

type Patiently = SharedDeadline['read'];

/** The time that all reads share: what is not read when it ends is unknown, and what has not been begun then is not. */
class SharedDeadline {
  public readonly end: () => void;
  private readonly over: Promise<void>;
  private isOver = false;

  constructor(private readonly millis: number) {
    let timer!: NodeJS.Timeout;
    this.over = new Promise((resolve) => { timer = setTimeout(resolve, millis); }).then(() => { this.isOver = true; });
    this.end = () => clearTimeout(timer);
  }

  public readonly read = async <T>(what: string, read: () => Promise<T>): Promise<Known<T>> => {
    const tooLate = tookLonger(`reading ${what}`, this.millis);
    return this.isOver ? tooLate : Promise.race([attempt(read), this.over.then(() => tooLate)]);
  };
}
