import { isDeepStrictEqual } from 'node:util';
import { distinct } from './distinct';
import { referencesIn } from './template-references';
import { ClusterDeclaration, NodeGroupDeclaration } from '../declaration/cluster-declaration';
import {
  ADD_ON_TYPE, DeployedStack, isOfCluster, nameInPhysicalId, NESTED_STACK_TYPE, nestedIn, NO_STACK, NODE_GROUP_TYPE, TemplateResource,
  TemplateResources,
} from '../state/deployed-stack';
import { isPlaceholder } from '../state/placeholder';

/** The stacks of a deployment: what they are to hold, and what they hold, by name of the stack. */
export interface Stacks {
  readonly wanted: Readonly<Record<string, TemplateResources>>;
  /** A stack that does not exist yet is empty; one that was not read is missing. */
  readonly deployed: Readonly<Record<string, DeployedStack>>;
}

/** A cluster as the stacks of a deployment know it: what an app declares, or what a template alone tells. */
export type ClusterInStacks = Pick<ClusterDeclaration, 'stackName' | 'logicalId' | 'version' | 'objects'> & {
  readonly nodeGroups: ReadonlyArray<Partial<ClusterDeclaration['nodeGroups'][number]> & Place>;
  readonly addOns: ReadonlyArray<Partial<ClusterDeclaration['addOns'][number]> & Place>;
};

/** Where a resource stands. */
export interface Place {
  readonly stackName: string;
  readonly logicalId: string;
}

/** A node group or an add-on of a cluster in the stacks of a deployment. */
export interface Part extends Place {
  /** In EKS; of one that is to be created without a literal name, the logical ID. */
  readonly name: string;
  /** Whether a stack has created it. */
  readonly isDeployed: boolean;
  /** Whether its stack keeps or creates it. */
  readonly isWanted: boolean;
}

/**
 * The cluster's node groups or add-ons in all stacks, whether or not something declares them: deployed, wanted or both. One that leaves its
 * template and is retained is none of them: it stays as it is, and nobody manages it any more.
 */
export function partsOf(
  type: typeof NODE_GROUP_TYPE | typeof ADD_ON_TYPE, cluster: ClusterInStacks, clusterName: string, stacks: Stacks,
): Part[] {
  const declared = type === NODE_GROUP_TYPE ? cluster.nodeGroups : cluster.addOns;
  const leaving = Object.keys(stacks.deployed).filter((stackName) => leavesDeployment(stackName, stacks));
  const coming = Object.keys(stacks.wanted).filter((stackName) => !staysAway(stackName, stacks));
  return [...coming, ...leaving].flatMap((stackName) => {
    const [wanted = {}, { resources, physicalIds } = NO_STACK] = [stacks.wanted[stackName], stacks.deployed[stackName]];
    const isDeployed = (id: string) => resources[id]?.type === type && physicalIds[id] !== undefined && isOfCluster(
      physicalIds[id], clusterName,
    );
    const isWanted = (id: string) => wanted[id]?.type === type && !staysLeftOut({ stackName, logicalId: id }, stacks) && (isDeployed(id)
      || declared.some((part) => part.stackName === stackName && part.logicalId === id)
      || belongsTo(wanted[id].properties.ClusterName, cluster, stackName, clusterName));
    const ids = [...new Set([...Object.keys(resources), ...Object.keys(wanted)])];
    const leavesForGood = (id: string) => isDeployed(id) && !resources[id].isRetained;
    return ids.flatMap((logicalId): Part[] => isWanted(logicalId) || leavesForGood(logicalId) ? [{
      stackName,
      logicalId,
      name: isDeployed(logicalId) ? nameInPhysicalId(physicalIds[logicalId]) : literalName(wanted[logicalId].properties) ?? logicalId,
      isDeployed: isDeployed(logicalId),
      isWanted: isWanted(logicalId),
    }] : []);
  });
}

/**
 * Whether a stack does without a resource, and goes on to: its condition does not hold there and stays as it is. Which values a deployment
 * gives its parameters is not known before it; unless it is told others, CloudFormation keeps those that the stack has.
 */
function staysLeftOut({ stackName, logicalId }: Place, { wanted, deployed }: Stacks): boolean {
  const [before, after] = [deployed[stackName]?.resources[logicalId], wanted[stackName]?.[logicalId]];
  return before?.isLeftOut === true && isDeepStrictEqual(before.condition, after?.condition);
}

/** The same of a nested stack with all that it holds. */
function staysAway(stackName: string, stacks: Stacks): boolean {
  const nested = nestedIn(stackName);
  if (!nested) return false;
  return staysLeftOut({ stackName: nested.parent, logicalId: nested.logicalId }, stacks) || staysAway(nested.parent, stacks);
}

/** Whether CloudFormation deletes a stack with all that it holds: it is nested in one that does not have it any more, or that is deleted. */
export function leavesDeployment(stackName: string, stacks: Stacks): boolean {
  const nested = nestedIn(stackName);
  if (!nested || stacks.wanted[stackName]) return false;
  const { parent, logicalId } = nested;
  const [wanted, deployed] = [stacks.wanted[parent], stacks.deployed[parent]?.resources[logicalId]];
  if (deployed?.type !== NESTED_STACK_TYPE || deployed.isRetained) return false;
  return wanted ? wanted[logicalId]?.type !== NESTED_STACK_TYPE : leavesDeployment(parent, stacks);
}

function belongsTo(given: unknown, { stackName, logicalId }: ClusterInStacks, ownStack: string, clusterName: string): boolean {
  return given === clusterName || (stackName === ownStack && logicalId !== undefined && referencesIn(given).includes(logicalId));
}

/** The names of the add-ons that templates hold and that none of the clusters declares, each once. */
export function undeclaredAddOnsIn(
  stacks: Readonly<Record<string, TemplateResources>>, clusters: ReadonlyArray<Pick<ClusterDeclaration, 'addOns'>>,
): string[] {
  const undeclared = undeclaredIn(stacks, ADD_ON_TYPE, clusters.flatMap(({ addOns }) => addOns));
  return [...new Set(undeclared.flatMap((properties) => literalName(properties) ?? []))].sort();
}

/** What node groups run, as far as it is known. */
export type NodeGroupAmi = Pick<NodeGroupDeclaration, 'amiType' | 'kubernetesVersion' | 'releaseVersion'>;

/** What the node groups are to run that templates hold and that none of the clusters declares; nothing of those that name no AMI type. */
export function undeclaredAmisIn(
  stacks: Readonly<Record<string, TemplateResources>>, clusters: ReadonlyArray<Pick<ClusterDeclaration, 'nodeGroups'>>,
): NodeGroupAmi[] {
  const undeclared = undeclaredIn(stacks, NODE_GROUP_TYPE, clusters.flatMap(({ nodeGroups }) => nodeGroups));
  return distinct(undeclared.flatMap(({ AmiType, Version, ReleaseVersion }): NodeGroupAmi[] => {
    const [amiType, kubernetesVersion, releaseVersion] = [AmiType, Version, ReleaseVersion].map(literal);
    return amiType === undefined ? [] : [{ amiType, kubernetesVersion, releaseVersion }];
  }));
}

/** The properties of the node groups or add-ons that templates hold and that nothing declares. */
function undeclaredIn(
  stacks: Readonly<Record<string, TemplateResources>>, partType: string, declared: readonly Place[],
): Array<TemplateResource['properties']> {
  const isDeclared = (stackName: string, logicalId: string) =>
    declared.some((part) => part.stackName === stackName && part.logicalId === logicalId);
  return Object.entries(stacks).flatMap(([stackName, resources]) => Object.entries(resources)
    .filter(([logicalId, { type }]) => type === partType && !isDeclared(stackName, logicalId))
    .map(([, { properties }]) => properties));
}

/** The name that a template gives a node group or an add-on as a literal. */
export function literalName({ NodegroupName, AddonName }: Readonly<Record<string, unknown>>): string | undefined {
  return literal(NodegroupName) ?? literal(AddonName);
}

/** A text of a template; undefined for what only the deployment knows: tokens, look-ups without a value yet, and dynamic references. */
export function literal(value: unknown): string | undefined {
  return typeof value === 'string' && !isPlaceholder(value) ? value : undefined;
}
