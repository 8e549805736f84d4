import { ClusterDeclaration, GuardDeclaration, TrackingMode } from '../../src/engine/declaration/cluster-declaration';
import { ClusterState } from '../../src/engine/state/cluster-state';
import { AWS_EKS_CLUSTER_TYPE, TemplateResources } from '../../src/engine/state/deployed-stack';
import { RegionCatalog } from '../../src/engine/state/region-catalog';
import { ClusterPreview, previewCluster } from '../../src/preview/cluster-preview';
import { renderPreview } from '../../src/preview/preview-text';
import { aCatalog, aCluster } from '../engine/a-cluster';

type Properties = Record<string, unknown>;

const TYPES: Record<string, string> = {
  Cluster: 'AWS::EKS::Cluster', Workers: 'AWS::EKS::Nodegroup', Template: 'AWS::EC2::LaunchTemplate', Canary: 'AWS::EKS::Nodegroup', Bake: 'Custom::EksBake', CoreDns: 'AWS::EKS::Addon', Versions: 'Custom::EksAddOnVersions',
};

/** The stack `Prod` as it is deployed: `prod` at 1.35 with the node group and the add-on of `aCluster()`. */
const DEPLOYED: Record<string, Properties> = {
  Cluster: { Version: '1.35' },
  Workers: { Version: '1.35', ReleaseVersion: '1.35.3-20261104', ScalingConfig: { MaxSize: 3 } },
  CoreDns: { AddonName: 'coredns', AddonVersion: { 'Fn::GetAtt': ['Versions', 'CorednsVersion'] } },
  Versions: { KubernetesVersion: '1.35' },
};

/** In what a preview differs from that of a cluster of which nothing changes. */
export interface PreviewChanges {
  /** Properties in the app's template, over the deployed ones; undefined: the resource is gone. */
  readonly wanted?: Record<string, Properties | undefined>;
  /** Properties in the deployed template, over those of {@link DEPLOYED}; undefined: the resource is not there. */
  readonly deployed?: Record<string, Properties | undefined>;
  /** Logical IDs of what failed in its last update. */
  readonly failed?: readonly string[];
  readonly state?: Partial<ClusterState>;
  readonly catalog?: Partial<RegionCatalog>;
  readonly guard?: Partial<GuardDeclaration>;
  readonly tracking?: TrackingMode;
  readonly policy?: ClusterDeclaration['addOns'][number]['policy'];
  readonly imported?: boolean;
  /** Whether node group and add-on are plain ones, which nothing declares. */
  readonly plain?: boolean;
  /** What is declared beyond that. */
  readonly declares?: (declaration: ClusterDeclaration) => Partial<ClusterDeclaration>;
  /** Name of the node group in EKS. */
  readonly physicalName?: string;
  /** Whether CloudFormation has made up the name, since the app gives none. */
  readonly isNameMadeUp?: boolean;
}

export function previewOf(changes: PreviewChanges = {}): ClusterPreview {
  const {
    wanted = {}, guard, tracking = 'recommended', policy = 'recommended', imported = false, plain = false, physicalName = 'workers',
  } = changes;
  const names: Record<string, Properties> = changes.isNameMadeUp ? {} : {
    Workers: { NodegroupName: physicalName }, Canary: { NodegroupName: 'canary' },
  };
  const deployed = named(merge(DEPLOYED, changes.deployed ?? {}), names);
  const after = named(merge(deployed, wanted), names);
  const stackName = 'Prod';
  const plainDeclaration: ClusterDeclaration = {
    path: 'Prod/Cluster',
    stackName,
    ...!imported && { logicalId: 'Cluster' },
    guard: { mode: 'enforce', ignore: [], maxInsightAgeMinutes: 60, ...guard },
    nodeGroups: after.Workers && !plain ? [{
      path: 'Prod/Cluster/NodegroupWorkers',
      stackName,
      logicalId: 'Workers',
      tracking,
      amiType: (after.Workers.AmiType ?? 'AL2023_x86_64_STANDARD') as string,
    }] : [],
    addOns: after.CoreDns && !plain ? [
      { path: 'Prod/Cluster/AddOnCoredns', stackName, logicalId: 'CoreDns', name: 'coredns', policy },
    ] : [],
    bakes: [],
  };
  const declaration = { ...plainDeclaration, ...changes.declares?.(plainDeclaration) };
  return previewCluster({
    declaration,
    state: aCluster(changes.state),
    catalog: aCatalog(changes.catalog),
    deployed: {
      Prod: {
        resources: resourcesOf(deployed),
        failed: changes.failed,
        physicalIds: { Cluster: 'prod', Workers: `prod/${physicalName}`, Canary: 'prod/canary', CoreDns: 'prod|coredns' },
      },
    },
    wanted: { Prod: resourcesOf(after) },
  });
}

export function textOf(changes: PreviewChanges = {}): string {
  return renderPreview(previewOf(changes));
}

function merge(before: Record<string, Properties>, changes: Record<string, Properties | undefined>): Record<string, Properties> {
  const ids = Object.keys({ ...before, ...changes }).filter((id) => !(id in changes) || changes[id] !== undefined);
  return Object.fromEntries(ids.map((id) => [id, { ...before[id], ...changes[id] }]));
}

/** Gives resources that are there what they are called. */
function named(resources: Record<string, Properties>, names: Record<string, Properties>): Record<string, Properties> {
  return merge(resources, Object.fromEntries(Object.entries(names).filter(([id]) => resources[id])));
}

function resourcesOf(properties: Record<string, Properties>): TemplateResources {
  return Object.fromEntries(Object.entries(properties).map(([id, values]) => [
    id, { type: 'Config' in values ? AWS_EKS_CLUSTER_TYPE : TYPES[id], properties: values },
  ]));
}
