import { addOnCompatibility } from './add-on-compatibility';
import { addOnConfiguration } from './add-on-configuration';
import { addOnHealth } from './add-on-health';
import { addOnReadable } from './add-on-readable';
import { addOnReplacement } from './add-on-replacement';
import { addOnRequirements } from './add-on-requirements';
import { alarmFiring } from './alarm-firing';
import { amiPublished } from './ami-published';
import { autoModeNodes } from './auto-mode-nodes';
import { autoModeOff } from './auto-mode-off';
import { capacityBlock } from './capacity-block';
import { certificateAuthority } from './certificate-authority';
import { changedBehaviour } from './changed-behaviour';
import { clusterActive } from './cluster-active';
import { clusterCombinedUpdate } from './cluster-combined-update';
import { clusterHealth } from './cluster-health';
import { clusterReplacement } from './cluster-replacement';
import { controlPlaneElsewhere } from './control-plane-elsewhere';
import { controllerVersion } from './controller-version';
import { drain } from './drain';
import { drainTime } from './drain-time';
import { existsAlready } from './exists-already';
import { expressDeployment } from './express-deployment';
import { fargatePods } from './fargate-pods';
import { freeAddresses } from './free-addresses';
import { imageAvailable } from './image-available';
import { imageVersion } from './image-version';
import { insightAge } from './insight-age';
import { instanceQuota } from './instance-quota';
import { instanceTypesOffered } from './instance-types-offered';
import { kubeProxySkew } from './kube-proxy-skew';
import { launchTemplate } from './launch-template';
import { launchTemplateImage } from './launch-template-image';
import { launchTemplateVersion } from './launch-template-version';
import { minorStep } from './minor-step';
import { nodeAddresses } from './node-addresses';
import { nodeGroupCombinedUpdate } from './node-group-combined-update';
import { nodeGroupCurrent } from './node-group-current';
import { nodeGroupDesiredSize } from './node-group-desired-size';
import { nodeGroupHealth } from './node-group-health';
import { nodeGroupLastUpdate } from './node-group-last-update';
import { nodeGroupLaunches } from './node-group-launches';
import { nodeGroupReadable } from './node-group-readable';
import { nodeGroupRelease } from './node-group-release';
import { nodeGroupRemoved } from './node-group-removed';
import { nodeGroupReplacement } from './node-group-replacement';
import { nodeGroupSkew } from './node-group-skew';
import { nodeGroupVersion } from './node-group-version';
import { nodeRoleAccess } from './node-role-access';
import { nodeRoomReadable } from './node-room-readable';
import { outsideWindow } from './outside-window';
import { partMissing } from './part-missing';
import { podsLost } from './pods-lost';
import { podsUnschedulable } from './pods-unschedulable';
import { releasePublished } from './release-published';
import { removedApi } from './removed-api';
import { rollTimeOut } from './roll-time-out';
import { rollbackInsights } from './rollback-insights';
import { selfManagedAddOn } from './self-managed-add-on';
import { stackReadable } from './stack-readable';
import { stackRollback } from './stack-rollback';
import { supportPeriod } from './support-period';
import { supportPolicy } from './support-policy';
import { targetSupported } from './target-supported';
import { updateInProgress } from './update-in-progress';
import { upgradeInsights } from './upgrade-insights';
import { versionDrift } from './version-drift';
import { versionRollback } from './version-rollback';
import { vpcCniStep } from './vpc-cni-step';
import { wayBack } from './way-back';
import { webhooks } from './webhooks';
import { Check } from '../check';

/** All checks, in the order in which their findings are reported. */
export const CHECKS: readonly Check[] = [
  clusterReplacement,
  minorStep,
  targetSupported,
  versionDrift,
  controlPlaneElsewhere,
  versionRollback,
  supportPolicy,
  expressDeployment,
  stackReadable,
  clusterActive,
  updateInProgress,
  clusterCombinedUpdate,
  clusterHealth,
  upgradeInsights,
  rollbackInsights,
  insightAge,
  removedApi,
  controllerVersion,
  nodeGroupReadable,
  nodeGroupSkew,
  nodeGroupHealth,
  nodeGroupCurrent,
  nodeGroupVersion,
  nodeGroupRelease,
  nodeGroupCombinedUpdate,
  nodeGroupReplacement,
  nodeGroupRemoved,
  nodeGroupDesiredSize,
  launchTemplate,
  rollTimeOut,
  capacityBlock,
  amiPublished,
  releasePublished,
  imageAvailable,
  imageVersion,
  launchTemplateImage,
  addOnReadable,
  addOnCompatibility,
  addOnConfiguration,
  addOnRequirements,
  vpcCniStep,
  kubeProxySkew,
  addOnHealth,
  addOnReplacement,
  existsAlready,
  partMissing,
  freeAddresses,
  nodeAddresses,
  nodeGroupLastUpdate,
  nodeGroupLaunches,
  launchTemplateVersion,
  instanceTypesOffered,
  nodeRoleAccess,
  instanceQuota,
  nodeRoomReadable,
  wayBack,
  stackRollback,
  fargatePods,
  autoModeNodes,
  autoModeOff,
  supportPeriod,
  certificateAuthority,
  drain,
  drainTime,
  podsLost,
  podsUnschedulable,
  webhooks,
  selfManagedAddOn,
  changedBehaviour,
  outsideWindow,
  alarmFiring,
];
