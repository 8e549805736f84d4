import { Lazy, Token } from 'aws-cdk-lib';
import { withSortedKeys } from '../../src/diagnostics/sorted-keys';

test('the keys of all objects come in alphabetical order, those in lists too', () => {
  const sorted = withSortedKeys({ b: { d: 1, c: [{ f: 2, e: null }, 'text'] }, a: true });
  expect(JSON.stringify(sorted)).toBe('{"a":true,"b":{"c":[{"e":null,"f":2},"text"],"d":1}}');
});

test('an object without a prototype is sorted, too', () => {
  const bare = Object.assign(Object.create(null), { b: 1, a: 2 });
  expect(Object.keys(withSortedKeys(bare) as object)).toEqual(['a', 'b']);
});

test('tokens, lists and what is no plain object stay as they are', () => {
  const token = Lazy.any({ produce: () => ({ b: 1, a: 2 }) });
  const date = new Date(0);
  const kept = withSortedKeys({ token, date, text: Token.asString(token), list: ['b', 'a'] }) as Record<string, unknown>;
  expect(kept.token).toBe(token);
  expect(kept.date).toBe(date);
  expect(kept.list).toEqual(['b', 'a']);
});
