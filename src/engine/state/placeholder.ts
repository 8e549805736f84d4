const DUMMY = 'dummy-value-for-';

/**
 * Whether a text is, or holds, the dummy value that the CDK gives an app while it has not looked up the real one.
 *
 * @see https://docs.aws.amazon.com/cdk/v2/guide/context.html
 */
export function isDummy(text: string): boolean {
  return text.includes(DUMMY);
}

/** The dummy value of something that is looked up later. */
export function dummyFor(what: string): string {
  return `${DUMMY}${what}`;
}

/** Whether a value of a template, or a part of it, is an expression: a token, or what CloudFormation works out while it deploys. */
export function holdsExpression(value: unknown): boolean {
  return /"(Ref|Fn::\w+)":|\{\{resolve:|\$\{Token\[/.test(JSON.stringify(value) ?? '');
}

/**
 * Whether a text stands for a value that only others know: the dummy of a look-up, a token, or a dynamic reference, which CloudFormation
 * resolves while it deploys. It says nothing of the value, and is never compared with one.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references.html
 */
export function isPlaceholder(text: string): boolean {
  return isDummy(text) || holdsExpression(text);
}
