import { App, CfnCondition, CfnParameter, CfnResource, Fn, Stack } from 'aws-cdk-lib';
import { CfnAddon, CfnNodegroup } from 'aws-cdk-lib/aws-eks';
import { DefaultCapacityType, KubernetesVersion } from 'aws-cdk-lib/aws-eks-v2';
import { checked, previewOf, synthesize } from './_in-this-process';
import { AmiTracking, EksAmiType, UpgradableCluster } from '../../src';
import { LocalAws } from '../aws/aws-server';
import { withLocalAws } from '../aws/with-local-aws';
import { ENV, importedVpc } from '../node-group/_fixtures';

/** A cluster with a tracked node group, a plain one and an add-on that are there only where a parameter says so. */
const prod = (isBlue: string) => (app: App): void => {
  const stack = new Stack(app, 'Prod', { env: ENV });
  const cluster = new UpgradableCluster(stack, 'Cluster', {
    version: KubernetesVersion.V1_36,
    clusterName: 'prod',
    vpc: importedVpc(stack, 'Vpc'),
    defaultCapacityType: DefaultCapacityType.NODEGROUP,
    defaultCapacity: 0,
  });
  const blue = new CfnParameter(stack, 'Blue', { default: 'no' }).valueAsString;
  const inner = new CfnCondition(stack, 'IsBlue', { expression: Fn.conditionEquals(blue, isBlue) });
  const isThere = new CfnCondition(stack, 'IsThere', { expression: Fn.conditionOr(inner, Fn.conditionEquals(blue, 'both')) });
  const tracked = cluster.addManagedNodeGroup('Blue2', {
    nodegroupName: 'blue', eksAmiType: EksAmiType.AL2023_X86_64_STANDARD, amiTracking: AmiTracking.pinned('1.36.2-20260714'),
  });
  const plain = new CfnNodegroup(stack, 'Plain', {
    clusterName: 'prod',
    nodeRole: 'arn:aws:iam::111122223333:role/nodes',
    subnets: ['subnet-1'],
    amiType: 'AL2023_x86_64_STANDARD',
    version: '1.35',
    releaseVersion: '1.35.2-20260714',
  });
  const addOn = new CfnAddon(stack, 'Dns', { clusterName: 'prod', addonName: 'coredns' });
  [tracked.node.defaultChild as CfnResource, plain].forEach((resource) => resource.cfnOptions.condition = isThere);
  addOn.addOverride('Condition', isThere.logicalId);
};

let aws: LocalAws;

withLocalAws((local) => {
  aws = local;
  aws.publishAmis({ minors: ['1.35', '1.36', '1.37'], date: '2026-07-14' });
  aws.eks.addCluster({ name: 'prod', version: '1.36' });
  const { template } = synthesize(prod('yes')).getStackByName('Prod');
  const [logicalId] = Object.entries<any>(template.Resources).find(([, { Type }]) => Type === 'AWS::EKS::Cluster')!;
  aws.cloudFormation.putStack({
    name: 'Prod', status: 'UPDATE_COMPLETE', template, resources: [{ logicalId, type: 'AWS::EKS::Cluster', physicalId: 'prod' }],
  });
}, new Date());

test('what the stack does without by its condition is not new, and refused by nobody', async () => {
  expect((await previewOf(prod('yes'))).said).toEqual([]);
  expect(await checked(prod('yes'))).toEqual([]);
});

test.each([
  ['deleted', 'DELETE_COMPLETE'], ['retained', 'DELETE_SKIPPED'],
])('nor what the stack has %s when its condition went, and CloudFormation still lists', async (_, left) => {
  const { template } = synthesize(prod('yes')).getStackByName('Prod');
  const physicalIds: Record<string, string> = { 'AWS::EKS::Cluster': 'prod', 'AWS::EKS::Nodegroup': 'prod/blue', 'AWS::EKS::Addon': 'prod|coredns' };
  aws.cloudFormation.putStack({
    name: 'Prod',
    status: 'UPDATE_COMPLETE',
    template,
    resources: Object.entries<any>(template.Resources).flatMap(([logicalId, { Type: type }]) => physicalIds[type] === undefined ? [] : [
      { logicalId, type, physicalId: physicalIds[type], status: type === 'AWS::EKS::Cluster' ? 'UPDATE_COMPLETE' : left },
    ]),
  });
  expect((await previewOf(prod('yes'))).said).toEqual([]);
  expect(await checked(prod('yes'))).toEqual([]);
});

test('it is new where the condition changes, be it one to which that refers', async () => {
  const { said } = await previewOf(prod('no'));
  expect(said).toHaveLength(1);
  for (const part of [/blue +new/, /Plain +new/, /coredns +new/]) expect(said[0]).toMatch(part);
  expect(await checked(prod('no'))).toContain('node-group-version:Plain');
});
