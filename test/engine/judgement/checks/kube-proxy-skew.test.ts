import { kubeProxySkew } from '../../../../src/engine/judgement/checks/kube-proxy-skew';
import { known } from '../../../../src/engine/state/known';
import { aCatalog, aCluster, anAddOn, anUpgradedCluster, findings } from '../../a-cluster';

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
    id: 'kube-proxy-skew:kube-proxy', severity: 'error', reason: 'tooFarBehind', data: { skew: 3, current: '1.35' },
  }]);
});

test('fails on the way back for one that is newer than the target', () => {
  expect(findings(kubeProxySkew, withKubeProxy('v1.35.0-eksbuild.2'), { version: '1.34' })).toMatchObject([{
    severity: 'error', reason: 'ahead', data: { target: '1.34' },
  }]);
});

test('fails for a version that cannot be read', () => {
  expect(findings(kubeProxySkew, withKubeProxy('latest'))).toMatchObject([{ id: 'kube-proxy-skew:kube-proxy:unknown', severity: 'error', reason: 'unreadable', data: { installed: 'latest' } }]);
});

describe('on the way back, newer than the target', () => {
  const state = anUpgradedCluster({ addOns: known([anAddOn({ name: 'kube-proxy', version: 'v1.36.2-eksbuild.2' })]) });
  const offering136 = (...versions: string[]) => aCatalog({
    addOnOffers: { 'kube-proxy': known([{ kubernetesVersion: '1.36', versions }]) },
  });

  test('fails where EKS offers an older one for the control plane as it is', () => {
    expect(findings(kubeProxySkew, state, { version: '1.35' }, offering136('v1.36.2-eksbuild.2', 'v1.35.3-eksbuild.2')))
      .toMatchObject([{ severity: 'error', reason: 'ahead', data: { target: '1.35' } }]);
  });

  test('warns where EKS offers its own minor only, since it cannot go first', () => {
    expect(findings(kubeProxySkew, state, { version: '1.35' }, offering136('v1.36.2-eksbuild.2')))
      .toMatchObject([{ severity: 'warning', reason: 'aheadUntilAfter' }]);
  });
});
