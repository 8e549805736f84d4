import { App, Stack } from 'aws-cdk-lib';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { Cluster, KubernetesManifest } from 'aws-cdk-lib/aws-eks-v2';
import { appOfManifests, LooksAtManifests, looksOf } from './manifests';
import { runMeasured } from './measured-app';

let library: typeof import('../../src/index.js');

let looking = 0;

/** This library as it is, but for a clock around the looks at the manifests. */
void runMeasured({
  loadCdk: () => [App, Stack, Vpc, Cluster, KubernetesManifest],
  async loadLibrary() {
    library = await import('../../src/index.js');
    return [library.UpgradableCluster];
  },
  build: (manifests) => appOfManifests(manifests, (stack, props) => {
    const cluster = new library.UpgradableCluster(stack, 'Cluster', props);
    const looks = looksOf(cluster);
    looks.find = timed(looks, looks.find);
    looks.report = timed(looks, looks.report);
    return cluster;
  }),
  part: () => looking,
});

let isLooking = false;

/** A look within another one is a part of that. */
function timed(looks: LooksAtManifests, look: () => unknown): () => unknown {
  return () => {
    if (isLooking) return look.call(looks);
    isLooking = true;
    const start = performance.now();
    try {
      return look.call(looks);
    } finally {
      looking += performance.now() - start;
      isLooking = false;
    }
  };
}
