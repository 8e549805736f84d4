import { App, Stack } from 'aws-cdk-lib';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { Cluster, KubernetesManifest } from 'aws-cdk-lib/aws-eks-v2';
import { appOfManifests, looksOf } from './manifests';
import { runMeasured } from './measured-app';

let library: typeof import('../../src/index.js');

/** The same, but what looks for the manifests finds none. */
void runMeasured({
  loadCdk: () => [App, Stack, Vpc, Cluster, KubernetesManifest],
  async loadLibrary() {
    library = await import('../../src/index.js');
    return [library.UpgradableCluster];
  },
  build: (manifests) => appOfManifests(manifests, (stack, props) => {
    const cluster = new library.UpgradableCluster(stack, 'Cluster', props);
    looksOf(cluster).find = () => [];
    return cluster;
  }),
});
