import { isDeepStrictEqual } from 'node:util';
import { CustomResourceEvent } from './custom-resource-event';
import { stacksOfChangeSet } from '../engine/change/change-set-stacks';
import { ClusterInStacks, Stacks } from '../engine/change/cluster-in-templates';
import { GuardMetadata, guardMetadataIn } from '../engine/change/guard-metadata';
import { imagesInText } from '../engine/change/guarded-images';
import { objectsInMetadata } from '../engine/change/guarded-objects';
import { JudgedRead, readJudged } from '../engine/change/judged-property';
import { launchedImageIn } from '../engine/change/launched-image';
import { stackOfLive } from '../engine/change/live-stack';
import { joined, objectsInTemplate } from '../engine/change/objects-in-template';
import { resolveConditions } from '../engine/change/resolve-conditions';
import { pseudoParametersOf, resolveParameters } from '../engine/change/resolve-parameters';
import { UpgradeGuardProperties } from '../engine/change/resource-properties';
import { rollOrderInTemplate } from '../engine/change/roll-order-in-template';
import { stackNamesOf } from '../engine/change/stack-names';
import { referencesIn } from '../engine/change/template-references';
import { toldValues } from '../engine/change/told-values';
import { AppObjects } from '../engine/state/app-objects';
import { ChangeSetState } from '../engine/state/change-set-state';
import { ClusterState } from '../engine/state/cluster-state';
import {
  ADD_ON_TYPE, CLUSTER_TYPES, clusterInPhysicalId, NODE_GROUP_TYPE, PART_TYPES, Template, templateResources, TemplateResources,
  UPGRADE_TYPES, withStackTags,
} from '../engine/state/deployed-stack';
import { known, Unknown } from '../engine/state/known';
import { CUSTOM_AMI_TYPE } from '../engine/state/node-group-state';
import { Schedule } from '../engine/state/schedule';
import { StackDeployment, StackResource } from '../live/cloudformation/stack-deployment';

/** What CloudFormation tells a guard. */
type GuardEvent = Pick<
  CustomResourceEvent<UpgradeGuardProperties>,
  'RequestType' | 'StackId' | 'LogicalResourceId' | 'ResourceProperties' | 'OldResourceProperties'
>;

/** The stack of a guard, in the middle of a deployment. */
export class GuardedStack {
  private readonly stackName: string;
  /** Logical ID of the guard. */
  private readonly guardId: string;
  private readonly properties: UpgradeGuardProperties;
  /** What the guard was told before. */
  private readonly before?: UpgradeGuardProperties;
  /** Whether the guard comes with this deployment, and what else may. */
  private readonly isNew: boolean;
  private readonly deployment: StackDeployment;
  /** What the template holds, with the values of its parameters and the tags of the stack. */
  private readonly wanted: TemplateResources;
  private readonly judged: JudgedRead;

  constructor(event: GuardEvent, deployment: StackDeployment) {
    this.stackName = event.StackId.split('/')[1];
    this.guardId = event.LogicalResourceId;
    this.properties = event.ResourceProperties;
    this.before = event.OldResourceProperties;
    this.isNew = event.RequestType === 'Create';
    const { stack, template } = deployment;
    const { parameters, tags } = stack.known ? stack.value : { parameters: {}, tags: {} };
    const { Resources = {}, Mappings: mappings } = template.known ? template.value : {};
    const told = toldValues(Resources[this.guardId]?.Properties?.Values, this.properties.Values, (id) => id in Resources);
    const values = {
      parameters: { ...pseudoParametersOf(event.StackId), ...parameters, ...told.parameters }, mappings, others: told.others,
    };
    this.deployment = { ...deployment, template: template.known ? known(resolveConditions(template.value, values)) : template };
    this.wanted = withStackTags(resolveParameters(templateResources(this.template), values), tags);
    this.judged = readJudged(this.properties.Judged);
  }

  /** The name of the cluster; undefined while the stack does not have it. */
  get clusterName(): string | undefined {
    const { ClusterName } = this.properties;
    if (ClusterName !== undefined) return ClusterName;
    const clusters = this.resources.filter(({ type }) => CLUSTER_TYPES.includes(type));
    const own = clusters.find(({ logicalId }) => logicalId === this.clusterLogicalId);
    // one that leaves for this one: its construct was renamed
    const found = own ?? clusters.find((cluster) => this.leaves(cluster));
    return found?.physicalId ?? (this.unread && this.clusterNameInParts);
  }

  /** Why it is not known what the stack has, where that is so. */
  get unread(): Unknown | undefined {
    const { resources } = this.deployment;
    return resources.known ? undefined : resources;
  }

  /** Empty where it cannot be read. */
  private get template(): Template {
    const { template } = this.deployment;
    return template.known ? template.value : {};
  }

  /** Why nothing tells what the deployment changes, where that is so. */
  get untold(): Unknown | undefined {
    const { template } = this.deployment;
    return template.known || this.isToldByChangeSet ? undefined : template;
  }

  /** Whether CloudFormation tells what it changes. */
  get isToldByChangeSet(): boolean {
    const { changeSet } = this.deployment;
    return changeSet.known && changeSet.value !== undefined;
  }

  /** The physical ID of a resource; undefined while the stack does not have it. */
  physicalIdOf(logicalId: string): string | undefined {
    return this.physicalIds[logicalId];
  }

  /** Whether the stack has the resource of a physical ID. */
  holds(physicalId: string): boolean {
    return this.resources.some((resource) => resource.physicalId === physicalId);
  }

  /**
   * What the deployment is to make of the stack, beside what the stack holds.
   *
   * @param state without it, only what CloudFormation tells counts
   */
  stacks(state?: ClusterState): Stacks {
    const { physicalIds, deployment: { changeSet } } = this;
    const stack = { physicalIds, failed: this.resources.flatMap(({ logicalId, hasFailed }) => hasFailed ? logicalId : []) };
    const { version: versionBefore } = readJudged(this.before?.Judged);
    const ofLive = () => state
      ? stackOfLive(
        this.wanted, { ...stack, names: stackNamesOf(this.template, physicalIds), versionBefore }, state, this.leaving, this.isNew,
      )
      : { ...stack, resources: {} };
    const pair = changeSet.known && changeSet.value
      ? stacksOfChangeSet(this.withoutPartsBeside(changeSet.value), changeSet.value, stack)
      : { wanted: this.wanted, deployed: ofLive() };
    return {
      wanted: { [this.stackName]: pair.wanted },
      deployed: this.unread && !this.isToldByChangeSet ? {} : { [this.stackName]: pair.deployed },
    };
  }

  /** The cluster as the template tells of it. */
  get cluster(): ClusterInStacks {
    const { stackName, judged: { version }, properties: { ClusterName, Imported } } = this;
    return {
      stackName,
      logicalId: ClusterName === undefined ? this.clusterLogicalId : undefined,
      version: ClusterName === undefined || Imported === 'true' ? version : undefined,
      nodeGroups: [...this.groupsWithImages(), ...this.partsBySameName(NODE_GROUP_TYPE)],
      addOns: this.partsBySameName(ADD_ON_TYPE),
      objects: this.objects,
    };
  }

  /** In which order the node groups roll, by logical ID, and what bakes; nothing where the template cannot be read. */
  get rollOrder(): Required<Pick<Schedule, 'order' | 'controlPlaneBakeSeconds'>> {
    return rollOrderInTemplate(this.template, this.wanted, (given) => this.isOfCluster(given));
  }

  /** From where it is known what the deployment changes, for the log. */
  get source(): string {
    const { changeSet, template } = this.deployment;
    if (changeSet.known && changeSet.value) return 'the change set that CloudFormation executes';
    const why = changeSet.known ? 'CloudFormation executes no change set' : changeSet.why;
    return template.known
      ? `the wanted template beside what is live (${why})`
      : `what the guard was told beside what is live (${why}; ${template.why})`;
  }

  /** What the stack has, as far as that is known: where it cannot be listed, a change set tells of what it changes. */
  private get resources(): readonly StackResource[] {
    const { resources } = this.deployment;
    if (resources.known) return resources.value;
    return Object.entries(this.changes).flatMap(([logicalId, { physicalId, type }]) =>
      physicalId === undefined ? [] : [{ logicalId, physicalId, type, hasFailed: false }]);
  }

  /** Of what the stack has, by logical ID. */
  private get physicalIds(): Record<string, string> {
    return Object.fromEntries(this.resources.map(({ logicalId, physicalId }) => [logicalId, physicalId]));
  }

  /** What a change set changes, by logical ID. */
  private get changes(): ChangeSetState['resources'] {
    const { changeSet } = this.deployment;
    return changeSet.known ? changeSet.value?.resources ?? {} : {};
  }

  /** The name of the cluster in the physical IDs of its node groups and add-ons. */
  private get clusterNameInParts(): string | undefined {
    const part = this.resources.find(({ logicalId, type }) => PART_TYPES.includes(type)
      && referencesIn(this.wanted[logicalId]?.properties.ClusterName).includes(this.clusterLogicalId ?? ''));
    return part && clusterInPhysicalId(part.physicalId);
  }

  /** Whether the stack has a resource that the template lacks. */
  private leaves({ logicalId }: StackResource): boolean {
    return this.isToldByChangeSet
      ? this.changes[logicalId]?.action === 'Remove'
      : this.deployment.template.known && this.wanted[logicalId] === undefined;
  }

  private get leaving(): TemplateResources {
    const resources = this.resources.filter((resource) => UPGRADE_TYPES.includes(resource.type) && this.leaves(resource));
    return Object.fromEntries(resources.map(({ logicalId, type }) => [logicalId, { type, properties: {} }]));
  }

  /** What the app applies to a cluster of the stack, in this stack and in others; nothing of a cluster in another stack. */
  private get objects(): AppObjects | undefined {
    const { template } = this.deployment;
    if (this.properties.ClusterName !== undefined) return undefined;
    if (template.known) {
      return joined([objectsInMetadata(this.metadata), objectsInTemplate(template.value, (given) => this.isOfCluster(given))]);
    }
    return { removedApis: [], controllers: [], ...this.judged.appliesObjects && { unread: template.why } };
  }

  /** What the template tells the guard in its metadata. */
  private get metadata(): GuardMetadata {
    return guardMetadataIn(this.template, this.guardId);
  }

  /** Whether the name of a cluster, as a resource of the template gives it, is that of the cluster. */
  private isOfCluster(given: unknown): boolean {
    const { clusterLogicalId, clusterName, givenName } = this;
    if (given === undefined) return false;
    if (clusterName !== undefined && given === clusterName) return true;
    return this.properties.ClusterName === undefined
      ? clusterLogicalId !== undefined && referencesIn(given).includes(clusterLogicalId)
      : isDeepStrictEqual(given, givenName);
  }

  /** By which expression the template gives the guard the name of the cluster. */
  private get givenName(): unknown {
    return this.template.Resources?.[this.guardId]?.Properties?.ClusterName;
  }

  /** Parts in the guard's own stack that give the cluster's name by the same expression as the guard. */
  private partsBySameName(type: string): { readonly stackName: string; readonly logicalId: string }[] {
    const { deployment: { template }, givenName: given } = this;
    if (given === undefined || !template.known) return [];
    return Object.entries(template.value.Resources ?? {})
      .filter(([, { Type, Properties = {} }]) => Type === type && isDeepStrictEqual(Properties.ClusterName, given))
      .map(([logicalId]) => ({ stackName: this.stackName, logicalId }));
  }

  /** Node groups on images of the app's own, of which the template alone does not tell everything. */
  private groupsWithImages(): ClusterInStacks['nodeGroups'] {
    const { wanted, stackName } = this;
    const images = [...this.judged.images, ...imagesInText(this.metadata.Images ?? '')];
    const groups = Object.entries(wanted).filter(
      ([, { type, properties }]) => type === NODE_GROUP_TYPE && this.isOfCluster(properties.ClusterName),
    );
    return groups.flatMap(([logicalId, { properties }]) => {
      const template = (properties.LaunchTemplate ?? {}) as { readonly Id?: unknown; readonly Version?: unknown };
      const imageId = launchedImageIn(wanted, logicalId);
      const image = images.find(({ Id, LaunchTemplate: foreign }) => foreign
        ? foreign.Id === template.Id && foreign.Version === template.Version
        : Id === imageId);
      return image ? [
        { stackName, logicalId, amiType: CUSTOM_AMI_TYPE, releaseVersion: image.Id, kubernetesVersion: image.KubernetesVersion },
      ] : [];
    });
  }

  /** The only cluster of the stack, unless the guard is told which. */
  private get clusterLogicalId(): string | undefined {
    const { changes, judged: { isCluster = () => true } } = this;
    const wanted = Object.keys(this.wanted).filter((id) => CLUSTER_TYPES.includes(this.wanted[id].type));
    const coming = Object.keys(changes).filter((id) => CLUSTER_TYPES.includes(changes[id].type) && changes[id].action !== 'Remove');
    const listed = this.resources.filter(({ type }) => CLUSTER_TYPES.includes(type)).map(({ logicalId }) => logicalId);
    return [...wanted, ...coming, ...listed].find(isCluster);
  }

  /**
   * What the template holds, without node groups and add-ons that a change set leaves as they are and of which nobody knows what they are;
   * nor those under a condition that the stack does not have, since CloudFormation alone may be able to tell that it does not hold.
   */
  private withoutPartsBeside({ resources }: ChangeSetState): TemplateResources {
    const { physicalIds, unread, template } = this;
    const isConditional = (logicalId: string) => template.Resources?.[logicalId]?.Condition !== undefined;
    const isKept = (logicalId: string) => unread === undefined && (physicalIds[logicalId] !== undefined || !isConditional(logicalId));
    return Object.fromEntries(Object.entries(this.wanted).filter(
      ([logicalId, { type }]) => !PART_TYPES.includes(type) || resources[logicalId] !== undefined || isKept(logicalId),
    ));
  }
}
