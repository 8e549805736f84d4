import { AddOnOffer } from '../../../src/upgrade/add-on-state';
import { addOnCompatibility } from '../../../src/upgrade/checks/add-on-compatibility';
import { known, notKnown } from '../../../src/upgrade/known';
import { aCluster, anAddOn, anUpgradedCluster, findings } from '../a-cluster';

const NEWER: AddOnOffer = { kubernetesVersion: '1.36', versions: ['v1.13.1-eksbuild.1', 'v1.13.0-eksbuild.1'], defaultVersion: 'v1.13.0-eksbuild.1' };

function offering(...offers: AddOnOffer[]) {
  return aCluster({ addOns: known([anAddOn({ offers: known(offers) })]) });
}

test('passes when the installed version is meant for the target', () => {
  expect(findings(addOnCompatibility, aCluster())).toEqual([]);
});

test('passes when the wanted version is meant for the target', () => {
  expect(findings(addOnCompatibility, offering(NEWER), { version: '1.36', addOns: { coredns: { version: 'v1.13.1-eksbuild.1' } } })).toEqual([]);
});

test('does not look at add-ons that stay under a control plane that stays', () => {
  expect(findings(addOnCompatibility, offering(), { addOns: { coredns: { version: 'v1.12.4-eksbuild.1' } } })).toEqual([]);
  expect(findings(addOnCompatibility, aCluster({ addOns: notKnown('throttled') }), {})).toEqual([]);
});

test('warns of an installed version that is not meant for the target', () => {
  expect(findings(addOnCompatibility, offering(NEWER))).toMatchObject([{
    id: 'add-on-compatibility:coredns', severity: 'warning', subject: 'add-on coredns', remedy: 'move it to v1.13.0-eksbuild.1 soon after the control plane',
  }]);
});

test('names the newest version where EKS has no default', () => {
  expect(findings(addOnCompatibility, offering({ ...NEWER, versions: [...NEWER.versions].reverse(), defaultVersion: undefined })))
    .toMatchObject([{ remedy: 'move it to v1.13.1-eksbuild.1 soon after the control plane' }]);
});

test('warns on the way back that add-ons go first', () => {
  const offers = known([{ kubernetesVersion: '1.35', versions: ['v1.11.0-eksbuild.1'] }]);
  expect(findings(addOnCompatibility, anUpgradedCluster({ addOns: known([anAddOn({ offers })]) }), { version: '1.35' }))
    .toMatchObject([{ severity: 'warning', remedy: 'move it to v1.11.0-eksbuild.1 before the control plane' }]);
});

test('fails for a wanted version that is not meant for the target', () => {
  expect(findings(addOnCompatibility, offering(NEWER), { version: '1.36', addOns: { coredns: { version: 'v1.12.4-eksbuild.1' } } })).toMatchObject([{
    severity: 'error', message: 'v1.12.4-eksbuild.1 is wanted, which EKS does not offer for Kubernetes 1.36',
  }]);
});

test('fails for an add-on that EKS does not offer for the target', () => {
  expect(findings(addOnCompatibility, offering({ kubernetesVersion: '1.36', versions: [] })))
    .toMatchObject([{ severity: 'error', message: 'EKS offers no version of it for Kubernetes 1.36' }]);
});

test.each([
  ['were not looked up', known([]), 'they were not looked up'],
  ['could not be looked up', notKnown('not allowed to call eks:DescribeAddonVersions'), 'not allowed to call eks:DescribeAddonVersions'],
])('fails when its versions %s', (_, offers, why) => {
  expect(findings(addOnCompatibility, aCluster({ addOns: known([anAddOn({ offers })]) }))).toMatchObject([{
    id: 'add-on-compatibility:coredns:unknown', severity: 'error', message: `its versions for Kubernetes 1.36 are not known: ${why}`,
  }]);
});

test('fails when the add-ons could not be read', () => {
  expect(findings(addOnCompatibility, aCluster({ addOns: notKnown('throttled') }))).toMatchObject([{ id: 'add-on-compatibility:unknown', severity: 'error' }]);
});
