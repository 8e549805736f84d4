import { valueWhile } from '../../../src/engine/change/conditional-value';
import { toldValues } from '../../../src/engine/change/told-values';

const IMPORTED = { 'Fn::ImportValue': 'team' };

function told(given: unknown, received: unknown) {
  const { parameters, others } = toldValues({ 1: given }, { 1: received }, (id) => id === 'Subnet');
  return { parameters, others: Object.fromEntries(others) };
}

test.each<[string, (value: unknown) => unknown]>([
  ['as they stand', (value) => value],
  ['while a condition holds', (value) => valueWhile('IsLive', true, value)],
  ['while one does not', (value) => valueWhile('IsLive', false, value)],
  ['while one holds and another does not', (value) => valueWhile('IsLive', true, valueWhile('IsTest', false, value))],
])('values of other stacks and parameters, nothing of resources: %s', (_, as) => {
  expect(told(as(IMPORTED), 'one')).toEqual({ parameters: {}, others: { [JSON.stringify(IMPORTED)]: 'one' } });
  expect(told(as({ Ref: 'Stage' }), 'live')).toEqual({ parameters: { Stage: 'live' }, others: {} });
  expect(told(as({ Ref: 'Subnet' }), 'subnet-1')).toEqual({ parameters: {}, others: {} });
  expect(told(as(IMPORTED), undefined)).toEqual({ parameters: {}, others: {} });
});
