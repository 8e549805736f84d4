import * as fc from 'fast-check';
import { readPage } from '../../../src/live/kubernetes/list-page';

const read = (json: string) => readPage(json, (object) => object as unknown);

/** Texts that look like what ends or begins something. */
const tricky = fc.oneof(fc.string(), fc.constantFrom('items', '"items":[', '\\', '\\"', '}', ']', '{"items":[', '\u2028', '\\\\"'));
const value = fc.letrec((tie) => ({
  any: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    tricky, fc.integer(), fc.boolean(), fc.constant(null), fc.array(tie('any')), fc.dictionary(tricky, tie('any')),
  ),
})).any;
const object = fc.dictionary(fc.oneof(tricky, fc.constant('items')), value);

test('reads what JSON.parse reads, whatever the objects hold, and wherever the items stand', () => {
  const continued = fc.option(fc.string({ minLength: 1 }));
  fc.assert(fc.property(fc.array(object), continued, fc.boolean(), fc.constantFrom(undefined, 2), (items, next, isFirst, space) => {
    const metadata = { items: 'no', ...next === null ? {} : { continue: next } };
    const list = isFirst ? { items, kind: 'items', metadata } : { kind: 'items', metadata, other: { items: [{}] }, items };
    expect(read(JSON.stringify(list, undefined, space))).toEqual({ kept: items, next: next ?? '' });
  }));
});

test.each([
  ['{"metadata":{"continue":"x"}}', 'x'], ['{"items":null,"metadata":{}}', ''], ['{"items":[]}', ''],
])('reads a page without objects: %s', (json, next) => {
  expect(read(json)).toEqual({ kept: [], next });
});

test.each(['', '{"items":[{"a":1},{"b"', '{"items":[{"a":"', '<html>'])('fails for what is not JSON: %s', (json) => {
  expect(() => read(json)).toThrow(SyntaxError);
});
