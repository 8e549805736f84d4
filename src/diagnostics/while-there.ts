import { Aws, CfnResource, Fn, Stack } from 'aws-cdk-lib';
import type { IAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { renderedCondition, whenRendered } from './rendered-properties';

/**
 * What a stack says of an alarm, only while the alarm is there: CloudFormation refuses what refers to one of its own whose condition does not
 * hold. It is decided when the template is rendered.
 *
 * @param otherwise what is said while it is not there; by default nothing
 */
export function whileThere<T>(alarm: IAlarm, stack: Stack, value: T, otherwise: unknown = Aws.NO_VALUE): T {
  const resource = resourceOfAlarm(alarm);
  if (!resource || Stack.of(resource) !== stack) return value;
  return whenRendered(() => {
    const condition = renderedCondition(resource);
    return condition === undefined ? value : Fn.conditionIf(condition, value, otherwise) as unknown as T;
  });
}

/** The resource of an alarm that the app makes; undefined of an imported one. */
export function resourceOfAlarm({ node: { defaultChild } }: IAlarm): CfnResource | undefined {
  return defaultChild && CfnResource.isCfnResource(defaultChild) ? defaultChild : undefined;
}
