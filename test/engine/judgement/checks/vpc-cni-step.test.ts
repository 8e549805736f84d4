import { vpcCniStep } from '../../../../src/engine/judgement/checks/vpc-cni-step';
import { known, notKnown } from '../../../../src/engine/state/known';
import { aCatalog, aCluster, anAddOn, findings } from '../../a-cluster';

const versions = ['v1.21.1-eksbuild.3', 'v1.20.4-eksbuild.1', 'v1.20.4-eksbuild.2', 'v1.19.2-eksbuild.1', 'v1.18.5-eksbuild.1'];
const vpcCni = anAddOn({ name: 'vpc-cni', version: 'v1.19.2-eksbuild.1' });
const catalog = aCatalog({ addOnOffers: { 'vpc-cni': known([{ kubernetesVersion: '1.35', versions }]) } });
const state = aCluster({ addOns: known([vpcCni]) });

function wanting(version: string) {
  return { addOns: { 'vpc-cni': { version } } };
}

test.each(['v1.20.4-eksbuild.2', 'v1.19.6-eksbuild.1', 'v1.18.5-eksbuild.1'])('passes from v1.19 to %s', (version) => {
  expect(findings(vpcCniStep, state, wanting(version), catalog)).toEqual([]);
});

test('passes for other add-ons and for a new vpc-cni', () => {
  expect(findings(vpcCniStep, aCluster(), { addOns: { coredns: { version: 'v1.20.0-eksbuild.1' } } })).toEqual([]);
  expect(findings(vpcCniStep, aCluster(), wanting('v1.21.1-eksbuild.3'))).toEqual([]);
});

test('fails for two minors at once, with the stopover', () => {
  expect(findings(vpcCniStep, state, wanting('v1.21.1-eksbuild.3'), catalog)).toMatchObject([{
    id: 'vpc-cni-step:vpc-cni',
    severity: 'error',
    reason: 'stepwise',
    data: {
      installed: 'v1.19.2-eksbuild.1',
      wanted: 'v1.21.1-eksbuild.3',
      path: ['v1.20.4-eksbuild.2', 'v1.21.1-eksbuild.3'],
    },
  }]);
});

test('fails for two minors back', () => {
  const newer = aCluster({ addOns: known([{ ...vpcCni, version: 'v1.21.1-eksbuild.3' }]) });
  expect(findings(vpcCniStep, newer, wanting('v1.18.5-eksbuild.1'), catalog)).toMatchObject([{
    reason: 'stepwise',
    data: {
      wanted: 'v1.18.5-eksbuild.1',
      path: ['v1.20.4-eksbuild.2', 'v1.19.2-eksbuild.1', 'v1.18.5-eksbuild.1'],
    },
  }]);
});

test('fails with the versions that prepare it, where EKS offers them before the control plane moves only', () => {
  const around = aCatalog({
    addOnOffers: {
      'vpc-cni': known([
        { kubernetesVersion: '1.35', versions },
        { kubernetesVersion: '1.36', versions: ['v1.21.1-eksbuild.3'] },
      ]),
    },
  });
  expect(findings(vpcCniStep, state, { version: '1.36', ...wanting('v1.21.1-eksbuild.3') }, around))
    .toMatchObject([{
      reason: 'prepare',
      data: {
        wanted: 'v1.21.1-eksbuild.3',
        preparation: ['v1.20.4-eksbuild.2'],
        current: '1.35',
      },
    }]);
});

test('fails without stopovers where EKS offers none', () => {
  const without = aCatalog({ addOnOffers: { 'vpc-cni': notKnown('throttled') } });
  expect(findings(vpcCniStep, state, wanting('v1.21.1-eksbuild.3'), without)).toMatchObject([
    { reason: 'noWay', data: { installed: 'v1.19.2-eksbuild.1' } },
  ]);
});
