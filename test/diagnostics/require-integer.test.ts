import { Lazy, Token } from 'aws-cdk-lib/core';
import * as fc from 'fast-check';
import { says } from '../../src/diagnostics/messages';
import { requireInteger } from '../../src/diagnostics/require-integer';
import { sentence } from '../../src/engine/messages/sentence';

test('whole numbers in the range pass, all others fail with the value and the range', () => {
  fc.assert(fc.property(fc.oneof(fc.integer({ min: -5, max: 15 }), fc.double()), (value) => {
    const check = () => requireInteger('limit', value, { min: 1, max: 10 });
    if (Number.isInteger(value) && value >= 1 && value <= 10) {
      expect(check).not.toThrow();
    } else if (!Token.isUnresolved(value)) {
      expect(check).toThrow(sentence(says.notWithin({ prop: 'limit', value, min: 1, max: 10 })));
    }
  }));
});

test('without upper bound any large number passes', () => {
  expect(() => requireInteger('limit', Number.MAX_SAFE_INTEGER, { min: 0 })).not.toThrow();
});

test.each([-1, 0.5, NaN, Infinity])('fails for %p without upper bound', (value) => {
  expect(() => requireInteger('limit', value, { min: 0 })).toThrow(sentence(says.notWhole({ prop: 'limit', value, min: 0 })));
});

test('absent values and tokens pass', () => {
  expect(() => requireInteger('limit', undefined, { min: 1 })).not.toThrow();
  expect(() => requireInteger('limit', Token.asNumber(Lazy.any({ produce: () => 0 })), { min: 1 })).not.toThrow();
});
