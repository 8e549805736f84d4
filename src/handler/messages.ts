import { messages } from '../engine/messages/message';
import { RETRY } from '../engine/messages/retry';

/** With what the function fails, beside findings of the guard and calls to AWS. */
export const says = messages({
  stackUnread: {
    text: 'the resources of the stack could not be read, so a replacement would go unseen: {why}',
    remedy: RETRY,
  },
  templateUnread: {
    text: 'neither a change set nor the template could be read, so a replacement would go unseen: {why}',
    remedy: 'grant the permission if one is missing, or deploy by a change set, then retry',
  },
  clusterNotFound: {
    text: 'the cluster cannot be found, and the deployment upgrades it: {why}',
    remedy: RETRY,
  },
  clusterMissing: {
    text: 'cluster {name} does not exist in {region}',
    remedy: "give the clusterName that 'aws eks list-clusters' shows there",
  },
  rollbackUnknown: {
    text: 'the state of the stack could not be read, so it is not known whether it is rolling back, and nothing moves forward or '
      + 'is replaced: {why}',
    remedy: RETRY,
  },
  windowCannotBe: {
    text: 'a maintenance window of the guard cannot be: {problem}',
    remedy: '{wanted}',
  },
  bakeDuration: {
    text: "the duration of the bake is '{seconds}' seconds",
    remedy: 'give whole seconds, from 1 to {most}',
  },
  nodeGroupBakeFailed: {
    text: 'the bake of node group {nodeGroup}{versions? (#)} failed {after} into its {duration}: {problems;}',
    remedy: [
      'CloudFormation reverts this deployment in a stack rollback, unless it runs with --no-rollback, and the node groups that '
        + 'wait for this one have not rolled:',
      'find the cause before the next deployment, or pin the previous release with AmiTracking.pinned()',
    ],
  },
  controlPlaneBakeFailed: {
    text: 'the bake of the control plane of {cluster}{versions? (#)} failed {after} into its {duration}: {problems;}',
    remedy: [
      'no add-on and no node has moved, and CloudFormation does not revert the control plane, which stays at {version}: find the '
        + 'cause and deploy',
      'again, or let EKS roll it back within 7 days',
    ],
  },
  tooManyAttributes: {
    text: 'its attributes exceed the {bytes} bytes that CloudFormation accepts',
    remedy: 'pin the versions of some add-ons',
  },
  outOfTime: {
    text: 'ran out of time after {seconds} seconds',
    remedy: 'check in the log how far it came, then retry',
  },
  foreignAnswer: {
    text: "the response URL points to {host}, which is not CloudFormation's in {region}: the request is ignored",
    remedy: '',
  },
  answerRefused: {
    text: 'the answer to CloudFormation was refused with {status}',
    remedy: '',
  },
  unknownResource: {
    text: "'{type}' is no custom resource of this function",
    remedy: 'use {types or}',
  },
});
