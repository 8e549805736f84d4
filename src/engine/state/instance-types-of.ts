import { NodeGroupState } from './node-group-state';
import { NodeGroupRoom } from './node-room';

/** The instance types of a node group, whether it or its launch template names them; empty when that is not known. */
export function instanceTypesOf(
  { instanceTypes = [] }: NodeGroupState, { launchTemplate }: Pick<NodeGroupRoom, 'launchTemplate'> = {},
): readonly string[] {
  if (instanceTypes.length > 0) return instanceTypes;
  const ofTemplate = launchTemplate?.known ? launchTemplate.value?.instanceType : undefined;
  return ofTemplate === undefined ? [] : [ofTemplate];
}
