import { Aspects, CfnResource, Stage } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { addOnFargateProfilesOf, FARGATE_PROFILE_TYPES } from './fargate-namespaces';
import { MovedCluster } from './moved-cluster';
import { Carried } from '../diagnostics/carried';

type Listener = (profile: CfnResource) => void;

const Listeners = new Carried<Listener[]>('FargateProfileListeners');

/**
 * Tells of the Fargate profiles of a cluster in its stage that take pods of the namespace in which add-ons run, when the tree is complete. Those of
 * another stage are deployed by themselves: nothing can wait for them.
 *
 * One walk serves all clusters of a stage.
 */
export function onAddOnFargateProfile(cluster: MovedCluster, tell: Listener): void {
  const stage = Stage.of(cluster.scope) ?? cluster.scope.node.root;
  const listeners = Listeners.of(stage) ?? listenIn(stage);
  listeners.push((resource) => addOnFargateProfilesOf(cluster, [resource]).forEach(tell));
}

function listenIn(stage: IConstruct): Listener[] {
  const listeners = Listeners.give(stage, []);
  Aspects.of(stage).add({
    visit: (construct) => {
      if (!CfnResource.isCfnResource(construct) || !FARGATE_PROFILE_TYPES.includes(construct.cfnResourceType)) return;
      listeners.forEach((listen) => listen(construct));
    },
  });
  return listeners;
}
