import { ILayerVersion } from 'aws-cdk-lib/aws-lambda';
import { KubernetesMinor } from '../engine/kubernetes/kubernetes-minor';

/**
 * The Kubernetes minor of a kubectl layer, read from the name of its class (`KubectlV36Layer` of `@aws-cdk/lambda-layer-kubectl-v36`);
 * undefined for other layers.
 *
 * @see https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_eks_v2-readme.html#kubectl-support
 */
export function kubectlLayerVersion(layer: ILayerVersion): KubernetesMinor | undefined {
  const [, minor] = /^KubectlV(\d+)Layer$/.exec(layer.constructor.name) ?? [];
  return minor === undefined ? undefined : KubernetesMinor.parse(`1.${minor}`);
}

/**
 * Whether kubectl and the control plane are further apart than one minor, which Kubernetes does not support.
 *
 * @see https://kubernetes.io/releases/version-skew-policy/#kubectl
 */
export function isKubectlTooFarFrom(controlPlane: KubernetesMinor, kubectl: KubernetesMinor): boolean {
  return Math.abs(controlPlane.minorsAheadOf(kubectl)) > 1;
}
