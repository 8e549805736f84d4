import { nodeRoomReadable } from '../../../../src/engine/judgement/checks/node-room-readable';
import { evaluate } from '../../../../src/engine/judgement/verdict';
import { notKnown } from '../../../../src/engine/state/known';
import { aCatalog, findings } from '../../a-cluster';
import { A_ROLL, aRoomyCluster } from '../../a-node-room';

const denied = (action: string) => notKnown(`not allowed to call ${action} (no identity-based policy allows the ${action} action)`);

const DENIED = aRoomyCluster(
  {
    subnets: denied('ec2:DescribeSubnets'),
    instanceTypes: denied('ec2:DescribeInstanceTypes'),
    offerings: denied('ec2:DescribeInstanceTypeOfferings'),
    quotas: denied('servicequotas:GetServiceQuota'),
  },
  {
    groupRoom: {
      lastUpdate: denied('eks:ListUpdates'),
      launches: denied('autoscaling:DescribeScalingActivities'),
      suspended: denied('autoscaling:DescribeAutoScalingGroups'),
      launchTemplate: denied('ec2:DescribeLaunchTemplateVersions'),
      accessEntry: denied('eks:DescribeAccessEntry'),
    },
  },
);

test('passes when all was read, when nothing is rolled, and when nobody asked', () => {
  expect(findings(nodeRoomReadable, aRoomyCluster(), A_ROLL)).toEqual([]);
  expect(findings(nodeRoomReadable, DENIED, {})).toEqual([]);
});

test('all that is denied is one information, which says what and by which action', () => {
  expect(findings(nodeRoomReadable, DENIED, A_ROLL)).toMatchObject([{
    id: 'node-room-readable:unknown',
    severity: 'info',
    unknown: true,
    reason: 'notAllowed',
    data: {
      unread: ['free addresses of the subnets of nodes (not allowed to call ec2:DescribeSubnets)', 'last updates of node groups (not allowed to call eks:ListUpdates)', 'launches of nodes (not allowed to call autoscaling:DescribeScalingActivities)', 'suspended processes of Auto Scaling groups (not allowed to call autoscaling:DescribeAutoScalingGroups)', 'launch templates (not allowed to call ec2:DescribeLaunchTemplateVersions)', 'access of nodes (not allowed to call eks:DescribeAccessEntry)', 'instance types (not allowed to call ec2:DescribeInstanceTypes)', 'zones that offer instance types (not allowed to call ec2:DescribeInstanceTypeOfferings)', 'quotas of instances (not allowed to call servicequotas:GetServiceQuota)'],
      actions: ['ec2:DescribeSubnets', 'eks:ListUpdates', 'autoscaling:DescribeScalingActivities', 'autoscaling:DescribeAutoScalingGroups', 'ec2:DescribeLaunchTemplateVersions', 'eks:DescribeAccessEntry', 'ec2:DescribeInstanceTypes', 'ec2:DescribeInstanceTypeOfferings', 'servicequotas:GetServiceQuota'],
    },
  }]);
});

test('nothing that is denied refuses a roll', () => {
  const { passed, findings: found } = evaluate(DENIED, aCatalog(), A_ROLL);
  expect(passed).toBe(true);
  expect(found.filter(({ unknown }) => unknown).map(({ id }) => id)).toEqual(['node-room-readable:unknown']);
});

test('what failed otherwise is told, too', () => {
  expect(findings(nodeRoomReadable, aRoomyCluster({ quotas: notKnown('servicequotas:GetServiceQuota failed: ServiceException') }), A_ROLL))
    .toMatchObject([{
      reason: 'unread',
      data: {
        unread: ['quotas of instances (servicequotas:GetServiceQuota failed: ServiceException)'],
      },
    }]);
});
