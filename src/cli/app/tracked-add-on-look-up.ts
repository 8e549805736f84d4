import { CloudFormationStackArtifact } from '@aws-cdk/cloud-assembly-api';
import { nameOfStackWith, stackTreeOf, templatesIn } from './stack-tree';
import { ConstructPlace, environmentOf } from './tracked-look-up';
import { configurationIn } from '../../engine/change/add-on-configuration';
import { ADD_ON_METADATA_TYPE, AddOnMetadata } from '../../engine/declaration/metadata';
import { LiveAddOnPlace } from '../../engine/eks/add-on-look-up';
import { AddOnConfiguration } from '../../engine/state/add-on-configuration';
import { TrackedChoice } from '../../engine/state/add-on-policy';
import { LookupEnvironment } from '../../live/lookup-credentials';

/** A version of an add-on that an app tracks: one entry of `cdk.context.json`. */
export interface TrackedAddOnLookUp {
  readonly contextKey: string;
  /** Such as `vpc-cni`. */
  readonly name: string;
  readonly choice: TrackedChoice;
  readonly kubernetesVersion: string;
  /** The name of the cluster, or its construct path. */
  readonly cluster: string;
  readonly live: LiveAddOnPlace;
  readonly environment: LookupEnvironment;
  /** How the template configures the add-on; absent where it does not, or only the deployment knows. */
  readonly configuration?: AddOnConfiguration;
  readonly usedBy: readonly ConstructPlace[];
}

/**
 * What an app tracks of add-ons, each entry once.
 *
 * @param selected only what something in one of these stacks uses
 */
export function trackedAddOnsIn(
  stacks: readonly CloudFormationStackArtifact[], selected: readonly CloudFormationStackArtifact[],
): TrackedAddOnLookUp[] {
  const found = new Map<string, TrackedAddOnLookUp & { readonly usedBy: ConstructPlace[] }>();
  for (const stack of stacks) {
    for (const { path, data } of stack.findMetadataByType(ADD_ON_METADATA_TYPE)) {
      const { name, tracked, logicalId } = data as unknown as AddOnMetadata;
      if (!tracked) continue;
      const constructPath = path.replace(/^\//, '');
      const lookUp = found.get(tracked.contextKey) ?? {
        ...tracked,
        choice: tracked.choice,
        name,
        environment: environmentOf(stack),
        configuration: configurationOf(stack, constructPath, logicalId),
        usedBy: [],
      };
      lookUp.usedBy.push({ stack, path: constructPath });
      found.set(tracked.contextKey, lookUp);
    }
  }
  return [...found.values()].filter(({ usedBy }) => usedBy.some(({ stack }) => selected.includes(stack)));
}

function configurationOf(stack: CloudFormationStackArtifact, path: string, logicalId: string): AddOnConfiguration | undefined {
  const tree = stackTreeOf(stack);
  const resource = templatesIn(tree)[nameOfStackWith(path, tree)]?.[logicalId];
  return resource && configurationIn(resource.properties);
}
