import { KubernetesObject } from './kubernetes-api';

/**
 * Where kube-proxy of EKS has its configuration, whoever installed it.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/managing-kube-proxy.html
 */
export const KUBE_PROXY_CONFIG = '/api/v1/namespaces/kube-system/configmaps/kube-proxy-config';

/** `mode` of the `KubeProxyConfiguration`, a top-level key of its YAML. */
export function kubeProxyModeOf({ data }: KubernetesObject): string | undefined {
  return /^mode:[ \t]*["']?([a-z]+)/m.exec(data?.config ?? '')?.[1];
}

/**
 * The community's controller, by its own name or that of its older and repackaged images; `nginx/nginx-ingress` is another, of NGINX Inc.
 *
 * @see https://github.com/kubernetes/ingress-nginx
 */
const INGRESS_NGINX = /(?:^|\/)(?:ingress-nginx\/controller(?:-chroot)?|nginx-ingress-controller)(?:[:@]|$)/;

/** Whether a pod runs the Ingress NGINX controller. */
export function runsIngressNginx({ spec }: KubernetesObject): boolean {
  return (spec.containers ?? []).some(({ image = '' }: KubernetesObject) => INGRESS_NGINX.test(image as string));
}

/** A Service with `externalIPs`, by namespace and name. */
export function externalIpServicesOf({ metadata, spec }: KubernetesObject): string[] {
  return (spec?.externalIPs ?? []).length > 0 ? [`${metadata.namespace}/${metadata.name}`] : [];
}
