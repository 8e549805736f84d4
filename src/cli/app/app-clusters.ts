import { CloudFormationStackArtifact } from '@aws-cdk/cloud-assembly-api';
import { nameOfStackWith, stackTreeOf, templatesIn } from './stack-tree';
import { environmentOf } from './tracked-look-up';
import { ClusterDeclaration } from '../../engine/declaration/cluster-declaration';
import { declarationsIn, MetadataEntry, releasesIn } from '../../engine/declaration/declarations';
import { METADATA_TYPES } from '../../engine/declaration/metadata';
import { ReleaseDeclaration } from '../../engine/declaration/release-declaration';
import { TemplateResources } from '../../engine/state/deployed-stack';
import { environmentKey } from '../../engine/state/live-view';
import { LookupEnvironment } from '../../live/lookup-credentials';

/** What an app declares. */
export interface DeclaredApp {
  readonly clusters: readonly ClusterDeclaration[];
  /** Tracked releases without a node group. */
  readonly releases: readonly ReleaseDeclaration[];
  /** By key. */
  readonly environments: Readonly<Record<string, AppEnvironment>>;
}

/** An account and Region of an app. */
export interface AppEnvironment extends LookupEnvironment {
  /** What the templates hold, by name of the stack. */
  readonly wanted: Readonly<Record<string, TemplateResources>>;
}

/**
 * Reads what an app declares from the cloud assembly.
 *
 * @param stacks all of the app: the parts of a cluster may be in several
 * @param selected only releases, and clusters with a part, in one of these stacks
 */
export function declaredApp(stacks: readonly CloudFormationStackArtifact[], selected: readonly CloudFormationStackArtifact[]): DeclaredApp {
  const names = new Set(selected.map(placeOf));
  const entries = stacks.flatMap(entriesOf);
  const isSelected = (thing: Environment, { stackName }: { readonly stackName: string }) =>
    names.has(`${environmentKey(thing)}/${stackName.split('/')[0]}`);
  return {
    clusters: declarationsIn(entries).filter((cluster) =>
      [cluster, ...cluster.nodeGroups, ...cluster.addOns].some((part) => isSelected(cluster, part))),
    releases: releasesIn(entries).filter((release) => isSelected(release, release)),
    environments: environmentsOf(stacks),
  };
}

type Environment = Pick<ClusterDeclaration, 'account' | 'region'>;

function placeOf(stack: CloudFormationStackArtifact): string {
  return `${environmentKey(environmentOf(stack))}/${stack.stackName}`;
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

function environmentsOf(stacks: readonly CloudFormationStackArtifact[]): Record<string, AppEnvironment> {
  const environments: Record<string, AppEnvironment> = {};
  for (const stack of stacks) {
    const environment = environmentOf(stack);
    const key = environmentKey(environment);
    const { wanted, lookupRole } = environments[key] ?? { wanted: {} };
    environments[key] = {
      ...environment,
      lookupRole: lookupRole ?? environment.lookupRole,
      wanted: { ...wanted, ...templatesIn(stackTreeOf(stack)) },
    };
  }
  return environments;
}
