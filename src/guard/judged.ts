import { createHash } from 'node:crypto';
import { CfnResource, Stack } from 'aws-cdk-lib';
import { MadeBefore } from './made-before';
import { NeutralText } from './neutral-text';
import { TemplateSections } from './template-sections';
import { ValuesBeside } from './values-beside';
import { isCfnParameter, isCfnRole } from '../diagnostics/element-kinds';
import { versionInProperties, isOverridden, renderedProperties } from '../diagnostics/rendered-properties';
import { withSortedKeys } from '../diagnostics/sorted-keys';
import { whileThere } from '../diagnostics/while-there';
import { valueWhile } from '../engine/change/conditional-value';
import { GuardMetadata } from '../engine/change/guard-metadata';
import { GuardedImage, imagesAsText } from '../engine/change/guarded-images';
import { objectsAsMetadata } from '../engine/change/guarded-objects';
import { haveRoom, judgedProperty, JudgedTold } from '../engine/change/judged-property';
import { referencesIn } from '../engine/change/template-references';
import { AppObjects } from '../engine/state/app-objects';
import { ADD_ON_VERSIONS_TYPE, LAUNCH_TEMPLATE_TYPE, PART_TYPES } from '../engine/state/deployed-stack';

/** What a guard judges in its stack. */
export interface JudgedCluster {
  /** The resource of the cluster; undefined where that is in another stack, or imported. */
  readonly resource?: CfnResource;
  /** The name of the cluster, as node groups and add-ons give it. */
  readonly clusterName: string;
  /** The Kubernetes minor that the app expects of an imported cluster. */
  readonly expectedVersion?: string;
  /** Whether the stack has no other cluster. */
  readonly isOnly: boolean;
  /** Images of the app's own that the node groups launch. */
  readonly images: readonly GuardedImage[];
  /** What the app applies to the cluster. */
  readonly objects: GuardedAppObjects;
}

/** What an app applies to a cluster, as far as it says something about Kubernetes versions. */
export interface GuardedAppObjects {
  readonly areAny: boolean;
  /** What the template of the guard's stack does not show. */
  readonly besidesTemplate: AppObjects;
}

/** What makes CloudFormation call a guard, and what the guard is told beside it. */
export interface Judged {
  /** The Kubernetes minor, a slash and a digest of all that is judged; then what else has room in a line. */
  readonly Judged: string;
  /** What is judged and only CloudFormation knows; undefined where there is nothing of the kind. */
  readonly Values?: object;
  readonly metadata: GuardMetadata;
}

/** A resource with what is judged of it. */
interface JudgedResource {
  readonly resource: CfnResource;
  readonly properties: Record<string, any>;
  readonly names: readonly string[];
  readonly decidedBy: readonly unknown[];
}

const JUDGED_PARTS = [...PART_TYPES, ADD_ON_VERSIONS_TYPE];

/**
 * What changes whenever anything changes that a guard judges: the cluster, its node groups and add-ons in the guard's stack, and the launch
 * templates that these refer to, as the template will hold them.
 *
 * What `cdk refactor` gives another logical ID is still the same, so that logical IDs are not part of it, but for those by which
 * a node group comes to be replaced or to clash. The order of the constructs is: of two node groups that exchange what they are, both
 * have changed. What else a value refers to is part of the values.
 */
export function judgedIn(stack: Stack, judgedCluster: JudgedCluster): Judged {
  const { resource, clusterName, expectedVersion, isOnly, images, objects } = judgedCluster;
  const resources = stack.node.findAll().filter((child): child is CfnResource => CfnResource.isCfnResource(child) && child.stack === stack);
  const byLogicalId = new Map(resources.map((child) => [stack.resolve(child.logicalId) as string, child]));
  const name = JSON.stringify(stack.resolve(clusterName));
  const made = new MadeBefore(byLogicalId);
  const sections = new TemplateSections(stack);
  const judge = (
    judgedResource: CfnResource, namesIn: (properties: Record<string, unknown>) => string[] = () => [],
  ): JudgedResource => {
    const properties = renderedProperties(judgedResource);
    return { resource: judgedResource, properties, names: namesIn(properties), decidedBy: sections.of(judgedResource, properties) };
  };
  const parts = resources.filter(({ cfnResourceType }) => JUDGED_PARTS.includes(cfnResourceType))
    .map((part) => judge(part, (properties) => namesOf(part, properties, byLogicalId, made)))
    .filter(({ properties }) => JSON.stringify(properties.ClusterName) === name);
  const cluster = resource && judge(resource);
  const launchTemplates = [...new Set(parts.flatMap(({ properties }) => referencesIn(properties.LaunchTemplate)))]
    .flatMap((id) => byLogicalId.get(id) ?? [])
    .filter(({ cfnResourceType }) => cfnResourceType === LAUNCH_TEMPLATE_TYPE)
    .map((template) => judge(template, (properties) =>
      referencesIn(properties).filter((id) => byLogicalId.has(id) && byLogicalId.get(id) !== resource)));
  const judged = [...cluster ? [cluster] : [], ...parts, ...launchTemplates];

  const parameters = parametersOf(stack);
  const version = cluster ? versionInProperties(cluster.properties) : expectedVersion;
  const besides = objectsAsMetadata(objects.besidesTemplate);
  const toldBesides = [...images.length > 0 ? [imagesAsText(images)] : [], ...besides.RemovedApis ?? [], ...besides.Controllers ?? []];
  const values = new ValuesBeside([
    ...[...cluster ? [cluster.properties] : [], ...parts.map(({ properties }) => keptForLife(properties))]
      .flatMap(referencesOf).filter((reference) => made.before(referencesIn(reference)[0]))
      .map((reference) => whileThere(byLogicalId.get(referencesIn(reference)[0])!, reference)),
    ...judged.flatMap(({ resource: one, properties, decidedBy }) => knownToCloudFormation([properties, decidedBy], parameters)
      .map((value) => isParameter(value, parameters) ? value : whileThere(one, value))),
  ]);
  const told: JudgedTold = {
    version: typeof version === 'string' ? version : undefined,
    digest: digestOf(judged, toldBesides, stack, new NeutralText(parameters, values)),
    clusterLogicalId: resource && !isOnly ? stack.resolve(resource.logicalId) : undefined,
    appliesObjects: objects.areAny,
    images,
  };
  return {
    Judged: judgedProperty(told),
    metadata: { ...besides, Images: haveRoom(told) ? undefined : imagesAsText(images) },
    Values: values.asProperty,
  };
}

/**
 * Logical IDs of a node group whose change is no mere renaming to CloudFormation: its own, if no second group of its name can be
 * created beside it; of its launch template; and of what it keeps for life, if that is not made with the group, nor its value known
 * before.
 */
function namesOf(
  part: CfnResource, properties: Record<string, unknown>, resources: ReadonlyMap<string, CfnResource>, made: MadeBefore,
): string[] {
  const { NodegroupName, NodeRole, LaunchTemplate } = properties;
  const roles = referencesIn(NodeRole).flatMap((id) => resources.get(id) ?? []);
  const isOwn = (id: string) => resources.get(id)?.node.scopes.includes(part.node.scope!);
  return [
    ...typeof NodegroupName === 'string' ? [part.stack.resolve(part.logicalId) as string] : [],
    ...referencesIn((LaunchTemplate as { readonly Id?: unknown } | undefined)?.Id),
    ...referencesIn(NodeRole).filter((id) => !isOwn(id)),
    ...roles.map(nameOfRole),
    ...referencesIn(keptForLife(properties)).filter((id) => !isOwn(id) && resources.has(id) && !made.before(id)),
  ];
}

/** What of a role can only be set when it is created: with another one, a node group is created anew, too. */
function nameOfRole(role: CfnResource): string {
  const given = isCfnRole(role) && !isOverridden(role) ? { RoleName: role.roleName, Path: role.path } : renderedProperties(role);
  const { RoleName, Path } = role.stack.resolve(given);
  return JSON.stringify({ RoleName, Path });
}

/** What a node group keeps for life and an app may give by reference, but for its role, which is mostly its own. */
function keptForLife({ Subnets, RemoteAccess }: Record<string, unknown>): unknown[] {
  return [Subnets, RemoteAccess];
}

function parametersOf(stack: Stack): Set<string> {
  const parameters = stack.node.findAll().filter(isCfnParameter).filter((parameter) => parameter.stack === stack);
  return new Set(parameters.map(({ logicalId }) => stack.resolve(logicalId) as string));
}

/** Of resources in the order of their constructs. */
function digestOf(resources: readonly JudgedResource[], told: readonly unknown[], stack: Stack, neutral: NeutralText): string {
  const texts = resources.map(({ resource: { cfnResourceType: type }, properties, names, decidedBy }) =>
    JSON.stringify(withSortedKeys(neutral.of({ type, properties, names, decidedBy }))));
  return createHash('sha256').update(JSON.stringify([texts, stack.tags.tagValues(), ...told])).digest('hex').slice(0, 24);
}

/** What a value says by reference to a resource, as it stands there. */
function referencesOf(value: unknown): object[] {
  if (typeof value !== 'object' || value === null) return [];
  if ('Ref' in value || 'Fn::GetAtt' in value) return [value];
  return Object.values(value).flatMap(referencesOf);
}

/** By what a template takes a value from another stack. */
const FROM_OTHER_STACKS = ['Fn::ImportValue', 'Fn::GetStackOutput'];

/**
 * Parameters, also in texts, what comes from other stacks, and dynamic references; secrets stay where they are. What a condition chooses is
 * there only while it is chosen, but for parameters, which always are.
 */
function knownToCloudFormation(value: unknown, parameters: ReadonlySet<string>): unknown[] {
  if (typeof value === 'string') return /\{\{resolve:ssm:/.test(value) ? [value] : [];
  if (typeof value !== 'object' || value === null) return [];
  if (FROM_OTHER_STACKS.some((intrinsic) => intrinsic in value) || isParameter(value, parameters)) return [value];
  const { 'Fn::If': choice } = value as { readonly 'Fn::If'?: readonly [string, unknown, unknown] };
  if (choice) {
    const [condition, ...branches] = choice;
    return branches.flatMap((branch, index) => knownToCloudFormation(branch, parameters)
      .map((known) => isParameter(known, parameters) ? known : valueWhile(condition, index === 0, known)));
  }
  const inText = 'Fn::Sub' in value ? referencesIn(value).filter((id) => parameters.has(id)).map((id) => ({ Ref: id })) : [];
  return [...inText, ...Object.values(value).flatMap((inner) => knownToCloudFormation(inner, parameters))];
}

function isParameter(value: unknown, parameters: ReadonlySet<string>): boolean {
  return parameters.has((value as { readonly Ref?: string }).Ref ?? '');
}
