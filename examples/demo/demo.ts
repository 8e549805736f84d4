/**
 * Shows, without an AWS account, how an AMI release and a Kubernetes version move.
 *
 * Everything is real but AWS: the app of examples/quickstart with the package installed as users do, the CDK CLI, and a local
 * stand-in that speaks AWS's protocols.
 */
import { DemoApp } from './demo-app';
import { updateGuard } from './guarded-deployment';
import { chapter, say, show } from './narrator';
import { LocalAws } from '../../test/aws/aws-server';
import { deprecatedApi, passingUpgradeInsights } from '../../test/aws/sample-insights';

async function lookUpAndPin(app: DemoApp, aws: LocalAws): Promise<void> {
  chapter('1. Three node groups; their AMI releases are looked up and pinned');
  say('AL2023, Bottlerocket on Arm and AL2023 with NVIDIA drivers. The first synth asks AWS for each recommended release:\n');
  await app.cdk('synth', '--quiet');
  aws.requests.filter(({ service }) => service === 'ssm').forEach(({ action, input }) => show(`${action} ${input.Name}`));
  say('\nThe answers are pinned in cdk.context.json, to be committed:\n');
  show(JSON.stringify(await app.pinnedReleases(), undefined, 2));
  await app.pretendDeployment();
}

async function refreshOneRelease(app: DemoApp, aws: LocalAws): Promise<void> {
  chapter('2. AWS publishes new AMIs: nothing moves until you say so');
  aws.publishAmis({ minors: ['1.36', '1.37'], date: '2026-07-28' });
  aws.clearRequests();
  await app.diff();
  say(`\nNo difference, and ${aws.requests.length} requests to AWS. Now refresh one look-up:\n`);
  const key = Object.keys(await app.pinnedReleases()).find((candidate) => candidate.includes('x86_64/standard'))!;
  await app.cdk('context', '--reset', key);
  await app.diff();
  say('\nOf EKS, only ReleaseVersion changes: this is what `cdk deploy` would roll. Judged makes CloudFormation call the guard.');
  await app.cdk('synth', '--quiet');
  await app.pretendDeployment();
}

async function upgradeKubernetes(app: DemoApp): Promise<void> {
  chapter('3. The next Kubernetes minor: one line');
  await app.turnOnPreview();
  say('With the preview in cdk.json, the diff also says what is live and what will roll:\n');
  await app.edit('eks.KubernetesVersion.V1_36', 'eks.KubernetesVersion.V1_37');
  await app.diff();
  say(
    '\nThe diff is in the order of the template. Deployed are first the guard, then the control plane, the add-ons (asked for again because',
  );
  say('the version changed), and the node groups, each with Version and ReleaseVersion as one pair.');
}

async function guardedDeployment(app: DemoApp, aws: LocalAws): Promise<void> {
  chapter('4. The deployment: the guard looks at the cluster before the control plane is touched');
  const cluster = {
    name: 'quickstart', version: '1.36', nodegroups: [{ name: 'workers' }], addons: [{ name: 'vpc-cni' }, { name: 'coredns' }],
  };
  aws.eks.addCluster({
    ...cluster, insights: [deprecatedApi({ kubernetesVersion: '1.37', usage: '/apis/resource.k8s.io/v1beta1/resourceclaims' })],
  });
  say('Somebody still calls an API that Kubernetes 1.37 no longer serves:\n');
  await updateGuard(aws, await app.template(), cluster.name);
  say('\nNothing was touched. The caller is brought up to date, and EKS sees no calls any more:\n');
  aws.eks.addCluster({ ...cluster, insights: passingUpgradeInsights('1.37') });
  await updateGuard(aws, await app.template(), cluster.name);
  say('\nCloudFormation goes on to the control plane. Where the same app meets a cluster that is still on 1.35, two minors behind:\n');
  aws.eks.addCluster({ ...cluster, name: 'left-behind', version: '1.35' });
  await updateGuard(aws, await app.template(), 'left-behind');
}

async function badInput(app: DemoApp): Promise<void> {
  chapter('5. What cannot work is refused, with the way out');
  await app.edit("instanceTypes: [new ec2.InstanceType('m7i.large')],",
    "instanceTypes: [new ec2.InstanceType('m7i.large')], releaseVersion: '1.35.4-20260630',");
  const { exitCode } = await app.cdk('synth', '--quiet');
  say(`\nExit code ${exitCode}, before anything was sent to AWS.`);
}

async function main(): Promise<void> {
  const aws = await LocalAws.start();
  aws.publishAmis({ minors: ['1.36', '1.37'], date: '2026-07-14' });
  const app = await DemoApp.open(aws);
  try {
    await lookUpAndPin(app, aws);
    await refreshOneRelease(app, aws);
    await upgradeKubernetes(app);
    await guardedDeployment(app, aws);
    await badInput(app);
  } finally {
    await app.close();
    await aws.stop();
  }
}

main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
