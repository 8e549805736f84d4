import { Kind } from './require-kind';

/** Kinds of objects that props want, of this library and of the CDK. */
export const KINDS = {
  addOnVersion: { member: 'policy', write: "AddOnVersion.recommended() or AddOnVersion.pinned('v1.20.0-eksbuild.1')" },
  alarm: { member: 'alarmName', write: 'alarm, a cloudwatch.IAlarm' },
  amiTracking: { member: '_isPinnedToOtherMinor', write: "AmiTracking.recommended() or AmiTracking.pinned('1.36.2-20260714')" },
  bakeOptions: { member: 'duration', write: '{ duration: Duration.minutes(30) }' },
  cluster: { member: 'clusterName', write: 'the cluster that the app makes or imports (of ClusterUpgrades, its cluster)' },
  construct: { member: 'node', write: 'canary, a construct and not its ID' },
  duration: { member: 'toSeconds', write: 'a Duration, such as Duration.minutes(30)' },
  eksAmiType: { member: 'apiName', write: "EksAmiType.AL2023_X86_64_STANDARD or EksAmiType.fromApiName('AL2023_x86_64_STANDARD')" },
  goldenImage: { member: 'family', write: 'GoldenImage.fromParameter() or GoldenImage.pinned()' },
  goldenImageOptions: { member: 'family', write: '{ family: AmiFamily.AMAZON_LINUX_2023 }' },
  importedCluster: { member: 'clusterName', write: "{ clusterName: 'prod', version: KubernetesVersion.of('1.36') }" },
  keyPair: { member: 'keyPairName', write: "ec2.KeyPair.fromKeyPairName(this, 'KeyPair', 'name')" },
  managedAddOn: { member: 'neededByNodes', write: "ManagedAddOn.vpcCni() or ManagedAddOn.of('aws-efs-csi-driver')" },
  role: { member: 'roleArn', write: "an iam.IRole, such as iam.Role.fromRoleName(this, 'Role', 'name')" },
  securityGroup: { member: 'securityGroupId', write: "ec2.SecurityGroup.fromSecurityGroupId(this, 'Group', 'sg-…')" },
  timeZone: { member: 'timezoneName', write: "TimeZone.of('Europe/Berlin')" },
  upgradeGuard: { member: 'mode', write: 'UpgradeGuard.enforce() or UpgradeGuard.warnOnly()' },
  upgradePath: { member: '_positionOf', write: 'UpgradePath.fromFile()' },
  weeklyWindow: { member: 'duration', write: "{ days: ['SAT'], start: '02:00', duration: Duration.hours(3) }" },
  window: { member: '_weekly', write: 'MaintenanceWindow.weekly({ … })' },
} as const satisfies Record<string, Kind>;
