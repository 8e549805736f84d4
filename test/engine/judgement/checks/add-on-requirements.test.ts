import { sample } from './add-on-requirements.sample';
import { AddOnIntent } from '../../../../src/engine/change/upgrade-intent';
import { addOnRequirements } from '../../../../src/engine/judgement/checks/add-on-requirements';
import { known } from '../../../../src/engine/state/known';
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
    message: 'v1.13.0-eksbuild.1 needs a configuration and permissions in AWS, and the template gives it none',
    remedy: expect.stringMatching(
      /^give configurationValues as .*; give podIdentities .* or serviceAccountRole, unless its nodes have the permissions$/,
    ),
  }]);
});

test.each<[NonNullable<AddOnIntent['given']>, string[]]>([
  [['configuration'], ['v1.13.0-eksbuild.1 needs permissions in AWS, and the template gives it none']],
  [['role'], ['v1.13.0-eksbuild.1 needs a configuration, and the template gives it none']],
  [['configuration', 'role'], []],
])('with %j', (given, messages) => {
  expect(told({ policy: 'recommended', given }).map(({ message }) => message)).toEqual(messages);
});

test('a new add-on of which nobody chooses a version is told of with the default', () => {
  expect(told({ given: [], isNew: true }, { ...state, addOns: known([]) })).toHaveLength(1);
});

test.each<[AddOnVersionTraits, string]>([
  [{ requiresIamPermissions: true }, 'a configuration'], [{ requiresConfiguration: true }, 'permissions in AWS'],
])('says nothing of what the installed version needs already: %j', (traits, missing) => {
  const offers = catalog.addOnOffers.coredns;
  const [today, next] = offers.known ? offers.value : [];
  const before = { ...today, traits: { 'v1.12.4-eksbuild.1': traits } };
  const change = { version: '1.36', addOns: { coredns: { version: 'v1.13.0-eksbuild.1', given: [] } } };
  expect(findings(
    addOnRequirements, state, change, { ...catalog, addOnOffers: { coredns: known([before, next]) } },
  ).map(({ message }) => message))
    .toEqual([`v1.13.0-eksbuild.1 needs ${missing}, and the template gives it none`]);
});

test('says nothing of another version, of an add-on that stays or goes, and without a template', () => {
  const there = { ...state, addOns: known([{ name: 'coredns', version: 'v1.13.0-eksbuild.1', status: 'ACTIVE', healthIssues: [] }]) };
  expect(told({ version: 'v1.12.4-eksbuild.1', given: [] }, there)).toEqual([]);
  expect(told({ given: [] }, there)).toEqual([]);
  expect(told({ removed: true, given: [] })).toEqual([]);
  expect(told({ version: 'v1.13.0-eksbuild.1' })).toEqual([]);
});
