import { Stack } from 'aws-cdk-lib';
import { Carried } from '../../src/diagnostics/carried';

test('a construct carries what it was given, by kind, and other constructs nothing of it', () => {
  const [one, other] = [new Stack(), new Stack()];
  const [versions, names] = [new Carried<string>('test.Version'), new Carried<string>('test.Name')];

  expect(versions.give(one, '1.36')).toBe('1.36');

  expect([versions.of(one), versions.of(other), names.of(one)]).toEqual(['1.36', undefined, undefined]);
});

test('what is given later counts', () => {
  const versions = new Carried<string>('test.Version');
  const stack = new Stack();
  versions.give(stack, '1.35');
  versions.give(stack, '1.36');

  expect(versions.of(stack)).toBe('1.36');
});

test('copies of this library in one app see the same, as where a monorepo has installed it twice', () => {
  const stack = new Stack();
  new Carried<string>('test.Version').give(stack, '1.36');

  jest.isolateModules(() => {
    const copy = jest.requireActual<{ Carried: typeof Carried }>('../../src/diagnostics/carried');
    expect(copy.Carried).not.toBe(Carried);
    expect(new copy.Carried<string>('test.Version').of(stack)).toBe('1.36');
  });
});

test('it does not show when a construct is listed', () => {
  const stack = new Stack();
  const before = Object.keys(stack);
  new Carried<string>('test.Version').give(stack, '1.36');

  expect(Object.keys(stack)).toEqual(before);
});
