import { sample } from './add-on-requirements.sample';
import { AddOnIntent } from '../../../../src/engine/change/upgrade-intent';
import { addOnRequirements } from '../../../../src/engine/judgement/checks/add-on-requirements';
import { known, notKnown } from '../../../../src/engine/state/known';
import { AddOnVersionTraits } from '../../../../src/engine/state/region-catalog';
import { findings } from '../../a-cluster';

const { state, catalog } = sample;
const told = (coredns: AddOnIntent, cluster = state) => findings(
  addOnRequirements, cluster, { version: '1.36', addOns: { coredns } }, catalog,
);

test('tells what the version to come needs and the template does not give', () => {
  expect(told({ version: 'v1.13.0-eksbuild.1', given: [] })).toMatchObject([{
    id: 'add-on-requirements:coredns',
    severity: 'info',
    reason: 'needsBoth',
    data: { version: 'v1.13.0-eksbuild.1', shownBy: expect.stringContaining('describe-addon-configuration --addon-name coredns') },
  }]);
});

test.each<[NonNullable<AddOnIntent['given']>, string[]]>([
  [['configuration'], ['needsPermissions']],
  [['role'], ['needsConfiguration']],
  [['configuration', 'role'], []],
])('with %j', (given, reasons) => {
  expect(told({ policy: 'recommended', given }).map(({ reason }) => reason)).toEqual(reasons);
});

test('a new add-on of which nobody chooses a version is told of with the default', () => {
  expect(told({ given: [], isNew: true }, { ...state, addOns: known([]) })).toHaveLength(1);
});

test.each<[AddOnVersionTraits, string]>([
  [{ requiresIamPermissions: true }, 'needsConfiguration'], [{ requiresConfiguration: true }, 'needsPermissions'],
])('says nothing of what the installed version needs already: %j', (traits, reason) => {
  const offers = catalog.addOnOffers.coredns;
  const [today, next] = offers.known ? offers.value : [];
  const before = { ...today, traits: { 'v1.12.4-eksbuild.1': traits } };
  const change = { version: '1.36', addOns: { coredns: { version: 'v1.13.0-eksbuild.1', given: [] } } };
  expect(findings(
    addOnRequirements, state, change, { ...catalog, addOnOffers: { coredns: known([before, next]) } },
  )).toMatchObject([{ reason, data: { version: 'v1.13.0-eksbuild.1' } }]);
});

test('says nothing where EKS does not tell what it offers, and takes the word of either Kubernetes version', () => {
  const change = { version: '1.36', addOns: { coredns: { version: 'v1.13.0-eksbuild.1', given: [] } } };
  const reasons = (coredns: typeof catalog.addOnOffers[string]) => (
    findings(addOnRequirements, state, change, { ...catalog, addOnOffers: { coredns } }).map(({ reason }) => reason)
  );
  const offers = catalog.addOnOffers.coredns;
  const [today, next] = offers.known ? offers.value : [];
  expect(reasons(notKnown('not allowed to call eks:DescribeAddonVersions'))).toEqual([]);
  expect(reasons(known([today]))).toEqual(['needsBoth']);
  expect(reasons(known([next]))).toEqual(['needsBoth']);
});

test('says nothing of another version, of an add-on that stays or goes, and without a template', () => {
  const there = { ...state, addOns: known([{ name: 'coredns', version: 'v1.13.0-eksbuild.1', status: 'ACTIVE', healthIssues: [] }]) };
  expect(told({ version: 'v1.12.4-eksbuild.1', given: [] }, there)).toEqual([]);
  expect(told({ given: [] }, there)).toEqual([]);
  expect(told({ removed: true, given: [] })).toEqual([]);
  expect(told({ version: 'v1.13.0-eksbuild.1' })).toEqual([]);
});
