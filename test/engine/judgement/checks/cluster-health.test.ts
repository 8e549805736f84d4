import { clusterHealth } from '../../../../src/engine/judgement/checks/cluster-health';
import { aCluster, findings } from '../../a-cluster';

const healthIssues = [{ code: 'Ec2SubnetNotFound', message: 'The subnet was deleted.', resourceIds: ['subnet-a'] }];

test('passes without health issues', () => {
  expect(findings(clusterHealth, aCluster())).toEqual([]);
});

test('passes when the control plane stays', () => {
  expect(findings(clusterHealth, aCluster({ healthIssues }), {})).toEqual([]);
});

test('fails for a health issue, with the resources', () => {
  expect(findings(clusterHealth, aCluster({ healthIssues }))).toMatchObject([{
    id: 'cluster-health', severity: 'error', reason: 'unhealthy', data: { issue: 'Ec2SubnetNotFound: The subnet was deleted' }, details: ['subnet-a'],
  }]);
});

test('fails for a health issue that EKS says nothing of', () => {
  expect(findings(clusterHealth, aCluster({ healthIssues: [{ code: 'Other', message: '', resourceIds: [] }] })))
    .toMatchObject([{ reason: 'unhealthy', data: { issue: 'Other' } }]);
});
