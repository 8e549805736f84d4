import { textOf } from '../diagnostics/text-of';

/**
 * What is known at synth of user data, as a launch template is rendered with it: encoded by CloudFormation or before.
 *
 * @param unknown what stands for a part that only the deployment knows
 */
export function userDataText(rendered: unknown, unknown: string): string {
  return typeof rendered === 'string'
    ? Buffer.from(rendered, 'base64').toString()
    : textOf((rendered as { readonly 'Fn::Base64'?: unknown } | undefined)?.['Fn::Base64'], unknown) ?? '';
}
