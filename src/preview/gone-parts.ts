import { keptParts } from './kept-parts';
import { Part } from '../engine/change/cluster-in-templates';
import { WantedCluster } from '../engine/judgement/wanted-cluster';
import { ADD_ON_TYPE, NODE_GROUP_TYPE } from '../engine/state/deployed-stack';
import { isMissingPart } from '../engine/state/unread-part';

/**
 * Node groups or add-ons that a stack has made and keeps, and that the cluster has no more: somebody has deleted them. CloudFormation
 * neither creates them again nor can update them.
 */
export function goneParts(type: typeof NODE_GROUP_TYPE | typeof ADD_ON_TYPE, cluster: WantedCluster): Part[] {
  const { state, intent } = cluster;
  const isOfNodes = type === NODE_GROUP_TYPE;
  const [read, unread] = isOfNodes ? [state.nodeGroups, state.unreadNodeGroups] : [state.addOns, state.unreadAddOns];
  const intents = isOfNodes ? intent.nodeGroups : intent.addOns;
  return keptParts(type, cluster).filter(({ name }) => isMissingPart(name, read, unread) && !intents?.[name].replacedBy?.length);
}
