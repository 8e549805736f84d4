/**
 * Every class, option and value of the package. The apps beside this one say the same in the other languages.
 */
import { App, CfnOutput, Duration, Stack, TimeZone } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eksv1 from 'aws-cdk-lib/aws-eks';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import {
  AddOnConflictPolicy, AddOnVersion, AddOnVersionPolicy, AmiAccelerator, AmiArchitecture, AmiFamily, AmiTracking, AmiTrackingMode, Bake,
  ClusterUpgrades, EksAmiRelease, EksAmiType, GoldenImage, MaintenanceWindow, ManagedAddOn,
  ManagedNodeGroupWithAmiTracking, NodeGroupUpdateStrategy,
  NodeLaunchOptions, NodeRepairAction, ReleaseVersionScheme, SupportType, TrackedAddOnChoice, TrackedAmiRelease, TrackedGoldenImage,
  UpgradableCluster, UpgradeGuard, UpgradeGuardMode, UpgradeHandler, UpgradePath, WarmPoolState,
} from 'cdk-eks-upgrades';

const app = new App();
const env = { account: '111122223333', region: 'us-west-2' };

// ── one cluster with all options ──
const stack = new Stack(app, 'Everything', { env });
const vpc = new ec2.Vpc(stack, 'Vpc', { maxAzs: 2 });
const podRole = new iam.Role(stack, 'PodRole', {
  assumedBy: new iam.SessionTagsPrincipal(new iam.ServicePrincipal('pods.eks.amazonaws.com')),
});
const accountRole = new iam.Role(stack, 'AccountRole', { assumedBy: new iam.ServicePrincipal('pods.eks.amazonaws.com') });

UpgradeHandler.configure(stack, {
  vpc,
  vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS },
  securityGroups: [new ec2.SecurityGroup(stack, 'HandlerSecurityGroup', { vpc })],
  role: new iam.Role(stack, 'HandlerRole', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') }),
  logRetention: logs.RetentionDays.ONE_YEAR,
  logEncryptionKey: new kms.Key(stack, 'Key'),
  reservedConcurrentExecutions: 4,
});

const cluster = new UpgradableCluster(stack, 'Cluster', {
  version: eks.KubernetesVersion.of('1.36'),
  vpc,
  clusterName: 'everything',
  defaultCapacityType: eks.DefaultCapacityType.NODEGROUP,
  defaultCapacity: 0,
  bootstrapSelfManagedAddons: false,
  nodeKubernetesVersion: eks.KubernetesVersion.of('1.35'),
  supportType: SupportType.STANDARD,
  deletionProtection: true,
  rollbackTimeout: Duration.hours(6),
  upgradeGuard: UpgradeGuard.enforce({
    ignore: ['free-addresses', 'insight-age'],
    maxInsightAge: Duration.minutes(30),
    waitForOngoingUpdate: Duration.minutes(5),
  }),
  managedAddOns: [
    ManagedAddOn.vpcCni({
      version: AddOnVersion.latest(),
      configurationValues: { env: { ENABLE_PREFIX_DELEGATION: 'true', WARM_PREFIX_TARGET: '1' }, nodeAgent: { enabled: true } },
      conflictPolicy: AddOnConflictPolicy.OVERWRITE,
      serviceAccountRole: accountRole,
    }),
    ManagedAddOn.kubeProxy({ version: AddOnVersion.pinned('v1.36.0-eksbuild.1'), preserveOnDelete: true }),
    ManagedAddOn.coreDns({ conflictPolicy: AddOnConflictPolicy.NONE, neededByNodes: false }),
    ManagedAddOn.podIdentityAgent(),
  ],
});
cluster.addManagedAddOn(ManagedAddOn.ebsCsiDriver({ version: AddOnVersion.recommended(), conflictPolicy: AddOnConflictPolicy.PRESERVE }));
cluster.addManagedAddOn(
  ManagedAddOn.of('aws-efs-csi-driver', { podIdentities: [{ serviceAccount: 'efs-csi-controller-sa', role: podRole }] }),
);
cluster.addManagedAddOn(
  ManagedAddOn.of('metrics-server', { version: AddOnVersion.keepWhileCompatible(), scope: new Stack(app, 'AddOns', { env }) }),
);

// ── every way to choose a release ──
const checkoutErrors = new cloudwatch.Alarm(stack, 'CheckoutErrors', {
  metric: new cloudwatch.Metric({ namespace: 'Shop', metricName: 'Errors' }), threshold: 1, evaluationPeriods: 1,
});
const canary = cluster.addManagedNodeGroup('Canary', { instanceTypes: [new ec2.InstanceType('m7i.large')] });
const baked: Bake = canary.baked({ duration: Duration.minutes(30), alarms: [checkoutErrors], onCreation: true });
const pinned = cluster.addManagedNodeGroup('Pinned', {
  kubernetesVersion: eks.KubernetesVersion.of('1.36'),
  amiTracking: AmiTracking.pinned('1.36.2-20260714'),
  eksAmiType: EksAmiType.AL2023_ARM_64_STANDARD,
  upgradeAfter: [baked],
  updateStrategy: NodeGroupUpdateStrategy.MINIMAL,
  warmPool: { minSize: 1, maxGroupPreparedCapacity: 3, poolState: WarmPoolState.HIBERNATED, reuseOnScaleIn: true },
  nodeRepair: {
    maxUnhealthyNodeThresholdPercentage: 20,
    maxParallelNodesRepairedCount: 1,
    overrides: [{
      nodeMonitoringCondition: 'AcceleratedHardwareReady',
      nodeUnhealthyReason: 'NvidiaXID13Error',
      minRepairWaitTime: Duration.minutes(10),
      repairAction: NodeRepairAction.REBOOT,
    }],
  },
});
new ManagedNodeGroupWithAmiTracking(stack, 'Promoted', {
  cluster,
  amiType: eks.NodegroupAmiType.AL2023_X86_64_STANDARD,
  amiTracking: AmiTracking.fromParameter('/platform/eks/1.35/workers'),
  upgradeAfter: [canary, pinned],
  updateStrategy: NodeGroupUpdateStrategy.DEFAULT,
  warmPool: { poolState: WarmPoolState.RUNNING },
  nodeRepair: {
    maxUnhealthyNodeThresholdCount: 3,
    maxParallelNodesRepairedPercentage: 50,
    overrides: [{
      nodeMonitoringCondition: 'KernelReady',
      nodeUnhealthyReason: 'SoftLockup',
      minRepairWaitTime: Duration.minutes(30),
      repairAction: NodeRepairAction.NO_ACTION,
    }],
  },
});
new ManagedNodeGroupWithAmiTracking(stack, 'Floating', {
  cluster,
  eksAmiType: EksAmiType.BOTTLEROCKET_X86_64_NVIDIA_FIPS,
  amiTracking: AmiTracking.recommendedAtDeployment(),
  warmPool: { poolState: WarmPoolState.STOPPED },
});
new ManagedNodeGroupWithAmiTracking(stack, 'Windows', {
  cluster, eksAmiType: EksAmiType.fromApiName('WINDOWS_CORE_2025_x86_64'), amiTracking: AmiTracking.recommended(),
});

// ── an AMI type that the package does not know ──
const amiType = EksAmiType.of({
  apiName: 'AL2027_ARM_64_NEURON',
  architecture: AmiArchitecture.ARM_64,
  releaseVersionScheme: ReleaseVersionScheme.AMAZON_LINUX,
  releaseVersionParameter: '/aws/service/eks/{kubernetesVersion}/al2027/release',
  imageIdParameter: '/aws/service/eks/{kubernetesVersion}/al2027/image_id',
  releaseVersionField: 'release_version',
  family: AmiFamily.OTHER,
  accelerator: AmiAccelerator.NEURON,
  firstKubernetesVersion: '1.35',
  lastKubernetesVersion: '1.40',
});
cluster.addManagedNodeGroup('Newer', { eksAmiType: amiType, amiTracking: AmiTracking.pinned('1.35.9-20270101') });

// ── images that an organisation bakes ──
const nodeLaunch: NodeLaunchOptions = { serviceCidr: '172.20.0.0/16' };
const template = new ec2.LaunchTemplate(stack, 'Template');
cluster.addManagedNodeGroup('Rolled', {
  launchTemplateSpec: { id: template.launchTemplateId!, version: template.latestVersionNumber },
  rollout: 'ca-2028',
});
const golden = cluster.addManagedNodeGroup('Golden', {
  goldenImage: GoldenImage.fromParameter('/golden/eks/1.36/al2023/x86_64/image_id', { family: AmiFamily.AMAZON_LINUX_2023 }),
  nodeLaunch: {
    ...nodeLaunch,
    kubeletFlags: ['--node-labels=golden=yes'],
    nodeConfig: { kubelet: { config: { maxPods: 58, featureGates: { Some: true } } } },
    userDataParts: [ec2.MultipartBody.fromRawBody({ contentType: 'text/x-shellscript', body: '#!/bin/bash' })],
    blockDevices: [{ deviceName: '/dev/xvda', volume: ec2.BlockDeviceVolume.ebs(80, { encrypted: true }) }],
    metadataHopLimit: 3,
    metadataTokens: ec2.LaunchTemplateHttpTokens.OPTIONAL,
    securityGroups: [new ec2.SecurityGroup(stack, 'NodeSecurityGroup', { vpc })],
    keyPair: ec2.KeyPair.fromKeyPairName(stack, 'NodeKey', 'ops'),
    instanceTags: { team: 'platform', cost: '42' },
  },
});
cluster.addManagedNodeGroup('GoldenBottlerocket', {
  goldenImage: GoldenImage.pinned('ami-0123456789abcdef0', {
    family: AmiFamily.BOTTLEROCKET, kubernetesVersion: eks.KubernetesVersion.of('1.35'), architecture: AmiArchitecture.ARM_64,
  }),
  nodeLaunch: {
    clusterEndpoint: 'https://api.example.com',
    clusterCertificateAuthority: 'Y2E=',
    bottlerocketSettings: { 'kubernetes': { 'max-pods': 58 }, 'host-containers': { admin: { enabled: true } } },
  },
});
cluster.addManagedNodeGroup('GoldenWindows', {
  goldenImage: GoldenImage.pinned(
    'ami-0123456789abcdef1', { family: AmiFamily.WINDOWS, kubernetesVersion: eks.KubernetesVersion.of('1.36') },
  ),
  nodeLaunch: { powerShellBefore: ['Write-Host before'], powerShellAfter: ['Write-Host after'] },
});

// ── what the package tells ──
function output(id: string, value: string): void {
  new CfnOutput(stack, id, { value });
}
const yes = (fact: boolean) => fact ? 'yes' : 'no';
const release = EksAmiType.BOTTLEROCKET_ARM_64.parseRelease('1.34.0-18d04e52');
const older: EksAmiRelease = EksAmiType.AL2023_X86_64_NVIDIA.parseRelease('1.36.1-20260601');
const newer = EksAmiType.AL2023_X86_64_NVIDIA.releaseFromParameterValue('1.36.2-20260714');
output('AllTypes', EksAmiType.all().map(({ apiName }) => apiName).join(' '));
output('FromL2', EksAmiType.fromNodegroupAmiType(eks.NodegroupAmiType.AL2023_X86_64_NEURON).releaseVersionParameter('1.36'));
output('ImageId', amiType.imageIdParameter('1.36')!);
output(
  'Available', `${yes(amiType.isAvailableFor('1.34'))} ${yes(amiType.isAvailableFor('1.36'))} ${yes(amiType.isRelease('1.36.0-20270101'))}`,
);
output('Bounds', `${amiType.firstKubernetesVersion} ${amiType.lastKubernetesVersion} ${amiType.releaseVersionField}`);
output('OsVersion', `${release.osVersion} ${release.releaseVersion} ${EksAmiType.BOTTLEROCKET_ARM_64.releaseNotesUrl('1.34.0-18d04e52')}`);
output('Release', `${newer.kubernetesVersion} ${newer.kubernetesPatchVersion} ${newer.date} ${yes(newer.compareTo(older) > 0)}`);
output('PinnedGroup', `${pinned.releaseVersion} ${pinned.kubernetesVersion} ${pinned.releaseNotesUrl}`);
output('CanaryGroup', `${canary.releaseVersion} ${canary.amiParameterName}`);
output('Kinds', [
  amiType.architecture === AmiArchitecture.ARM_64, amiType.family === AmiFamily.OTHER, amiType.accelerator === AmiAccelerator.NEURON,
  amiType.releaseVersionScheme === ReleaseVersionScheme.AMAZON_LINUX, AmiTracking.pinned('1.36.2-20260714').mode === AmiTrackingMode.PINNED,
  AddOnVersion.latest().policy === AddOnVersionPolicy.LATEST, UpgradeGuard.disabled().mode === UpgradeGuardMode.DISABLED,
  ManagedAddOn.kubeProxy().neededByNodes, ManagedAddOn.coreDns().version.policy === AddOnVersionPolicy.RECOMMENDED,
  AddOnVersion.tracked({ choice: TrackedAddOnChoice.LATEST }).trackedChoice === TrackedAddOnChoice.LATEST,
  AddOnVersion.tracked().trackedChoice === TrackedAddOnChoice.RECOMMENDED,
].map(yes).join(' '));
output('AddOn', `${ManagedAddOn.kubeProxy().name} ${AddOnVersion.pinned('v1.2.3-eksbuild.1').version}`);

const tracked = new TrackedAmiRelease(stack, 'Tracked', {
  eksAmiType: EksAmiType.BOTTLEROCKET_ARM_64,
  kubernetesVersion: eks.KubernetesVersion.of('1.36'),
  amiTracking: AmiTracking.pinned('1.34.0-18d04e52'),
});
output(
  'TrackedRelease',
  `${tracked.releaseVersion} ${tracked.karpenterAlias} ${tracked.kubernetesVersion} ${tracked.eksAmiType.apiName} ${tracked.releaseNotesUrl}`,
);
output('TrackedImage', `${tracked.amiParameterName} ${tracked.imageId}`);

const image = new TrackedGoldenImage(stack, 'TrackedGolden', {
  goldenImage: GoldenImage.pinned(
    'ami-0123456789abcdef2', { family: AmiFamily.BOTTLEROCKET, kubernetesVersion: eks.KubernetesVersion.of('1.36') },
  ),
});
output('GoldenGroup', `${golden.imageId} ${golden.kubernetesVersion} ${golden.amiParameterName}`);
output('TrackedGoldenImage', `${image.imageId} ${image.kubernetesVersion}`);

// ── the other guards, and an imported cluster ──
const others = new Stack(app, 'Others', { env });
new UpgradableCluster(others, 'Warned', {
  version: eks.KubernetesVersion.of('1.36'),
  supportType: SupportType.EXTENDED,
  upgradeGuard: UpgradeGuard.warnOnly({ ignore: ['minor-step'] }),
});
new UpgradableCluster(others, 'Unguarded', {
  version: eks.KubernetesVersion.of('1.36'), upgradeGuard: UpgradeGuard.disabled(), controlPlaneBake: { duration: Duration.minutes(20) },
});
new UpgradableCluster(others, 'Scheduled', {
  version: eks.KubernetesVersion.of('1.36'),
  activeCertificateAuthorityId: 'ca-2',
  upgradePath: UpgradePath.fromFile('no-upgrade-path.json'),
  upgradeGuard: UpgradeGuard.enforce({
    ignore: ['upgrade-insights'],
    force: true,
    window: MaintenanceWindow.any(MaintenanceWindow.weekly({
      days: ['SAT'], start: '02:00', duration: Duration.hours(3), timeZone: TimeZone.EUROPE_BERLIN, exclude: ['2026-12-24'],
    })),
    calendar: 'freeze',
    notWhile: [cloudwatch.Alarm.fromAlarmArn(others, 'Errors', 'arn:aws:cloudwatch:us-west-2:111122223333:alarm:errors')],
    workloads: true,
  }),
});
new ManagedNodeGroupWithAmiTracking(others, 'Imported', {
  cluster: eks.Cluster.fromClusterAttributes(
    others, 'ImportedCluster', { clusterName: 'theirs', vpc: new ec2.Vpc(others, 'Vpc', { maxAzs: 2 }) },
  ),
  kubernetesVersion: eks.KubernetesVersion.of('1.35'),
  nodeRepair: {
    overrides: [{
      nodeMonitoringCondition: 'NetworkingReady',
      nodeUnhealthyReason: 'InterfaceNotUp',
      minRepairWaitTime: Duration.minutes(5),
      repairAction: NodeRepairAction.REPLACE,
    }],
  },
});

// ── clusters that somebody else makes ──
const existing = new Stack(app, 'Existing', { env });
const theirVpc = new ec2.Vpc(existing, 'Vpc', { maxAzs: 2 });
const group = { eksAmiType: EksAmiType.AL2023_X86_64_STANDARD, amiTracking: AmiTracking.pinned('1.35.4-20260601') };

const ofAwsEks = ClusterUpgrades.ofAwsEks(existing, 'OfAwsEks', {
  cluster: new eksv1.Cluster(existing, 'AwsEks', {
    version: eksv1.KubernetesVersion.of('1.36'),
    vpc: theirVpc,
    defaultCapacity: 0,
    kubectlLayer: lambda.LayerVersion.fromLayerVersionArn(existing, 'Kubectl', 'arn:aws:lambda:us-west-2:111122223333:layer:kubectl:1'),
  }),
  version: eksv1.KubernetesVersion.of('1.36'),
  nodeKubernetesVersion: eksv1.KubernetesVersion.of('1.35'),
  managedAddOns: [ManagedAddOn.vpcCni()],
  upgradeGuard: UpgradeGuard.warnOnly(),
  controlPlaneBake: { duration: Duration.minutes(10) },
});
ofAwsEks.addManagedNodeGroup('Workers', group);
ofAwsEks.addManagedAddOn(ManagedAddOn.coreDns());

const ofAwsEksV2 = ClusterUpgrades.ofAwsEksV2(existing, 'OfAwsEksV2', {
  cluster: new eks.Cluster(existing, 'AwsEksV2', { version: eks.KubernetesVersion.of('1.36'), vpc: theirVpc }),
  version: eks.KubernetesVersion.of('1.36'),
  nodeKubernetesVersion: eks.KubernetesVersion.of('1.35'),
  managedAddOns: [ManagedAddOn.kubeProxy()],
  controlPlaneBake: { duration: Duration.minutes(10) },
});
ofAwsEksV2.addManagedNodeGroup('Workers', group);

const ofImported = ClusterUpgrades.ofImported(existing, 'OfImported', {
  clusterName: 'imported',
  version: eks.KubernetesVersion.of('1.36'),
  nodeKubernetesVersion: eks.KubernetesVersion.of('1.35'),
  vpc: theirVpc,
  managedAddOns: [ManagedAddOn.coreDns()],
  upgradeGuard: UpgradeGuard.enforce({ ignore: ['insight-age'] }),
});
ofImported.addManagedNodeGroup('Workers', group);
new CfnOutput(existing, 'Upgraded', { value: `${ofImported.cluster.clusterName} ${ofImported.kubernetesVersion}` });

app.synth();
