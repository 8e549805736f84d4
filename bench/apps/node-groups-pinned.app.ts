import { KubernetesVersion } from 'aws-cdk-lib/aws-eks-v2';
import { runMeasured } from './measured-app';
import { KUBERNETES_VERSION } from './node-group-kinds';
import { appOfNodeGroups, classesOfCdk } from './node-group-stacks';

let library: typeof import('../../src/index.js');

/** This library, with the release of each group pinned in the code. */
void runMeasured({
  loadCdk: classesOfCdk,
  async loadLibrary() {
    library = await import('../../src/index.js');
    return [library.ManagedNodeGroupWithAmiTracking, library.AmiTracking]; // loaded on first touch
  },
  build: (groups) => appOfNodeGroups(groups, (stack, id, props, kind) => {
    new library.ManagedNodeGroupWithAmiTracking(stack, id, {
      ...props,
      kubernetesVersion: KubernetesVersion.of(KUBERNETES_VERSION),
      amiTracking: library.AmiTracking.pinned(kind.releaseVersion),
    });
  }),
});
