import { KubernetesVersion } from 'aws-cdk-lib/aws-eks-v2';
import { runMeasured } from './measured-app';
import { KUBERNETES_VERSION } from './node-group-kinds';
import { appOfNodeGroups, classesOfCdk } from './node-group-stacks';

let library: typeof import('../../src/index.js');

/** This library, with releases that were looked up before: they are in the app's context. */
void runMeasured({
  loadCdk: classesOfCdk,
  async loadLibrary() {
    library = await import('../../src/index.js');
    return [library.ManagedNodeGroupWithAmiTracking, library.AmiTracking]; // loaded on first touch
  },
  build: (groups) => appOfNodeGroups(groups, (stack, id, props) => {
    new library.ManagedNodeGroupWithAmiTracking(stack, id, {
      ...props,
      kubernetesVersion: KubernetesVersion.of(KUBERNETES_VERSION),
    });
  }),
});
