import { LocalAws } from './aws-server';

const TEMPLATE = {
  Resources: {
    Cluster: { Type: 'AWS::EKS::Cluster', Properties: { Version: '1.35' } },
    Workers: {
      Type: 'AWS::EKS::Nodegroup',
      Properties: {
        Version: '1.35',
        ReleaseVersion: '1.35.2-20260714',
        ScalingConfig: { MinSize: 1, DesiredSize: 2, MaxSize: 3 },
        UpdateConfig: { MaxUnavailable: 2 },
      },
    },
    Dns: { Type: 'AWS::EKS::Addon', Properties: { AddonName: 'coredns', AddonVersion: { 'Fn::GetAtt': ['Versions', 'coredns'] } } },
    Other: { Type: 'AWS::SNS::Topic', Properties: {} },
  },
};

test('what a template holds of a cluster is live, and known to CloudFormation by its physical IDs', async () => {
  const aws = await LocalAws.start();
  aws.publishAmis({ minors: ['1.35'], date: '2026-07-14' });
  aws.deploy('Prod', TEMPLATE, 'prod');

  const cluster = aws.eks.cluster('prod');
  expect(cluster.version).toBe('1.35');
  expect([...cluster.nodegroups.values()]).toMatchObject([
    { name: 'Workers-1', version: '1.35', releaseVersion: '1.35.2-20260714', config: { updateConfig: { maxUnavailable: 2 } } },
  ]);
  expect([...cluster.addons.keys()]).toEqual(['coredns']);
  aws.deploy('Other', TEMPLATE);
  expect(aws.eks.cluster('Cluster-1').version).toBe('1.35');
  await aws.stop();
});
