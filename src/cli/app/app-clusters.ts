import { CloudFormationStackArtifact } from '@aws-cdk/cloud-assembly-api';
import { nameOfStackWith, stackTreeOf, templatesIn } from './stack-tree';
import { environmentOf } from './tracked-look-up';
import { ClusterDeclaration } from '../../engine/declaration/cluster-declaration';
import { declarationsIn, MetadataEntry, releasesIn } from '../../engine/declaration/declarations';
import { METADATA_TYPES } from '../../engine/declaration/metadata';
import { ReleaseDeclaration } from '../../engine/declaration/release-declaration';
import { TemplateResources } from '../../engine/state/deployed-stack';
import { environmentKey } from '../../engine/state/live-view';
import { mapValues } from '../../engine/state/map-values';
import { LookupEnvironment } from '../../live/lookup-credentials';

/** What an app declares. */
export interface DeclaredApp {
  readonly clusters: readonly ClusterDeclaration[];
  /** Tracked releases without a node group. */
  readonly releases: readonly ReleaseDeclaration[];
  /** By key. */
  readonly environments: Readonly<Record<string, AppEnvironment>>;
  /**
   * What the templates hold that are deployed together with a cluster, by its construct path: of clusters whose account or Region only the
   * deployment knows, since stacks of other stages may have the same names.
   */
  readonly deployedTogether: Readonly<Record<string, WantedStacks>>;
}

/** What templates hold, by name of the stack. */
export type WantedStacks = Readonly<Record<string, TemplateResources>>;

/** An account and Region of an app. */
export interface AppEnvironment extends LookupEnvironment {
  /** Where several stacks have one name, what any of them holds. */
  readonly wanted: WantedStacks;
}

/**
 * Reads what an app declares from the cloud assembly.
 *
 * @param stacks all of the app: the parts of a cluster may be in several
 * @param selected only releases, and clusters with a part, in one of these stacks
 */
export function declaredApp(stacks: readonly CloudFormationStackArtifact[], selected: readonly CloudFormationStackArtifact[]): DeclaredApp {
  const entries = stacks.flatMap((artifact) => entriesOf(artifact).map((entry) => ({ ...entry, artifact })));
  const artifacts = new Map(entries.map(({ path, artifact }) => [path, artifact]));
  const artifactsOf = (...parts: readonly { readonly path: string }[]) => parts.flatMap(({ path }) => artifacts.get(path) ?? []);
  const artifactsWith = (cluster: ClusterDeclaration) => artifactsOf(cluster, ...cluster.nodeGroups, ...cluster.addOns);
  const areSelected = (found: readonly CloudFormationStackArtifact[]) => found.some((artifact) => selected.includes(artifact));

  const templates: Templates = new Map(stacks.map((stack) => [stack, templatesIn(stackTreeOf(stack))]));
  const clusters = declarationsIn(entries).filter((cluster) => areSelected(artifactsWith(cluster)));
  return {
    clusters,
    releases: releasesIn(entries).filter((release) => areSelected(artifactsOf(release))),
    environments: environmentsOf(templates),
    deployedTogether: Object.fromEntries(clusters.filter(({ account, region }) => account === undefined || region === undefined).map(
      (cluster) => [cluster.path, deployedTogetherWith(cluster, artifactsWith(cluster), templates)])),
  };
}

/** What the stacks of an app hold, with those nested in them. */
type Templates = ReadonlyMap<CloudFormationStackArtifact, WantedStacks>;

/** Of stacks in one stage that have one name, those with the cluster and its parts count. */
function deployedTogetherWith(
  cluster: ClusterDeclaration, own: readonly CloudFormationStackArtifact[], templates: Templates,
): WantedStacks {
  const stages = own.map(({ assembly }) => assembly);
  const together = [...templates.keys()].filter((stack) =>
    stages.includes(stack.assembly) && environmentKey(environmentOf(stack)) === environmentKey(cluster));
  return Object.assign({}, ...[...together, ...together.filter((stack) => own.includes(stack))].map((stack) => templates.get(stack)));
}

function entriesOf(stack: CloudFormationStackArtifact): MetadataEntry[] {
  const { account, region } = environmentOf(stack);
  return METADATA_TYPES.flatMap((type) => stack.findMetadataByType(type).map(({ path, data }) => ({
    path: path.replace(/^\//, ''),
    stack: { stackName: nameOfStackWith(path.replace(/^\//, ''), stackTreeOf(stack)), account, region },
    type,
    data,
  })));
}

function environmentsOf(templates: Templates): Record<string, AppEnvironment> {
  const environments: Record<string, AppEnvironment> = {};
  for (const [stack, own] of templates) {
    const environment = environmentOf(stack);
    const key = environmentKey(environment);
    const { wanted, lookupRole } = environments[key] ?? { wanted: {} };
    environments[key] = {
      ...environment,
      lookupRole: lookupRole ?? environment.lookupRole,
      wanted: { ...wanted, ...mapValues(own, (resources, name) => ({ ...wanted[name], ...resources })) },
    };
  }
  return environments;
}
