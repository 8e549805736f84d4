import { externalIpServicesOf, kubeProxyModeOf, runsIngressNginx } from '../../../src/live/kubernetes/changed-behaviours';

test.each<[string | undefined, string | undefined]>([
  ['mode: ipvs\n', 'ipvs'], ['kind: KubeProxyConfiguration\nmode: "ipvs"\n', 'ipvs'], ["mode: 'nftables'", 'nftables'], ['mode:iptables', 'iptables'],
  ['ipvs:\n  mode: none\n', undefined], ['mode: ""\n', undefined], ['mode:\nother: x', undefined], ['', undefined], [undefined, undefined],
])('the mode of kube-proxy in %j is %s', (config, mode) => {
  expect(kubeProxyModeOf({ data: { config } })).toBe(mode);
});

test('a ConfigMap without data has no mode', () => {
  expect(kubeProxyModeOf({})).toBeUndefined();
});

test.each<[string, boolean]>([
  ['registry.k8s.io/ingress-nginx/controller:v1.11.2', true],
  ['registry.k8s.io/ingress-nginx/controller@sha256:0', true],
  ['ingress-nginx/controller', true],
  ['mirror.example.com:5000/k8s/ingress-nginx/controller-chroot:v1', true],
  ['quay.io/kubernetes-ingress-controller/nginx-ingress-controller:0.33.0', true],
  ['nginx/nginx-ingress:3.7.0', false],
  ['example.com/own-ingress-nginx/controller:v1', false],
  ['example.com/ingress-nginx/controller-manager:v1', false],
  ['example.com/ingress-nginx/kube-webhook-certgen:v1', false],
])('%s runs Ingress NGINX: %s', (image, expected) => {
  expect(runsIngressNginx({ spec: { containers: [{}, { image }] } })).toBe(expected);
});

test('a pod without containers runs nothing', () => {
  expect(runsIngressNginx({ spec: {} })).toBe(false);
});

test('a Service with externalIPs, and those without', () => {
  const metadata = { namespace: 'edge', name: 'web' };
  expect(externalIpServicesOf({ metadata, spec: { externalIPs: ['192.0.2.1'] } })).toEqual(['edge/web']);
  expect(externalIpServicesOf({ metadata, spec: { externalIPs: [] } })).toEqual([]);
  expect(externalIpServicesOf({ metadata, spec: {} })).toEqual([]);
  expect(externalIpServicesOf({ metadata })).toEqual([]);
});
