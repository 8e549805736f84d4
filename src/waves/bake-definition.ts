/*
 * The state machine that bakes, in the Amazon States Language with JSONata.
 *
 * https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html
 */

import { BAKE_FAILED } from '../handler/bake-execution';

/** What is put into the definition when it is deployed, as `${Name}`. */
export type Substitution = 'Partition' | 'FunctionName';

/** Seconds between two looks. */
const LOOK_EVERY = 30;

/** How many alarms are described at once: each may bring kilobytes, and no task may return more than 256. */
const ALARMS_AT_ONCE = 10;

/** What can be tried again is, for a minute: throttling, faults of a service, and permissions that are not known everywhere yet. */
const TRY_AGAIN = [{ ErrorEquals: ['States.ALL'], IntervalSeconds: 10, MaxAttempts: 6, BackoffRate: 1 }];

const SUBJECT = '$request.ResourceProperties.Subject';
const ALARMS = '$request.ResourceProperties.Alarms';

/** A look that fails for good ends the bake: nobody vouches for what cannot be seen. */
const look = (resource: string, args: object, assign: { readonly problems: string; readonly unseen: string }, Next: string) => ({
  Type: 'Task',
  Resource: `arn:\${Partition}:states:::aws-sdk:${resource}`,
  TimeoutSeconds: 60,
  Arguments: args,
  Assign: { problems: expression(assign.problems), unseen: expression(assign.unseen) },
  Output: {},
  Retry: TRY_AGAIN,
  Catch: [{
    ErrorEquals: ['States.ALL'],
    Assign: { problems: `{% ["${resource} failed: " & $states.errorOutput.Error & ": " & $states.errorOutput.Cause] %}` },
    Next: 'Answer',
  }],
  Next,
});

const expression = (jsonata: string) => `{% ${jsonata.replace(/\s+/g, ' ')} %}`;

const healthOf = (described: string) => `[
  $not(${described}.Status = "ACTIVE") ? "its status is " & ${described}.Status,
  ${described}.Health.Issues.(Code & ": " & Message)
]`;

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
 * Looks at the subject of a bake and at its alarms, every half minute until it has lasted as long as it shall or something is wrong; then lets the
 * handler answer CloudFormation.
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
        ends: '{% $millis() + 1000 * $number($states.input.Request.ResourceProperties.DurationSeconds) %}',
        problems: [],
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
      'eks:describeNodegroup',
      { ClusterName: `{% ${SUBJECT}.ClusterName %}`, NodegroupName: `{% ${SUBJECT}.NodegroupName %}` },
      { problems: healthOf('$states.result.Nodegroup'), unseen: ALARMS },
      'Are there alarms unseen',
    ),
    'Look at the control plane': look(
      'eks:describeCluster',
      { Name: `{% ${SUBJECT}.ClusterName %}` },
      { problems: healthOf('$states.result.Cluster'), unseen: ALARMS },
      'Are there alarms unseen',
    ),
    'Are there alarms unseen': {
      Type: 'Choice',
      Choices: [{ Condition: '{% $count($unseen) > 0 %}', Next: 'Look at the alarms' }],
      Default: 'Is it done',
    },
    'Look at the alarms': look(
      'cloudwatch:describeAlarms',
      { AlarmNames: `{% ${ASKED} %}`, AlarmTypes: ['MetricAlarm', 'CompositeAlarm'], MaxRecords: 100 },
      { problems: FIRING, unseen: `[$filter($unseen, function($_, $index) { $index >= ${ALARMS_AT_ONCE} })]` },
      'Are there alarms unseen',
    ),
    'Is it done': {
      Type: 'Choice',
      Choices: [{ Condition: '{% $count($problems) > 0 or $millis() >= $ends %}', Next: 'Answer' }],
      Default: 'Wait',
    },
    'Wait': {
      Type: 'Wait',
      Seconds: `{% $max([1, $min([${LOOK_EVERY}, $ceil(($ends - $millis()) / 1000)])]) %}`,
      Next: 'What is baked',
    },
    'Answer': {
      Type: 'Task',
      Resource: 'arn:${Partition}:states:::lambda:invoke',
      TimeoutSeconds: 60,
      Arguments: {
        FunctionName: '${FunctionName}',
        Payload: { BakeEnded: { Request: '{% $request %}', StartedAt: '{% $startedAt %}', Problems: '{% $problems %}' } },
      },
      Output: {},
      Retry: TRY_AGAIN,
      Next: 'Did it stand',
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
