/**
 * What an app of the guard's bench says of itself in the metadata of its constructs.
 */
import { GuardedApp } from './handler-guard-bench';
import { ClusterDeclaration } from '../../src/engine/declaration/cluster-declaration';
import { declarationsIn, MetadataEntry } from '../../src/engine/declaration/declarations';
import {
  ADD_ON_METADATA_TYPE, AddOnMetadata, CLUSTER_METADATA_TYPE, ClusterMetadata, NODE_GROUP_METADATA_TYPE, NodeGroupMetadata,
  OBJECTS_METADATA_TYPE,
} from '../../src/engine/declaration/metadata';
import { CUSTOM_AMI_TYPE } from '../../src/engine/state/node-group-state';

const PATH = 'app/Cluster';

/** The app's cluster, as the preview reads it out of the metadata. */
export function declarationOf(app: GuardedApp, neededByNodes: readonly string[] = []): ClusterDeclaration {
  const entries = [clusterIn(app), ...objectsIn(app), ...nodeGroupsIn(app), ...addOnsIn(app, neededByNodes)];
  const [declaration] = declarationsIn(entries.map(([path, type, data]): MetadataEntry => ({ path, stack: { stackName: 'app' }, type, data })));
  return declaration;
}

type Entry = readonly [path: string, type: string, data: object];

function clusterIn({ TargetVersion: version, ClusterName: clusterName }: GuardedApp): Entry {
  const metadata: ClusterMetadata = {
    ...clusterName === undefined ? { logicalId: 'Cluster' } : { clusterName },
    version,
    guard: { mode: 'enforce', ignore: [], maxInsightAgeMinutes: 60 },
  };
  return [PATH, CLUSTER_METADATA_TYPE, metadata];
}

/** What an app does to an imported cluster, its guard is not told. */
function objectsIn({ ClusterName }: GuardedApp): Entry[] {
  return ClusterName === undefined ? [[PATH, OBJECTS_METADATA_TYPE, { removedApis: [], controllers: [] }]] : [];
}

function nodeGroupsIn({ NodeGroups = [], Images = [] }: GuardedApp): Entry[] {
  return NodeGroups.map(({ LogicalId, Name, Version, ReleaseVersion, ImageId, Others }): Entry => {
    const image = Images.find(({ Id }) => Id === ImageId);
    const metadata: NodeGroupMetadata = {
      cluster: PATH,
      clusterName: 'prod',
      logicalId: LogicalId,
      name: Name,
      ...image
        ? {
          tracking: 'golden-image', amiType: CUSTOM_AMI_TYPE, releaseVersion: image.Id, kubernetesVersion: image.KubernetesVersion,
        }
        : { tracking: 'recommended', amiType: Others?.AmiType as string, releaseVersion: ReleaseVersion!, kubernetesVersion: Version },
    };
    return [`app/${LogicalId}`, NODE_GROUP_METADATA_TYPE, metadata];
  });
}

function addOnsIn({ AddOns = [] }: GuardedApp, neededByNodes: readonly string[]): Entry[] {
  return AddOns.map(({ Name, Policy, Version }): Entry => {
    const metadata: AddOnMetadata = {
      cluster: PATH,
      logicalId: `AddOn${Name}`,
      name: Name,
      policy: Policy,
      version: Version,
      ...neededByNodes.includes(Name) && { neededByNodes: true },
    };
    return [`app/${Name}`, ADD_ON_METADATA_TYPE, metadata];
  });
}
