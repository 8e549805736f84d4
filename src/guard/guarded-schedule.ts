import { ArnFormat, CfnResource, IResolvable, Reference, Stack, Token, Tokenization } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as iam from 'aws-cdk-lib/aws-iam';
import { says } from './messages';
import { UpgradeGuardOptions } from './upgrade-guard';
import { MOST_NAMED_ALARMS } from '../custom-resources/most-named-alarms';
import { alarmElsewhere } from '../diagnostics/alarm-elsewhere';
import { renderedCondition } from '../diagnostics/rendered-properties';
import { isMetricAlarm, resourceOfAlarm, whileAlarmIsThere } from '../diagnostics/while-there';
import { GuardedAlarm, GuardedSchedule } from '../engine/change/resource-properties';
import { refusal } from '../engine/messages/refusal';

/**
 * What the guard is told of when its cluster may be rolled; undefined where that is at any time.
 *
 * @throws if it could not watch one of the alarms
 */
export function guardedSchedule(
  stack: Stack, { window, calendar, notWhile = [] }: UpgradeGuardOptions,
): GuardedSchedule | undefined {
  if (!window && calendar === undefined && notWhile.length === 0) return undefined;
  const elsewhere = alarmElsewhere(notWhile, stack);
  if (elsewhere) throw refusal(says.alarmElsewhere(elsewhere));
  return {
    Windows: window?._render(),
    Calendar: calendar,
    Alarms: notWhile.length === 0 ? undefined : notWhile.map((alarm) => whileAlarmIsThere(alarm, stack, guardedAlarm(stack, alarm))),
  };
}

/** What the guard may do for it. */
export function schedulePermissions(stack: Stack, { window, calendar, notWhile = [] }: UpgradeGuardOptions): iam.PolicyStatement[] {
  return [
    ...window === undefined && notWhile.length === 0 ? [] : [new iam.PolicyStatement({
      actions: ['cloudformation:DescribeStackResource'], resources: [stack.stackId],
    })],
    ...calendar === undefined ? [] : [
      new iam.PolicyStatement({ actions: ['ssm:GetCalendarState'], resources: [calendarArn(stack, calendar)] }),
    ],
    ...notWhile.length === 0 ? [] : [new iam.PolicyStatement({
      actions: ['cloudwatch:DescribeAlarms'],
      resources: notWhile.length <= MOST_NAMED_ALARMS && notWhile.every(isNamedMetricAlarm)
        ? literalNamesOf(notWhile).map((resourceName) => stack.formatArn({
          service: 'cloudwatch', resource: 'alarm', resourceName, arnFormat: ArnFormat.COLON_RESOURCE_NAME,
        }))
        : ['*'],
    })],
  ];
}

/** Names of the alarms of which it is known, once the template is rendered, that they are there: those under no condition. */
export function literalAlarmNames(alarms: cloudwatch.IAlarm[]): string[] {
  return literalNamesOf(alarms.filter((alarm) => {
    const resource = resourceOfAlarm(alarm);
    return !resource || renderedCondition(resource) === undefined;
  }));
}

function literalNamesOf(alarms: cloudwatch.IAlarm[]): string[] {
  return alarms.flatMap((alarm) => literalNameOf(alarm) ?? []);
}

function guardedAlarm(stack: Stack, alarm: cloudwatch.IAlarm): GuardedAlarm {
  const [name, resource] = [literalNameOf(alarm), resourceOfAlarm(alarm)];
  return name === undefined && resource && Stack.of(resource) === stack ? {
    LogicalId: resource.logicalId,
  } : { Name: name ?? alarm.alarmName };
}

/** The name that the app gives an alarm, or by which it imports one. The L2 itself only tells a reference to what it makes. */
function literalNameOf(alarm: cloudwatch.IAlarm): string | undefined {
  const { alarmName } = resourceOfAlarm(alarm) as cloudwatch.CfnAlarm | undefined ?? alarm;
  return alarmName === undefined || Token.isUnresolved(alarmName) ? undefined : alarmName;
}

/**
 * Whether the permission can name an alarm: its name refers to nothing that may wait for the guard, and it is no composite alarm, which are
 * told only to who may see all.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarms.html
 */
function isNamedMetricAlarm(alarm: cloudwatch.IAlarm): boolean {
  return literalNameOf(alarm) !== undefined && isMetricAlarm(alarm);
}

/**
 * What the permission names. Of a value that only CloudFormation knows, such as an import, nobody can tell whether it is a name or an ARN,
 * which may be of another account: the state of any calendar may be read then.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssystemsmanager.html
 */
function calendarArn(stack: Stack, calendar: string): string {
  const document = { service: 'ssm', resource: 'document' };
  if (calendar.startsWith('arn:')) return calendar;
  return isOpen(calendar)
    ? stack.formatArn({ ...document, region: '*', account: '*', resourceName: '*' })
    : stack.formatArn({ ...document, resourceName: calendar });
}

/** Whether CloudFormation alone knows what a text is: the `Ref` of a calendar of the app is its name. */
function isOpen(calendar: string): boolean {
  const { firstToken, length } = Tokenization.reverseString(calendar);
  return length === 1 && firstToken !== undefined && !isRefOfDocument(firstToken);
}

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ssm-document.html */
function isRefOfDocument(token: IResolvable): boolean {
  return Reference.isReference(token) && token.displayName === 'Ref'
    && CfnResource.isCfnResource(token.target) && token.target.cfnResourceType === 'AWS::SSM::Document';
}
