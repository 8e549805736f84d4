import { App, Duration, Stack, Tags } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as eksv1 from 'aws-cdk-lib/aws-eks';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { AmiTracking, ClusterUpgrades, UpgradableCluster, UpgradeGuard } from '../../src';
import { says } from '../../src/cluster/messages';
import { sentence } from '../../src/engine/messages/sentence';
import { awsEksCluster } from '../cluster/_aws-eks';
import { ENV, importedVpc } from '../node-group/_fixtures';

function clusterWith(upgradeGuard?: UpgradeGuard): Template {
  const stack = new Stack(new App(), 'Stack', { env: ENV });
  new UpgradableCluster(stack, 'Cluster', { version: eks.KubernetesVersion.of('1.35'), vpc: importedVpc(stack, 'Vpc'), upgradeGuard });
  return Template.fromStack(stack);
}

test('nothing is added unless the guard looks into the cluster', () => {
  for (const guard of [undefined, UpgradeGuard.enforce(), UpgradeGuard.disabled()]) {
    const template = clusterWith(guard);
    template.resourcePropertiesCountIs('AWS::EKS::AccessEntry', { KubernetesGroups: ['cdk-eks-upgrades'] }, 0);
    expect(JSON.stringify(template)).not.toContain('ec2:DescribeInstances');
  }
});

test.each([
  UpgradeGuard.enforce({ workloads: true }), UpgradeGuard.warnOnly({ workloads: true }),
])('the role of the function may view', (guard) => {
  const template = clusterWith(guard); // fails for a cycle
  template.hasResourceProperties('AWS::EKS::AccessEntry', {
    ClusterName: Match.anyValue(),
    PrincipalArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^CdkEksUpgradesHandlerRole'), 'Arn'] },
    KubernetesGroups: ['cdk-eks-upgrades'],
    AccessPolicies: [{
      PolicyArn: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':eks::aws:cluster-access-policy/AmazonEKSViewPolicy']] },
      AccessScope: { Type: 'cluster' },
    }],
  });
  template.hasResourceProperties('Custom::EksUpgradeGuard', { Workloads: 'true' });
  expect(JSON.stringify(template)).toContain('ec2:DescribeInstances');
});

test('the access entry has the tags of the app, and the logical ID of the first release', () => {
  const app = new App();
  const stack = new Stack(app, 'Stack', { env: ENV });
  new UpgradableCluster(stack, 'Cluster', {
    version: eks.KubernetesVersion.of('1.35'), vpc: importedVpc(stack, 'Vpc'), upgradeGuard: UpgradeGuard.enforce({ workloads: true }),
  });
  Tags.of(app).add('cost-centre', '42');
  const entries = Template.fromStack(stack).findResources('AWS::EKS::AccessEntry', { Properties: { KubernetesGroups: ['cdk-eks-upgrades'] } });
  expect(Object.entries(entries).map(([id, { Properties }]) => [id, Properties.Tags])).toEqual([
    ['ClusterUpgradeGuardAccessCAE811C4', [{ Key: 'cost-centre', Value: '42' }]],
  ]);
});

test('fails for a cluster that knows no access entries', () => {
  const upgradeGuard = UpgradeGuard.enforce({ workloads: true });
  const upgradesOf = (authenticationMode?: eksv1.AuthenticationMode) => {
    const stack = new Stack(new App(), 'Stack', { env: ENV });
    ClusterUpgrades.ofAwsEks(stack, 'Upgrades', { cluster: awsEksCluster(stack, { authenticationMode }), upgradeGuard });
  };
  expect(() => upgradesOf())
    .toThrow(sentence(says.noAccessEntries({})));
  upgradesOf(eksv1.AuthenticationMode.API_AND_CONFIG_MAP);
});

test('a bake of a node group looks into the cluster where the guard does', () => {
  const bakes = (upgradeGuard?: UpgradeGuard) => {
    const stack = new Stack(new App(), 'Stack', { env: ENV });
    const cluster = new UpgradableCluster(stack, 'Cluster', {
      version: eks.KubernetesVersion.of('1.35'), vpc: importedVpc(stack, 'Vpc'), upgradeGuard,
    });
    const canary = cluster.addManagedNodeGroup('Canary', { amiTracking: AmiTracking.pinned('1.35.2-20260714') });
    cluster.addManagedNodeGroup('Workers', {
      amiTracking: AmiTracking.pinned('1.35.2-20260714'), upgradeAfter: [canary.baked({ duration: Duration.minutes(5) })],
    });
    return Template.fromStack(stack);
  };
  bakes(UpgradeGuard.enforce({ workloads: true })).hasResourceProperties('Custom::EksBake', { Workloads: 'true' });
  for (const guard of [undefined, UpgradeGuard.warnOnly()]) {
    bakes(guard).hasResourceProperties('Custom::EksBake', {
      Workloads: Match.absent(),
    });
  }
});
