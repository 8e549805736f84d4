/**
 * What of the guard stands in the `cdk diff` of an app that changes everything that its guard judges.
 */
import { PreviewedApp } from './_previewed-app';

jest.setTimeout(300_000);

const APP = `
  import { App, CfnParameter, Duration, Stack } from 'aws-cdk-lib';
  import * as ec2 from 'aws-cdk-lib/aws-ec2';
  import * as eks from 'aws-cdk-lib/aws-eks-v2';
  import { KubectlV36Layer } from '@aws-cdk/lambda-layer-kubectl-v36';
  import { AmiFamily, GoldenImage, MaintenanceWindow, ManagedAddOn, UpgradableCluster, UpgradeGuard } from 'cdk-eks-upgrades';

  const now = 0;
  const app = new App();
  const env = { account: '111122223333', region: 'us-west-2' };
  const stack = new Stack(app, 'Prod', { env });
  const kubectlProviderOptions = { kubectlLayer: new KubectlV36Layer(stack, 'Kubectl') };
  const clusterOf = (id: string, version: string) => new UpgradableCluster(stack, id, {
    version: eks.KubernetesVersion.of(version),
    upgradeGuard: UpgradeGuard.enforce({ window: MaintenanceWindow.weekly({ days: ['SUN'], start: '02:00', duration: Duration.hours(9) }) }),
    vpc: new ec2.Vpc(stack, id + 'Vpc', { maxAzs: 2, natGateways: 0 }),
    vpcSubnets: [{ subnetType: ec2.SubnetType.PUBLIC }],
    defaultCapacityType: eks.DefaultCapacityType.NODEGROUP,
    defaultCapacity: 0,
    managedAddOns: [ManagedAddOn.vpcCni(), ManagedAddOn.kubeProxy()],
    kubectlProviderOptions,
  });
  const cluster = clusterOf('Cluster', ['1.35', '1.36'][now]);
  const canary = cluster.addManagedNodeGroup('Canary', { releaseVersion: ['1.35.3-20260714', '1.36.2-20260714'][now] });
  const bake = canary.baked({ duration: Duration.minutes([10, 20][now]) });
  for (let number = 0; number < 12 + 3 * now; number++) {
    const image = GoldenImage.pinned('ami-0123456789abcd' + (100 + 20 * now + number), {
      family: AmiFamily.AMAZON_LINUX_2023, kubernetesVersion: eks.KubernetesVersion.of(['1.35', '1.36'][now]),
    });
    cluster.addManagedNodeGroup('Group' + number, {
      goldenImage: image, nodeLaunch: { serviceCidr: '172.20.0.0/16' }, maxSize: 5 + now, upgradeAfter: now ? [bake] : [],
    });
  }
  const place = [stack, new Stack(app, 'Apps', { env })];
  place.forEach((scope, of) => {
    for (let number = 0; number < 4 + now; number++) {
      new eks.KubernetesManifest(scope, 'Budget' + number, { cluster, manifest: [{
        apiVersion: 'policy/v1beta1', kind: 'PodDisruptionBudget', metadata: { name: ['web', 'api'][now] + number },
      }] });
    }
    new eks.HelmChart(scope, 'Karpenter', { cluster, chart: 'karpenter', version: ['1.12.0', '1.13.0'][now] });
  });
  if (now) {
    clusterOf('Second', '1.36');
    cluster.addManagedNodeGroup('Sized', { maxSize: new CfnParameter(stack, 'Most', { type: 'Number' }).valueAsNumber });
  }
`;

test('two properties at most, each a line of at most 160 characters, whatever changes and however many node groups there are', async () => {
  const app = await PreviewedApp.open(APP, { now: new Date('2026-11-25T12:00:00Z') });
  try {
    await app.deploy('Prod');
    await app.edit('const now = 0', 'const now = 1');
    const { output } = await app.diff({ CDK_EKS_UPGRADES_PREVIEW: 'off' }, 'Prod');

    const [, guard] = /^\[~\] Custom::EksUpgradeGuard Cluster\/UpgradeGuard\S* .*\n((?: .*\n)*)/m.exec(output)!;
    const changed = guard.split('\n').flatMap((line) => /^ [├└]─ \[.\] (\w+)/.exec(line)?.[1] ?? []);
    expect(changed).toEqual(['Judged', 'Values']);
    const values = guard.split('\n').flatMap((line) => /^ [│ ] +[├└]─ \[[+-~]\] (.*)/.exec(line)?.[1] ?? []);
    expect(values).toEqual([
      expect.stringMatching(/^1\.35\/[0-9a-f]{24} objects$/),
      expect.stringMatching(/^1\.36\/[0-9a-f]{24} cluster:[0-9a-f]{12} objects$/),
      expect.stringMatching(/^Added: \.\d+$/),
    ]);
    guard.split('\n').forEach((line) => expect(line.length).toBeLessThanOrEqual(160));
  } finally {
    await app.close();
  }
});
