import { UpgradeIntent } from '../../../../src/engine/change/upgrade-intent';
import { nodeGroupSkew } from '../../../../src/engine/judgement/checks/node-group-skew';
import { known, notKnown } from '../../../../src/engine/state/known';
import { NodeState } from '../../../../src/engine/state/workloads/workload-state';
import { aCluster, aNodeGroup, anUpgradedCluster, findings } from '../../a-cluster';
import { someWorkloads } from '../../workloads';

function withNodes(version: string) {
  return { nodeGroups: known([aNodeGroup({ version: known(version) })]) };
}

test.each(['1.33', '1.34', '1.35'])('passes for nodes of %s under 1.36', (version) => {
  expect(findings(nodeGroupSkew, aCluster(withNodes(version)))).toEqual([]);
});

test('passes for nodes that stayed behind, on the way back', () => {
  expect(findings(nodeGroupSkew, anUpgradedCluster(withNodes('1.35')), { version: '1.35' })).toEqual([]);
});

test('does not look when the control plane stays', () => {
  expect(findings(nodeGroupSkew, aCluster(withNodes('1.30')), {})).toEqual([]);
});

test('fails for nodes that the target leaves too far behind', () => {
  expect(findings(nodeGroupSkew, aCluster(withNodes('1.32')))).toMatchObject([{
    id: 'node-group-skew:workers',
    severity: 'error',
    reason: 'tooFarBehind',
    data: { version: '1.32', target: '1.36', skew: 3, current: '1.35' },
  }]);
});

test('fails on the way back for nodes that are newer than the target', () => {
  expect(findings(nodeGroupSkew, anUpgradedCluster(withNodes('1.36')), { version: '1.35' })).toMatchObject([{
    severity: 'error',
    reason: 'ahead',
    data: { version: '1.36', target: '1.35' },
  }]);
});

test('warns of a custom AMI whose version EKS does not know', () => {
  const nodeGroups = known([aNodeGroup({ version: notKnown('EKS does not know the version of a custom AMI') })]);
  expect(findings(nodeGroupSkew, aCluster({ nodeGroups }))).toMatchObject([{ id: 'node-group-skew:workers:unknown', severity: 'warning', reason: 'unread' }]);
});

test('warns of a custom AMI, whose version nobody can be sure of, and names its launch template', () => {
  const state = aCluster({
    nodeGroups: known([aNodeGroup({ amiType: 'CUSTOM', version: known('1.32'), releaseVersion: 'ami-0123456789abcdef0' })]),
  });
  expect(findings(nodeGroupSkew, state)).toMatchObject([{
    severity: 'warning', reason: 'customAmiTooFarBehind', data: { version: '1.32', skew: 3, current: '1.35' },
  }]);
});

describe('nodes of no managed node group', () => {
  const found = (kubelets: readonly (string | undefined)[], intent: UpgradeIntent = { version: '1.36' }) => {
    const nodes = kubelets.map((kubelet, index) => ({ name: `karpenter-${index}`, kubelet }));
    return findings(nodeGroupSkew, aCluster({ workloads: known(someWorkloads({ nodes })) }), intent);
  };

  test('fail when they would be too far behind', () => {
    expect(found(['v1.32.9-eks-a1b2c3d', 'v1.33.1-eks-a1b2c3d', 'v1.31.0'])).toMatchObject([{
      id: 'node-group-skew',
      severity: 'error',
      reason: 'othersTooFarBehind',
      data: { count: 2, target: '1.36', skew: 3 },
      details: ['karpenter-0: kubelet v1.32.9-eks-a1b2c3d', 'karpenter-2: kubelet v1.31.0'],
    }]);
  });

  test('fail when they would be newer', () => {
    const nodes = [{ name: 'karpenter-0', kubelet: 'v1.36.1-eks-a1b2c3d' }];
    expect(findings(
      nodeGroupSkew, anUpgradedCluster({ ...withNodes('1.35'), workloads: known(someWorkloads({ nodes })) }), { version: '1.35' },
    ))
      .toMatchObject([{ reason: 'othersAhead', data: { count: 1, target: '1.35', skew: 3 } }]);
  });

  test('are told apart from those of Fargate, which go with their pods', () => {
    const [node, onFargate] = [undefined, 'fargate'].map((computeType) => ({ name: 'x', kubelet: 'v1.30.1', computeType }));
    const judged = (nodes: readonly NodeState[], state = aCluster()) => (
      findings(nodeGroupSkew, { ...state, workloads: known(someWorkloads({ nodes })) }, { version: '1.36' })[0]
    );
    expect(judged([node])).toMatchObject({ data: { onNodes: true, onFargate: false, onBoth: false }, remedy: expect.stringMatching(/EC2NodeClass$/) });
    expect(judged([onFargate])).toMatchObject({
      data: { onNodes: false, onFargate: true, onBoth: false }, remedy: expect.stringMatching(/^recreate the pods on Fargate/),
    });
    expect(judged([node, onFargate])).toMatchObject({ data: { count: 2, onBoth: true }, remedy: expect.stringMatching(/Class; recreate the/) });
  });

  describe('that Auto Mode provides', () => {
    const auto = { name: 'i-0123456789abcdef0', kubelet: 'v1.36.1-eks-a1b2c3d', computeType: 'auto' };
    const onTheWayBack = (nodes: readonly NodeState[], autoMode = true) => findings(
      nodeGroupSkew, anUpgradedCluster({ ...withNodes('1.35'), autoMode, workloads: known(someWorkloads({ nodes })) }), { version: '1.35' },
    );

    test('pass on the way back: EKS takes them back first', () => {
      expect(onTheWayBack([auto])).toEqual([]);
    });

    test('fail on the way back when Auto Mode is off, which then takes nothing back', () => {
      expect(onTheWayBack([auto], false)).toMatchObject([{ reason: 'othersAhead', data: { count: 1 } }]);
    });

    test('are not counted beside others that are newer', () => {
      expect(onTheWayBack([auto, { ...auto, name: 'karpenter', computeType: undefined }, { ...auto, name: 'fargate', computeType: 'fargate' }]))
        .toMatchObject([{ reason: 'othersAhead', data: { count: 2 }, details: [/^karpenter/, /^fargate/].map((name) => expect.stringMatching(name)) }]);
    });

    test('fail when they would be too far behind, as all others do', () => {
      const state = aCluster({ autoMode: true, workloads: known(someWorkloads({ nodes: [{ ...auto, kubelet: 'v1.32.9' }] })) });
      expect(findings(nodeGroupSkew, state)).toMatchObject([{ reason: 'othersTooFarBehind', data: { count: 1 } }]);
    });
  });

  test.each<[string, string | undefined]>([
    ['within the skew', 'v1.33.0-eks-a1b2c3d'], ['of no known version', undefined], ['of a version that cannot be read', 'custom'],
  ])(
    'pass %s', (_, kubelet) => expect(found([kubelet])).toEqual([]));

  test('are no matter while the control plane stays', () => {
    expect(found(['v1.20.0'], {})).toEqual([]);
  });
});

describe('single nodes of a managed node group, which EKS describes by one version', () => {
  const node = (name: string, kubelet?: string, nodeGroup = 'workers') => ({ name, nodeGroup, kubelet });
  const found = (nodes: ReturnType<typeof node>[], group: Parameters<typeof aNodeGroup>[0] = {}, intent: UpgradeIntent = { version: '1.36' }) =>
    findings(nodeGroupSkew, aCluster({ nodeGroups: known([aNodeGroup(group)]), workloads: known(someWorkloads({ nodes })) }), intent);

  test('fail when a roll that failed has left them too far behind', () => {
    expect(found([node('n1', 'v1.32.9-eks-a1b2c3d'), node('n2', 'v1.35.1-eks-a1b2c3d'), node('n3', 'v1.31.0', 'others')])).toMatchObject([{
      id: 'node-group-skew:workers',
      severity: 'error',
      reason: 'someTooFarBehind',
      data: { count: 1, current: '1.35', target: '1.36', skew: 3 },
      details: ['n1: kubelet v1.32.9-eks-a1b2c3d'],
    }]);
  });

  test('fail when they would be newer, on the way back', () => {
    const state = anUpgradedCluster({ ...withNodes('1.35'), workloads: known(someWorkloads({ nodes: [node('n1', 'v1.36.1-eks-a1b2c3d')] })) });
    expect(findings(nodeGroupSkew, state, { version: '1.35' })).toMatchObject([
      { id: 'node-group-skew:workers', reason: 'someAhead', data: { count: 1, target: '1.35' } },
    ]);
  });

  test('are said once where the group itself is refused', () => {
    expect(found([node('n1', 'v1.32.9-eks-a1b2c3d')], { version: known('1.32') })).toMatchObject([{ reason: 'tooFarBehind' }]);
  });

  test('tell what EKS does not know of a group', () => {
    expect(found([node('n1', 'v1.32.9-eks-a1b2c3d')], { version: notKnown('it uses a custom AMI') })).toMatchObject([
      { reason: 'unread', severity: 'warning' }, { reason: 'someTooFarBehind', severity: 'error' },
    ]);
  });

  test('pass within the skew, without a version that can be read, and while the control plane stays', () => {
    expect(found([node('n1', 'v1.33.0-eks-a1b2c3d'), node('n2'), node('n3', 'custom')])).toEqual([]);
    expect(found([node('n1', 'v1.20.0')], {}, {})).toEqual([]);
  });
});

test('warns of a custom AMI that is newer than the control plane is to be', () => {
  const group = aNodeGroup({ amiType: 'CUSTOM', version: known('1.37'), releaseVersion: 'ami-0123456789abcdef0' });
  expect(findings(nodeGroupSkew, aCluster({ nodeGroups: known([group]) }))).toMatchObject([
    { severity: 'warning', reason: 'customAmiAhead', data: { version: '1.37', target: '1.36' } },
  ]);
});
