import { CfnResource, Duration, Stack, Token, Tokenization } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { orderAfterGuards, orderBeforeClusters } from './guard-order';
import { GUARD_WILDCARD_REASON, guardPermissions, imagePermissions, workloadPermission } from './guard-permissions';
import { GuardedOrder, guardedSchedule, schedulePermissions } from './guarded-schedule';
import { Judged, JudgedCluster, judgedIn } from './judged';
import { UpgradeGuard, UpgradeGuardMode } from './upgrade-guard';
import { UpgradeHandler } from '../custom-resources/upgrade-handler';
import { whenRendered } from '../diagnostics/rendered-properties';
import { GuardedImage, imagesAsProperty } from '../engine/change/guarded-images';
import { objectsAsProperties } from '../engine/change/guarded-objects';
import { UPGRADE_GUARD_TYPE, UpgradeGuardProperties } from '../engine/change/resource-properties';
import { AppObjects } from '../engine/state/app-objects';
import { CLUSTER_TYPES } from '../engine/state/deployed-stack';

/** What a guard guards. */
export interface GuardedCluster {
  readonly resource: CfnResource;
  /** The name of the cluster, as node groups and add-ons give it. */
  readonly clusterName: string;
  /** The same, where it is known before the cluster exists: a literal. */
  readonly literalName?: string;
  /** In which order the node groups roll, and what bakes. */
  readonly order: () => GuardedOrder;
  /** Images of the app's own that the node groups launch. */
  readonly images: () => GuardedImage[];
  /** What the app puts into the cluster. */
  readonly objects: () => AppObjects;
}

/**
 * Puts a guard before a cluster: a custom resource on which the cluster depends, and which therefore runs before CloudFormation
 * touches the control plane, each time that something changes which it judges.
 */
export function guardCluster(
  scope: Construct, guard: UpgradeGuard, { resource, clusterName, literalName, order, images, objects }: GuardedCluster,
): void {
  orderAfterGuards(resource);
  const made = makeGuard(scope, 'UpgradeGuard', guard, literalName, {
    ClusterLogicalId: whenRendered(() => isOnlyCluster(resource) ? undefined : resource.logicalId) as string | undefined,
    ...judgedWhenRendered(scope, { resource, clusterName }),
    Images: whenRendered(() => imagesAsProperty(images())),
    RemovedApis: whenRendered(() => objectsAsProperties(objects()).RemovedApis),
    Controllers: whenRendered(() => objectsAsProperties(objects()).Controllers),
  }, order);
  if (made) {
    orderBeforeClusters(made);
  }
}

function isOnlyCluster({ stack }: CfnResource): boolean {
  const clusters = stack.node.findAll().filter((child) =>
    CfnResource.isCfnResource(child) && child.stack === stack && CLUSTER_TYPES.includes(child.cfnResourceType));
  return clusters.length === 1;
}

/** Parts of a cluster that is not in their stack. */
export interface GuardedParts {
  readonly clusterName: string;
  /** Whether the app does not move the control plane. */
  readonly isImported: boolean;
  /** The Kubernetes minor that the app expects of an imported cluster. */
  readonly expectedVersion?: string;
  /** In which order the node groups roll, and what bakes. */
  readonly order: () => GuardedOrder;
  /** Images of the app's own that the node groups launch. */
  readonly images: () => GuardedImage[];
}

/**
 * Makes a guard of parts of a cluster that is not in their stack, for these to depend on; undefined where there is to be none.
 */
export function guardParts(
  scope: Construct, id: string, guard: UpgradeGuard, { clusterName, isImported, expectedVersion, order, images }: GuardedParts,
): CfnResource | undefined {
  const made = makeGuard(scope, id, guard, clusterName, {
    ClusterName: clusterName,
    Imported: isImported ? 'true' : undefined,
    ...judgedWhenRendered(scope, { clusterName, expectedVersion }),
    Images: whenRendered(() => imagesAsProperty(images())),
  }, order);
  if (made && !Token.isUnresolved(clusterName)) {
    orderBeforeClusters(made); // one that refuses rolls the stack back, when no cluster of it may be on its way
  }
  return made;
}

/** Worked out once each time that the template is rendered, for both properties: in the order in which they stand. */
function judgedWhenRendered(scope: Construct, cluster: JudgedCluster): Judged {
  let judged: Judged;
  return {
    Judged: whenRendered(() => {
      judged = judgedIn(Stack.of(scope), cluster);
      return judged.Judged;
    }),
    Values: whenRendered(() => judged.Values),
  };
}

/** Lets the guards of a stack look at the images of node groups. */
export function allowLookAtImages(stack: Stack, { mode }: UpgradeGuard): void {
  if (mode !== UpgradeGuardMode.DISABLED) UpgradeHandler._of(stack)._allow(imagePermissions(), GUARD_WILDCARD_REASON);
}

type Guarded = Omit<UpgradeGuardProperties, 'Mode' | 'Ignore' | 'MaxInsightAgeMinutes' | 'WaitForOngoingUpdateSeconds' | 'Schedule' | 'Workloads'>;

function makeGuard(
  scope: Construct, id: string, { mode, options }: UpgradeGuard, clusterName: string | undefined, guarded: Guarded,
  order: () => GuardedOrder,
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
    Workloads: options.workloads ? 'true' : undefined,
  };
  return UpgradeHandler._of(scope)._serve(scope, id, {
    resourceType: UPGRADE_GUARD_TYPE,
    properties,
    permissions: [
      ...guardPermissions(stack, clusterName), ...schedulePermissions(stack, options), ...options.workloads ? [workloadPermission()] : [],
    ],
    wildcardReason: GUARD_WILDCARD_REASON,
  });
}
