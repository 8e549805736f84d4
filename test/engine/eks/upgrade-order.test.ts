import { inUpgradeOrder, isNeededByNodes, UPGRADE_ORDER } from '../../../src/engine/eks/upgrade-order';

test('things are put into the order of their stages, and stay in their own within one', () => {
  const things = [...UPGRADE_ORDER].reverse().flatMap((stage) => [{ stage, name: 'first' }, { stage, name: 'second' }]);
  expect(inUpgradeOrder(things, ({ stage }) => stage)).toEqual(
    UPGRADE_ORDER.flatMap((stage) => [{ stage, name: 'first' }, { stage, name: 'second' }]),
  );
});

test.each([['vpc-cni', true], ['kube-proxy', true], ['eks-pod-identity-agent', true], ['coredns', false], ['aws-ebs-csi-driver', false]])(
  '%s is needed by nodes: %s', (name, expected) => {
    expect(isNeededByNodes(name)).toBe(expected);
  },
);
