import {
  AddOnDeclaration, BakeDeclaration, ClusterDeclaration, GuardDeclaration, MAX_INSIGHT_AGE_MINUTES, NodeGroupDeclaration,
} from './cluster-declaration';
import {
  ADD_ON_METADATA_TYPE, AddOnMetadata, BAKE_METADATA_TYPE, BakeMetadata, CLUSTER_METADATA_TYPE, ClusterMetadata, NODE_GROUP_METADATA_TYPE,
  NodeGroupMetadata, OBJECTS_METADATA_TYPE, OfCluster, TrackedReleaseMetadata,
} from './metadata';
import { ReleaseDeclaration } from './release-declaration';
import { AppObjects } from '../state/app-objects';
import { holdsExpression, isPlaceholder } from '../state/placeholder';

/** A stack of an app. */
export interface DeclaringStack {
  readonly stackName: string;
  /** Absent where the credentials of the deployment decide. */
  readonly account?: string;
  /** Absent where the configuration of the deployment decides. */
  readonly region?: string;
}

/** Metadata of one construct. */
export interface MetadataEntry {
  /** Construct path, without a slash at its start. */
  readonly path: string;
  readonly stack: DeclaringStack;
  readonly type: string;
  readonly data: unknown;
}

/** The guard of a cluster that tells nothing of one: what it would check by default. */
const DEFAULT_GUARD: GuardDeclaration = { mode: 'enforce', ignore: [], maxInsightAgeMinutes: MAX_INSIGHT_AGE_MINUTES };

/**
 * What an app declares of its clusters, out of the metadata that its constructs wrote; clusters that are imported and named only by their
 * node groups included. Values that only the deployment knows are left out.
 */
export function declarationsIn(entries: readonly MetadataEntry[]): ClusterDeclaration[] {
  const clusters = new Map<string, ClusterDeclaration>();
  entries.filter(({ type }) => type === CLUSTER_METADATA_TYPE).forEach((entry) => clusters.set(entry.path, clusterIn(entry)));

  const parts = entries.filter((entry) => [NODE_GROUP_METADATA_TYPE, ADD_ON_METADATA_TYPE].includes(entry.type) && isOfCluster(entry));
  for (const entry of parts) {
    const { cluster: path } = entry.data as OfCluster;
    const cluster = clusters.get(path) ?? importedCluster(path, entry);
    clusters.set(path, entry.type === NODE_GROUP_METADATA_TYPE
      ? { ...cluster, nodeGroups: [...cluster.nodeGroups, nodeGroupIn(entry)] }
      : { ...cluster, addOns: [...cluster.addOns, addOnIn(entry)] });
  }
  const bakes = entries.filter(({ type }) => type === BAKE_METADATA_TYPE);
  return [...clusters.values()].map((cluster) => {
    const objects = entries.find(({ type, path }) => type === OBJECTS_METADATA_TYPE && path === cluster.path);
    return {
      ...cluster,
      bakes: bakes.filter(({ data }) => (data as BakeMetadata).cluster === cluster.path).map(bakeIn),
      ...objects && { objects: objects.data as AppObjects },
    };
  });
}

/** The tracked releases of an app that belong to no node group, out of the metadata that its constructs wrote. */
export function releasesIn(entries: readonly MetadataEntry[]): ReleaseDeclaration[] {
  return entries.filter((entry) => entry.type === NODE_GROUP_METADATA_TYPE && !isOfCluster(entry)).map(({ path, stack, data }) => {
    const { tracking, ...metadata } = data as TrackedReleaseMetadata;
    return { path, ...stack, tracking, ...textsKnownAtSynth(metadata) };
  });
}

/** A tracked release without a node group belongs to no cluster. */
function isOfCluster({ data }: MetadataEntry): boolean {
  return 'cluster' in (data as object);
}

function clusterIn({ path, stack, data }: MetadataEntry): ClusterDeclaration {
  const { guard, upgradePath, ignoresContext, ...metadata } = data as ClusterMetadata;
  return {
    path,
    ...stack,
    ...textsKnownAtSynth(metadata),
    guard: guardIn(guard),
    nodeGroups: [],
    addOns: [],
    bakes: [],
    ...upgradePath && { upgradePath },
    ...ignoresContext && { ignoresContext },
  };
}

/** Windows of which something is known only to the deployment are not known at all: to review by some of them would mislead. */
function guardIn({ windows, calendar, alarms, maxInsightAgeMinutes, ...guard }: GuardDeclaration): GuardDeclaration {
  const areKnown = windows !== undefined && !holdsExpression(windows);
  return {
    ...guard,
    maxInsightAgeMinutes: isKnownNumber(maxInsightAgeMinutes) ? maxInsightAgeMinutes : DEFAULT_GUARD.maxInsightAgeMinutes,
    ...areKnown && { windows },
    ...textsKnownAtSynth({ calendar }),
    ...alarms && { alarms: Object.values(textsKnownAtSynth({ ...alarms })).flatMap((name) => name ?? []) },
  };
}

/** A token is written as what it resolves to, or as a negative number. */
function isKnownNumber(value: unknown): value is number {
  return typeof value === 'number' && value >= 0;
}

function importedCluster(path: string, { stack, data }: MetadataEntry): ClusterDeclaration {
  const { clusterName } = data as NodeGroupMetadata;
  return { path, ...stack, ...textsKnownAtSynth({ clusterName }), guard: DEFAULT_GUARD, nodeGroups: [], addOns: [], bakes: [] };
}

function nodeGroupIn({ path, stack: { stackName }, data }: MetadataEntry): NodeGroupDeclaration {
  const { cluster: _, clusterName: __, tracking, logicalId, upgradeAfter, ...metadata } = data as NodeGroupMetadata;
  return { path, stackName, logicalId, tracking, upgradeAfter, ...textsKnownAtSynth(metadata) };
}

function addOnIn({ path, stack: { stackName }, data }: MetadataEntry): AddOnDeclaration {
  const { logicalId, name, policy, version, tracked, neededByNodes, movesWithoutNodes } = data as AddOnMetadata;
  const further = {
    ...tracked && { choice: tracked.choice },
    ...neededByNodes !== undefined && { neededByNodes },
    ...movesWithoutNodes && { movesWithoutNodes },
  };
  return { path, stackName, logicalId, name, policy, ...further, ...textsKnownAtSynth({ version }) };
}

function bakeIn({ path, stack: { stackName }, data }: MetadataEntry): BakeDeclaration {
  const { cluster: _, ...metadata } = data as BakeMetadata;
  return { path, stackName, ...metadata };
}

/** The texts among the values that are known at synthesis. */
export function textsKnownAtSynth<T extends object>(values: T): { [K in keyof T]?: Extract<T[K], string> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) =>
    typeof value === 'string' && !isPlaceholder(value))) as ReturnType<typeof textsKnownAtSynth<T>>;
}
