import { instanceTypesOffered } from '../../../../src/engine/judgement/checks/instance-types-offered';
import { known, notKnown } from '../../../../src/engine/state/known';
import { findings } from '../../a-cluster';
import { A_ROLL, aRoomyCluster } from '../../a-node-room';

const group = { instanceTypes: ['m7i.large', 'c7i.large'] };

test('passes where all zones offer all types', () => {
  expect(findings(instanceTypesOffered, aRoomyCluster(), A_ROLL)).toEqual([]);
});

test('warns of a type that a zone of the group lacks', () => {
  const offerings = known([{ name: 'm7i.large', zones: ['use1-az1', 'use1-az2'] }, { name: 'c7i.large', zones: ['use1-az1', 'use1-az3'] }]);
  expect(findings(instanceTypesOffered, aRoomyCluster({ offerings }, { group }), A_ROLL)).toMatchObject([{
    id: 'instance-types-offered:workers',
    severity: 'warning',
    reason: 'lacking',
    data: { lacking: ['c7i.large in use1-az2'] },
  }]);
});

test('a type that the Region lacks is lacking in each zone', () => {
  const offerings = known([{ name: 'm7i.large', zones: [] }]);
  expect(findings(instanceTypesOffered, aRoomyCluster({ offerings }), A_ROLL)).toMatchObject([
    { reason: 'lacking', data: { lacking: ['m7i.large in use1-az1, use1-az2'] } },
  ]);
});

test('passes for a group that stays, and where subnets or offers could not be read', () => {
  const offerings = known([{ name: 'm7i.large', zones: [] }]);
  expect(findings(instanceTypesOffered, aRoomyCluster({ offerings }), {})).toEqual([]);
  expect(findings(instanceTypesOffered, aRoomyCluster({ offerings, subnets: notKnown('denied') }), A_ROLL)).toEqual([]);
  expect(findings(instanceTypesOffered, aRoomyCluster({ offerings: notKnown('denied') }), A_ROLL)).toEqual([]);
});
