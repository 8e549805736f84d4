import { App, Stack } from 'aws-cdk-lib';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { Cluster, KubernetesManifest } from 'aws-cdk-lib/aws-eks-v2';
import { appOfManifests } from './manifests';
import { runMeasured } from './measured-app';

let library: typeof import('../../src/index.js');

/** The same, but nothing looks for the manifests: what finds them, and keeps to itself, finds none. */
void runMeasured({
  loadCdk: () => [App, Stack, Vpc, Cluster, KubernetesManifest],
  async loadLibrary() {
    library = await import('../../src/index.js');
    return [library.UpgradableCluster];
  },
  build: (manifests) => appOfManifests(manifests, (stack, props) => {
    const cluster = new library.UpgradableCluster(stack, 'Cluster', props);
    const { objects } = (cluster as unknown as { readonly parts: { readonly objects: { find(): unknown } } }).parts;
    if (typeof objects.find !== 'function') throw new Error('nothing of this name finds the manifests: what is measured here would be the same twice');
    objects.find = () => [];
    return cluster;
  }),
});
