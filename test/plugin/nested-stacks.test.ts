import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { INCOMPLETE } from './_incomplete';
import { PreviewedApp } from './_previewed-app';
import { headingOf } from '../../src/preview/preview-text';
import { stackArn } from '../aws/cloudformation';
import { runBinary } from '../cli/_command-line';

jest.setTimeout(180_000);

/**
 * A cluster whose name CloudFormation makes up, in a nested stack; a plain node group and a plain add-on of it in a stack that
 * declares nothing.
 */
const APP = `
  import { App, NestedStack, Stack } from 'aws-cdk-lib';
  import * as ec2 from 'aws-cdk-lib/aws-ec2';
  import * as eks from 'aws-cdk-lib/aws-eks-v2';
  import { AmiTracking, EksAmiType, UpgradableCluster } from 'cdk-eks-upgrades';

  const app = new App();
  const env = { account: '111122223333', region: 'us-west-2' };
  const platform = new NestedStack(new Stack(app, 'Prod', { env }), 'Platform');
  const vpc = ec2.Vpc.fromVpcAttributes(platform, 'Vpc', { vpcId: 'vpc-1', availabilityZones: ['a', 'b'], privateSubnetIds: ['s-1', 's-2'] });
  const cluster = new UpgradableCluster(platform, 'Cluster', {
    version: eks.KubernetesVersion.V1_35, vpc, vpcSubnets: [{ subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS }], defaultCapacityType: eks.DefaultCapacityType.NODEGROUP, defaultCapacity: 0, coreDnsComputeType: eks.CoreDnsComputeType.EC2,
  });
  cluster.addManagedNodeGroup('Workers', {
    nodegroupName: 'workers', eksAmiType: EksAmiType.AL2023_X86_64_STANDARD, instanceTypes: [new ec2.InstanceType('m7i.large')], maxSize: 2,
    amiTracking: AmiTracking.pinned('1.35.2-20260714'),
  });

  const extra = new Stack(app, 'Extra', { env });
  const plain = eks.Cluster.fromClusterAttributes(extra, 'Imported', { clusterName: 'prod', vpc: ec2.Vpc.fromVpcAttributes(extra, 'Vpc', { vpcId: 'vpc-1', availabilityZones: ['a', 'b'], privateSubnetIds: ['s-1', 's-2'] }) });
  new eks.Nodegroup(extra, 'Plain', { cluster: plain, nodegroupName: 'plain', instanceTypes: [new ec2.InstanceType('m7i.large')], maxSize: 4, releaseVersion: '1.35.2-20260714' });
  new eks.Addon(extra, 'Metrics', { cluster: plain, addonName: 'metrics-server', addonVersion: 'v0.8.0-eksbuild.2' });
`;

let app: PreviewedApp;

beforeEach(async () => {
  app = await PreviewedApp.open(APP);
  await app.deploy();
  const nested = JSON.parse(await readFile(join(app.folder, 'cdk.out', await nestedTemplateFile()), 'utf8'));
  app.aws.deploy('Prod-Platform-1', nested, 'prod');
  const [platform] = Object.keys((await app.template('Prod')).Resources);
  app.aws.cloudFormation.putStack({
    name: 'Prod',
    template: await app.template('Prod'),
    resources: [{ logicalId: platform, type: 'AWS::CloudFormation::Stack', physicalId: stackArn({ name: 'Prod-Platform-1' }) }],
  });
  const extra = await app.template('Extra');
  const idOf = (type: string) => Object.entries(extra.Resources).find(([, { Type }]) => Type === type)![0];
  app.aws.cloudFormation.putStack({
    name: 'Extra',
    template: extra,
    resources: [
      { logicalId: idOf('AWS::EKS::Nodegroup'), type: 'AWS::EKS::Nodegroup', physicalId: 'prod/plain' },
      { logicalId: idOf('AWS::EKS::Addon'), type: 'AWS::EKS::Addon', physicalId: 'prod|metrics-server' },
    ],
  });
  app.aws.eks.addCluster({
    name: 'prod',
    version: '1.35',
    nodegroups: ['workers', 'plain'].map((name) => ({ name, releaseVersion: '1.35.2-20260714' })),
    addons: [{ name: 'metrics-server', version: 'v0.8.0-eksbuild.2' }],
  });
  app.aws.clearRequests();
});

afterEach(async () => app.close());

async function nestedTemplateFile(): Promise<string> {
  const [{ Metadata }] = Object.values((await app.template('Prod')).Resources) as unknown as { Metadata: Record<string, string> }[];
  return Metadata['aws:asset:path'];
}

test('nothing changes: nothing is said, each stack is read once', async () => {
  const { exitCode, output } = await app.diff();

  expect(exitCode).toBe(0);
  expect(output).not.toContain(headingOf(''));
  expect(output).not.toContain(INCOMPLETE);
  const read = app.aws.requests.filter(({ action }) => action === 'ListStackResources').map(({ input }) => input.StackName);
  expect([...new Set(read)].sort()).toEqual(['Extra', 'Prod', stackArn({ name: 'Prod-Platform-1' })]);
});

test('what is in nested stacks, and what nothing declares, is compared, too: in the preview and by the command line', async () => {
  await app.edit('1.35.2-20260714', '1.35.2-20260811');
  await app.edit('maxSize: 2', 'maxSize: 3');
  await app.edit('maxSize: 4', 'maxSize: 5');
  await app.edit('v0.8.0-eksbuild.2', 'v0.8.1-eksbuild.1');

  const { exitCode, output } = await app.diff();

  expect(exitCode).toBe(0);
  expect(output).toContain('[node-group-combined-update:workers]');
  expect(output).toContain('[node-group-combined-update:plain]');
  expect(output).toMatch(/metrics-server {2}v0\.8\.0-eksbuild\.2 → v0\.8\.1-eksbuild\.1$/m);

  expect(await checked()).toEqual(['node-group-combined-update:plain', 'node-group-combined-update:workers']);
});

test.each<[string, object]>([
  ['construct paths', { pathMetadata: false }],
  ['files of assets', { assetMetadata: false }],
  ['both', { pathMetadata: false, assetMetadata: false }],
])('the command line finds the templates of nested stacks, too, where templates do not name %s', async (_, settings) => {
  await app.configure(settings);
  await app.edit('1.35.2-20260714', '1.35.2-20260811');
  await app.edit('maxSize: 2', 'maxSize: 3');

  expect(await app.cdk(['synth', '--quiet'])).toMatchObject({ exitCode: 0 });

  expect(await checked()).toContain('node-group-combined-update:workers');
});

/** The combined updates that `check` finds in what was synthesised last. */
async function checked(): Promise<string[]> {
  const check = await runBinary(['check', '--json', '--app', 'cdk.out'], { cwd: app.folder, env: app.aws.environment });
  const { clusters: [{ name, verdict: { findings } }] } = JSON.parse(check.stdout);
  expect(name).toBe('prod');
  return findings.map(({ id }: { id: string }) => id).filter((id: string) => id.startsWith('node-group-combined')).sort();
}
