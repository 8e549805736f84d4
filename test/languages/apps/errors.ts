/**
 * Misuse of each kind: `<case>: <message>` for each, and an error that nobody catches at the end.
 */
import { App, Duration, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import {
  AddOnVersion, AmiArchitecture, AmiTracking, EksAmiType, ManagedAddOn, ManagedNodeGroupOptions, ReleaseVersionScheme, UpgradableCluster,
  UpgradeGuard, UpgradeHandler,
} from 'cdk-eks-upgrades';

let app: App;

function stackIn(): Stack {
  app = new App();
  return new Stack(app, 'Stack', { env: { account: '111122223333', region: 'us-west-2' } });
}

function clusterIn(stack: Stack, managedAddOns: ManagedAddOn[] = []): UpgradableCluster {
  return new UpgradableCluster(stack, 'Cluster', {
    version: eks.KubernetesVersion.of('1.36'),
    defaultCapacityType: eks.DefaultCapacityType.NODEGROUP,
    defaultCapacity: 0,
    managedAddOns,
  });
}

function workers(options: ManagedNodeGroupOptions): void {
  clusterIn(stackIn()).addManagedNodeGroup('Workers', options);
}

function attempt(name: string, misuse: () => void): void {
  try {
    misuse();
    console.log(`${name}: nothing was thrown`);
  } catch (error) {
    console.log(`${name}: ${(error as Error).message.replaceAll('\n', ' ')}`);
  }
}

attempt('unknown AMI type', () => EksAmiType.fromApiName('AL2024_x86_64'));
attempt('malformed release', () => EksAmiType.BOTTLEROCKET_X86_64.parseRelease('1.36'));
attempt('parameter without version', () => EksAmiType.of({
  apiName: 'NEW', architecture: AmiArchitecture.ARM_64, releaseVersionScheme: ReleaseVersionScheme.BOTTLEROCKET, releaseVersionParameter: '/fixed',
}));
attempt('parameter name', () => AmiTracking.fromParameter('no spaces'));
attempt('add-on version', () => AddOnVersion.pinned('1.2.3'));
attempt('add-on name', () => ManagedAddOn.of('core dns'));
attempt('insight age', () => UpgradeGuard.enforce({ maxInsightAge: Duration.seconds(90) }));
attempt('release of another minor', () => workers({ amiTracking: AmiTracking.pinned('1.35.4-20260601') }));
attempt('two AMI types', () => workers({
  amiType: eks.NodegroupAmiType.AL2023_X86_64_STANDARD, eksAmiType: EksAmiType.AL2023_X86_64_STANDARD,
}));
attempt('architecture', () => workers({
  eksAmiType: EksAmiType.AL2023_ARM_64_STANDARD, instanceTypes: [new ec2.InstanceType('m7i.large')],
}));
attempt('newer than the cluster', () => workers({ kubernetesVersion: eks.KubernetesVersion.of('1.37') }));
attempt('floating Windows', () => workers({
  eksAmiType: EksAmiType.WINDOWS_CORE_2022_X86_64, amiTracking: AmiTracking.recommendedAtDeployment(),
}));
attempt('warm pool', () => workers({ warmPool: { minSize: 3, maxGroupPreparedCapacity: 2 } }));
attempt('node repair', () => workers({ nodeRepair: { maxParallelNodesRepairedCount: 1, maxParallelNodesRepairedPercentage: 10 } }));
attempt('rollback timeout', () => new UpgradableCluster(stackIn(), 'Cluster', {
  version: eks.KubernetesVersion.of('1.36'), rollbackTimeout: Duration.hours(1),
}));
attempt('add-on twice', () => clusterIn(stackIn(), [ManagedAddOn.coreDns(), ManagedAddOn.of('coredns')]));
attempt('handler configured late', () => {
  const stack = stackIn();
  clusterIn(stack);
  UpgradeHandler.configure(stack, { reservedConcurrentExecutions: 1 });
});
attempt('without environment', () => {
  app = new App();
  clusterIn(new Stack(app, 'Stack')).addManagedNodeGroup('Workers');
});
attempt('found in the finished tree', () => {
  const stack = stackIn();
  new eks.Addon(stack, 'Theirs', { cluster: clusterIn(stack, [ManagedAddOn.coreDns()]), addonName: 'coredns' });
  app.synth();
});

workers({ amiTracking: AmiTracking.pinned('1.34.1-20260601') });
