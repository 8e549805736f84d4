import { CfnResource, Duration, Stack, Tokenization } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { orderAfterGuards, orderBeforeClusters } from './guard-order';
import { GUARD_WILDCARD_REASON, guardPermissions, imagePermissions } from './guard-permissions';
import { GuardedOrder, guardedSchedule, schedulePermissions } from './guarded-schedule';
import { UpgradeGuard, UpgradeGuardMode } from './upgrade-guard';
import { UpgradeHandler } from '../custom-resources/upgrade-handler';
import { digestsOf } from '../diagnostics/digests';
import { renderedClusterVersion, renderedProperties, whenRendered } from '../diagnostics/rendered-properties';
import { AwsEksConfig, awsEksUpdates } from '../engine/change/aws-eks-updates';
import { objectsAsProperties } from '../engine/change/guarded-objects';
import { GuardedAddOn, GuardedNodeGroup, UPGRADE_GUARD_TYPE, UpgradeGuardProperties } from '../engine/change/resource-properties';
import { AppObjects } from '../engine/state/app-objects';
import { AWS_EKS_CLUSTER_TYPE } from '../engine/state/deployed-stack';

/** What a guard guards. What is a function is asked when the template is rendered. */
export interface GuardedCluster {
  readonly resource: CfnResource;
  /** Name of the cluster, where it is known before the cluster exists: a literal. */
  readonly clusterName?: string;
  readonly addOns: () => GuardedAddOn[];
  /** Those of the cluster's own stack. */
  readonly nodeGroups: () => GuardedNodeGroup[];
  /** In which order the node groups roll, and what bakes. */
  readonly order: () => GuardedOrder;
  /** What the app puts into the cluster. */
  readonly objects: () => AppObjects;
}

/**
 * Puts a guard before a cluster: a custom resource on which the cluster depends, and which therefore runs before CloudFormation
 * touches the control plane, each time that something changes which it judges.
 */
export function guardCluster(
  scope: Construct, guard: UpgradeGuard, { resource, clusterName, addOns, nodeGroups, order, objects }: GuardedCluster,
): void {
  orderAfterGuards(resource);
  const isOfAwsEks = resource.cfnResourceType === AWS_EKS_CLUSTER_TYPE;
  const made = makeGuard(scope, 'UpgradeGuard', guard, clusterName, {
    ClusterLogicalId: resource.logicalId,
    TargetVersion: whenRendered(() => renderedClusterVersion(resource) as string),
    TakesVersionBack: isOfAwsEks ? 'true' : undefined,
    ConfigDigests: isOfAwsEks ? whenRendered(() => digestsOf(awsEksUpdates(renderedProperties(resource).Config as AwsEksConfig))) : undefined,
    SupportType: whenRendered(() => renderedProperties(resource).UpgradePolicy?.SupportType),
    ActiveCertificateAuthorityId: isOfAwsEks ? undefined : whenRendered(() => literalText(renderedProperties(resource).ActiveCertificateAuthorityId)),
    AddOns: whenRendered(addOns),
    NodeGroups: whenRendered(nodeGroups),
    RemovedApis: whenRendered(() => objectsAsProperties(objects()).RemovedApis),
    Controllers: whenRendered(() => objectsAsProperties(objects()).Controllers),
  }, order);
  made && orderBeforeClusters(made);
}

/** Parts of a cluster that is not in their stack. What is a function is asked when the template is rendered. */
export interface GuardedParts {
  readonly clusterName: string;
  /** The Kubernetes minor that the app takes the cluster to have, where its control plane is moved elsewhere. */
  readonly declaredVersion?: string;
  readonly addOns: () => GuardedAddOn[];
  readonly nodeGroups: () => GuardedNodeGroup[];
  /** In which order the node groups roll, and what bakes. */
  readonly order: () => GuardedOrder;
}

/**
 * Makes a guard of parts of a cluster that is not in their stack, for these to depend on; undefined where there is to be none.
 */
export function guardParts(
  scope: Construct, id: string, guard: UpgradeGuard, { clusterName, declaredVersion, addOns, nodeGroups, order }: GuardedParts,
): CfnResource | undefined {
  return makeGuard(scope, id, guard, clusterName, {
    ClusterName: clusterName,
    DeclaredVersion: declaredVersion,
    AddOns: whenRendered(addOns),
    NodeGroups: whenRendered(nodeGroups),
  }, order);
}

/** Lets the guards of a stack look at the images of node groups. */
export function allowLookAtImages(stack: Stack, { mode }: UpgradeGuard): void {
  mode === UpgradeGuardMode.DISABLED || UpgradeHandler._of(stack)._allow(imagePermissions(), GUARD_WILDCARD_REASON);
}

type Guarded = Omit<UpgradeGuardProperties, 'Mode' | 'Ignore' | 'MaxInsightAgeMinutes' | 'WaitForOngoingUpdateSeconds' | 'Schedule'>;

function makeGuard(
  scope: Construct, id: string, { mode, options }: UpgradeGuard, clusterName: string | undefined, guarded: Guarded, order: () => GuardedOrder,
): CfnResource | undefined {
  if (mode === UpgradeGuardMode.DISABLED) {
    return undefined;
  }
  const stack = Stack.of(scope);
  const { ignore = [], maxInsightAge = Duration.hours(1), waitForOngoingUpdate = Duration.seconds(0) } = options;
  const properties: UpgradeGuardProperties = {
    ...guarded,
    Mode: mode,
    Ignore: ignore,
    MaxInsightAgeMinutes: Tokenization.stringifyNumber(maxInsightAge.toMinutes()),
    WaitForOngoingUpdateSeconds: Tokenization.stringifyNumber(waitForOngoingUpdate.toSeconds()),
    Schedule: guardedSchedule(stack, options, order),
  };
  return UpgradeHandler._of(scope)._serve(scope, id, {
    resourceType: UPGRADE_GUARD_TYPE,
    properties,
    permissions: [...guardPermissions(stack, clusterName), ...schedulePermissions(stack, options)],
    wildcardReason: GUARD_WILDCARD_REASON,
  });
}

/** What refers to something is known only after the guard. */
function literalText(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
