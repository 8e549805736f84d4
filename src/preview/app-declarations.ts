import { CfnResource, DefaultStackSynthesizerProps, IStackSynthesizer, Stack, Token } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { PreviewEnvironment } from './question';
import { configuredAddOnsIn } from '../engine/change/add-on-configuration';
import { undeclaredAddOnsIn, undeclaredAmisIn } from '../engine/change/cluster-in-templates';
import { ClusterDeclaration } from '../engine/declaration/cluster-declaration';
import { declarationsIn as clustersIn, DeclaringStack, MetadataEntry, releasesIn } from '../engine/declaration/declarations';
import { METADATA_TYPES } from '../engine/declaration/metadata';
import { ReleaseDeclaration } from '../engine/declaration/release-declaration';
import { clusterIdsIn, nestedStackName, stacksWithParts, TemplateResources } from '../engine/state/deployed-stack';
import { environmentKey } from '../engine/state/live-view';

/** What the stages of an app declare. */
export interface AppDeclarations {
  readonly clusters: readonly ClusterDeclaration[];
  readonly releases: readonly ReleaseDeclaration[];
}

/** What all stages of an app together declare. */
export function declarationsOf(root: IConstruct): AppDeclarations {
  return declarationsIn(entriesIn(root));
}

/** What metadata declares. */
export function declarationsIn(entries: readonly MetadataEntry[]): AppDeclarations {
  return { clusters: clustersIn(entries), releases: releasesIn(entries) };
}

/** The metadata of all that is in a construct, as far as it tells of clusters. */
export function entriesIn(scope: IConstruct): MetadataEntry[] {
  return scope.node.findAll().flatMap(entriesOf);
}

/**
 * Where the stacks of an app live that declare something of clusters, and the roles by which the CLI looks things up there.
 *
 * @param wanted the resources of all stacks, by name
 */
export function environmentsOf(root: IConstruct, wanted: Readonly<Record<string, TemplateResources>>): Record<string, PreviewEnvironment> {
  const constructs = root.node.findAll();
  const declared = declarationsOf(root).clusters;
  const keyOf = (stack: Stack) => environmentKey(describe(stack));
  const keys = new Map(constructs.filter(Stack.isStack).map((stack) => [nameOf(stack), keyOf(stack)]));
  const declaring = constructs.filter((construct) => entriesOf(construct).length > 0).map((construct) => Stack.of(construct));
  return Object.fromEntries([...new Map(declaring.map((stack) => [keyOf(stack), stack]))].map(([key, stack]) => {
    const { account, region } = describe(stack);
    const own = Object.fromEntries(Object.entries(wanted).filter(([name]) => keys.get(name) === key));
    const [clusterIds, addOns] = [clusterIdsIn(own), configuredAddOnsIn(own)];
    const [furtherAddOns, furtherAmis] = [undeclaredAddOnsIn(own, declared), undeclaredAmisIn(own, declared)];
    return [key, {
      account,
      region,
      lookupRole: lookupRoleOf(stack),
      stacks: stacksWithParts(own),
      ...Object.keys(clusterIds).length > 0 && { clusterIds },
      ...addOns.length > 0 && { addOns },
      ...furtherAddOns.length > 0 && { furtherAddOns },
      ...furtherAmis.length > 0 && { furtherAmis },
    }];
  }));
}

/** The role of the bootstrap. Its external ID is what the synthesizer was given, and does not tell. */
function lookupRoleOf(stack: Stack): PreviewEnvironment['lookupRole'] {
  if (stack.nestedStackParent) return lookupRoleOf(stack.nestedStackParent);
  const { lookupRole: arn, props } = stack.synthesizer as IStackSynthesizer & { readonly props?: DefaultStackSynthesizerProps };
  return arn === undefined ? undefined : { arn, externalId: props?.lookupRoleExternalId };
}

function entriesOf(construct: IConstruct): MetadataEntry[] {
  return construct.node.metadata.filter(({ type }) => METADATA_TYPES.includes(type)).map(({ type, data }) => {
    const stack = Stack.of(construct);
    return { path: construct.node.path, stack: describe(stack), type, data: stack.resolve(data) };
  });
}

function describe(stack: Stack): DeclaringStack {
  const [account, region] = [stack.account, stack.region].map((value) => Token.isUnresolved(value) ? undefined : value);
  return { stackName: nameOf(stack), account, region };
}

/** The name of a stack; CloudFormation makes up those of nested ones, which are known by their place in the parent. */
export function nameOf(stack: Stack): string {
  const { nestedStackParent: parent, nestedStackResource: resource } = stack;
  return parent ? nestedStackName(nameOf(parent), parent.resolve((resource as CfnResource).logicalId)) : stack.stackName;
}
