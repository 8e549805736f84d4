import { Check } from '../check';
import { addOnCompatibility } from './add-on-compatibility';
import { addOnHealth } from './add-on-health';
import { addOnReadable } from './add-on-readable';
import { alarmFiring } from './alarm-firing';
import { amiPublished } from './ami-published';
import { autoModeNodes } from './auto-mode-nodes';
import { clusterActive } from './cluster-active';
import { clusterCombinedUpdate } from './cluster-combined-update';
import { clusterHealth } from './cluster-health';
import { controlPlaneElsewhere } from './control-plane-elsewhere';
import { controllerVersion } from './controller-version';
import { drain } from './drain';
import { drainTime } from './drain-time';
import { expressDeployment } from './express-deployment';
import { fargatePods } from './fargate-pods';
import { freeAddresses } from './free-addresses';
import { imageAvailable } from './image-available';
import { imageVersion } from './image-version';
import { insightAge } from './insight-age';
import { kubeProxySkew } from './kube-proxy-skew';
import { launchTemplateImage } from './launch-template-image';
import { minorStep } from './minor-step';
import { nodeGroupCombinedUpdate } from './node-group-combined-update';
import { nodeGroupCurrent } from './node-group-current';
import { nodeGroupHealth } from './node-group-health';
import { nodeGroupReadable } from './node-group-readable';
import { nodeGroupRelease } from './node-group-release';
import { nodeGroupSkew } from './node-group-skew';
import { nodeGroupVersion } from './node-group-version';
import { outsideWindow } from './outside-window';
import { podsLost } from './pods-lost';
import { podsUnschedulable } from './pods-unschedulable';
import { removedApi } from './removed-api';
import { rollTimeOut } from './roll-time-out';
import { rollbackInsights } from './rollback-insights';
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

/** All checks, in the order in which their findings are reported. */
export const CHECKS: readonly Check[] = [
  minorStep,
  targetSupported,
  versionDrift,
  controlPlaneElsewhere,
  versionRollback,
  supportPolicy,
  expressDeployment,
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
  rollTimeOut,
  amiPublished,
  imageAvailable,
  imageVersion,
  launchTemplateImage,
  addOnReadable,
  addOnCompatibility,
  vpcCniStep,
  kubeProxySkew,
  addOnHealth,
  freeAddresses,
  wayBack,
  stackRollback,
  fargatePods,
  autoModeNodes,
  supportPeriod,
  drain,
  drainTime,
  podsLost,
  podsUnschedulable,
  webhooks,
  outsideWindow,
  alarmFiring,
];
