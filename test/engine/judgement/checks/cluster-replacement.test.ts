import { clusterReplacement } from '../../../../src/engine/judgement/checks/cluster-replacement';
import { aCluster, findings } from '../../a-cluster';

test.each([[undefined], [[]]])('passes for a cluster that stays (%j)', (replacedBy) => {
  expect(findings(clusterReplacement, aCluster(), { version: '1.36', replacedBy })).toEqual([]);
});

test('fails for a property that can only be set at creation, and names it, whether or not a version moves', () => {
  for (const version of ['1.35', '1.36']) {
    expect(findings(
      clusterReplacement, aCluster(), { version, replacedBy: ['RoleArn', 'KubernetesNetworkConfig.IpFamily'] },
    )).toMatchObject([{
      id: 'cluster-replacement',
      severity: 'error',
      reason: 'replaced',
      data: { replacedBy: ['RoleArn', 'KubernetesNetworkConfig.IpFamily'] },
    }]);
  }
});

test('fails for a construct that was renamed, and names what leaves', () => {
  expect(findings(clusterReplacement, aCluster(), { replacedBy: ['logical ID ClusterEB0386A7'] })).toMatchObject([{
    reason: 'renamed', data: { renamedFrom: 'ClusterEB0386A7' },
  }]);
});

test('fails for a construct that was moved, and names the stack, too', () => {
  expect(findings(clusterReplacement, aCluster(), { replacedBy: ['logical ID ClusterEB0386A7 of stack Prod'] })).toMatchObject([{
    reason: 'renamed', data: { renamedFrom: 'ClusterEB0386A7 of stack Prod' },
  }]);
});

test.each([
  ['Custom::AWSCDK-EKS-Cluster', { deployed: 'aws-eks', wanted: 'aws-eks-v2', factory: 'ofAwsEks' }],
  ['AWS::EKS::Cluster', { deployed: 'aws-eks-v2', wanted: 'aws-eks', factory: 'ofAwsEksV2' }],
])('fails where %s becomes a cluster of the other module, which nothing moves there', (type, data) => {
  expect(findings(clusterReplacement, aCluster(), { replacedBy: [`type ${type}`] })).toMatchObject([{ reason: 'otherModule', data }]);
});
