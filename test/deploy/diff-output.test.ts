import { changesIn } from './diff-output';

test('a diff is read resource by resource', () => {
  expect(changesIn([
    'Stack Platform (aws://111122223333/us-west-2)',
    'Resources',
    '[+] AWS::IAM::Role Handler/Role HandlerRole1',
    '[-] AWS::EKS::Addon OldAddon destroy',
    '[~] AWS::EKS::Nodegroup Cluster/NodegroupWorkers ClusterNodegroupWorkers2',
    ' ├─ [~] ReleaseVersion',
    ' │   ├─ [-] 1.35.2-20260714',
    ' │   └─ [+] 1.36.2-20260714',
    ' └─ [~] Version',
    '[~] AWS::EKS::Nodegroup Gpu Gpu3 replace',
    ' └─ [~] AmiType (requires replacement)',
    '[~] AWS::EKS::Cluster Cluster Cluster4',
    ' └─ [+] DependsOn',
    '     └─ ["Guard5"]',
    'Outputs',
    '[+] Output Name Name: {"Value":"x"}',
  ].join('\n'))).toEqual([
    { action: 'update', logicalId: 'ClusterNodegroupWorkers2', type: 'AWS::EKS::Nodegroup' },
    { action: 'replace', logicalId: 'Gpu3', type: 'AWS::EKS::Nodegroup' },
    { action: 'create', logicalId: 'HandlerRole1', type: 'AWS::IAM::Role' },
    { action: 'delete', logicalId: 'OldAddon', type: 'AWS::EKS::Addon' },
  ]);
});

test('what CloudFormation knows only later is told apart', () => {
  const diff = (...values: string[]) => changesIn(['[~] AWS::EKS::Addon Cluster/AddOnCoredns Coredns1', ...values].join('\n'));
  const change = { action: 'update', logicalId: 'Coredns1', type: 'AWS::EKS::Addon' };
  const later = [' └─ [~] AddonVersion', '     ├─ [-] v1.12.4-eksbuild.1', '     └─ [+] {{changeSet:KNOWN_AFTER_APPLY}}'];
  const known = [' ├─ [~] ServiceAccountRoleArn', ' │   ├─ [-] arn:1', ' │   └─ [+] arn:2'];
  expect(diff(...later)).toEqual([{ ...change, isKnownLater: true }]);
  expect(diff(...known, ...later)).toEqual([change]);
  expect(diff(...known)).toEqual([change]);
  expect(diff(' └─ [-] ConfigurationValues')).toEqual([change]);
});
