import { Nodegroup, type CfnNodegroup } from 'aws-cdk-lib/aws-eks-v2';
import { runMeasured } from './measured-app';
import { KUBERNETES_VERSION } from './node-group-kinds';
import { appOfNodeGroups, classesOfCdk } from './node-group-stacks';

/** The plain L2. It has no property for the Kubernetes version: that is set on its resource, as users of it must. */
void runMeasured({
  loadCdk: classesOfCdk,
  build: (groups) => appOfNodeGroups(groups, (stack, id, props, { releaseVersion }) => {
    const group = new Nodegroup(stack, id, { ...props, releaseVersion });
    (group.node.defaultChild as CfnNodegroup).version = KUBERNETES_VERSION;
  }),
});
