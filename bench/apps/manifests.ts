/**
 * A cluster, and manifests as apps have them.
 */
import { App, Stack } from 'aws-cdk-lib';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { DefaultCapacityType, KubernetesVersion, type ClusterProps } from 'aws-cdk-lib/aws-eks-v2';
import { Code, LayerVersion } from 'aws-cdk-lib/aws-lambda';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { CLUSTER, ENVIRONMENT, KUBERNETES_VERSION } from './node-group-kinds';

/** Known by the name of its class. */
class KubectlV36Layer extends LayerVersion {}

/** What a cluster of this library keeps to itself: what finds the manifests, and what says what is wrong with them. */
export interface LooksAtManifests {
  find(): unknown;
  report(): unknown;
}

/**
 * @throws if nothing of these names looks at the manifests any more: what is measured would say nothing
 */
export function looksOf(cluster: object): LooksAtManifests {
  const { objects } = (cluster as { readonly parts: { readonly objects: LooksAtManifests } }).parts;
  if (typeof objects.find !== 'function' || typeof objects.report !== 'function') {
    throw new Error('the looks at manifests have other names now: write them here');
  }
  return objects;
}

/** Builds the app; `make` makes the cluster. Manifests are two objects each, one with a value that only the deployment knows. */
export function appOfManifests(
  manifests: number, make: (stack: Stack, props: ClusterProps) => { addManifest(id: string, ...objects: Record<string, any>[]): unknown },
): App {
  const app = new App();
  const stack = new Stack(app, 'Cluster', { env: ENVIRONMENT });
  const vpc = Vpc.fromVpcAttributes(stack, 'Vpc', {
    vpcId: CLUSTER.vpcId, availabilityZones: CLUSTER.availabilityZones, privateSubnetIds: CLUSTER.subnetIds,
  });
  const cluster = make(stack, {
    version: KubernetesVersion.of(KUBERNETES_VERSION),
    vpc,
    vpcSubnets: [{ subnets: vpc.privateSubnets }],
    defaultCapacityType: DefaultCapacityType.NODEGROUP,
    defaultCapacity: 0,
    kubectlProviderOptions: {
      kubectlLayer: new KubectlV36Layer(stack, 'Kubectl', {
        code: Code.fromBucket(Bucket.fromBucketName(stack, 'Layers', 'layers'), 'kubectl.zip'),
      }),
    },
  });
  for (let index = 0; index < manifests; index++) cluster.addManifest(`Service${index}`, deployment(index, stack.stackId), budget(index));
  return app;
}

function deployment(index: number, stackId: string): Record<string, any> {
  const labels = { app: `service-${index}`, stack: stackId };
  const container = (name: string) => ({
    name,
    image: `registry.example.com/${name}:1.${index}.0`,
    env: Array.from({ length: 10 }, (_, variable) => ({ name: `VARIABLE_${variable}`, value: `value ${variable} of service ${index}` })),
    resources: { requests: { cpu: '100m', memory: '128Mi' }, limits: { memory: '256Mi' } },
    livenessProbe: { httpGet: { path: '/health', port: 8080 }, initialDelaySeconds: 5 },
  });
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: `service-${index}`, namespace: 'default', labels },
    spec: {
      replicas: 3,
      selector: { matchLabels: { app: labels.app } },
      template: { metadata: { labels }, spec: { containers: [container('main'), container('proxy')] } },
    },
  };
}

function budget(index: number): Record<string, any> {
  return {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: { name: `service-${index}` },
    spec: { maxUnavailable: 1, selector: { matchLabels: { app: `service-${index}` } } },
  };
}
