import { Stack } from 'aws-cdk-lib';

/** The stacks in which a nested stack is, the innermost first; none for another. */
export function stacksAround({ nestedStackParent: parent }: Stack): Stack[] {
  return parent ? [parent, ...stacksAround(parent)] : [];
}

/** The stack that is deployed by itself: of a nested one, the outermost around it, which also has its look-ups. */
export function topLevelStack(stack: Stack): Stack {
  return stacksAround(stack).at(-1) ?? stack;
}
