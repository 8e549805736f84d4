import { CfnResource, Stack } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { freePrerequisitesFrom, WaitingInCircle } from './prerequisites-first';
import { stacksAround } from '../diagnostics/stacks-around';
import { UPGRADE_ORDER, UpgradeStage } from '../engine/eks/upgrade-order';

/**
 * Puts what CloudFormation creates and upgrades of a cluster into {@link UPGRADE_ORDER}. Node groups have no order among themselves.
 *
 * Dependencies join single resources, not whole constructs, so that a role made beside a node group can serve an add-on
 * without a cycle.
 */
export class DeploymentOrder {
  private readonly members: Partial<Record<UpgradeStage, CfnResource[]>> = {};
  private readonly fargateProfiles: CfnResource[] = [];
  private bake?: CfnResource;

  constructor(private readonly cluster: IConstruct) {}

  /** Adds an add-on that nodes need. */
  public addBeforeNodes(addOn: CfnResource): void {
    this.add('add-ons before nodes', addOn);
  }

  /**
   * Adds the bake of the control plane, for which all else waits that is added after it. Add-ons wait as well: what has not moved
   * need not go back when the bake fails.
   */
  public addBake(bake: CfnResource): void {
    this.bake = bake;
  }

  /** Adds a node group. */
  public addNodeGroup(group: CfnResource): void {
    this.add('node groups', group);
  }

  /** Adds a Fargate profile that takes pods of add-ons: it comes before those that need nodes. */
  public addFargateProfile(profile: CfnResource): void {
    this.fargateProfiles.push(profile);
    this.membersOf('add-ons after nodes').forEach((addOn) => this.orderAfterProfile(addOn, profile));
  }

  /** Adds an add-on that needs nodes. */
  public addAfterNodes(addOn: CfnResource): void {
    this.add('add-ons after nodes', addOn);
    this.fargateProfiles.forEach((profile) => this.orderAfterProfile(addOn, profile));
  }

  /**
   * Lets nothing that an add-on waits for wait for the add-on.
   *
   * @returns what the app lets do so
   */
  public freePrerequisites(): WaitingInCircle[] {
    return [
      ...this.membersOf('add-ons after nodes').flatMap((addOn) => freePrerequisitesFrom(addOn, [])),
      ...this.membersOf('add-ons before nodes').flatMap((addOn) => freePrerequisitesFrom(addOn, this.membersOf('node groups'))),
    ];
  }

  /** The add-ons that need nodes and wait for none. */
  public get withoutNodes(): CfnResource[] {
    const nodes = [...this.membersOf('node groups'), ...this.fargateProfiles];
    return this.membersOf('add-ons after nodes').filter((addOn) => !nodes.some((one) => this.canBeOrdered(addOn, one)));
  }

  private membersOf(stage: UpgradeStage): CfnResource[] {
    return this.members[stage] ?? [];
  }

  private orderAfterProfile(addOn: CfnResource, profile: CfnResource): void {
    if (this.canBeOrdered(addOn, profile)) addOn.node.addDependency(profile);
  }

  private add(stage: UpgradeStage, resource: CfnResource): void {
    (this.members[stage] ??= []).push(resource);
    if (this.bake) resource.node.addDependency(this.bake);
    const at = UPGRADE_ORDER.indexOf(stage);
    const [before, after] = [UPGRADE_ORDER[at - 1], UPGRADE_ORDER[at + 1]].map((neighbour) => this.membersOf(neighbour));
    // of neighbours in the order, one is a node group and the other an add-on
    const isOrdered = (other: CfnResource) =>
      stage === 'node groups' ? this.canBeOrdered(other, resource) : this.canBeOrdered(resource, other);
    before.filter(isOrdered).forEach((earlier) => resource.node.addDependency(earlier));
    after.filter(isOrdered).forEach((later) => later.node.addDependency(resource));
  }

  private canBeOrdered(addOn: CfnResource, group: CfnResource): boolean {
    return Stack.of(addOn) === Stack.of(this.cluster) ? mayWaitForNodes(this.cluster, group) : Stack.of(addOn) === Stack.of(group);
  }
}

/**
 * Whether what is in the cluster's own stack may wait for a node group: one in the same stack, or in a stack nested below it.
 *
 * Any other stack is deployed after the cluster's, because it refers to the cluster: to wait for what is in it would be a cycle.
 * So would be waiting both before and after a nested stack, which is deployed as a whole; that is why no other stack than the
 * cluster's orders what is outside of it.
 */
export function mayWaitForNodes(cluster: IConstruct, group: IConstruct): boolean {
  const stack = Stack.of(group);
  return [stack, ...stacksAround(stack)].includes(Stack.of(cluster));
}
