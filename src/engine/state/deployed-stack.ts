/** A resource as a template holds it. */
export interface TemplateResource {
  readonly type: string;
  readonly properties: Readonly<Record<string, unknown>>;
  /** Of the construct in the app, where the template tells it. */
  readonly path?: string;
  /** Whether CloudFormation lets go of it, and does not delete it, when it leaves the template. */
  readonly isRetained?: boolean;
  /** On what it depends whether the stack has the resource at all: the expression of its condition, with those to which that refers. */
  readonly condition?: unknown;
  /** Whether the stack does without it, since its condition does not hold there; known of deployed stacks only. */
  readonly isLeftOut?: boolean;
  /** Properties for which CloudFormation says that it replaces the resource. */
  readonly replacedBy?: readonly string[];
  /** What else CloudFormation says that it changes, though the template alone does not show it: `Tags` of the stack. */
  readonly changedBesides?: readonly string[];
  /** Tags of its stack, which CloudFormation puts on what it can; absent where they are not known. */
  readonly stackTags?: Readonly<Record<string, string>>;
}

/** The resources of a template that take part in upgrades, by logical ID. */
export type TemplateResources = Readonly<Record<string, TemplateResource>>;

/** A stack as CloudFormation has it, as far as upgrades are concerned. */
export interface DeployedStack {
  readonly resources: TemplateResources;
  /** Of these resources, by logical ID; a resource that could not be created has none. */
  readonly physicalIds: Readonly<Record<string, string>>;
  /** Logical IDs of resources whose last update failed: CloudFormation sends all their properties again. */
  readonly failed?: readonly string[];
  /** Such as `UPDATE_COMPLETE`; absent of one that does not exist yet, and where it could not be read. */
  readonly status?: string;
  /** Why its state, and so its tags, could not be read; absent where it was. */
  readonly unreadState?: string;
}

/** A stack that does not exist yet. */
export const NO_STACK: DeployedStack = { resources: {}, physicalIds: {} };

/**
 * Whether an update of a stack has stopped on the way, as with `--no-rollback`: its template is the new one, and nothing tells how much of
 * it CloudFormation has sent.
 */
export function hasStopped({ status }: Pick<DeployedStack, 'status'>): boolean {
  return status === 'UPDATE_FAILED';
}

/**
 * Whether CloudFormation may still have to send a resource as the template has it: its last update failed, or that of its stack has
 * stopped on the way. Then what is live counts, and not what the template says.
 */
export function mayBeUnsent(stack: Pick<DeployedStack, 'failed' | 'status'>, logicalId: string): boolean {
  return stack.failed?.includes(logicalId) === true || hasStopped(stack);
}

/** The logical IDs of the clusters of stacks, by name of the stack; of stacks that have some. */
export function clusterIdsIn(stacks: Readonly<Record<string, TemplateResources>>): Record<string, string[]> {
  const idsIn = (resources: TemplateResources) => Object.keys(resources).filter((id) => CLUSTER_TYPES.includes(resources[id].type));
  const ids = Object.entries(stacks).map(([name, resources]) => [name, idsIn(resources)] as const);
  return Object.fromEntries(ids.filter(([, some]) => some.length > 0));
}

/** A cluster that a stack has made. */
export interface DeployedCluster {
  readonly logicalId: string;
  /** In EKS. */
  readonly name: string;
  readonly resource: TemplateResource;
}

/** The clusters that a stack has made. */
export function clustersOf({ resources, physicalIds }: Pick<DeployedStack, 'resources' | 'physicalIds'>): DeployedCluster[] {
  return Object.entries(resources).flatMap(([logicalId, resource]) => {
    const name = physicalIds[logicalId];
    return CLUSTER_TYPES.includes(resource.type) && name !== undefined ? [{ logicalId, name, resource }] : [];
  });
}

/** The custom resource that is a cluster of the older `aws-eks`. */
export const AWS_EKS_CLUSTER_TYPE = 'Custom::AWSCDK-EKS-Cluster';

export const CLUSTER_TYPE = 'AWS::EKS::Cluster';

/** Types of the clusters that the CDK makes: of `aws-eks-v2`, and of the older `aws-eks`. */
export const CLUSTER_TYPES = [CLUSTER_TYPE, AWS_EKS_CLUSTER_TYPE];

export const NODE_GROUP_TYPE = 'AWS::EKS::Nodegroup';
export const ADD_ON_TYPE = 'AWS::EKS::Addon';

/** Types of what belongs to a cluster by its name. */
export const PART_TYPES: readonly string[] = [NODE_GROUP_TYPE, ADD_ON_TYPE];

export const LAUNCH_TEMPLATE_TYPE = 'AWS::EC2::LaunchTemplate';
export const NESTED_STACK_TYPE = 'AWS::CloudFormation::Stack';

/** The custom resource that resolves the versions of tracked add-ons. */
export const ADD_ON_VERSIONS_TYPE = 'Custom::EksAddOnVersions';

/** The custom resource that watches what has moved before anything that waits for it does. */
export const BAKE_TYPE = 'Custom::EksBake';

/** Types of the resources that take part in upgrades; a nested stack holds some, or takes them along when it leaves. */
export const UPGRADE_TYPES: readonly string[] = [
  ...CLUSTER_TYPES, NODE_GROUP_TYPE, ADD_ON_TYPE, LAUNCH_TEMPLATE_TYPE, ADD_ON_VERSIONS_TYPE, BAKE_TYPE, NESTED_STACK_TYPE,
];

/** A template, as it is written. */
export interface Template {
  readonly Resources?: Readonly<Record<string, {
    readonly Type: string;
    readonly Properties?: Readonly<Record<string, unknown>>;
    readonly Metadata?: Readonly<Record<string, string>>;
    readonly DependsOn?: string | readonly string[];
    readonly Condition?: string;
    readonly DeletionPolicy?: unknown;
  }>>;
  readonly Mappings?: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;
  readonly Conditions?: Readonly<Record<string, unknown>>;
  readonly Metadata?: Readonly<Record<string, object>>;
}

/** Takes the resources that take part in upgrades out of a template. */
export function templateResources({ Resources = {}, Conditions = {} }: Template): TemplateResources {
  return Object.fromEntries(Object.entries(Resources)
    .filter(([, { Type }]) => UPGRADE_TYPES.includes(Type))
    .map(([logicalId, { Type, Properties = {}, Metadata, DeletionPolicy, Condition }]) => {
      const path = Metadata?.['aws:cdk:path'];
      return [logicalId, {
        type: Type,
        properties: Properties,
        ...path !== undefined && { path },
        ...isRetaining(DeletionPolicy) && { isRetained: true },
        ...Condition !== undefined && { condition: withConditions({ Condition }, Conditions) },
      }];
    }));
}

/** An expression with what the conditions are to which it refers. */
function withConditions(expression: unknown, conditions: Readonly<Record<string, unknown>>): unknown {
  if (Array.isArray(expression)) return expression.map((each) => withConditions(each, conditions));
  if (typeof expression !== 'object' || expression === null) return expression;
  const { Condition: name } = expression as { readonly Condition?: unknown };
  if (typeof name === 'string' && conditions[name] !== undefined) return withConditions(conditions[name], conditions);
  return Object.fromEntries(Object.entries(expression).map(([key, inner]) => [key, withConditions(inner, conditions)]));
}

/**
 * Whether CloudFormation lets go of a resource that exists, and does not delete it, when it leaves the template.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-deletionpolicy.html
 */
function isRetaining(deletionPolicy: unknown): boolean {
  return deletionPolicy === 'Retain' || deletionPolicy === 'RetainExceptOnCreate';
}

/** Tells node groups the tags of their stack. */
export function withStackTags(resources: TemplateResources, stackTags: Readonly<Record<string, string>>): TemplateResources {
  return Object.fromEntries(Object.entries(resources).map(([logicalId, resource]) =>
    [logicalId, resource.type === NODE_GROUP_TYPE ? { ...resource, stackTags } : resource]));
}

/** The tags that a node group gets: those of its stack, except where it has its own by the same key. */
export function tagsOnNodeGroup({
  stackTags, properties,
}: Pick<TemplateResource, 'stackTags' | 'properties'>): Readonly<Record<string, unknown>> {
  return { ...stackTags, ...properties.Tags as object };
}

/**
 * What a nested stack is called here, since CloudFormation makes up its name: by the stack that holds it, and its logical ID there.
 */
export function nestedStackName(parent: string, logicalId: string): string {
  return `${parent}/${logicalId}`;
}

/** The parts of the name of a nested stack; undefined for one at the top. */
export function nestedIn(stackName: string): { readonly parent: string; readonly logicalId: string } | undefined {
  const end = stackName.lastIndexOf('/');
  return end < 0 ? undefined : { parent: stackName.slice(0, end), logicalId: stackName.slice(end + 1) };
}

/** The stack that holds a stack in the end; a stack at the top itself. */
export function outermostStack(stackName: string): string {
  return stackName.split('/')[0];
}

/**
 * The stack that CloudFormation has finished before anything that refers to a resource of another stack: the outermost one that holds the
 * resource, and not the referring stack. Undefined where the resource is in the referring stack, or in one that this is nested in.
 */
export function stackBefore(referring: string, holding: string): string | undefined {
  const [own, other] = [referring.split('/'), holding.split('/')];
  const parting = other.findIndex((name, index) => name !== own[index]);
  return parting < 0 ? undefined : other.slice(0, parting + 1).join('/');
}

/**
 * The name of a node group or an add-on in its physical ID.
 *
 * CloudFormation puts the cluster's name before it: `prod/workers`, `prod|vpc-cni`.
 */
export function nameInPhysicalId(physicalId: string): string {
  return physicalId.split(/[/|]/).at(-1)!;
}

/** The name of the cluster in the physical ID of a node group or an add-on. */
export function clusterInPhysicalId(physicalId: string): string {
  return physicalId.split(/[/|]/)[0];
}

/** Whether the physical ID of a node group or an add-on is that of one of a cluster. */
export function isOfCluster(physicalId: string, clusterName: string): boolean {
  return /^[/|]/.test(physicalId.slice(clusterName.length)) && physicalId.startsWith(clusterName);
}
