import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import { DefaultCapacityType, KubernetesVersion } from 'aws-cdk-lib/aws-eks-v2';
import { previewOf, synthesize } from './_in-this-process';
import { AmiFamily, AmiTracking, EksAmiType, GoldenImage, ManagedAddOn, UpgradableCluster, UpgradeGuard } from '../../src';
import { eksConnection } from '../../src/live/kubernetes/eks-connection';
import { LocalAws } from '../aws/aws-server';
import { ACCOUNT } from '../aws/aws-service';
import { insight } from '../aws/sample-insights';
import { ApiStandIn, send } from '../live/kubernetes/api-stand-in';
import { enterEnvironment } from '../live/sdk-environment';
import { ENV, importedVpc } from '../node-group/_fixtures';

jest.mock('../../src/live/kubernetes/eks-connection', () => ({ eksConnection: jest.fn() }));

const IMAGE = 'ami-0123456789abcdef0';
const NODE_ROLE = `arn:aws:iam::${ACCOUNT}:role/workers`;
const CALENDAR = 'releases';
const TEMPLATE = { id: 'lt-0123456789abcdef0', version: '7' };

/** A cluster that asks for all that the preview can look at. */
const prod = (version: string) => (app: App): void => {
  const stack = new Stack(app, 'Prod', { env: ENV });
  const cluster = new UpgradableCluster(stack, 'Cluster', {
    version: KubernetesVersion.of(version),
    clusterName: 'prod',
    upgradeGuard: UpgradeGuard.enforce({
      calendar: CALENDAR,
      notWhile: [Alarm.fromAlarmName(stack, 'Alarm', 'checkout-errors')],
      workloads: true,
    }),
    vpc: importedVpc(stack, 'Vpc'),
    defaultCapacityType: DefaultCapacityType.NODEGROUP,
    defaultCapacity: 0,
    managedAddOns: [ManagedAddOn.coreDns({ configurationValues: { replicaCount: 3 } })],
  });
  cluster.addManagedNodeGroup('Workers', {
    nodegroupName: 'workers', eksAmiType: EksAmiType.AL2023_X86_64_STANDARD, amiTracking: AmiTracking.pinned(`${version}.2-20260714`),
  });
  cluster.addManagedNodeGroup('Golden', {
    nodegroupName: 'golden',
    goldenImage: GoldenImage.pinned(IMAGE, { family: AmiFamily.BOTTLEROCKET, kubernetesVersion: KubernetesVersion.of('1.35') }),
    kubernetesVersion: KubernetesVersion.of('1.35'),
  });
};

let aws: LocalAws;
let kubernetes: ApiStandIn;
let leave: () => void;

beforeEach(async () => {
  aws = await LocalAws.start();
  aws.publishAmis({ minors: ['1.34', '1.35', '1.36'], date: '2026-07-14' });
  aws.ec2.images.put(IMAGE, { name: 'golden', createdAt: new Date('2026-07-14') });
  aws.cloudWatch.put({ name: 'checkout-errors' });
  aws.ssm.putCalendar(CALENDAR, { isOpen: true });
  leave = enterEnvironment(aws);
  aws.deploy('Prod', synthesize(prod('1.35')).getStackByName('Prod').template);
  putAllThatCanBeRead();
  kubernetes = await new ApiStandIn().start();
  kubernetes.answer = ({ url = '' }, response) => url.startsWith('/api/v1/nodes')
    ? send(response, { message: 'nodes is forbidden' }, 403)
    : send(response, { metadata: {}, items: [] });
  jest.mocked(eksConnection).mockReturnValue(kubernetes.connection());
});

afterEach(async () => {
  kubernetes.stop();
  leave();
  await aws.stop();
});

function putAllThatCanBeRead(): void {
  const cluster = aws.eks.cluster('prod');
  cluster.insights.push(insight({ name: 'Trouble ahead', status: 'WARNING' }));
  cluster.config = { ...cluster.config, accessConfig: { authenticationMode: 'API' } };
  cluster.accessEntries.set(NODE_ROLE, { principalArn: NODE_ROLE, type: 'EC2_LINUX' });
  const workers = cluster.nodegroups.get('workers')!;
  workers.config = { ...workers.config, nodeRole: NODE_ROLE, launchTemplate: TEMPLATE };
  aws.ec2.launchTemplates.putVersion(TEMPLATE.id, TEMPLATE.version, { instanceType: 'm7i.large' });
  cluster.updates.push({
    nodegroupName: 'workers', update: { id: '1', type: 'VersionUpdate', status: 'Successful', createdAt: aws.clock.now() },
  });
}

/** The actions of the policy on the page. */
function documented(): string[] {
  const page = readFileSync(join(__dirname, '../../docs/preview.md'), 'utf8');
  const [, policy] = /```json\n(\{\s+"Version": "2012-10-17"[^]*?)```/.exec(page)!;
  return JSON.parse(policy).Statement.flatMap(({ Action }: { Action: string[] }) => Action);
}

test('the policy on the page of the preview has all that the preview reads, and nothing else', async () => {
  const { said } = await previewOf(prod('1.36'));

  expect(said.filter((text) => text.includes('previewIncomplete'))).toEqual([]);
  const called = aws.requests.filter(({ service }) => service !== 'sts') // who asks, before it reads
    .map(({ service, action }) => `${service}:${action}`);
  expect([...new Set(called)].sort()).toEqual(documented());
});
