import { kubeProxySkew } from '../../../src/upgrade/checks/kube-proxy-skew';
import { known } from '../../../src/upgrade/known';
import { aCluster, anAddOn, findings } from '../a-cluster';

function withKubeProxy(version: string) {
  return aCluster({ addOns: known([anAddOn({ name: 'kube-proxy', version })]) });
}

test.each(['v1.35.0-eksbuild.2', 'v1.33.7-eksbuild.1'])('passes for %s under 1.36', (version) => {
  expect(findings(kubeProxySkew, withKubeProxy(version))).toEqual([]);
});

test('passes without kube-proxy as an add-on, and when the control plane stays', () => {
  expect(findings(kubeProxySkew, aCluster())).toEqual([]);
  expect(findings(kubeProxySkew, withKubeProxy('v1.30.0-eksbuild.1'), {})).toEqual([]);
});

test('fails for one that the target leaves too far behind', () => {
  expect(findings(kubeProxySkew, withKubeProxy('v1.32.6-eksbuild.12'))).toMatchObject([{
    id: 'kube-proxy-skew:kube-proxy', severity: 'error', remedy: 'move kube-proxy to a version of 1.35 first',
  }]);
});

test('fails on the way back for one that is newer than the target', () => {
  expect(findings(kubeProxySkew, withKubeProxy('v1.35.0-eksbuild.2'), { version: '1.34' })).toMatchObject([{
    severity: 'error', remedy: 'move kube-proxy back to a version of 1.34 first',
  }]);
});

test('fails for a version that cannot be read', () => {
  expect(findings(kubeProxySkew, withKubeProxy('latest'))).toMatchObject([{ id: 'kube-proxy-skew:kube-proxy:unknown', severity: 'error' }]);
});
