import { App, NestedStack, Stack } from 'aws-cdk-lib';
import { stacksAround, topLevelStack } from '../../src/diagnostics/stacks-around';

const top = new Stack(new App(), 'Top');
const nested = new NestedStack(top, 'Nested');
const within = new NestedStack(nested, 'Within');

test('the stacks around one, the innermost first', () => {
  expect([top, nested, within].map(stacksAround)).toEqual([[], [top], [nested, top]]);
});

test('the one that is deployed by itself is the outermost', () => {
  expect([top, nested, within].map((stack) => topLevelStack(stack) === top)).toEqual([true, true, true]);
});
