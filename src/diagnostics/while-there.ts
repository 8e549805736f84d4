import { CfnResource, Stack } from 'aws-cdk-lib';
import type { IAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { renderedCondition, whenRendered } from './rendered-properties';

/**
 * What is said of a resource, or by it: CloudFormation finds neither while the resource's condition does not hold.
 *
 * @param otherwise what is said while it is not there; by default nothing
 */
export function whileThere(resource: CfnResource, value: unknown, otherwise: unknown = { Ref: 'AWS::NoValue' }): unknown {
  const condition = renderedCondition(resource);
  return condition === undefined ? value : { 'Fn::If': [condition, value, otherwise] };
}

/** The same of an alarm that the stack itself makes, decided when the template is rendered; of any other, the value. */
export function whileAlarmIsThere<T>(alarm: IAlarm, stack: Stack, value: T, otherwise?: unknown): T {
  const resource = resourceOfAlarm(alarm);
  return resource && Stack.of(resource) === stack ? whenRendered(() => whileThere(resource, value, otherwise) as T) : value;
}

/** The resource of an alarm that the app makes; undefined of an imported one. */
export function resourceOfAlarm({ node: { defaultChild } }: IAlarm): CfnResource | undefined {
  return defaultChild && CfnResource.isCfnResource(defaultChild) ? defaultChild : undefined;
}

/**
 * Whether an alarm is a metric alarm of this app. Composite alarms are described only to who may describe all.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarms.html
 */
export function isMetricAlarm(alarm: IAlarm): boolean {
  return resourceOfAlarm(alarm)?.cfnResourceType === 'AWS::CloudWatch::Alarm';
}
