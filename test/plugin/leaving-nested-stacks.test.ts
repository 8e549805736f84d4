import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { App, NestedStack, Stack } from 'aws-cdk-lib';
import { CfnNodegroup } from 'aws-cdk-lib/aws-eks';
import { DefaultCapacityType, KubernetesVersion } from 'aws-cdk-lib/aws-eks-v2';
import { checked, previewOf, synthesize } from './_in-this-process';
import { INCOMPLETE } from './_incomplete';
import { UpgradableCluster } from '../../src';
import { LocalAws } from '../aws/aws-server';
import { stackArn } from '../aws/cloudformation';
import { withLocalAws } from '../aws/with-local-aws';
import { ENV, importedVpc } from '../node-group/_fixtures';

/** A cluster, and a node group in a nested stack of a nested stack. */
const prod = (...nested: string[]) => (app: App): void => {
  const stack = new Stack(app, 'Prod', { env: ENV });
  new UpgradableCluster(stack, 'Cluster', {
    version: KubernetesVersion.V1_35,
    clusterName: 'prod',
    vpc: importedVpc(stack, 'Vpc'),
    defaultCapacityType: DefaultCapacityType.NODEGROUP,
    defaultCapacity: 0,
  });
  if (nested.length === 0) return;
  new CfnNodegroup(nested.reduce<Stack>((parent, id) => new NestedStack(parent, id), stack), 'Plain', {
    clusterName: 'prod',
    nodeRole: 'arn:aws:iam::111122223333:role/nodes',
    subnets: ['subnet-1'],
    amiType: 'AL2023_x86_64_STANDARD',
    version: '1.35',
    releaseVersion: '1.35.2-20260714',
  });
};
const NESTED = 'AWS::CloudFormation::Stack';

let aws: LocalAws;

withLocalAws((local) => {
  aws = local;
  aws.publishAmis({ minors: ['1.35', '1.36', '1.37'], date: '2026-07-14' });
  aws.eks.addCluster({ name: 'prod', version: '1.35', nodegroups: [{ name: 'Plain-1', version: '1.35', releaseVersion: '1.35.2-20260714' }] });
  const { template, templateFullPath } = synthesize(prod('Nodes', 'Inner'), { 'aws:cdk:enable-asset-metadata': true }).getStackByName('Prod');
  put('Prod', template, dirname(templateFullPath));
}, new Date());

/** Puts a stack with those nested in it. */
function put(name: string, template: any, folder: string): void {
  const resources = Object.entries<any>(template.Resources).map(([logicalId, { Type: type, Metadata }]) => {
    if (type === NESTED) put(`${name}-${logicalId}`, JSON.parse(readFileSync(join(folder, Metadata['aws:asset:path']), 'utf8')), folder);
    const physicalIds: Record<string, string> = {
      'AWS::EKS::Cluster': 'prod', 'AWS::EKS::Nodegroup': 'prod/Plain-1', [NESTED]: stackArn({ name: `${name}-${logicalId}` }),
    };
    return { logicalId, type, physicalId: physicalIds[type] ?? logicalId };
  });
  aws.cloudFormation.putStack({ name, status: 'UPDATE_COMPLETE', template, resources });
}

test('nested stacks that stay take nothing along', async () => {
  expect((await previewOf(prod('Nodes', 'Inner'))).said).toEqual([]);
  expect(await checked(prod('Nodes', 'Inner'))).toEqual([]);
});

test.each<[string, string[]]>([
  ['removed', []], ['renamed', ['Others', 'Inner']], ['renamed further in', ['Nodes', 'Others']], ['left', ['Nodes']],
])('a nested stack that is %s takes its node groups along: preview and check say so', async (_, nested) => {
  const { said } = await previewOf(prod(...nested));
  expect(said).toHaveLength(1);
  expect(said[0]).toContain('[node-group-removed:Plain-1]');
  expect(await checked(prod(...nested))).toContain('node-group-removed:Plain-1');
});

test('what a nested stack takes along that cannot be read is told as not known', async () => {
  aws.deny = ({ action, input }) => action === 'ListStackResources' && String(input.StackName).includes('Inner');
  const { said } = await previewOf(prod());
  expect(said.join()).toContain(INCOMPLETE);
});
