import { preparationForPin, preparationOf, retreatOf } from '../../../src/engine/eks/add-on-preparation';

const VPC_CNI = { name: 'vpc-cni', policy: 'recommended' as const };

function offer(kubernetesVersion: string, versions: string[], defaultVersion?: string) {
  return { kubernetesVersion, versions, defaultVersion };
}

/** As EKS offered vpc-cni in August 2026: 1.17 up to Kubernetes 1.33, 1.18 up to 1.34, 1.19 and newer beyond. */
const ON_134 = offer(
  '1.34', ['v1.18.3-eksbuild.3', 'v1.18.6-eksbuild.1', 'v1.19.6-eksbuild.7', 'v1.20.4-eksbuild.2'], 'v1.20.4-eksbuild.2',
);
const ON_135 = offer('1.35', ['v1.19.6-eksbuild.7', 'v1.20.4-eksbuild.2', 'v1.21.1-eksbuild.1'], 'v1.20.4-eksbuild.2');

describe('before the control plane moves', () => {
  test('an add-on that has a way needs nothing', () => {
    expect(preparationOf({ ...VPC_CNI, installed: 'v1.18.6-eksbuild.1' }, { today: ON_134, next: ON_135 })).toEqual([]);
    expect(preparationOf(VPC_CNI, { today: ON_134, next: ON_135 })).toEqual([]);
  });

  test('vpc-cni goes to the newest of the next minor, from which there is a way', () => {
    expect(preparationOf({ ...VPC_CNI, installed: 'v1.17.1-eksbuild.1' }, { today: ON_134, next: ON_135 })).toEqual(['v1.18.6-eksbuild.1']);
  });

  test('vpc-cni takes as many minors as it needs', () => {
    const next = offer('1.35', ['v1.20.4-eksbuild.2', 'v1.21.1-eksbuild.1']);
    expect(preparationOf({ ...VPC_CNI, installed: 'v1.17.1-eksbuild.1' }, { today: ON_134, next })).toEqual([
      'v1.18.6-eksbuild.1', 'v1.19.6-eksbuild.7',
    ]);
  });

  test('there is no way where EKS leaves out a minor, or has nothing newer', () => {
    expect(preparationOf({ ...VPC_CNI, installed: 'v1.16.0-eksbuild.1' }, { today: ON_134, next: ON_135 })).toBeUndefined();
    expect(preparationOf({ ...VPC_CNI, installed: 'v1.17.1-eksbuild.1' }, { today: offer('1.34', []), next: ON_135 })).toBeUndefined();
    expect(preparationOf(
      { ...VPC_CNI, installed: 'v1.20.4-eksbuild.2' }, { today: ON_134, next: offer('1.35', ['v1.19.6-eksbuild.7']) },
    )).toBeUndefined();
  });

  test('kube-proxy that would be too far behind goes to the default', () => {
    const today = offer(
      '1.35', ['v1.32.9-eksbuild.2', 'v1.34.0-eksbuild.1', 'v1.35.3-eksbuild.2', 'v1.35.4-eksbuild.1'], 'v1.35.3-eksbuild.2',
    );
    const next = offer('1.36', ['v1.35.3-eksbuild.2', 'v1.36.2-eksbuild.2'], 'v1.36.2-eksbuild.2');
    const kubeProxy = { name: 'kube-proxy', policy: 'recommended' as const };
    expect(preparationOf({ ...kubeProxy, installed: 'v1.32.9-eksbuild.2' }, { today, next })).toEqual(['v1.35.3-eksbuild.2']);
    expect(preparationOf({ ...kubeProxy, installed: 'v1.33.9-eksbuild.2' }, { today, next })).toEqual([]);
  });

  test('a pin beyond the next minor is prepared for', () => {
    expect(preparationForPin({ ...VPC_CNI, installed: 'v1.17.1-eksbuild.1' }, 'v1.20.4-eksbuild.2', ON_134)).toEqual([
      'v1.18.6-eksbuild.1', 'v1.19.6-eksbuild.7',
    ]);
    expect(preparationForPin({ ...VPC_CNI, installed: 'v1.17.1-eksbuild.1' }, 'v1.23.0-eksbuild.1', ON_134)).toBeUndefined();
  });
});

describe('before the control plane goes back', () => {
  const back = (installed: string, pinned?: string) => retreatOf({ ...VPC_CNI, installed }, { today: ON_135, next: ON_134 }, pinned);

  test('an add-on that suits both stays', () => {
    expect(back('v1.20.4-eksbuild.2')).toEqual([]);
  });

  test('another goes to the default, or to the pin, minor by minor', () => {
    expect(back('v1.21.1-eksbuild.1')).toEqual(['v1.20.4-eksbuild.2']);
    expect(back('v1.21.1-eksbuild.1', 'v1.19.6-eksbuild.7')).toEqual(['v1.20.4-eksbuild.2', 'v1.19.6-eksbuild.7']);
  });

  test('there is no way where EKS has none for both', () => {
    expect(retreatOf({ name: 'coredns', policy: 'latest', installed: 'v1.13.0-eksbuild.1' },
      { today: offer('1.36', ['v1.13.0-eksbuild.1']), next: offer('1.35', ['v1.12.0-eksbuild.1']) })).toBeUndefined();
  });
});
