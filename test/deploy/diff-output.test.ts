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
