import { keysOf, LabelRequirement, selects } from '../../../../src/engine/state/workloads/label-selector';

const key = 'app';

test.each<[LabelRequirement, Record<string, string>, boolean]>([
  [{ key, operator: 'In', values: ['a', 'b'] }, { app: 'b' }, true],
  [{ key, operator: 'In', values: ['a', 'b'] }, { app: 'c' }, false],
  [{ key, operator: 'In', values: ['a', 'b'] }, {}, false],
  [{ key, operator: 'NotIn', values: ['a'] }, { app: 'b' }, true],
  [{ key, operator: 'NotIn', values: ['a'] }, { app: 'a' }, false],
  [{ key, operator: 'NotIn', values: ['a'] }, {}, true],
  [{ key, operator: 'Exists' }, { app: '' }, true],
  [{ key, operator: 'Exists' }, {}, false],
  [{ key, operator: 'DoesNotExist' }, {}, true],
  [{ key, operator: 'DoesNotExist' }, { app: 'a' }, false],
  [{ key, operator: 'Unheard', values: ['a'] }, { app: 'a' }, false],
])('%j of %j: %s', (requirement, labels, expected) => {
  expect(selects({ matchExpressions: [requirement] }, labels)).toBe(expected);
});

test('all requirements at once, and without any all objects', () => {
  const selector = { matchLabels: { app: 'a' }, matchExpressions: [{ key: 'tier', operator: 'Exists' }] };
  expect(selects(selector, { app: 'a', tier: 'x' })).toBe(true);
  expect(selects(selector, { app: 'a' })).toBe(false);
  expect(selects(selector, { app: 'b', tier: 'x' })).toBe(false);
  expect(selects({}, {})).toBe(true);
  expect(keysOf(selector)).toEqual(['app', 'tier']);
});
