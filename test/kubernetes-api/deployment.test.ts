/**
 * The guard as it is deployed: the bundled function, on the independent CloudFormation and EC2, with a real API server behind the
 * cluster's endpoint.
 */
import { CreateTagsCommand, EC2Client, RunInstancesCommand } from '@aws-sdk/client-ec2';
import { ApiServer } from './api-server';
import { allow, blockShop, createBlockedShop, giveApi, mendBudget } from './eks-cluster';
import { UpgradeGuard } from '../../src';
import { ACCOUNT } from '../aws/aws-service';
import { Platform } from '../deploy/platform';
import { describeDeployments } from '../deploy/scenario';

/** MiniStack lets its functions speak HTTP, without TLS, to 127.0.0.1 and localhost. */
const NO_LOCALHOST = '127.0.0.2';

/** What EKS's AmazonEKSViewPolicy is like; the controller that puts the role `view` together does not run here. */
const VIEW = 'system:aggregate-to-view';

describeDeployments('a guard that looks into its cluster', (cloud) => {
  let api: ApiServer;
  let platform: Platform;
  beforeAll(async () => {
    api = await ApiServer.start(18_493, NO_LOCALHOST);
    await cloud().bootstrap();
    platform = new Platform(cloud(), 'Guarded');
  }, 400_000);
  afterAll(async () => {
    platform?.dispose();
    await api?.stop();
  });

  const looking = (ignore?: string[]) => UpgradeGuard.enforce({ workloads: true, ignore });

  /** EKS makes instances into nodes, tags them, and calls the nodes as EC2 does; gives the name. */
  async function runNode(nodeGroup: string, cluster: string): Promise<string> {
    const ec2 = new EC2Client(cloud().clientConfig);
    const { Instances: [instance] = [] } = await ec2.send(
      new RunInstancesCommand({ ImageId: 'ami-0123456789abcdef0', InstanceType: 'm7i.large', MinCount: 1, MaxCount: 1 }),
    );
    await ec2.send(new CreateTagsCommand({
      Resources: [instance.InstanceId!],
      Tags: [
        { Key: 'eks:cluster-name', Value: cluster }, { Key: 'eks:nodegroup-name', Value: nodeGroup },
      ],
    }));
    return instance.PrivateDnsName!;
  }

  test('is given access first, refuses for a budget, passes when that is accepted, and when the budget is mended', async () => {
    // the entry that gives access comes after the cluster, and the guard before it: it cannot look yet, and lets through
    await platform.put({ version: '1.34' });
    const cluster = await platform.cluster();
    giveApi(cluster, api);
    expect(await platform.put({ version: '1.35', upgradeGuard: looking() })).toMatchObject({ status: 'UPDATE_COMPLETE' });
    const [entry] = [...cluster.accessEntries.values()].filter(({ kubernetesGroups }) => kubernetesGroups?.includes('cdk-eks-upgrades'));
    expect([...entry.policies.keys()]).toEqual(['arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy']);

    // what EKS makes of the entry: the function may view pods and budgets, and no nodes
    await allow(api, VIEW, ACCOUNT);
    await createBlockedShop(api, await runNode((await platform.nodeGroup('Workers')).name, cluster.name));
    const before = await platform.versions();

    const refused = await platform.deploy({ version: '1.36', upgradeGuard: looking() });
    expect(refused).toMatchObject({ exitCode: 1, status: 'UPDATE_ROLLBACK_COMPLETE' });
    expect(refused.output.replace(/\s+/g, ' ')).toMatch(
      /\[drain:shop\/web\] shop\/web: 2 pods of Deployment web can never be evicted: PodDisruptionBudget web \(minAvailable 2\)/,
    );
    expect(refused.done.filter(({ type }) => type.startsWith('AWS::EKS'))).toEqual([]);
    expect(await platform.versions()).toEqual(before);

    expect(await platform.deploy({ version: '1.36', upgradeGuard: looking(['drain:shop/web']) })).toMatchObject({
      exitCode: 0, status: 'UPDATE_COMPLETE',
    });
    expect(await platform.versions()).toMatchObject({ cluster: '1.36', nodes: { Workers: '1.36 1.36.2-20260714' } });

    await blockShop(api);
    cloud().aws.publishAmis({ minors: ['1.36'], date: '2026-08-11' });
    const again = { version: '1.36', upgradeGuard: looking() };
    expect(await platform.deploy(again)).toMatchObject({ exitCode: 1, status: 'UPDATE_ROLLBACK_COMPLETE' });
    await mendBudget(api);
    expect(await platform.deploy(again)).toMatchObject({ exitCode: 0, status: 'UPDATE_COMPLETE' });
    expect(await platform.versions()).toMatchObject({ nodes: { Workers: '1.36 1.36.2-20260811' } });
  }, 600_000);
});
