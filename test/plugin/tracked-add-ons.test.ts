import { PreviewedApp } from './_previewed-app';

/*
 * The real CLI with the bundled plugin: what is tracked and not in cdk.context.json yet is looked up with any command.
 */

const APP = `
  import { App, Stack } from 'aws-cdk-lib';
  import * as ec2 from 'aws-cdk-lib/aws-ec2';
  import * as eks from 'aws-cdk-lib/aws-eks-v2';
  import { AddOnVersion, ManagedAddOn, TrackedAddOnChoice, UpgradableCluster } from 'cdk-eks-upgrades';

  const stack = new Stack(new App(), 'Prod', { env: { account: '111122223333', region: 'us-west-2' } });
  new UpgradableCluster(stack, 'Cluster', {
    version: eks.KubernetesVersion.V1_35,
    clusterName: 'prod',
    vpc: new ec2.Vpc(stack, 'Vpc', { maxAzs: 2, natGateways: 0 }),
    vpcSubnets: [{ subnetType: ec2.SubnetType.PUBLIC }],
    defaultCapacityType: eks.DefaultCapacityType.NODEGROUP,
    defaultCapacity: 0,
    managedAddOns: [ManagedAddOn.vpcCni({ version: AddOnVersion.tracked({ choice: TrackedAddOnChoice.LATEST }) }), ManagedAddOn.kubeProxy({ version: AddOnVersion.tracked() })],
  });
`;
const keyOf = (addOn: string, choice: string, minor: string) =>
  `cdk-eks-upgrades:add-on:account=111122223333:addOn=${addOn}:choice=${choice}:cluster=prod:kubernetesVersion=${minor}:region=us-west-2`;

let app: PreviewedApp;

beforeEach(async () => { app = await PreviewedApp.open(APP); });
afterEach(async () => app.close());

const context = async () => JSON.parse(await app.contextFile() ?? '{}');

test('cdk synth looks up what is missing and keeps it; the next one asks nobody', async () => {
  expect(await app.cdk(['synth', '--quiet'])).toMatchObject({ exitCode: 0 });
  expect(await context()).toMatchObject({
    [keyOf('vpc-cni', 'latest', '1.35')]: { version: 'v1.22.0-eksbuild.1' },
    [keyOf('kube-proxy', 'recommended', '1.35')]: { version: 'v1.35.3-eksbuild.2' },
  });
  const versions = Object.values((await app.template('Prod')).Resources).filter(({ Type }) => Type === 'AWS::EKS::Addon').map(
    ({ Properties }) => Properties.AddonVersion,
  );
  expect(versions).toEqual(['v1.22.0-eksbuild.1', 'v1.35.3-eksbuild.2']);

  app.aws.clearRequests();
  expect(await app.cdk(['synth', '--quiet'])).toMatchObject({ exitCode: 0 });
  expect(app.aws.requests).toEqual([]);
});

test('a new minor is asked for, on from what the cluster has, and the diff shows one property for each add-on', async () => {
  await app.deploy('Prod');
  app.aws.eks.addCluster({
    name: 'prod',
    version: '1.35',
    addons: [{ name: 'vpc-cni', version: 'v1.20.4-eksbuild.2' }, { name: 'kube-proxy', version: 'v1.35.3-eksbuild.2' }],
  });
  await app.edit('V1_35', "of('1.36')");
  const { exitCode, output } = await app.diff({ CDK_EKS_UPGRADES_PREVIEW: 'off' }, '--template', 'deployed.json');

  expect(exitCode).toBe(0);
  // a minor on from 1.20, not the newest
  expect((await context())[keyOf('vpc-cni', 'latest', '1.36')]).toEqual({ version: 'v1.21.1-eksbuild.1' });
  expect(output).toMatch(
    /\[~\] AWS::EKS::Addon Cluster\/AddOnKubeProxy .*\n └─ \[~\] AddonVersion\n +├─ \[-\] v1\.35\.3-eksbuild\.2\n +└─ \[\+\] v1\.36\.2-eksbuild\.2/,
  );
});

test('without look-ups the error names the command, and nothing is asked', async () => {
  await app.configure({ context: { 'availability-zones:account=111122223333:region=us-west-2': ['us-west-2a', 'us-west-2b'] } });
  const { exitCode, stderr } = await app.cdk(['synth', '--quiet', '--no-lookups']);
  expect(exitCode).toBe(1);
  expect(stderr).toContain('npx cdk-eks-upgrades refresh --add-ons --only Prod/Cluster/AddOnVpcCni');
  expect(app.aws.requests.filter(({ service }) => service === 'eks')).toEqual([]);
});

test('a failure is told, and cached nowhere', async () => {
  app.aws.fail({ service: 'eks', action: 'DescribeAddonVersions', fault: 'accessDenied' });
  const { exitCode, stderr } = await app.cdk(['synth', '--quiet']);
  expect(exitCode).toBe(1);
  expect(stderr).toMatch(/vpc-cni.*eks:DescribeAddonVersions[^]*\[cdk-eks-upgrades:addOnVersionLookupFailed\]/);
  expect(Object.keys(await context()).filter((key) => key.includes('add-on'))).toEqual([]);
});

test('a configuration that the tracked version does not take is a warning of a plain synth, kept and asked for once', async () => {
  await app.edit(
    '{ choice: TrackedAddOnChoice.LATEST })',
    "{ choice: TrackedAddOnChoice.LATEST }), configurationValues: { env: { ENABLE_PREFIX_DELEGATON: 'true' } }",
  );
  const first = await app.cdk(['synth', '--quiet']);
  const said = /EKS would refuse the configuration of add-on vpc-cni with v1\.22\.0-eksbuild\.1: env\.ENABLE_PREFIX_DELEGATON is not known to it.*; correct it[^]*Annotation::cdk-eks-upgrades:addOnConfiguration/;
  expect(first).toMatchObject({ exitCode: 0, stderr: expect.stringMatching(said) });
  expect(Object.entries(await context()).filter(([key]) => key.includes(':add-on-configuration:'))).toEqual([
    [
      expect.stringMatching(/:addOn=vpc-cni:configuration=[0-9a-f]{12}:region=us-west-2:version=v1\.22\.0-eksbuild\.1$/),
      { objections: [expect.stringContaining('ENABLE_PREFIX_DELEGATON')] },
    ],
  ]);

  app.aws.clearRequests();
  expect(await app.cdk(['synth', '--quiet'])).toMatchObject({ exitCode: 0, stderr: expect.stringMatching(said) });
  expect(app.aws.requests).toEqual([]);

  await app.edit('ENABLE_PREFIX_DELEGATON', 'ENABLE_PREFIX_DELEGATION');
  expect((await app.cdk(['synth', '--quiet'])).stderr).not.toContain('EKS would refuse');
});

test('a configuration that may not be looked at is a note, and is asked for again', async () => {
  await app.edit('{ choice: TrackedAddOnChoice.LATEST })', '{ choice: TrackedAddOnChoice.LATEST }), configurationValues: { env: {} }');
  app.aws.fail({ service: 'eks', action: 'DescribeAddonConfiguration', fault: 'accessDenied' });
  const { exitCode, stderr } = await app.cdk(['synth', '--quiet']);
  expect({ exitCode, stderr }).toEqual({
    exitCode: 0,
    stderr: expect.stringMatching(
      /configuration of add-on vpc-cni was not checked against v1\.22\.0-eksbuild\.1: .*eks:DescribeAddonConfiguration/,
    ),
  });
  expect(Object.keys(await context()).filter((key) => key.includes(':add-on-configuration:'))).toEqual([]);
});
