import { CfnResource, Duration, Reference, Stack, Token, Tokenization } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { GuardMetadataElement } from './guard-metadata';
import { orderAfterGuards, orderBeforeClusters } from './guard-order';
import { GUARD_WILDCARD_REASON, guardPermissions, imagePermissions, workloadPermission } from './guard-permissions';
import { guardedSchedule, schedulePermissions } from './guarded-schedule';
import { GuardedAppObjects, Judged, JudgedCluster, judgedIn } from './judged';
import { says } from './messages';
import { UpgradeGuard, UpgradeGuardMode } from './upgrade-guard';
import { UpgradeHandler } from '../custom-resources/upgrade-handler';
import { atConstructPath } from '../diagnostics/at-construct-path';
import { pathOfChild } from '../diagnostics/construct-path';
import { whenRendered } from '../diagnostics/rendered-properties';
import { stacksAround } from '../diagnostics/stacks-around';
import { GuardedImage } from '../engine/change/guarded-images';
import { UPGRADE_GUARD_TYPE, UpgradeGuardProperties } from '../engine/change/resource-properties';
import { MAX_INSIGHT_AGE_MINUTES } from '../engine/declaration/cluster-declaration';
import { sentence } from '../engine/messages/sentence';
import { CLUSTER_TYPES } from '../engine/state/deployed-stack';

/** What a guard guards. */
export interface GuardedCluster {
  readonly resource: CfnResource;
  /** The name of the cluster, as node groups and add-ons give it. */
  readonly clusterName: string;
  /** The same, where it is known before the cluster exists: a literal. */
  readonly literalName?: string;
  /** Images of the app's own that the node groups launch. */
  readonly images: () => GuardedImage[];
  /** What the app applies to the cluster. */
  readonly objects: () => GuardedAppObjects;
}

/**
 * Puts a guard before a cluster: a custom resource on which the cluster depends, and which therefore runs before CloudFormation
 * touches the control plane, each time that something changes which it judges.
 */
export function guardCluster(
  scope: Construct, guard: UpgradeGuard, { resource, clusterName, literalName, images, objects }: GuardedCluster,
): void {
  orderAfterGuards(resource);
  const made = makeGuard(scope, 'UpgradeGuard', guard, literalName, {}, () => (
    { resource, clusterName, isOnly: isOnlyCluster(resource), images: images(), objects: objects() }
  ));
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
  /** Images of the app's own that the node groups launch. */
  readonly images: () => GuardedImage[];
}

/**
 * Makes a guard of parts of a cluster that is not in their stack, for these to depend on; undefined where there is to be none.
 */
export function guardParts(
  scope: Construct, id: string, guard: UpgradeGuard, { clusterName, isImported, expectedVersion, images }: GuardedParts,
): CfnResource | undefined {
  const made = makeGuard(scope, id, guard, clusterName, {
    ClusterName: clusterName,
    Imported: isImported ? 'true' : undefined,
  }, () => ({ clusterName, expectedVersion, isOnly: true, images: images(), objects: NO_OBJECTS }));
  if (made && !Token.isUnresolved(clusterName)) {
    orderBeforeClusters(made); // one that refuses rolls the stack back, when no cluster of it may be on its way
  }
  return made;
}

/** What an app applies to a cluster of another app is not looked at. */
const NO_OBJECTS: GuardedAppObjects = { areAny: false, besidesTemplate: { removedApis: [], controllers: [] } };

/** Lets the guards of a stack look at the images of node groups. */
export function allowLookAtImages(stack: Stack, { mode }: UpgradeGuard): void {
  if (mode !== UpgradeGuardMode.DISABLED) UpgradeHandler._of(stack)._allow(imagePermissions(), GUARD_WILDCARD_REASON);
}

/** Whom a guard guards. */
type Guarded = Pick<UpgradeGuardProperties, 'ClusterName' | 'Imported'>;

function makeGuard(
  scope: Construct, id: string, { mode, options }: UpgradeGuard, clusterName: string | undefined, guarded: Guarded,
  judgedCluster: () => JudgedCluster,
): CfnResource | undefined {
  if (mode === UpgradeGuardMode.DISABLED) {
    return undefined;
  }
  const stack = Stack.of(scope);
  const { ignore = [], maxInsightAge = Duration.minutes(MAX_INSIGHT_AGE_MINUTES), waitForOngoingUpdate = Duration.seconds(0) } = options;
  let judged: Judged; // worked out once each time that the template is rendered, the properties first, in this order
  const properties: UpgradeGuardProperties = {
    ...guarded,
    Judged: whenRendered(() => {
      judged = judgedIn(stack, judgedCluster());
      return judged.Judged;
    }),
    Values: whenRendered(() => judged.Values),
    Mode: mode,
    Ignore: ignore,
    MaxInsightAgeMinutes: Tokenization.stringifyNumber(maxInsightAge.toMinutes()),
    WaitForOngoingUpdateSeconds: Tokenization.stringifyNumber(waitForOngoingUpdate.toSeconds()),
    Schedule: atConstructPath(scope, id, () => guardedSchedule(stack, options)),
    Workloads: options.workloads ? 'true' : undefined,
  };
  const permissions = guardPermissions(stack, clusterName);
  const ownPermissions = permissions.filter(({ resources }) =>
    clusterName !== undefined && isFromNestedStack(clusterName, stack) && resources.some((resource) => resource.includes(clusterName)));
  const made = UpgradeHandler._of(scope)._serve(scope, id, {
    resourceType: UPGRADE_GUARD_TYPE,
    properties,
    permissions: [
      ...permissions.filter((statement) => !ownPermissions.includes(statement)),
      ...schedulePermissions(stack, options), ...options.workloads ? [workloadPermission()] : [],
    ],
    ownPermissions: ownPermissions.length > 0 ? ownPermissions : undefined,
    wildcardReason: GUARD_WILDCARD_REASON,
  });
  new GuardMetadataElement(scope, `${id}Metadata`, made, () => judged.metadata);
  scope.node.addValidation({
    validate: () => scope.node.tryFindChild(id)?.node.defaultChild === made
      ? [] : [sentence(says.guardRemoved({ guard: pathOfChild(scope, id) }))],
  });
  return made;
}

/** Whether a name comes from a stack nested in another one, for whose guards the clusters of the nested one wait. */
function isFromNestedStack(name: string, stack: Stack): boolean {
  return Tokenization.reverseString(name).tokens.some(
    (token) => Reference.isReference(token) && stacksAround(Stack.of(token.target)).includes(stack),
  );
}
