import { controllerMisfit, controllerOfChart, controllerOfImage } from '../../../src/engine/kubernetes/controllers';
import { KubernetesMinor } from '../../../src/engine/kubernetes/kubernetes-minor';

test.each([
  // of a minor after the table, what the last one asks for
  ['karpenter', '1.0.2', '1.36', 'Kubernetes 1.36 needs Karpenter 1.13.0 or newer'],
  ['karpenter', '1.0.4', '1.31', 'Kubernetes 1.31 needs Karpenter 1.0.5 or newer'],
  ['karpenter', '1.0.5', '1.31', undefined],
  ['karpenter', 'v1.8.2', '1.35', 'Kubernetes 1.35 needs Karpenter 1.9.0 or newer'],
  ['karpenter', '1.10.0', '1.35', undefined],
  ['karpenter', '1.10.0', '1.36', 'Kubernetes 1.36 needs Karpenter 1.13.0 or newer'],
  ['karpenter', '1.13.0', '1.36', undefined],
  ['karpenter', '1.13.0', '1.37', 'Kubernetes 1.37 needs Karpenter 1.15.0 or newer'],
  ['karpenter', '1.14.1', '1.37', 'Kubernetes 1.37 needs Karpenter 1.15.0 or newer'],
  ['karpenter', '1.15.0', '1.37', undefined],
  ['karpenter', '1.14.1', '1.38', 'Kubernetes 1.38 needs Karpenter 1.15.0 or newer'],
  ['karpenter', '1.15.2', '1.38', 'Karpenter 1.15 is published for Kubernetes up to 1.37'],
  ['karpenter', '1.16.0', '1.38', undefined], // newer than the table
  ['karpenter', '0.1.0', '1.28', undefined], // before the table
  ['cluster-autoscaler', '1.27.3', '1.36', 'cluster-autoscaler 1.27 is for Kubernetes 1.27'],
  ['cluster-autoscaler', '1.36.0', '1.36', undefined],
  ['cert-manager', '1.18.2', '1.33', undefined],
  ['cert-manager', 'v1.18.2', '1.34', 'cert-manager 1.18 is for Kubernetes 1.29 to 1.33'],
  ['cert-manager', '1.20.0', '1.31', 'cert-manager 1.20 is for Kubernetes 1.32 to 1.35'],
  ['cert-manager', '1.2.0', '1.32', 'cert-manager 1.2 is for Kubernetes 1.16 to 1.21'], // not what 1.20 is for
  ['cert-manager', '1.11.5', '1.28', 'cert-manager 1.11 is for Kubernetes 1.21 to 1.27'],
  ['cert-manager', '1.13.6', '1.30', 'cert-manager 1.13 is for Kubernetes 1.23 to 1.29'],
  ['cert-manager', '1.14.7', '1.36', 'cert-manager 1.14 is for Kubernetes 1.24 to 1.31'],
  ['cert-manager', '1.15.3', '1.36', 'cert-manager 1.15 is for Kubernetes 1.25 to 1.32'],
  ['cert-manager', '1.15.3', '1.32', undefined],
  ['cert-manager', '1.17.4', '1.33', undefined],
  ['cert-manager', '1.17.4', '1.34', 'cert-manager 1.17 is for Kubernetes 1.29 to 1.33'],
  ['cert-manager', '1.22.0', '1.37', undefined], // newer than the table
  ['cert-manager', '0.16.1', '1.36', undefined], // before the table
  ['aws-load-balancer-controller', 'v2.3.1', '1.30', 'aws-load-balancer-controller 2.2 and 2.3 are for Kubernetes 1.16 to 1.21'],
  ['aws-load-balancer-controller', 'v2.1.3', '1.30', 'aws-load-balancer-controller 2.0 and 2.1 are for Kubernetes 1.15 to 1.21'],
  ['aws-load-balancer-controller', '2.1.3', '1.21', undefined],
  ['aws-load-balancer-controller', '1.1.9', '1.30', undefined], // before the table
  ['aws-load-balancer-controller', '2.4.6', '1.36', 'Kubernetes 1.25 and newer need aws-load-balancer-controller 2.4.7 or newer'],
  ['aws-load-balancer-controller', '2.4.0', '1.25', 'Kubernetes 1.25 and newer need aws-load-balancer-controller 2.4.7 or newer'],
  ['aws-load-balancer-controller', '2.4.6', '1.24', undefined],
  ['aws-load-balancer-controller', '2.4.7', '1.36', undefined],
  ['aws-load-balancer-controller', '3.5.0', '1.37', undefined],
  ['metrics-server', '0.3.7', '1.30', 'metrics-server 0.3 is for Kubernetes 1.8 to 1.21'],
  ['metrics-server', '0.8.0', '1.30', 'metrics-server 0.8 is for Kubernetes 1.31 and newer'],
  ['metrics-server', '0.7.2', '1.36', undefined],
  ['metrics-server', '0.9.0', '1.36', undefined],
  ['metrics-server', '1.3.0', '1.36', undefined],
  ['aws-ebs-csi-driver', 'v0.4.0', '1.34', 'aws-ebs-csi-driver 0.4 is for Kubernetes 1.14 to 1.15'],
  ['aws-ebs-csi-driver', '0.5.0', '1.36', undefined],
  ['aws-ebs-csi-driver', '1.54.0', '1.36', undefined],
  ['aws-efs-csi-driver', '0.1.0', '1.36', 'aws-efs-csi-driver 0.1 is for Kubernetes 1.11 to 1.13'],
  ['aws-efs-csi-driver', '2.1.7', '1.36', undefined],
  ['argo-cd', '0.0.1', '1.36', undefined],
  ['karpenter', 'nightly', '1.36', undefined],
])('%s %s on %s: %s', (controller, version, kubernetes, why) => {
  expect(controllerMisfit(controller, version, KubernetesMinor.parse(kubernetes))?.why).toBe(why);
});

test.each([
  ['karpenter', '1.14.1', '1.38', true],
  ['karpenter', '1.15.0', '1.38', false], // a patch release may come to support it
  ['cert-manager', '1.20.0', '1.36', false],
  ['aws-load-balancer-controller', '2.3.1', '1.30', true],
  ['aws-load-balancer-controller', '2.4.6', '1.30', false], // not for those without EndpointSlices
])('whether %s %s on %s stops an upgrade: %s', (controller, version, kubernetes, isSerious) => {
  expect(controllerMisfit(controller, version, KubernetesMinor.parse(kubernetes))?.isSerious).toBe(isSerious);
});

test.each([
  ['registry.k8s.io/autoscaling/cluster-autoscaler:v1.27.3', { controller: 'cluster-autoscaler', version: '1.27.3' }],
  ['k8s.gcr.io/metrics-server/metrics-server:v0.3.7', { controller: 'metrics-server', version: '0.3.7' }],
  ['registry.example.com:5000/cluster-autoscaler:v1.36.0-amd64', { controller: 'cluster-autoscaler', version: '1.36.0' }],
  ['public.ecr.aws/karpenter/controller:1.0.2@sha256:0123', { controller: 'karpenter', version: '1.0.2' }],
  ['public.ecr.aws/eks/aws-load-balancer-controller:v2.3.1', { controller: 'aws-load-balancer-controller', version: '2.3.1' }],
  ['public.ecr.aws/eks/aws-ebs-csi-driver:v0.10.0', { controller: 'aws-ebs-csi-driver', version: '0.10.0' }],
  ['amazon/aws-efs-csi-driver:v0.1.0', { controller: 'aws-efs-csi-driver', version: '0.1.0' }],
  ['registry.k8s.io/autoscaling/cluster-autoscaler@sha256:1.27', undefined],
  ['example.com/other/controller:1.0.2', undefined],
  ['cluster-autoscaler:latest', undefined],
  ['cluster-autoscaler', undefined],
  ['nginx:1.27.3', undefined],
])('the image %s', (image, expected) => {
  expect(controllerOfImage(image)).toEqual(expected);
});

test.each([
  ['karpenter', 'karpenter'], ['oci://public.ecr.aws/karpenter/karpenter', 'karpenter'], ['cert-manager', 'cert-manager'],
  ['cluster-autoscaler', undefined], ['metrics-server', undefined], ['aws-ebs-csi-driver', undefined], ['karpenter-crd', undefined],
])('the chart %s', (chart, expected) => {
  expect(controllerOfChart(chart)).toBe(expected);
});
