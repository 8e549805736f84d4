import { ArnFormat, CfnResource, Duration, Reference, Stack, Token, Tokenization } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type { CfnCluster } from 'aws-cdk-lib/aws-eks';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct, IConstruct } from 'constructs';
import { BakeMachine } from './bake-machine';
import { BakeOptions } from './bake-options';
import { says } from './messages';
import { UpgradeHandler } from '../custom-resources/upgrade-handler';
import { alarmElsewhere } from '../diagnostics/alarm-elsewhere';
import { atConstructPath } from '../diagnostics/at-construct-path';
import { KINDS } from '../diagnostics/kinds';
import { renderedClusterVersion, renderedProperties, takeCondition, whenRendered } from '../diagnostics/rendered-properties';
import { requireBooleanIfGiven, requireKind, requireListIfGiven } from '../diagnostics/require-kind';
import { isMetricAlarm, whileAlarmIsThere } from '../diagnostics/while-there';
import { bakeAnswerSeconds, BakedSubject, BakeProperties, LONGEST_BAKE_SECONDS } from '../engine/change/resource-properties';
import { CONTROL_PLANE } from '../engine/declaration/cluster-declaration';
import { BAKE_METADATA_TYPE, BakeMetadata } from '../engine/declaration/metadata';
import { refusal } from '../engine/messages/refusal';
import { BAKE_TYPE, CLUSTER_TYPE } from '../engine/state/deployed-stack';

const LONGEST_BAKE = Duration.seconds(LONGEST_BAKE_SECONDS);

const MOST_ALARMS = 100;

/** What is baked. */
interface Baked {
  /** The cluster or node group. */
  readonly resource: CfnResource;
  /** Construct path of the cluster. */
  readonly cluster: string;
  readonly clusterName: string;
  /** Absent for the control plane. */
  readonly nodegroupName?: string;
  /** Of the nodes, which tells how releases compare. */
  readonly amiType?: string;
  /** Whether the guard of the cluster looks into it. */
  readonly looksInside?: boolean;
  /** Whether the context rolls the cluster back. */
  readonly isGoingBack: boolean;
}

/**
 * A while in which CloudFormation watches what has just moved, before what waits for it does: a node group (`baked()`), or a control plane
 * (`controlPlaneBake`).
 *
 * Node groups wait for it by `upgradeAfter`. It lasts only when version, release or launch template of what it watches have moved, and
 * passes at once on creation, unless `onCreation` is set, in rollbacks of the stack, and when what it watches goes back to an older version
 * or release. It fails the deployment when EKS reports a health issue or that it is `DEGRADED`, has failed or is being deleted, when one
 * of the alarms fires, and when an update of it has not ended at the end of the time.
 *
 * @example
 * declare const cluster: UpgradableCluster;
 * declare const checkoutErrors: cloudwatch.IAlarm;
 * const instanceTypes = [new ec2.InstanceType('m7i.large')];
 * const canary = cluster.addManagedNodeGroup('Canary', { instanceTypes, desiredSize: 1 });
 * cluster.addManagedNodeGroup('Workers', {
 *   instanceTypes,
 *   upgradeAfter: [canary.baked({ duration: Duration.minutes(30), alarms: [checkoutErrors] })],
 * });
 */
export class Bake extends Construct {
  /**
   * Makes the bake of a node group, below it.
   *
   * @internal
   */
  public static _ofNodeGroup(scope: Construct, baked: Baked, options: BakeOptions): Bake {
    return atConstructPath(scope, 'Bake', () => new Bake(scope, 'Bake', baked, options));
  }

  /**
   * Makes the bake of a control plane, below its cluster.
   *
   * @internal
   */
  public static _ofControlPlane(scope: Construct, baked: Baked, options: BakeOptions): Bake {
    return atConstructPath(scope, 'ControlPlaneBake', () => new Bake(scope, 'ControlPlaneBake', baked, options));
  }

  /**
   * What waits.
   *
   * @internal
   */
  public readonly _resource: CfnResource;

  private constructor(scope: Construct, id: string, baked: Baked, options: BakeOptions) {
    checkOptions(scope, id, options);
    super(scope, id);
    const { duration, alarms = [], onCreation = false } = options;
    const machine = BakeMachine.of(this);
    const properties: BakeProperties = {
      Subject: subjectOf(baked),
      DurationSeconds: Tokenization.stringifyNumber(duration.toSeconds()),
      Alarms: alarms.map((alarm) => whileAlarmIsThere(alarm, Stack.of(this), alarm.alarmName)),
      StateMachineArn: machine.arn,
      OnCreation: onCreation ? 'true' : undefined,
      AmiType: baked.amiType,
      GoingBack: baked.isGoingBack ? 'true' : undefined,
      Workloads: baked.looksInside ? 'true' : undefined,
    };
    this._resource = UpgradeHandler._of(this)._serve(this, 'Resource', {
      resourceType: BAKE_TYPE,
      properties,
      permissions: permissionsToTellWhy(Stack.of(this), baked),
      wildcardReason: 'What has held a bake tells the last update of its node group, whose ARN ends with an ID that EKS makes up; '
        + 'the function is made before a cluster that CloudFormation names.',
      timeout: answerTimeOf(duration),
    });
    this.node.defaultChild = this._resource;
    this._resource.node.addDependency(baked.resource);
    const policy = machine.serve(this._resource, permissionsFor(
      Stack.of(this), baked, alarmArnsFor(machine, alarms),
    ), 'The ARN of a node group ends with an ID that EKS makes up; composite alarms are '
      + 'told only to who may see all alarms, and imported ones may be such; a policy does not hold the names of many.');
    [this._resource, policy].forEach((resource) => takeCondition(baked.resource, resource));
    this.record(baked, { duration, alarms, onCreation });
  }

  private record({ cluster, resource, nodegroupName }: Baked, { duration, alarms, onCreation }: Required<BakeOptions>): void {
    const metadata: BakeMetadata = {
      cluster,
      logicalId: this._resource.logicalId,
      bakes: nodegroupName === undefined ? CONTROL_PLANE : resource.node.path.replace(/\/Resource$/, ''),
      seconds: Token.isUnresolved(duration.toSeconds()) ? undefined : duration.toSeconds(),
      alarms: alarms.map(({ node }) => node.path),
      ...onCreation && { onCreation },
    };
    this.node.addMetadata(BAKE_METADATA_TYPE, metadata);
  }
}

/** @throws before any construct exists */
function checkOptions(scope: Construct, id: string, options: BakeOptions): void {
  requireKind('options', options, KINDS.bakeOptions);
  const { duration, alarms = [], onCreation } = options;
  requireKind('duration', duration, KINDS.duration);
  requireListIfGiven('alarms', alarms, KINDS.alarm);
  requireBooleanIfGiven('onCreation', onCreation);
  if (scope.node.tryFindChild(id)) {
    throw refusal(says.bakedTwice({}));
  }
  const seconds = duration.isUnresolved() ? undefined : duration.toSeconds({ integral: false });
  if (seconds !== undefined && seconds > LONGEST_BAKE.toSeconds()) {
    throw refusal(says.longerThanAnHour({ duration: duration.toHumanString(), minutes: LONGEST_BAKE.toMinutes() }));
  }
  if (seconds !== undefined && (!Number.isInteger(seconds) || seconds < 1)) {
    throw refusal(says.durationNotWhole({ duration: duration.toHumanString() }));
  }
  if (alarms.length > MOST_ALARMS) {
    throw refusal(says.tooManyAlarms({ count: alarms.length, most: MOST_ALARMS }));
  }
  const elsewhere = alarmElsewhere(alarms, Stack.of(scope));
  if (elsewhere) {
    throw refusal(says.alarmElsewhere(elsewhere));
  }
}

/** Version, release and launch template as they are rendered, after everything else has been done to the app. */
function subjectOf({ resource, clusterName, nodegroupName }: Baked): BakedSubject {
  const rendered = (property: string) => whenRendered(() => renderedProperties(resource)[property]);
  return {
    ClusterName: clusterName,
    NodegroupName: nodegroupName,
    Version: whenRendered(() => renderedClusterVersion(resource) as string),
    ...nodegroupName === undefined && { ActiveCertificateAuthorityId: rendered('ActiveCertificateAuthorityId') as unknown as string },
    ...nodegroupName !== undefined && { ReleaseVersion: rendered('ReleaseVersion'), LaunchTemplate: rendered('LaunchTemplate') },
  };
}

function answerTimeOf(duration: Duration): Duration {
  return Duration.seconds(bakeAnswerSeconds(duration.isUnresolved() ? Infinity : duration.toSeconds()));
}

function permissionsFor(stack: Stack, { clusterName, nodegroupName }: Baked, alarmArns: string[]): iam.PolicyStatement[] {
  const eksArn = (resource: string, resourceName: string) =>
    stack.formatArn({ service: 'eks', resource, resourceName, arnFormat: ArnFormat.SLASH_RESOURCE_NAME });
  return [
    nodegroupName === undefined
      ? new iam.PolicyStatement({ actions: ['eks:DescribeCluster'], resources: [eksArn('cluster', clusterName)] })
      : new iam.PolicyStatement({
        actions: ['eks:DescribeNodegroup'], resources: [eksArn('nodegroup', `${clusterName}/${nodegroupName}/*`)],
      }),
    ...alarmArns.length > 0 ? [new iam.PolicyStatement({ actions: ['cloudwatch:DescribeAlarms'], resources: alarmArns })] : [],
  ];
}

/** What the handler needs to tell why a bake has failed. */
function permissionsToTellWhy(stack: Stack, { clusterName, nodegroupName }: Baked): iam.PolicyStatement[] {
  if (nodegroupName === undefined) return [];
  const resourceName = `${literalName(clusterName) ?? '*'}/*/*`;
  return [new iam.PolicyStatement({
    actions: ['eks:DescribeUpdate', 'eks:ListUpdates'],
    resources: [stack.formatArn({ service: 'eks', resource: 'nodegroup', resourceName })],
  })];
}

/** The name of a cluster where it is a literal: by a reference, the guards of the template would wait for its cluster, which waits for them. */
function literalName(clusterName: string): string | undefined {
  if (!Token.isUnresolved(clusterName)) return clusterName;
  const token = Tokenization.reverseString(clusterName).firstToken;
  if (!Reference.isReference(token) || !isCluster(token.target)) return undefined;
  const { name } = token.target;
  return Token.isUnresolved(name) ? undefined : name;
}

function isCluster(construct: IConstruct): construct is CfnCluster {
  return CfnResource.isCfnResource(construct) && construct.cfnResourceType === CLUSTER_TYPE;
}

function alarmArnsFor(machine: BakeMachine, alarms: cloudwatch.IAlarm[]): string[] {
  if (alarms.length === 0) return [];
  return alarms.every(isMetricAlarm) && machine.namesAlarms(alarms.length) ? alarms.map((alarm) => arnWhileThere(machine, alarm)) : ['*'];
}

/** Of an alarm that is not there, an ARN of none: IAM refuses what is allowed on nothing. */
function arnWhileThere(machine: BakeMachine, alarm: cloudwatch.IAlarm): string {
  const stack = Stack.of(machine);
  const ofNone = stack.formatArn({
    service: 'cloudwatch', resource: 'alarm', resourceName: 'none', arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
  return Token.asString(whileAlarmIsThere(alarm, stack, alarm.alarmArn, ofNone));
}
