import { SSMClient } from '@aws-sdk/client-ssm';
import { ParameterValue, readParameter } from './parameter';

/**
 * What AWS publishes in a parameter such as `…/recommended/release_version`; where there is none, the same field of the JSON that
 * the parent holds.
 *
 * Not every partition is known to have all children: what only the parent tells is published, too.
 *
 * @throws AwsCallError
 * @see https://docs.aws.amazon.com/eks/latest/userguide/retrieve-ami-id.html
 */
export async function readPublishedField(ssm: SSMClient, name: string): Promise<ParameterValue | undefined> {
  const told = await readParameter(ssm, name);
  const [, parent, field] = /^(\/aws\/service\/.+)\/(release_version|image_id|image_version)$/.exec(name) ?? [];
  if (told || parent === undefined) return told;
  const whole = await readParameter(ssm, parent);
  const value = whole && fieldOf(whole.value, field);
  return value === undefined ? undefined : { ...whole!, value };
}

function fieldOf(json: string, field: string): string | undefined {
  try {
    const value = (JSON.parse(json) as Readonly<Record<string, unknown>> | null)?.[field];
    return typeof value === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}
