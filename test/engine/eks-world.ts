import * as fc from 'fast-check';
import { ClusterState } from '../../src/engine/state/cluster-state';
import { InsightState } from '../../src/engine/state/insight-state';
import { Known, known, notKnown } from '../../src/engine/state/known';
import { RegionCatalog } from '../../src/engine/state/region-catalog';
import {
  EksAddon, EksCluster, EksInsight, EksNodegroup, EksService, OfferedAddonVersion, OfferedVersion, PublishedRelease,
} from '../aws/eks-rules';

/** A moment in a Region: what EKS offers, a cluster, and what time it is. */
export interface EksWorld {
  readonly service: EksService;
  readonly cluster: EksCluster;
  readonly now: Date;
}

/** How often a property is tried; more with the environment variable `PROPERTY_RUNS`. */
export const RUNS = { numRuns: Number(process.env.PROPERTY_RUNS ?? 400) };

const NOW = new Date('2026-11-22T12:00:00Z');
const HOUR_MS = 60 * 60 * 1000;
const MINORS = [30, 31, 32, 33, 34, 35, 36, 37];
const VERSIONS = MINORS.map((minor) => `1.${minor}`);
const AMI_TYPES = ['AL2023_x86_64_STANDARD', 'AL2_x86_64', 'WINDOWS_CORE_2025_x86_64', 'BOTTLEROCKET_x86_64'];
const VPC_CNI_VERSIONS = ['v1.18.5-eksbuild.1', 'v1.19.2-eksbuild.1', 'v1.20.0-eksbuild.1', 'v1.21.1-eksbuild.3'];
const KUBE_PROXY_VERSIONS = VERSIONS.map((version) => `v${version}.0-eksbuild.1`);
const OTHER_ADDON_VERSIONS = ['v1.0.0-eksbuild.1', 'v1.1.0-eksbuild.1', 'v2.0.0-eksbuild.1'];

/** Mostly one value, now and then another: worlds in which a single thing is wrong are the telling ones. */
function mostly<T>(usual: T, ...others: T[]): fc.Arbitrary<T> {
  return fc.oneof({ weight: 12, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: fc.constantFrom(...others) });
}

const releases: readonly PublishedRelease[] = AMI_TYPES.flatMap((amiType) => VERSIONS
  .filter((version) => isPublished(amiType, version))
  .flatMap((version) => ['20260701', '20261104'].map((date) => ({ amiType, version, releaseVersion: releaseOf(amiType, version, date) }))));

function isPublished(amiType: string, version: string): boolean {
  if (amiType === 'AL2_x86_64') return Number(version.slice(2)) <= 32;
  return amiType !== 'WINDOWS_CORE_2025_x86_64' || Number(version.slice(2)) >= 35;
}

function releaseOf(amiType: string, version: string, date: string): string {
  if (amiType.startsWith('BOTTLEROCKET')) return `1.50.0-${date}`;
  return amiType.startsWith('WINDOWS') ? `${version}-2026.11.04` : `${version}.3-${date}`;
}

const offeredVersions: fc.Arbitrary<OfferedVersion[]> = fc.tuple(...VERSIONS.map((version) =>
  mostly<OfferedVersion['status'] | 'not listed'>('STANDARD_SUPPORT', 'EXTENDED_SUPPORT', 'UNSUPPORTED', 'not listed')
    .map((status) => ({ version, status }))))
  .map((versions) => versions.filter((offered): offered is OfferedVersion => offered.status !== 'not listed'));

function addonOffers(addonName: string, addonVersions: readonly string[]): fc.Arbitrary<OfferedAddonVersion[]> {
  return fc.tuple(...addonVersions.map((addonVersion) =>
    fc.subarray(VERSIONS, { minLength: 5 }).map((clusterVersions) => ({ addonName, addonVersion, clusterVersions }))));
}

/** Of its own minor only, or for newer control planes as well: EKS has been seen to do both. */
const kubeProxyOffers: fc.Arbitrary<OfferedAddonVersion[]> = fc.constantFrom(1, 4).map(
  (minors) => KUBE_PROXY_VERSIONS.map((addonVersion, index) => ({
    addonName: 'kube-proxy', addonVersion, clusterVersions: VERSIONS.slice(index, index + minors),
  })),
);

const service: fc.Arbitrary<EksService> = fc.record({
  versions: offeredVersions,
  addonVersions: fc.tuple(
    addonOffers('vpc-cni', VPC_CNI_VERSIONS), addonOffers('other', OTHER_ADDON_VERSIONS), kubeProxyOffers,
  ).map((offers) => offers.flat()),
  releases: fc.constant(releases),
  behaviour: fc.record({ errorInsightsBlockUpgrades: fc.boolean(), nodeGroupsMustMatch: fc.constant(false) }),
});

function nodegroup(name: string, clusterMinor: number): fc.Arbitrary<EksNodegroup> {
  return fc.record({
    name: fc.constant(name),
    status: mostly<EksNodegroup['status']>('ACTIVE', 'UPDATING', 'DEGRADED', 'CREATE_FAILED'),
    amiType: fc.constantFrom(...AMI_TYPES, 'CUSTOM'),
    behind: mostly(0, 1, 2, 3),
    date: fc.constantFrom('20260701', '20261104'),
  }).map(({ amiType, behind, date, ...rest }) => {
    const version = `1.${clusterMinor - behind}`;
    return amiType === 'CUSTOM'
      ? { ...rest, amiType, version: behind === 0 ? version : undefined }
      : { ...rest, amiType, version, releaseVersion: releaseOf(amiType, version, date) };
  });
}

function insight(name: string, clusterMinor: number): fc.Arbitrary<EksInsight> {
  return fc.record({
    name: fc.constant(name),
    category: fc.constantFrom<EksInsight['category'][]>('UPGRADE_READINESS', 'ROLLBACK_READINESS', 'MISCONFIGURATION'),
    status: mostly<EksInsight['status']>('PASSING', 'WARNING', 'ERROR', 'UNKNOWN'),
    kubernetesVersion: fc.constantFrom(`1.${clusterMinor + 1}`, `1.${clusterMinor + 2}`),
  });
}

function addons({ addonVersions }: EksService, clusterMinor: number): fc.Arbitrary<EksAddon[]> {
  const versionsOf = (name: string) => addonVersions.filter(({ addonName }) => addonName === name).map(({ addonVersion }) => addonVersion);
  const installed = (name: string, version = fc.constantFrom(...versionsOf(name))) => fc.record({
    name: fc.constant(name),
    version,
    status: mostly<EksAddon['status']>('ACTIVE', 'UPDATING', 'DEGRADED', 'UPDATE_FAILED'),
  });
  const kubeProxy = mostly(0, 1, 2, 3).map((behind) => `v1.${clusterMinor - behind}.0-eksbuild.1`);
  return fc.tuple(installed('vpc-cni'), installed('other'), installed('kube-proxy', kubeProxy));
}

const lastUpgrade: fc.Arbitrary<{ hoursAgo: number; wasRolledBack: boolean } | undefined> = fc.oneof(
  { weight: 1, arbitrary: fc.constant(undefined) },
  // Halves, so that no upgrade ended on one side of the window and was started on the other.
  {
    weight: 8,
    arbitrary: fc.record({ hoursAgo: fc.integer({ min: 1, max: 200 }).map((hours) => hours - 0.5), wasRolledBack: mostly(false, true) }),
  },
);

/** Any world. */
export const eksWorld: fc.Arbitrary<EksWorld> = fc.tuple(service, fc.constantFrom(...MINORS.slice(3, -1)), lastUpgrade)
  .chain(([offered, minor, upgrade]) => fc.record({
    service: fc.constant(offered),
    now: fc.constant(NOW),
    cluster: fc.record({
      name: fc.constant('prod'),
      version: fc.constant(`1.${minor}`),
      status: mostly<EksCluster['status']>('ACTIVE', 'UPDATING', 'FAILED', 'PENDING'),
      supportType: fc.constantFrom<EksCluster['supportType'][]>('STANDARD', 'EXTENDED'),
      updateInProgress: mostly<string | undefined>(undefined, '0585fedb'),
      lastUpgrade: fc.constant(upgrade && !upgrade.wasRolledBack
        ? { from: `1.${minor - 1}`, completedAt: new Date(NOW.getTime() - upgrade.hoursAgo * HOUR_MS) }
        : undefined),
      subnets: fc.tuple(
        ...['use1-az1', 'use1-az1', 'use1-az2'].map((zone) => fc.record({ zone: fc.constant(zone), freeAddresses: mostly(100, 0, 4, 5) })),
      ),
      nodegroups: fc.tuple(nodegroup('a', minor), nodegroup('b', minor)).chain((groups) => fc.subarray(groups)),
      addons: addons(offered, minor),
      insights: fc.tuple(insight('one', minor), insight('two', minor), insight('three', minor)),
    }),
  }));

/** The version so many minors away. */
export function minorAfter(version: string, minors: number): string {
  return `1.${Number(version.slice(2)) + minors}`;
}

/** A version that somebody may want of a cluster: mostly the next, often the one before. */
export function wantedVersion({ cluster }: EksWorld): fc.Arbitrary<string> {
  return fc.oneof(
    { weight: 5, arbitrary: fc.constant(minorAfter(cluster.version, 1)) },
    { weight: 4, arbitrary: fc.constant(minorAfter(cluster.version, -1)) },
    { weight: 1, arbitrary: fc.constantFrom(...VERSIONS, '1.99') },
  );
}

/** Versions and releases, fitting or not, that somebody may want of the node groups. */
export function wantedNodeGroups({ cluster }: EksWorld): fc.Arbitrary<Record<string, { version: string; releaseVersion?: string }>> {
  return wantedOf(cluster.nodegroups, ({ amiType }) => fc.record({
    version: fc.constantFrom(0, 1, -1, -3).map((minors) => minorAfter(cluster.version, minors)),
    releaseVersion: mostly(
      undefined, ...VERSIONS.filter((version) => isPublished(amiType, version)).map((version) => releaseOf(amiType, version, '20261104')),
    ),
  }));
}

/** Versions that somebody may want of the add-ons. */
export function wantedAddOns({ service: { addonVersions }, cluster }: EksWorld): fc.Arbitrary<Record<string, { version: string }>> {
  return wantedOf(cluster.addons, ({ name }) => fc.record({
    version: fc.constantFrom(...addonVersions.filter(({ addonName }) => addonName === name).map(({ addonVersion }) => addonVersion)),
  }));
}

function wantedOf<T extends { readonly name: string }, W>(
  things: readonly T[], wanted: (thing: T) => fc.Arbitrary<W>,
): fc.Arbitrary<Record<string, W>> {
  return fc.subarray([...things]).chain((some) => fc.record(Object.fromEntries(some.map((thing) => [thing.name, wanted(thing)]))));
}

/** What may be unreadable of a state. */
export type Readable = 'supportType' | 'updatesInProgress' | 'versionHistory' | 'nodeGroups' | 'addOns' | 'insights' | 'subnets' | 'offeredVersions';

/** The state that an all-seeing reader has of a world, but for what is unreadable. */
export function observe({ cluster, now }: EksWorld, unreadable: readonly Readable[] = []): ClusterState {
  const read = <T>(what: Readable, value: T): Known<T> => readUnless(unreadable, what, value);
  return {
    name: cluster.name,
    arn: `arn:aws:eks:us-east-1:111122223333:cluster/${cluster.name}`,
    observedAt: now.toISOString(),
    version: cluster.version,
    status: cluster.status,
    healthIssues: [],
    supportType: read('supportType', cluster.supportType),
    autoMode: false,
    updatesInProgress: read('updatesInProgress', cluster.updateInProgress ? [{ id: cluster.updateInProgress, type: 'LoggingUpdate' }] : []),
    versionHistory: read('versionHistory', cluster.lastUpgrade
      ? [{
        kind: 'upgrade', to: cluster.version, startedAt: new Date(cluster.lastUpgrade.completedAt.getTime() - 0.4 * HOUR_MS).toISOString(),
      }]
      : []),
    nodeGroups: read('nodeGroups', cluster.nodegroups.map((group) => ({
      name: group.name,
      status: group.status,
      healthIssues: [],
      amiType: group.amiType,
      version: group.version ? known(group.version) : notKnown('a custom AMI'),
      releaseVersion: group.releaseVersion,
      subnetIds: [],
    }))),
    addOns: read('addOns', cluster.addons.map((addon) => ({ ...addon, healthIssues: [] }))),
    insights: read('insights', cluster.insights.map(
      (seen): InsightState => ({ ...seen, lastRefreshedAt: now.toISOString(), detail: notKnown('not asked') }),
    )),
    subnets: read('subnets', cluster.subnets.map((subnet, index) => ({ ...subnet, id: `subnet-${index}` }))),
    fargateProfiles: known([]),
    unreadNodeGroups: [],
    unreadAddOns: [],
  };
}

/** What an all-seeing reader knows of the Region of a world, but for what is unreadable. */
export function catalogOf({ service: offered, cluster }: EksWorld, unreadable: readonly Readable[] = []): RegionCatalog {
  return {
    offeredVersions: readUnless(unreadable, 'offeredVersions', offered.versions),
    addOnOffers: Object.fromEntries(cluster.addons.map(({ name }) => [name, known(offersOf(offered, name))])),
    amiOffers: Object.fromEntries(cluster.nodegroups.map(({ amiType }) => [amiType, known(amiType === 'CUSTOM' ? [] : VERSIONS.map((kubernetesVersion) => ({
      kubernetesVersion,
      published: isPublished(amiType, kubernetesVersion),
      recommendedRelease: releaseOf(amiType, kubernetesVersion, '20261104'),
    })))])),
  };
}

function readUnless<T>(unreadable: readonly Readable[], what: Readable, value: T): Known<T> {
  return unreadable.includes(what) ? notKnown(`not allowed to read ${what}`) : known(value);
}

function offersOf({ addonVersions }: EksService, name: string) {
  return VERSIONS.map((kubernetesVersion) => {
    const versions = addonVersions
      .filter(({ addonName, clusterVersions }) => addonName === name && clusterVersions.includes(kubernetesVersion))
      .map(({ addonVersion }) => addonVersion);
    return { kubernetesVersion, versions, defaultVersion: versions.at(0) };
  });
}
