import { App, Stack } from 'aws-cdk-lib';
import { CfnNodegroup } from 'aws-cdk-lib/aws-eks-v2';
import { runMeasured } from './measured-app';
import { CLUSTER, ENVIRONMENT, GROUPS_PER_STACK, KINDS, KUBERNETES_VERSION } from './node-group-kinds';

/** The CloudFormation resources, written by hand. */
void runMeasured({
  loadCdk: () => [App, Stack, CfnNodegroup],
  build(groups) {
    const root = new App();
    let stack: Stack;
    for (let index = 0; index < groups; index++) {
      if (index % GROUPS_PER_STACK === 0) {
        stack = new Stack(root, `Nodes${index}`, { env: ENVIRONMENT });
      }
      const kind = KINDS[index % KINDS.length];
      new CfnNodegroup(stack!, `Group${index}`, {
        clusterName: CLUSTER.name,
        nodeRole: CLUSTER.nodeRoleArn,
        subnets: CLUSTER.subnetIds,
        amiType: kind.amiType,
        instanceTypes: [kind.instanceType],
        forceUpdateEnabled: false,
        scalingConfig: { desiredSize: 2, maxSize: 2, minSize: 1 },
        version: KUBERNETES_VERSION,
        releaseVersion: kind.releaseVersion,
      });
    }
    return root;
  },
});
