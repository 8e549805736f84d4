import { dummyFor, isDummy, isPlaceholder } from '../../../src/engine/state/placeholder';

test.each([
  'dummy-value-for-/platform/version', dummyFor('the-release'), '1.dummy-value-for-minor', '{{resolve:ssm:/platform/version}}', 'v{{resolve:secretsmanager:a:SecretString:b}}',
  '1.${Token[minor.12]}',
])('%s is known to others only', (text) => {
  expect(isPlaceholder(text)).toBe(true);
});

test.each(['1.36', '', '1.36.2-20260714', 'resolve:ssm'])('%j is what it says', (text) => {
  expect(isPlaceholder(text)).toBe(false);
});

test('a dynamic reference is no dummy: no look-up brings its value', () => {
  expect(isDummy('{{resolve:ssm:/platform/version}}')).toBe(false);
});
