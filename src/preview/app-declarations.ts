import { CfnResource, DefaultStackSynthesizerProps, IStackSynthesizer, Stack, Token } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { PreviewEnvironment } from './question';
import type { WantedResources } from './wanted-resources';
import { topLevelStack } from '../diagnostics/stacks-around';
import { configuredAddOnsIn } from '../engine/change/add-on-configuration';
import { undeclaredAddOnsIn, undeclaredAmisIn } from '../engine/change/cluster-in-templates';
import { ClusterDeclaration } from '../engine/declaration/cluster-declaration';
import { declarationsIn as clustersIn, DeclaringStack, MetadataEntry, releasesIn } from '../engine/declaration/declarations';
import { METADATA_TYPES } from '../engine/declaration/metadata';
import { ReleaseDeclaration } from '../engine/declaration/release-declaration';
import { clusterIdsIn, nestedStackName } from '../engine/state/deployed-stack';
import { environmentKey } from '../engine/state/live-view';

/** What the stages of an app declare. */
export interface AppDeclarations {
  readonly clusters: readonly ClusterDeclaration[];
  readonly releases: readonly ReleaseDeclaration[];
}

/** What is declared below a construct. */
export function declarationsOf(scope: IConstruct): AppDeclarations {
  return declarationsIn(entriesIn(scope));
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
 * Where the stacks below a construct live that declare something of clusters, and the roles by which the CLI looks things up there.
 *
 * @param wanted the resources of all these stacks
 */
export function environmentsOf(scope: IConstruct, wanted: WantedResources): Record<string, PreviewEnvironment> {
  const declared = declarationsOf(scope).clusters;
  const declaring = scope.node.findAll().filter((construct) => entriesOf(construct).length > 0).map((construct) => Stack.of(construct));
  return Object.fromEntries([...new Map(declaring.map((stack) => [environmentKeyOf(stack), stack]))].map(([key, stack]) => {
    const own = wanted[key];
    const there = declared.filter((cluster) => environmentKey(cluster) === key);
    const [clusterIds, addOns] = [clusterIdsIn(own), configuredAddOnsIn(own)];
    const [furtherAddOns, furtherAmis] = [undeclaredAddOnsIn(own, there), undeclaredAmisIn(own, there)];
    return [key, {
      ...environmentOf(stack),
      lookupRole: lookupRoleOf(stack),
      stacks: Object.keys(own),
      ...Object.keys(clusterIds).length > 0 && { clusterIds },
      ...addOns.length > 0 && { addOns },
      ...furtherAddOns.length > 0 && { furtherAddOns },
      ...furtherAmis.length > 0 && { furtherAmis },
    }];
  }));
}

/** The role of the bootstrap. What beside its ARN a synthesizer was given, it does not tell. */
function lookupRoleOf(stack: Stack): PreviewEnvironment['lookupRole'] {
  const { synthesizer } = topLevelStack(stack); // a nested one has no look-ups of its own
  const { lookupRole: arn, props } = synthesizer as IStackSynthesizer & { readonly props?: DefaultStackSynthesizerProps };
  return arn === undefined
    ? undefined : { arn, externalId: props?.lookupRoleExternalId, additionalOptions: props?.lookupRoleAdditionalOptions };
}

function entriesOf(construct: IConstruct): MetadataEntry[] {
  return construct.node.metadata.filter(({ type }) => METADATA_TYPES.includes(type)).map(({ type, data }) => {
    const stack = Stack.of(construct);
    return { path: construct.node.path, stack: describe(stack), type, data: stack.resolve(data) };
  });
}

/** The key of a stack's account and Region. */
export function environmentKeyOf(stack: Stack): string {
  return environmentKey(environmentOf(stack));
}

/** The account and Region of a stack, as far as the app says. */
export function environmentOf(stack: Stack): Pick<DeclaringStack, 'account' | 'region'> {
  const [account, region] = [stack.account, stack.region].map((value) => Token.isUnresolved(value) ? undefined : value);
  return { account, region };
}

function describe(stack: Stack): DeclaringStack {
  return { stackName: nameOf(stack), ...environmentOf(stack) };
}

/** The name of a stack; CloudFormation makes up those of nested ones, which are known by their place in the parent. */
export function nameOf(stack: Stack): string {
  const { nestedStackParent: parent, nestedStackResource: resource } = stack;
  return parent ? nestedStackName(nameOf(parent), parent.resolve((resource as CfnResource).logicalId)) : stack.stackName;
}
