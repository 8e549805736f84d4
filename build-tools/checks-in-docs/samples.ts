import { UpgradeIntent } from '../../src/engine/change/upgrade-intent';
import { ClusterState } from '../../src/engine/state/cluster-state';
import { known, notKnown } from '../../src/engine/state/known';
import { RegionCatalog } from '../../src/engine/state/region-catalog';
import { aCatalog, aCluster, anAddOn, anInsight, aNodeGroup, anUpgradedCluster } from '../../test/engine/a-cluster';

/** A change that a check objects to. */
export interface Sample {
  readonly state: ClusterState;
  readonly catalog: RegionCatalog;
  readonly intent: UpgradeIntent;
}

/** What the pages quote, by the id of the check. */
export const SAMPLES: Readonly<Record<string, Sample>> = {
  'minor-step': upgrade({}, { version: '1.37' }),
  'target-supported': upgrade({ version: '1.36' }, { version: '1.37' }),
  'version-drift': upgrade({ version: '1.36' }, { version: '1.35', previousVersion: '1.35' }),
  'control-plane-elsewhere': upgrade({}, { version: '1.36', isMovedElsewhere: true }),
  'version-rollback': rollback({ versionHistory: known([{ kind: 'upgrade', to: '1.36', startedAt: '2026-11-02T09:30:00Z' }]) }),
  'support-policy': {
    ...upgrade({ supportType: known('EXTENDED') }, { supportType: 'STANDARD' }),
    catalog: aCatalog({ offeredVersions: known([{ version: '1.35', status: 'EXTENDED_SUPPORT' }]) }),
  },
  'cluster-active': upgrade({ status: 'UPDATING' }),
  'update-in-progress': upgrade({ updatesInProgress: known([{ id: '7c2f0a4e-58d1-3b96-a1f4-90e6c2d85b17', type: 'VersionUpdate' }]) }),
  'cluster-combined-update': upgrade({}, { version: '1.36', previousVersion: '1.35', isTakenBack: true, otherChanges: ['Logging'] }),
  'cluster-health': upgrade({ healthIssues: [{ code: 'Ec2SubnetNotFound', message: 'The subnet was not found.', resourceIds: ['subnet-a'] }] }),
  'upgrade-insights': upgrade({
    insights: known([anInsight({
      name: 'Deprecated APIs removed in Kubernetes v1.36',
      status: 'ERROR',
      reason: 'Deprecated API usage detected within last 30 days.',
      detail: known({
        recommendation: 'Update manifests and API clients to use newer Kubernetes APIs.',
        resources: [],
        deprecations: [{
          usage: '/apis/flowcontrol.apiserver.k8s.io/v1beta3/flowschemas',
          replacedWith: '/apis/flowcontrol.apiserver.k8s.io/v1/flowschemas',
          stopServingVersion: '1.36',
          clients: [],
        }],
      }),
    })]),
  }),
  'rollback-insights': rollback({
    insights: known([anInsight({ category: 'ROLLBACK_READINESS', status: 'ERROR', reason: 'Nodes run a newer kubelet than the target version.' })]),
  }),
  'insight-age': upgrade({ insights: known([anInsight({ lastRefreshedAt: '2026-11-20T06:00:00Z' })]) }),
  'node-group-readable': upgrade({ unreadNodeGroups: [{ name: 'gpu', why: 'not allowed to call eks:DescribeNodegroup' }] }),
  'node-group-skew': upgrade({ nodeGroups: known([aNodeGroup({ version: known('1.32') })]) }),
  'node-group-health': upgrade({
    nodeGroups: known([aNodeGroup({
      healthIssues: [{ code: 'AsgInstanceLaunchFailures', message: 'Could not launch On-Demand Instances.', resourceIds: ['eks-workers'] }],
    })]),
  }),
  'node-group-current': upgrade({ nodeGroups: known([aNodeGroup({ version: known('1.34') })]) }),
  'node-group-version': upgrade({}, { version: '1.36', nodeGroups: { workers: { version: '1.37' } } }),
  'node-group-release': upgrade({}, { nodeGroups: { workers: { version: '1.35', releaseVersion: '1.36.2-20261104' } } }),
  'node-group-combined-update': upgrade({}, {
    version: '1.36', nodeGroups: { workers: { version: '1.36', releaseVersion: '1.36.2-20261104', otherChanges: ['Tags'] } },
  }),
  'ami-published': {
    ...upgrade({ nodeGroups: known([aNodeGroup({ amiType: 'AL2_x86_64' })]) }),
    catalog: aCatalog({ amiOffers: { AL2_x86_64: known([{ kubernetesVersion: '1.36', published: false }]) } }),
  },
  'add-on-readable': upgrade({ unreadAddOns: [{ name: 'aws-ebs-csi-driver', why: 'not allowed to call eks:DescribeAddon' }] }),
  'add-on-compatibility': upgrade({ addOns: known([anAddOn({ version: 'v1.11.4-eksbuild.2' })]) }),
  'vpc-cni-step': {
    ...upgrade({ addOns: known([anAddOn({ name: 'vpc-cni', version: 'v1.18.6-eksbuild.1' })]) }, {
      version: '1.36', addOns: { 'vpc-cni': { version: 'v1.20.4-eksbuild.2' } },
    }),
    catalog: aCatalog({ addOnOffers: { 'vpc-cni': known([{ kubernetesVersion: '1.36', versions: ['v1.20.4-eksbuild.2', 'v1.19.6-eksbuild.7'] }]) } }),
  },
  'kube-proxy-skew': upgrade({ addOns: known([anAddOn({ name: 'kube-proxy', version: 'v1.32.6-eksbuild.2' })]) }),
  'add-on-health': upgrade({
    addOns: known([anAddOn({ status: 'DEGRADED', healthIssues: [{ code: 'InsufficientNumberOfReplicas', message: 'Too few pods run.', resourceIds: [] }] })]),
  }),
  'free-addresses': upgrade({ subnets: known([{ id: 'subnet-a', zone: 'use1-az1', freeAddresses: 1 }, { id: 'subnet-b', zone: 'use1-az2', freeAddresses: 2 }]) }),
  'way-back': {
    ...upgrade({ addOns: known([anAddOn({ name: 'kube-proxy', version: 'v1.35.3-eksbuild.2' })]) }, {
      version: '1.36', addOns: { 'kube-proxy': { policy: 'recommended' } },
    }),
    catalog: aCatalog({
      addOnOffers: {
        'kube-proxy': known([
          { kubernetesVersion: '1.35', versions: ['v1.35.3-eksbuild.2'], defaultVersion: 'v1.35.3-eksbuild.2' },
          { kubernetesVersion: '1.36', versions: ['v1.36.2-eksbuild.2', 'v1.35.3-eksbuild.2'], defaultVersion: 'v1.36.2-eksbuild.2' },
        ]),
      },
    }),
  },
  'stack-rollback': {
    ...upgrade({ addOns: known([anAddOn({ name: 'kube-proxy', version: 'v1.35.3-eksbuild.2' })]) }, {
      version: '1.36', addOns: { 'kube-proxy': { version: 'v1.36.2-eksbuild.2', previousVersion: 'v1.35.3-eksbuild.2' } },
    }),
    catalog: aCatalog({ addOnOffers: { 'kube-proxy': known([{ kubernetesVersion: '1.36', versions: ['v1.36.2-eksbuild.2'] }]) } }),
  },
  'fargate-pods': upgrade({ fargateProfiles: known(['batch']) }),
  'auto-mode-nodes': upgrade({ autoMode: true }),
  'support-period': upgrade({}),
};

/** The sample, and the same change of a cluster of which EKS tells little: nothing of its parts, then not even which it has. */
export function variantsOf(sample: Sample): Sample[] {
  return [sample, withSilentParts(sample), withoutParts(sample)];
}

function upgrade(overrides: Partial<ClusterState>, intent: UpgradeIntent = { version: '1.36' }): Sample {
  return { state: aCluster(overrides), catalog: aCatalog(), intent };
}

function rollback(overrides: Partial<ClusterState>): Sample {
  return { state: anUpgradedCluster(overrides), catalog: aCatalog(), intent: { version: '1.35' } };
}

const untold = notKnown('EKS does not tell');

function withSilentParts({ state, intent }: Sample): Sample {
  const { nodeGroups, addOns } = state;
  return {
    state: {
      ...state,
      nodeGroups: nodeGroups.known ? known(nodeGroups.value.map((group) => ({ ...group, version: untold }))) : nodeGroups,
      addOns: addOns.known ? known(addOns.value.map((addOn) => ({ ...addOn, version: 'custom' }))) : addOns,
    },
    catalog: aCatalog({ addOnOffers: {}, amiOffers: {} }),
    intent,
  };
}

function withoutParts({ state, intent }: Sample): Sample {
  const parts = { nodeGroups: untold, addOns: untold, insights: untold, subnets: untold, fargateProfiles: untold };
  return {
    state: { ...state, ...parts, supportType: untold, updatesInProgress: untold, versionHistory: untold },
    catalog: aCatalog({ offeredVersions: untold }),
    intent,
  };
}
