import { Stack, Stage } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { environmentKeyOf } from './app-declarations';
import { partsOf } from '../engine/change/cluster-in-templates';
import { Finding } from '../engine/judgement/finding';
import { PlacedCluster } from '../engine/judgement/wanted-cluster';
import { ADD_ON_TYPE, NODE_GROUP_TYPE, outermostStack } from '../engine/state/deployed-stack';
import { environmentKey } from '../engine/state/live-view';

/** A stack, other than that of its construct, that holds node groups or add-ons of a cluster. */
export interface OtherStack {
  readonly stack: Stack;
  /** Whether a finding is about one of those, or about the cluster as a whole. */
  readonly concerns: (finding: Finding) => boolean;
}

/** The stacks of its stage in which a cluster has parts, without the one of its construct: what is nested counts to what holds it. */
export function otherStacksOf(construct: IConstruct, { declaration, state, wanted, deployed }: PlacedCluster): OtherStack[] {
  const parts = ([['node group', NODE_GROUP_TYPE], ['add-on', ADD_ON_TYPE]] as const).flatMap(([kind, type]) =>
    partsOf(type, declaration, state.name, { wanted, deployed }).map(
      ({ name, stackName }) => ({ kind, name, stack: outermostStack(stackName) }),
    ));
  const own = outermostStack(declaration.stackName);
  if (parts.every(({ stack }) => stack === own)) return [];
  const stage = Stage.of(construct)!;
  const stacks = stage.node.findAll().filter((child): child is Stack => Stack.isStack(child) && !child.nestedStackParent
    && Stage.of(child) === stage && environmentKeyOf(child) === environmentKey(declaration) && child.stackName !== own);
  return stacks.filter(({ stackName }) => parts.some((part) => part.stack === stackName)).map((stack) => ({
    stack,
    concerns: ({ about }) => {
      const places = parts.filter(({ kind, name }) => kind === about.kind && name === about.name);
      return places.length === 0 || places.some((part) => part.stack === stack.stackName);
    },
  }));
}
