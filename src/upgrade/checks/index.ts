import { Check } from '../check';
import { addOnCompatibility } from './add-on-compatibility';
import { addOnHealth } from './add-on-health';
import { amiPublished } from './ami-published';
import { autoModeNodes } from './auto-mode-nodes';
import { clusterActive } from './cluster-active';
import { clusterHealth } from './cluster-health';
import { fargatePods } from './fargate-pods';
import { freeAddresses } from './free-addresses';
import { insightAge } from './insight-age';
import { kubeProxySkew } from './kube-proxy-skew';
import { minorStep } from './minor-step';
import { nodeGroupCurrent } from './node-group-current';
import { nodeGroupHealth } from './node-group-health';
import { nodeGroupRelease } from './node-group-release';
import { nodeGroupSkew } from './node-group-skew';
import { nodeGroupVersion } from './node-group-version';
import { rollbackInsights } from './rollback-insights';
import { supportPeriod } from './support-period';
import { targetSupported } from './target-supported';
import { updateInProgress } from './update-in-progress';
import { upgradeInsights } from './upgrade-insights';
import { versionRollback } from './version-rollback';
import { vpcCniStep } from './vpc-cni-step';

/** All checks, in the order in which their findings are reported. */
export const CHECKS: readonly Check[] = [
  minorStep,
  targetSupported,
  versionRollback,
  clusterActive,
  updateInProgress,
  clusterHealth,
  upgradeInsights,
  rollbackInsights,
  insightAge,
  nodeGroupSkew,
  nodeGroupHealth,
  nodeGroupCurrent,
  nodeGroupVersion,
  nodeGroupRelease,
  amiPublished,
  addOnCompatibility,
  vpcCniStep,
  kubeProxySkew,
  addOnHealth,
  freeAddresses,
  fargatePods,
  autoModeNodes,
  supportPeriod,
];
