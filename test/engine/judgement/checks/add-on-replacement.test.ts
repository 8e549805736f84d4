import { addOnReplacement } from '../../../../src/engine/judgement/checks/add-on-replacement';
import { aCluster, findings } from '../../a-cluster';

test('fails for a property that can only be set at creation', () => {
  expect(findings(
    addOnReplacement, aCluster(), { addOns: { 'coredns': { replacedBy: ['NamespaceConfig'] }, 'vpc-cni': { replacedBy: [] } } },
  )).toMatchObject([{
    id: 'add-on-replacement:coredns', severity: 'error', reason: 'replaced', data: { replacedBy: ['NamespaceConfig'] },
  }]);
});
