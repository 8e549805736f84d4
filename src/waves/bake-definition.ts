/*
 * The state machine that bakes, in the Amazon States Language with JSONata.
 *
 * https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html
 */

import { BAKE_FAILED, BAKE_NOT_ANSWERED } from '../handler/bake-execution';

/** The integrations of Step Functions that the machine uses. */
export const INTEGRATIONS = {
  LookAtNodeGroup: 'aws-sdk:eks:describeNodegroup',
  LookAtControlPlane: 'aws-sdk:eks:describeCluster',
  LookAtAlarms: 'aws-sdk:cloudwatch:describeAlarms',
  Invoke: 'lambda:invoke',
} as const;

type Integration = keyof typeof INTEGRATIONS;

/** What is put into the definition when it is deployed, as `${Name}`: whole ARNs, of which validators of templates take nothing else. */
export type Substitution = Integration | 'FunctionName';

/** Seconds between two looks. */
const LOOK_EVERY = 30;

/** How many alarms are described at once: each may bring kilobytes, and no task may return more than 256. */
const ALARMS_AT_ONCE = 10;

/** What can be tried again is, for a minute: throttling, faults of a service, and permissions that are not known everywhere yet. */
const TRY_AGAIN = [{ ErrorEquals: ['States.ALL'], IntervalSeconds: 10, MaxAttempts: 6, BackoffRate: 1 }];

const SUBJECT = '$request.ResourceProperties.Subject';
const ALARMS = '$request.ResourceProperties.Alarms';

/**
 * CloudFormation waits for the answer, which Lambda may throttle for a while: three minutes, so that it is there within the reserve. Of the
 * longest bakes, whose reserve is a minute, the first three attempts are.
 */
const ANSWER_AGAIN = [{ ErrorEquals: ['States.ALL'], IntervalSeconds: 5, MaxAttempts: 6, BackoffRate: 2, MaxDelaySeconds: 60 }];

/** A look that fails for good is the last one: nobody vouches for what cannot be seen. */
const look = (integration: Integration, args: object, assign: Looked, Next: string) => ({
  Type: 'Task',
  Resource: `\${${integration}}`,
  TimeoutSeconds: 60,
  Arguments: args,
  Assign: Object.fromEntries(Object.entries(assign).map(([name, jsonata]) => [name, expression(jsonata)])),
  Output: {},
  Retry: TRY_AGAIN,
  Catch: [{
    ErrorEquals: ['States.ALL'],
    Assign: {
      problems: `{% ["${INTEGRATIONS[integration].replace('aws-sdk:', '')} failed: " & $states.errorOutput.Error & ": " & `
        + '$states.errorOutput.Cause] %}',
    },
    Next: 'May it end',
  }],
  Next,
});

/** What a look finds, as JSONata. */
interface Looked {
  readonly problems: string;
  readonly busy?: string;
  /** Alarms that are yet to be looked at. */
  readonly unseen: string;
}

const expression = (jsonata: string) => `{% ${jsonata.replace(/\s+/g, ' ')} %}`;

/** Busy is no problem: a scheduled scaler is enough. But whatever is still busy in the end has not stood. */
const healthOf = (described: string) => ({
  problems: `[
    $contains($string(${described}.Status), /DEGRADED|FAILED|DELETING|null/) ? "its status is " & ${described}.Status,
    ${described}.Health.Issues.(Code & ": " & Message)
  ]`,
  busy: `[$not(${described}.Status = "ACTIVE") ? "its status is still " & ${described}.Status & " when the time is over"]`,
  unseen: ALARMS,
});

/** Of the alarms that have not been looked at since the last wait, those for one call. */
const ASKED = `[$unseen[[0..${ALARMS_AT_ONCE - 1}]]]`;

/** An alarm that is not there would never fire. One without data is no reason to stop. */
const FIRING = `(
  $asked := ${ASKED};
  $found := [$states.result.MetricAlarms, $states.result.CompositeAlarms];
  $append($problems, [
    $asked[$not($ in $found.AlarmName)].("there is no alarm " & $),
    $found[StateValue = "ALARM"].("alarm " & AlarmName & " is in ALARM: " & StateReason)
  ])
)`;

/**
 * Looks at the subject of a bake and at its alarms, every half minute until it has lasted as long as it shall or something is
 * wrong; then lets the handler answer CloudFormation. One that may be part of a rollback, which nothing must hold up, lasts its
 * whole time whatever is wrong.
 */
export const BAKE_DEFINITION = {
  Comment: 'Bakes what has moved of an EKS cluster, while CloudFormation waits (cdk-eks-upgrades)',
  QueryLanguage: 'JSONata',
  TimeoutSeconds: 3600,
  StartAt: 'Begin',
  States: {
    'Begin': {
      Type: 'Pass',
      Assign: {
        request: '{% $states.input.Request %}',
        startedAt: '{% $now() %}',
        ends: expression(`$min([
          $millis() + 1000 * $number($states.input.Request.ResourceProperties.DurationSeconds), $states.input.EndsBy
        ])`),
        problems: [],
        busy: [],
        unseen: [],
      },
      Next: 'What is baked',
    },
    'What is baked': {
      Type: 'Choice',
      Choices: [{ Condition: `{% $exists(${SUBJECT}.NodegroupName) %}`, Next: 'Look at the node group' }],
      Default: 'Look at the control plane',
    },
    'Look at the node group': look(
      'LookAtNodeGroup',
      { ClusterName: `{% ${SUBJECT}.ClusterName %}`, NodegroupName: `{% ${SUBJECT}.NodegroupName %}` },
      healthOf('$states.result.Nodegroup'),
      'Are there alarms unseen',
    ),
    'Look at the control plane': look(
      'LookAtControlPlane',
      { Name: `{% ${SUBJECT}.ClusterName %}` },
      healthOf('$states.result.Cluster'),
      'Are there alarms unseen',
    ),
    'Are there alarms unseen': {
      Type: 'Choice',
      Choices: [{ Condition: '{% $count($unseen) > 0 %}', Next: 'Look at the alarms' }],
      Default: 'Is it done',
    },
    'Look at the alarms': look(
      'LookAtAlarms',
      { AlarmNames: `{% ${ASKED} %}`, AlarmTypes: ['MetricAlarm', 'CompositeAlarm'], MaxRecords: 100 },
      { problems: FIRING, unseen: `[$filter($unseen, function($_, $index) { $index >= ${ALARMS_AT_ONCE} })]` },
      'Are there alarms unseen',
    ),
    'Is it done': {
      Type: 'Choice',
      Choices: [
        { Condition: '{% $count($problems) > 0 and $not($exists($request.WhetherRollingBack)) %}', Next: 'Answer' },
        { Condition: '{% $millis() >= $ends %}', Next: 'Its time is over' },
      ],
      Default: 'Wait',
    },
    'May it end': {
      Type: 'Choice',
      Choices: [{ Condition: '{% $exists($request.WhetherRollingBack) %}', Next: 'Wait for its end' }],
      Default: 'Answer',
    },
    // without another look: one that fails takes a minute, which the longest bakes do not have after their end
    'Wait for its end': { Type: 'Wait', Seconds: '{% $max([1, $ceil(($ends - $millis()) / 1000)]) %}', Next: 'Answer' },
    'Its time is over': { Type: 'Pass', Assign: { problems: '{% [$append($problems, $busy)] %}' }, Next: 'Answer' },
    'Wait': {
      Type: 'Wait',
      Seconds: `{% $max([1, $min([${LOOK_EVERY}, $ceil(($ends - $millis()) / 1000)])]) %}`,
      Next: 'What is baked',
    },
    'Answer': {
      Type: 'Task',
      Resource: '${Invoke}',
      TimeoutSeconds: 60,
      Arguments: {
        FunctionName: '${FunctionName}',
        Payload: { BakeEnded: { Request: '{% $request %}', StartedAt: '{% $startedAt %}', Problems: '{% $problems %}' } },
      },
      Output: {},
      Retry: ANSWER_AGAIN,
      Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Not answered' }],
      Next: 'Did it stand',
    },
    'Not answered': {
      Type: 'Fail',
      Error: BAKE_NOT_ANSWERED,
      Cause: '{% $string({ "StartedAt": $startedAt, "Problems": $problems }) %}',
    },
    'Did it stand': {
      Type: 'Choice',
      Choices: [{ Condition: '{% $count($problems) = 0 %}', Next: 'Baked' }],
      Default: 'Not baked',
    },
    'Baked': { Type: 'Succeed' },
    'Not baked': { Type: 'Fail', Error: BAKE_FAILED, Cause: '{% $join($problems, "; ") %}' },
  },
};
