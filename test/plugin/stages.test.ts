import { PreviewedApp } from './_previewed-app';
import { headingOf } from '../../src/preview/preview-text';

jest.setTimeout(120_000);

const STAGES = `
  import { App, Stack, Stage } from 'aws-cdk-lib';
  import * as ec2 from 'aws-cdk-lib/aws-ec2';
  import * as eks from 'aws-cdk-lib/aws-eks-v2';
  import { AmiTracking, EksAmiType, ManagedNodeGroupWithAmiTracking, TrackedAmiRelease } from 'cdk-eks-upgrades';

  const app = new App();
  const env = { account: '111122223333', region: 'us-west-2' };
  for (const name of ['one', 'two']) {
    const stack = new Stack(new Stage(app, name, { env }), 'Nodes');
    const vpc = ec2.Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc-1', availabilityZones: ['a', 'b'], privateSubnetIds: ['s-1', 's-2'] });
    new ManagedNodeGroupWithAmiTracking(stack, 'Workers', {
      cluster: eks.Cluster.fromClusterAttributes(stack, 'Imported', { clusterName: name, vpc }),
      nodegroupName: 'workers', kubernetesVersion: eks.KubernetesVersion.V1_36, amiTracking: AmiTracking.pinned('1.36.2-20260714'),
      instanceTypes: [new ec2.InstanceType('m7i.large')],
    });
    new TrackedAmiRelease(stack, 'Karpenter', {
      eksAmiType: EksAmiType.AL2023_ARM_64_STANDARD, kubernetesVersion: eks.KubernetesVersion.V1_36,
      amiTracking: AmiTracking.pinned(name === 'one' ? '1.36.1-20260601' : '1.36.2-20260714'),
    });
  }
`;

let app: PreviewedApp;

afterEach(async () => app.close());

test('imported clusters in several stages: one question, a block for each, and for a release without a node group that is not the newest', async () => {
  app = await PreviewedApp.open(STAGES);
  ['one', 'two'].forEach(
    (name) => app.aws.eks.addCluster({ name, version: '1.36', nodegroups: [{ name: 'workers', releaseVersion: '1.36.1-20260601' }] }),
  );

  const { exitCode, output } = await app.diff({}, 'one/*', 'two/*');

  expect(exitCode).toBe(0);
  expect([...output.matchAll(new RegExp(`${headingOf('')}(\\w+)`, 'g'))].map(([, name]) => name).sort()).toEqual(['one', 'two']);
  expect(output.match(/^stays +control plane 1\.36 \(.+\)/gm)).toHaveLength(2);
  expect(output).toMatch(
    /^INFO AL2023_ARM_64_STANDARD is tracked at 1\.36\.1-20260601\nAWS recommends 1\.36\.2-20260714(, for \d+ days)?; take it with\nAmiTracking\.pinned\('1\.36\.2-20260714'\)/m,
  );
  expect(output.match(/is tracked at/g)).toHaveLength(1);
  expect(
    app.aws.requests.filter(({ action }) => action === 'DescribeCluster').map(({ input }) => input.name).sort(),
  ).toEqual(['one', 'two']);
});

test('stages of which each is synthesised as soon as it is there, as in a pipeline: a block for each', async () => {
  app = await PreviewedApp.open(STAGES.replace(/\}\s*$/, `
    Stage.of(stack)!.synth();
  }`));
  ['one', 'two'].forEach(
    (name) => app.aws.eks.addCluster({ name, version: '1.36', nodegroups: [{ name: 'workers', releaseVersion: '1.36.1-20260601' }] }),
  );

  const { exitCode, output } = await app.diff({}, 'one/*', 'two/*');

  expect(exitCode).toBe(0);
  expect([...output.matchAll(new RegExp(`${headingOf('')}(\\w+)`, 'g'))].map(([, name]) => name).sort()).toEqual(['one', 'two']);
  expect(output).not.toContain('previewIncomplete');
  expect(output.match(/is tracked at/g)).toHaveLength(1);
});
