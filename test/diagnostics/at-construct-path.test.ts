import { App, Stack } from 'aws-cdk-lib/core';
import { atConstructPath } from '../../src/diagnostics/at-construct-path';

function failure(check: () => unknown, scope: App | Stack = new Stack(new App(), 'Stack'), id = 'Group'): Error {
  try {
    atConstructPath(scope, id, check);
  } catch (error) {
    return error as Error;
  }
  throw new Error('nothing was thrown');
}

test('passes the result on', () => {
  expect(atConstructPath(new App(), 'Group', () => 42)).toBe(42);
});

test('a message ends with the path of the construct to be', () => {
  expect(failure(() => { throw new Error('too small'); }).message).toBe('too small [Stack/Group]');
});

test('directly below the app the path is the id', () => {
  expect(failure(() => { throw new Error('too small'); }, new App()).message).toBe('too small [Group]');
});

test('an ID with a slash is in the path as it is in the tree', () => {
  expect(failure(() => { throw new Error('too small'); }, undefined, 'team/workers').message).toBe('too small [Stack/team--workers]');
});

test('what Node.js prints of an uncaught error has the path, too', () => {
  const { stack } = failure(() => { throw new Error("'$&' is not a number"); });
  expect(stack?.split('\n')[0]).toBe("Error: '$&' is not a number [Stack/Group]");
});

test('the kind of error is kept', () => {
  expect(failure(() => { throw new RangeError('too small'); })).toBeInstanceOf(RangeError);
});

test('what is no error is thrown as it is', () => {
  expect(failure(() => { throw 'a text'; })).toBe('a text'); // eslint-disable-line no-throw-literal -- foreign code may
});
