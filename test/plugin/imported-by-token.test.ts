import { App, CfnParameter, Fn, Stack } from 'aws-cdk-lib';
import { CfnCluster } from 'aws-cdk-lib/aws-eks';
import { KubernetesVersion } from 'aws-cdk-lib/aws-eks-v2';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { checked, previewOf, synthesize } from './_in-this-process';
import { INCOMPLETE } from './_incomplete';
import { AmiTracking, ClusterUpgrades, EksAmiType, ManagedAddOn } from '../../src';
import { headingOf } from '../../src/preview/preview-text';
import { LocalAws } from '../aws/aws-server';
import { withLocalAws } from '../aws/with-local-aws';
import { ENV, importedVpc } from '../node-group/_fixtures';

type NameOf = (stack: Stack) => string;

const TOKENS: Record<string, NameOf> = {
  'Fn::ImportValue': () => Fn.importValue('shared-cluster'),
  'an SSM parameter': (stack) => StringParameter.valueForStringParameter(stack, '/eks/name'),
  'a parameter of the template': (stack) => new CfnParameter(stack, 'Name').valueAsString,
  'an ARN': () => Fn.select(1, Fn.split('/', Fn.importValue('cluster-arn'))),
};

/** A cluster that another app creates, with an add-on and a node group of this one. */
const nodes = (nameOf: NameOf, version = '1.35', isEmpty = false) => (app: App): void => {
  const stack = new Stack(app, 'Nodes', { env: ENV });
  const upgrades = ClusterUpgrades.ofImported(stack, 'Up', {
    clusterName: nameOf(stack),
    version: KubernetesVersion.of(version),
    vpc: importedVpc(stack, 'Vpc'),
    managedAddOns: [ManagedAddOn.vpcCni()],
  });
  if (isEmpty) return;
  upgrades.addManagedNodeGroup('Workers', {
    eksAmiType: EksAmiType.AL2023_X86_64_STANDARD, amiTracking: AmiTracking.pinned(`${version}.2-20260714`),
  });
};

let aws: LocalAws;

withLocalAws((local) => {
  aws = local;
  aws.publishAmis({ minors: ['1.35', '1.36'], date: '2026-07-14' });
  aws.eks.addCluster({
    name: 'shared',
    version: '1.36',
    nodegroups: [{ name: 'w', version: '1.35', releaseVersion: '1.35.2-20260714' }],
    addons: [{ name: 'vpc-cni' }],
  });
}, new Date());

/** @param physicalIds by type; what is not there is not deployed */
function deploy(nameOf: NameOf, physicalIds: Record<string, string>): void {
  const { template } = synthesize(nodes(nameOf)).getStackByName('Nodes');
  const resources = Object.entries<{ Type: string }>(template.Resources)
    .map(([logicalId, { Type: type }]) => ({ logicalId, type, physicalId: physicalIds[type] }))
    .filter(({ physicalId }) => physicalId !== undefined);
  aws.cloudFormation.putStack({ name: 'Nodes', status: 'UPDATE_COMPLETE', template, resources });
}

const DEPLOYED = { 'AWS::EKS::Nodegroup': 'shared/w', 'AWS::EKS::Addon': 'shared|vpc-cni' };

test.each(Object.entries(TOKENS))('its node groups and add-ons tell the name: %s', async (_, nameOf) => {
  deploy(nameOf, DEPLOYED);

  const said = (await previewOf(nodes(nameOf, '1.36'))).said.join('\n');

  expect(said).toContain(headingOf('shared'));
  expect(said).toContain('1.35.2-20260714 → 1.36.2-20260714');
  expect(said).not.toContain(INCOMPLETE);
});

test('an add-on alone tells it, too; check finds the cluster as well', async () => {
  const { 'AWS::EKS::Addon': addOn } = DEPLOYED;
  deploy(TOKENS['Fn::ImportValue'], { 'AWS::EKS::Addon': addOn });

  expect((await previewOf(nodes(TOKENS['Fn::ImportValue'], '1.36'))).said.join()).toContain(headingOf('shared'));
  await expect(checked(nodes(TOKENS['Fn::ImportValue']))).resolves.toBeDefined();
});

test('its own resource in the stack tells it, before any part is deployed', async () => {
  const ofResource = (version: string): NameOf => (stack) => new CfnCluster(stack, 'Raw', {
    version, roleArn: 'arn:aws:iam::111122223333:role/cluster', resourcesVpcConfig: { subnetIds: ['subnet-1'] },
  }).ref;
  deploy(ofResource('1.35'), { 'AWS::EKS::Cluster': 'shared' });

  const said = (await previewOf(nodes(ofResource('1.36'), '1.36'))).said.join('\n');

  expect(said).toContain(headingOf('shared'));
  expect(said).not.toContain(INCOMPLETE);
  await expect(checked(nodes(ofResource('1.36'), '1.36'))).resolves.toBeDefined();
});

test.each<[string, Record<string, string> | undefined, boolean]>([
  ['nothing is deployed', undefined, false],
  ['the stack has no part of it', {}, false],
  ['the app declares none', {}, true],
  ['the parts are of a cluster that is gone', { 'AWS::EKS::Nodegroup': 'gone/w' }, false],
])('its name is not known, and it is not said to be missing: %s', async (_, physicalIds, isEmpty) => {
  if (physicalIds) deploy(TOKENS['Fn::ImportValue'], physicalIds);

  const { said } = await previewOf(nodes(TOKENS['Fn::ImportValue'], '1.36', isEmpty), { mode: 'strict' });

  expect(said).toEqual([
    expect.stringMatching(/^warning previewIncomplete: .*name of cluster Nodes\/Up is known only at deployment.*literal/),
  ]);
});

test('a stack that cannot be read is the reason, unless another part tells the name', async () => {
  deploy(TOKENS['Fn::ImportValue'], DEPLOYED);
  aws.fail({ service: 'cloudformation', action: 'GetTemplate', fault: 'accessDenied' });

  const { said } = await previewOf(nodes(TOKENS['Fn::ImportValue'], '1.36'));

  expect(said).toEqual([expect.stringMatching(/^warning previewIncomplete: .*cloudformation:/)]);
});

test('by a literal name it is missing where EKS has none', async () => {
  expect((await previewOf(nodes(() => 'other'))).said).toEqual([
    expect.stringMatching(/^warning previewIncomplete: .*EKS has no cluster other in .*would fail/),
  ]);
});
