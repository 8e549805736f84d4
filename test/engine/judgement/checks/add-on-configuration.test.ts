import { sample } from './add-on-configuration.sample';
import { UpgradeIntent } from '../../../../src/engine/change/upgrade-intent';
import { addOnConfiguration } from '../../../../src/engine/judgement/checks/add-on-configuration';
import { AddOnConfigurationAnswer } from '../../../../src/engine/state/add-on-configuration';
import { known, notKnown } from '../../../../src/engine/state/known';
import { aCatalog, findings } from '../../a-cluster';

const { state, catalog } = sample;
const [answer] = catalog.addOnConfigurations!;
const { coredns } = sample.intent.addOns!;

function found(addOn: NonNullable<UpgradeIntent['addOns']>[string], ...answers: AddOnConfigurationAnswer[]) {
  return findings(addOnConfiguration, state, { version: '1.36', addOns: { coredns: addOn } }, aCatalog({ addOnConfigurations: answers }));
}

test('fails for values that the chosen version does not take', () => {
  expect(found(coredns, answer)).toMatchObject([{
    id: 'add-on-configuration:coredns',
    severity: 'error',
    subject: 'add-on coredns',
    reason: 'refused',
    data: {
      name: 'coredns',
      version: 'v1.13.0-eksbuild.1',
      objections: ['replicacount is not known to it; replicaCount is'],
    },
  }]);
});

test('passes for values that it takes, and for an answer to another question', () => {
  expect(found(coredns, { ...answer, objections: known([]) })).toEqual([]);
  expect(found(coredns, { ...answer, asked: { ...answer.asked, version: 'v1.12.4-eksbuild.1' } })).toEqual([]);
  expect(found({ ...coredns, configuration: { values: '{}' } }, answer)).toEqual([]);
  expect(found({ ...coredns, configuration: { ...coredns.configuration, serviceAccounts: ['coredns'] } }, answer)).toEqual([]);
});

test('a version that a policy chooses is the one that counts', () => {
  const { configuration } = coredns;
  expect(found({ policy: 'latest', configuration }, answer)).toHaveLength(1);
  expect(found({ policy: 'recommended', configuration }, answer)).toEqual([]);
});

describe('an add-on that keeps its version', () => {
  const staying = { ...answer, asked: { ...answer.asked, version: 'v1.12.4-eksbuild.1' } };

  test('is judged when its configuration changes', () => {
    expect(found({ configuration: coredns.configuration, isReconfigured: true }, staying)).toHaveLength(1);
  });

  test('is left alone when that stays, too, and when it goes', () => {
    expect(found({ configuration: coredns.configuration, isReconfigured: false }, staying)).toEqual([]);
    expect(found({ ...coredns, removed: true }, answer)).toEqual([]);
  });
});

test('a new add-on of which nobody chooses a version is judged with the default', () => {
  const empty = { ...state, addOns: known([]) };
  const asked = { ...answer.asked, version: 'v1.12.4-eksbuild.1' };
  const intent = { version: '1.36', addOns: { coredns: { configuration: coredns.configuration, isNew: true } } };
  expect(findings(addOnConfiguration, empty, intent, aCatalog({ addOnConfigurations: [{ ...answer, asked }] }))).toHaveLength(1);
});

test('what was not looked at is one information about the cluster, whatever the number of add-ons', () => {
  const denied = notKnown('not allowed to call eks:DescribeAddonConfiguration (no identity-based policy allows it)');
  const other = { name: 'vpc-cni', version: 'v1.21.1-eksbuild.1', values: '{}' };
  const intent = {
    version: '1.36', addOns: { 'coredns': coredns, 'vpc-cni': { version: other.version, configuration: { values: '{}' } } },
  };
  const answers = [{ ...answer, objections: denied }, { asked: other, objections: denied }];
  expect(findings(addOnConfiguration, state, intent, aCatalog({ addOnConfigurations: answers }))).toMatchObject([{
    id: 'add-on-configuration:unknown',
    severity: 'info',
    unknown: true,
    subject: 'cluster prod',
    reason: 'notAllowed',
    data: {
      addOns: ['coredns v1.13.0-eksbuild.1, vpc-cni v1.21.1-eksbuild.1 (not allowed to call eks:DescribeAddonConfiguration (no identity-based policy allows it))'],
      action: 'eks:DescribeAddonConfiguration',
    },
  }]);
});

test('another reason than a permission has another remedy', () => {
  expect(found(coredns, { ...answer, objections: notKnown('eks:DescribeAddonConfiguration failed: ServerException') }))
    .toMatchObject([{ severity: 'info', reason: 'unread' }]);
});
