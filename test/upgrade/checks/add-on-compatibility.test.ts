import { addOnCompatibility } from '../../../src/upgrade/checks/add-on-compatibility';
import { known, notKnown } from '../../../src/upgrade/known';
import { AddOnOffer } from '../../../src/upgrade/region-catalog';
import { aCatalog, aCluster, anUpgradedCluster, findings } from '../a-cluster';

const NEWER: AddOnOffer = { kubernetesVersion: '1.36', versions: ['v1.13.1-eksbuild.1', 'v1.13.0-eksbuild.1'], defaultVersion: 'v1.13.0-eksbuild.1' };

const UP = { version: '1.36' };

function offering(...offers: AddOnOffer[]) {
  return aCatalog({ addOnOffers: { coredns: known(offers) } });
}

test('passes when the installed version is meant for the target', () => {
  expect(findings(addOnCompatibility, aCluster())).toEqual([]);
});

test('passes when the wanted version is meant for the target', () => {
  expect(findings(addOnCompatibility, aCluster(), { version: '1.36', addOns: { coredns: { version: 'v1.13.1-eksbuild.1' } } }, offering(NEWER))).toEqual([]);
});

test('does not look at add-ons that stay under a control plane that stays', () => {
  expect(findings(addOnCompatibility, aCluster(), { addOns: { coredns: { version: 'v1.12.4-eksbuild.1' } } }, offering())).toEqual([]);
  expect(findings(addOnCompatibility, aCluster({ addOns: notKnown('throttled') }), {})).toEqual([]);
});

test('warns of an installed version that is not meant for the target', () => {
  expect(findings(addOnCompatibility, aCluster(), UP, offering(NEWER))).toMatchObject([{
    id: 'add-on-compatibility:coredns', severity: 'warning', subject: 'add-on coredns', remedy: 'move it to v1.13.0-eksbuild.1 soon after the control plane',
  }]);
});

test('names the newest version where EKS has no default', () => {
  expect(findings(addOnCompatibility, aCluster(), UP, offering({ ...NEWER, versions: [...NEWER.versions].reverse(), defaultVersion: undefined })))
    .toMatchObject([{ remedy: 'move it to v1.13.1-eksbuild.1 soon after the control plane' }]);
});

test('warns on the way back that add-ons go first', () => {
  const catalog = offering({ kubernetesVersion: '1.35', versions: ['v1.11.0-eksbuild.1'] });
  expect(findings(addOnCompatibility, anUpgradedCluster(), { version: '1.35' }, catalog))
    .toMatchObject([{ severity: 'warning', remedy: 'move it to v1.11.0-eksbuild.1 before the control plane' }]);
});

test('fails for a wanted version that is not meant for the target', () => {
  expect(findings(addOnCompatibility, aCluster(), { version: '1.36', addOns: { coredns: { version: 'v1.12.4-eksbuild.1' } } }, offering(NEWER))).toMatchObject([{
    severity: 'error', message: 'v1.12.4-eksbuild.1 is wanted, which EKS does not offer for Kubernetes 1.36',
  }]);
});

test('fails for an add-on that EKS does not offer for the target', () => {
  expect(findings(addOnCompatibility, aCluster(), UP, offering({ kubernetesVersion: '1.36', versions: [] })))
    .toMatchObject([{ severity: 'error', message: 'EKS offers no version of it for Kubernetes 1.36' }]);
});

test.each([
  ['were not looked up', known([]), 'it was not looked up'],
  ['could not be looked up', notKnown('not allowed to call eks:DescribeAddonVersions'), 'not allowed to call eks:DescribeAddonVersions'],
])('fails when its versions %s', (_, offers, why) => {
  expect(findings(addOnCompatibility, aCluster(), UP, aCatalog({ addOnOffers: { coredns: offers } }))).toMatchObject([{
    id: 'add-on-compatibility:coredns:unknown', severity: 'error', message: `its versions for Kubernetes 1.36 are not known: ${why}`,
  }]);
});
