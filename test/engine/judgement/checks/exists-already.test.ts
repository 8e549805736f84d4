import { existsAlready } from '../../../../src/engine/judgement/checks/exists-already';
import { aCluster, findings } from '../../a-cluster';

test('fails for what EKS has and the stack would create', () => {
  expect(findings(
    existsAlready, aCluster(), { nodeGroups: { workers: { isNew: true } }, addOns: { coredns: { isNew: true } } },
  )).toMatchObject([
    { id: 'exists-already:workers', severity: 'error', reason: 'nodeGroup' }, { id: 'exists-already:coredns', severity: 'error', reason: 'addOn' },
  ]);
});

test('passes for what is new to EKS, and for what the stack has', () => {
  expect(findings(
    existsAlready, aCluster(), { nodeGroups: { workers: {}, gpu: { isNew: true } }, addOns: { 'vpc-cni': { isNew: true } } },
  )).toEqual([]);
});
