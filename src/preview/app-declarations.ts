import { Stack, Token } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { PreviewEnvironment } from './question';
import { declarationsIn, DeclaringStack, MetadataEntry } from '../declaration/declarations';
import { METADATA_TYPES } from '../declaration/metadata';
import { ClusterDeclaration } from '../upgrade/cluster-declaration';
import { environmentKey } from '../upgrade/live-view';

/** What all stages of an app together declare of clusters. */
export function declarationsOf(root: IConstruct): ClusterDeclaration[] {
  return declarationsIn(root.node.findAll().flatMap(entriesOf));
}

/** Where the stacks of an app live that declare something of clusters, and the roles by which the CLI looks things up there. */
export function environmentsOf(root: IConstruct): Record<string, PreviewEnvironment> {
  return Object.fromEntries(root.node.findAll().filter((construct) => entriesOf(construct).length > 0).map((construct) => {
    const stack = Stack.of(construct);
    const { account, region } = describe(stack);
    const arn = stack.synthesizer.lookupRole;
    return [environmentKey({ account, region }), { account, region, lookupRole: arn === undefined ? undefined : { arn } }];
  }));
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
  const parent = stack.nestedStackParent;
  return parent ? `${nameOf(parent)}/${stack.node.id}` : stack.stackName;
}
