import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';

/** How long something that has moved is watched before anything that waits for it moves, and by what. */
export interface BakeOptions {
  /**
   * How long; whole seconds, at most 59 minutes, because CloudFormation waits an hour for a custom resource.
   *
   * For longer, deploy what shall wait in a later stage of a pipeline, or hold nodes back behind their control plane with
   * `nodeKubernetesVersion`.
   */
  readonly duration: Duration;

  /**
   * Alarms of the same account and Region that must not be in `ALARM` at any time meanwhile, not even at the beginning; 100 at
   * most. One that does fails the deployment at once. An alarm without data (`INSUFFICIENT_DATA`) does not: where silence is bad
   * news, let the alarm treat missing data as breaching.
   *
   * @default - none: only what EKS says of the health is watched
   */
  readonly alarms?: cloudwatch.IAlarm[];

  /**
   * Whether it also lasts in the deployment that creates it: for a node group that comes beside another one, whose nodes are then drained.
   *
   * @default false
   */
  readonly onCreation?: boolean;
}
