import { changeOf } from '../../src/engine/change/change';
import { UpgradeIntent } from '../../src/engine/change/upgrade-intent';
import { Check, findingsOf } from '../../src/engine/judgement/check';
import { Finding } from '../../src/engine/judgement/finding';
import { AddOnState } from '../../src/engine/state/add-on-state';
import { ClusterState } from '../../src/engine/state/cluster-state';
import { InsightState } from '../../src/engine/state/insight-state';
import { known } from '../../src/engine/state/known';
import { NodeGroupState } from '../../src/engine/state/node-group-state';
import { RegionCatalog } from '../../src/engine/state/region-catalog';
import { Schedule } from '../../src/engine/state/schedule';

/** A cluster `prod` with 1.35, ready for 1.36: every check passes, with nothing but the support period to say. */
export function aCluster(overrides: Partial<ClusterState> = {}): ClusterState {
  return {
    name: 'prod',
    arn: 'arn:aws:eks:us-east-1:111122223333:cluster/prod',
    observedAt: '2026-11-22T12:00:00Z',
    version: '1.35',
    status: 'ACTIVE',
    healthIssues: [],
    supportType: known('STANDARD'),
    autoMode: false,
    updatesInProgress: known([]),
    versionHistory: known([]),
    nodeGroups: known([aNodeGroup()]),
    unreadNodeGroups: [],
    addOns: known([anAddOn()]),
    unreadAddOns: [],
    insights: known([anInsight(), anInsight({ category: 'ROLLBACK_READINESS' })]),
    subnets: known([{ id: 'subnet-a', zone: 'use1-az1', freeAddresses: 100 }, { id: 'subnet-b', zone: 'use1-az2', freeAddresses: 100 }]),
    fargateProfiles: known([]),
    ...overrides,
  };
}

/** The cluster after an upgrade to 1.36 yesterday, its nodes still on 1.35: ready to go back. */
export function anUpgradedCluster(overrides: Partial<ClusterState> = {}): ClusterState {
  return aCluster({
    version: '1.36',
    versionHistory: known([{ kind: 'upgrade', to: '1.36', startedAt: '2026-11-21T12:00:00Z' }]),
    ...overrides,
  });
}

/** The node group `workers` with Amazon Linux 2023 and 1.35. */
export function aNodeGroup(overrides: Partial<NodeGroupState> = {}): NodeGroupState {
  return {
    name: 'workers',
    status: 'ACTIVE',
    healthIssues: [],
    amiType: 'AL2023_x86_64_STANDARD',
    version: known('1.35'),
    releaseVersion: '1.35.3-20261104',
    subnetIds: ['subnet-a', 'subnet-b'],
    ...overrides,
  };
}

/** The add-on `coredns` in a version that is meant for 1.34 to 1.36. */
export function anAddOn(overrides: Partial<AddOnState> = {}): AddOnState {
  return {
    name: 'coredns',
    version: 'v1.12.4-eksbuild.1',
    status: 'ACTIVE',
    healthIssues: [],
    ...overrides,
  };
}

/** A Region that offers 1.34 to 1.36, and for each of them what {@link aNodeGroup} and {@link anAddOn} run. */
export function aCatalog(overrides: Partial<RegionCatalog> = {}): RegionCatalog {
  return {
    offeredVersions: known([
      { version: '1.34', status: 'STANDARD_SUPPORT', endOfStandardSupport: '2026-12-02', endOfExtendedSupport: '2027-12-02' },
      { version: '1.35', status: 'STANDARD_SUPPORT', endOfStandardSupport: '2027-03-27', endOfExtendedSupport: '2028-03-27' },
      { version: '1.36', status: 'STANDARD_SUPPORT', endOfStandardSupport: '2027-08-02', endOfExtendedSupport: '2028-08-02' },
    ]),
    addOnOffers: {
      coredns: known(['1.34', '1.35', '1.36'].map((kubernetesVersion) => ({
        kubernetesVersion,
        versions: ['v1.13.0-eksbuild.1', 'v1.12.4-eksbuild.1'],
        defaultVersion: 'v1.12.4-eksbuild.1',
      }))),
    },
    amiOffers: {
      AL2023_x86_64_STANDARD: known([
        { kubernetesVersion: '1.34', published: true, recommendedRelease: '1.34.6-20261104' },
        { kubernetesVersion: '1.35', published: true, recommendedRelease: '1.35.3-20261104' },
        { kubernetesVersion: '1.36', published: true, recommendedRelease: '1.36.2-20261104' },
      ]),
      CUSTOM: known([]),
    },
    ...overrides,
  };
}

/** A fresh upgrade insight that passes. */
export function anInsight(overrides: Partial<InsightState> = {}): InsightState {
  return {
    name: 'Kubelet version skew',
    category: 'UPGRADE_READINESS',
    status: 'PASSING',
    kubernetesVersion: '1.36',
    lastRefreshedAt: '2026-11-22T06:00:00Z',
    detail: known({ resources: [], deprecations: [] }),
    ...overrides,
  };
}

/** What one check says about a change. */
export function findings(
  check: Check, state: ClusterState, intent: UpgradeIntent = { version: '1.36' }, catalog: RegionCatalog = aCatalog(), schedule?: Schedule,
): Finding[] {
  return [...findingsOf(check, changeOf(state, catalog, intent, { maxInsightAgeHours: 25, schedule }))];
}
