import * as fc from 'fast-check';
import { judgeSkew, kubeletSkewOf, oldestKubeletFor } from '../../../src/engine/kubernetes/kubelet-skew';
import { KubernetesMinor } from '../../../src/engine/kubernetes/kubernetes-minor';

const version = KubernetesMinor.parse;
const minor = fc.integer({ min: 3, max: 60 }).map((n) => version(`1.${n}`));

test.each([
  ['1.36', '1.37', 'ahead'],
  ['1.36', '2.0', 'ahead'],
  ['1.36', '1.36', 'equal'],
  ['1.36', '1.35', 'behind'],
  ['1.36', '1.33', 'behind'],
  ['1.36', '1.32', 'too far behind'],
  ['1.28', '1.25', 'behind'],
  ['1.28', '1.24', 'too far behind'],
  ['1.27', '1.25', 'behind'],
  ['1.27', '1.24', 'too far behind'],
])('control plane %s with nodes %s: %s', (controlPlane, nodes, verdict) => {
  expect(judgeSkew(version(controlPlane), version(nodes))).toBe(verdict);
});

test('the oldest kubelet is allowed, the one before it is not', () => {
  fc.assert(fc.property(minor, (controlPlane) => {
    const oldest = oldestKubeletFor(controlPlane);
    expect(controlPlane.minorsAheadOf(oldest)).toBe(kubeletSkewOf(controlPlane));
    expect(judgeSkew(controlPlane, oldest)).toBe('behind');
    if (oldest.minor > 0) {
      expect(judgeSkew(controlPlane, oldest.plus(-1))).toBe('too far behind');
    }
  }));
});

test('nodes that may stay when the control plane moves on were allowed before', () => {
  fc.assert(fc.property(minor, fc.nat(6), (controlPlane, lag) => {
    const nodes = controlPlane.plus(-lag);
    if (judgeSkew(controlPlane.plus(1), nodes) === 'behind' && kubeletSkewOf(controlPlane) === kubeletSkewOf(controlPlane.plus(1))) {
      expect(['equal', 'behind']).toContain(judgeSkew(controlPlane, nodes));
    }
  }));
});
