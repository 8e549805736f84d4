/**
 * The history of an app: deployments one after the other, with edits and faults between them.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { ahead, plus, type AppModel, type GroupModel } from './app-model';
import { checkBefore, untoldBefore } from './check-before';
import { edited, type Edit, type EditContext } from './edit';
import { hides, isUnforeseeable, strike, type Fault } from './fault';
import { findingsSince } from './function-log';
import { isKnownByChangeSetOnly, isLasting } from './lasting-edit';
import { brokenLaws, SKEW, stuckInRollback } from './laws';
import { observe, type Deployment, type GuardFinding, type Observation } from './observation';
import { hasNewName, reasonsIn, wasRefused, wentWell } from './outcome';
import { LAST_UPGRADE, type Chapter, type Story } from './story';
import { CLUSTER_ID, LOG_ID, ON_NODES, releaseParameter, synthesise, TEAM } from './synthesise';
import { takeBack } from './take-back';
import type { Tally } from './tally';
import type { ClusterRecord } from '../../aws/eks-region';
import type { Cloud } from '../cloud';
import type { DeployOptions, Operation, Template } from '../stacks';

const DAY = 24 * 60 * 60 * 1000;

/** For so long EKS takes an upgrade back. */
const WAY_BACK_DAYS = 7;
const AMI_TYPES = ['AL2023_x86_64_STANDARD', 'BOTTLEROCKET_x86_64'] as const;
const MINORS = ['1.32', '1.33', '1.34', '1.35', '1.36', '1.37'];
const ADD_ONS = ['vpc-cni', 'kube-proxy', 'coredns', 'aws-ebs-csi-driver'];

/** A chapter that failed. */
interface Failure extends Pick<Chapter, 'fault' | 'onFailure' | 'byChangeSet'> {
  readonly wanted: AppModel;
}

export class History {
  private app: AppModel;
  private cluster!: ClusterRecord;
  private assemblies = 0;
  private readonly folder = mkdtempSync(join(tmpdir(), 'history-'));
  private readonly told: string[] = [];
  private readonly linesRead: Record<string, number> = {};

  /** Whether CloudFormation still has the template of a deployment that stopped: MiniStack finds nothing to do to go back. */
  private hasStopped = false;

  /** In the order in which they are deployed. */
  private readonly stacks: readonly string[];

  constructor(
    private readonly cloud: Cloud,
    private readonly name: string,
    private readonly tally: Tally,
    private readonly story: Story,
    subnets: readonly string[],
  ) {
    const { version, groups, inOrder, addOns, nodesIn, guarded, plain } = story.start;
    const group = (index: number): GroupModel => ({
      amiType: AMI_TYPES[index % 2], maxSize: 3, instanceType: 'm7i.large', labels: {}, tracking: 'recommended',
    });
    this.stacks = nodesIn === 'own stack' ? [name, `${name}Nodes`] : [name];
    this.app = {
      subnets,
      version,
      inOrder,
      nodesIn,
      isGuarded: guarded,
      isPlain: plain !== undefined,
      forceUpdate: plain === 'forced',
      tags: {},
      groups: Object.fromEntries(['A', 'B', 'C'].slice(0, groups).map((id, index) => [id, group(index)])),
      addOns: Object.fromEntries(ADD_ONS.slice(0, addOns).map((addOn) => [addOn, 'recommended'])),
      lookedUp: this.context.recommended(),
    };
  }

  /** @throws with the whole story when a law is broken */
  async play(): Promise<void> {
    const { eks: { catalog }, aws: { clock } } = this.cloud;
    const [offered, begun] = [catalog.addonVersions, clock.now()];
    try {
      if (this.story.olderKubeProxy) catalog.offerOlderKubeProxy();
      await this.create();
      for (const chapter of this.story.chapters) await this.playChapter(chapter);
      const { backAfterDays } = this.story;
      if (backAfterDays !== undefined) await this.playChapter({ ...LAST_UPGRADE, backAfterDays });
      await this.remove();
    } finally {
      catalog.addonVersions = offered;
      clock.putBack(begun); // each history begins on the same day, or the minors' support would end for the later ones
      await this.cloud.aws.clearFaults();
      rmSync(this.folder, { recursive: true });
    }
  }

  private tell(line: string): void {
    this.told.push(line);
    if (process.env.HISTORIES_VERBOSE) process.stderr.write(`${this.name}: ${line}\n`);
  }

  private async create(): Promise<void> {
    this.tell(`begins as ${JSON.stringify(this.story.start)}`);
    const templates = this.synthesise(this.app);
    await this.cloud.publishAssets(join(this.folder, '0'));
    for (const [index, template] of templates.entries()) {
      const { status, steps } = await this.cloud.stacks.deploy(this.stacks[index], template);
      this.require(status === 'CREATE_COMPLETE', `the first deployment ended as ${status}: ${reasonsIn(steps)}`);
      this.tally.deployments++;
      this.tally.succeeded++;
    }
    const { [CLUSTER_ID]: name } = await this.cloud.stacks.resources(this.name);
    this.cluster = this.cloud.eks.cluster(name);
    for (const stack of this.stacks) await this.newFindings(stack); // what was logged by now is no answer to what comes
  }

  private async playChapter({
    edits: all, fault: happens, daysPass, backAfterDays, onFailure, byChangeSet, express,
  }: Chapter): Promise<void> {
    const { version } = this.cluster;
    const isNested = this.app.nodesIn === 'nested stack';
    // a guard in a nested stack finds no change set, and check does not know what a deployment adds
    // MiniStack takes the tags of a nested stack that stopped for those that its resources had before
    const isSeen = (edit: Edit) => !isKnownByChangeSetOnly(edit) && edit.do !== 'tag stacks'
      && (edit.do !== 'tag everything' || onFailure === 'rollback');
    // nor with what it compares after a deployment that stopped
    const edits = all.filter((edit) => (!isNested || isSeen(edit)) && (!this.hasStopped || !isLasting(edit)));
    this.cloud.aws.clock.advance(daysPass * DAY);
    const comesWithIt = !this.app.isGuarded || this.app.isPlain; // a guard that CloudFormation does not tell what was there before
    const needsChangeSet = comesWithIt || edits.some(isKnownByChangeSetOnly);
    const goesByChangeSet = byChangeSet || needsChangeSet || hides(happens, 'GetTemplate');
    const isHidden = hides(happens, 'DescribeChangeSet') || hides(happens, 'DescribeStacks'); // which names the change set
    const tellsNothing = needsChangeSet && isHidden || isNested && hides(happens, 'GetTemplate')
      || this.hasStopped && hides(happens, 'DescribeStacks'); // MiniStack goes back to the template that stopped, which looks like a move forward
    const fault: Fault = tellsNothing ? { fault: 'none' } : happens;
    const wanted = edits.reduce((app, edit) => edited(app, edit, this.context), { ...this.app, isGuarded: true, isPlain: false });
    this.tell(JSON.stringify({ daysPass, edits, fault, onFailure, byChangeSet, express }));

    const templates = this.trySynthesis(wanted);
    if (!templates) return;
    this.app = { ...this.app, isGuarded: true }; // also where its author goes back
    const look = async () => checkBefore(this.cloud, join(this.folder, String(this.assemblies - 1)));
    const looked = edits.some(isLasting) && !isNested ? await look() : [];
    const heal = strike(this.cloud, this.cluster, fault);
    const foretold = isNested ? await look() : looked;
    const last = await this.deploy(templates, fault, {
      rollback: onFailure === 'rollback', byChangeSet: goesByChangeSet, express, ...valuesOf(wanted),
    }, foretold);
    await this.cloud.aws.clearFaults();
    heal();
    const untold = edits.some(isLasting) && !this.hasStopped ? untoldBefore(last.findings, foretold) : [];
    this.require(untold.length === 0, untold.join('\n'));
    if (wentWell(last)) {
      this.hasStopped &&= last.steps.length === 0;
      this.app = wanted;
      const isUpgraded = this.cluster.version === plus(version, 1) && wanted.version === this.cluster.version;
      const isListed = fault.fault !== 'console upgrade'; // which is not among the updates that the local EKS lists
      if (backAfterDays !== undefined && isUpgraded && isListed && this.offersPins(version)) await this.takeBackAndUp(backAfterDays);
    } else {
      await this.recover(last, { wanted, fault, onFailure, byChangeSet: goesByChangeSet });
    }
  }

  /**
   * Takes the last minor back, in one deployment or two, as the command says that it can; and up again once the entry is gone,
   * without an edit of the app.
   */
  private async takeBackAndUp(afterDays: number): Promise<void> {
    const from = this.cluster.version;
    const older = plus(from, -1);
    const isOpen = afterDays < WAY_BACK_DAYS;
    this.cloud.aws.clock.advance(afterDays * DAY);
    const asTheCli: DeployOptions = { rollback: true, byChangeSet: true, ...valuesOf(this.app) };
    let context: AppModel['context'] = {};
    for (let deployments = 0; this.cluster.version !== older; deployments++) {
      this.synthesise({ ...this.app, context });
      const found = await takeBack(this.cloud, join(this.folder, String(this.assemblies - 1)), context);
      this.tell(`rollback after ${afterDays} days: ${found.output}`);
      if (found.exitCode !== 0) {
        this.require(
          found.exitCode === 1 && deployments === 0, `the command was on its way to ${older}, and does not go on: ${found.output}`,
        );
        this.require(
          !isOpen || /\[(target-supported|support-policy)/.test(found.output),
          `after ${afterDays} days the upgrade cannot be taken back: ${found.output}`,
        );
        this.tally.notTakenBack++;
        return;
      }
      this.require(isOpen, `the command takes an upgrade of ${afterDays} days ago back`);
      this.require(deployments < 2, `the control plane does not run ${older} after two deployments`);
      ({ context } = found);
      const back = await this.deploy(this.synthesise({ ...this.app, context }), { fault: 'none' }, asTheCli);
      this.require(
        wentWell(back), `the command had said that the cluster goes back to ${older}, but the deployment ended as ${back.status}`,
      );
    }
    const up = await this.deploy(this.synthesise(this.app), { fault: 'none' }, asTheCli);
    this.require(
      wentWell(up) && this.cluster.version === from, `up again, the deployment ended as ${up.status} with ${this.cluster.version}`,
    );
    this.tally.takenBack++;
  }

  /** Whether EKS offers what the app pins of add-ons for its own minor and another one: else it is no app that goes up and down. */
  private offersPins(other: string): boolean {
    return Object.entries(this.app.addOns).every(([name, policy]) => typeof policy === 'string' || [this.app.version, other].every((minor) =>
      this.cloud.eks.catalog.addonVersions.some(({ addonName, addonVersion, clusterVersions }) =>
        addonName === name && addonVersion === policy.pinned && clusterVersions.includes(minor))));
  }

  /** Undefined when the constructs refuse it, before anybody could deploy it. */
  private trySynthesis(app: AppModel): Template[] | undefined {
    try {
      return this.synthesise(app);
    } catch (error) {
      this.tell(`refused at synth: ${(error as Error).message}`);
      this.tally.refusedAtSynth++;
      return undefined;
    }
  }

  /** Deploys one stack after the other until one fails; the last deployment comes back. */
  private async deploy(
    templates: readonly Template[], fault: Fault, options: DeployOptions = {}, named: readonly GuardFinding[] = [],
  ): Promise<Deployment> {
    const { version } = this.cluster;
    await this.cloud.publishAssets(join(this.folder, String(this.assemblies - 1))); // the function may come with the guard
    let deployment!: Deployment;
    for (const [index, template] of templates.entries()) {
      const stack = this.stacks[index];
      const observed = await this.observed(stack, version, async () => this.cloud.stacks.deploy(stack, template, options));
      deployment = { ...observed, isExpress: options.express, foretold: named, findings: [...named, ...observed.findings] };
      this.tally.deployments++;
      this.keepsTheLaws(deployment, fault);
      if (!wentWell(deployment)) break;
      this.tally.succeeded++;
    }
    return deployment;
  }

  private async observed(stack: string, versionBefore: string, operate: () => Promise<Operation>): Promise<Deployment> {
    const before = await this.observe();
    const { status, steps } = await operate();
    const after = await this.observe();
    this.tell(`${stack}: ${before.version} → ${after.version}: ${status} ${reasonsIn(steps)}`);
    const linesBefore = { ...this.linesRead };
    const findings = await this.newFindings(stack);
    const wasAsked = !isDeepStrictEqual(this.linesRead, linesBefore);
    return { stack, before, after, status, steps, findings, wasAsked, controlPlaneMoved: after.version !== versionBefore };
  }

  private async observe(): Promise<Observation> {
    const nested = await this.nestedIn(this.name);
    return observe(this.cloud.stacks, [...this.stacks, ...nested], this.cluster);
  }

  private async nestedIn(stack: string): Promise<string[]> {
    return this.app.nodesIn === 'nested stack' ? Object.values(await this.cloud.stacks.nestedIn(stack)) : [];
  }

  private keepsTheLaws(deployment: Deployment, fault: Fault): void {
    const broken = brokenLaws(deployment, fault);
    this.require(broken.length === 0, broken.join('\n'));
  }

  /**
   * The next correct deployment succeeds: what was wanted, where only a fault stood in the way and what has moved stays; else
   * what was there before, with the control plane where it is.
   */
  private async recover(deployment: Deployment, failure: Failure): Promise<void> {
    const { fault, onFailure, byChangeSet } = failure;
    const { before, after, steps } = deployment;
    const refused = wasRefused(steps);
    this.tally[refused ? 'refusedByGuard' : 'failedOtherwise']++;
    const isForetold = this.app.nodesIn === 'nested stack' && (deployment.foretold ?? []).some(({ severity }) => severity === 'error');
    this.require(!(refused && after.version !== before.version) || isForetold, 'the guard refused when the control plane had moved already');

    if (onFailure === 'stop, then deploy') {
      this.tally.deployedOnAfterStop++;
    } else {
      await this.endRollback(onFailure === 'rollback' ? deployment : await this.rollBack(deployment, fault));
    }

    const next = this.nextCorrect(deployment, failure);
    // a stack that has stopped is deployed on without a rollback only
    const options = { rollback: onFailure !== 'stop, then deploy', byChangeSet, ...valuesOf(next) };
    // a guard that has passed in the deployment that stopped is not called again
    const named = onFailure === 'stop, then deploy' ? deployment.findings : [];
    const again = await this.deploy(this.synthesise(next), { fault: 'none' }, options, named);
    if (wasRefused(again.steps) && again.stack !== deployment.stack) { // the nodes' stack, whose guard had not been asked yet
      return this.recover(again, {
        wanted: next, fault: { fault: 'none' }, onFailure: options.rollback ? 'rollback' : onFailure, byChangeSet,
      });
    }
    this.require(wentWell(again), `the next correct deployment ended as ${again.status}`);
    this.hasStopped = again.steps.length === 0 && (this.hasStopped || again.status === 'UPDATE_FAILED');
    this.app = next;
    this.tally.recovered++;
  }

  /** What a person who has read the messages deploys next. */
  private nextCorrect(
    { stack, steps, after, controlPlaneMoved, foretold = [] }: Deployment, { wanted, fault, onFailure }: Failure,
  ): AppModel {
    const wasTold = wasRefused(steps) || foretold.some(({ severity }) => severity === 'error');
    if (isUnforeseeable(fault) && !wasTold && !hasNewName(steps) && (controlPlaneMoved || onFailure === 'stop, then deploy')) return wanted;
    if (!controlPlaneMoved && stack === this.name) return this.app;
    const { groups, monitoring, lookedUp, inOrder, version, nodeVersion, tags, stackTags, team, forceUpdate } = this.app;
    const nodesAsBefore = {
      groups, monitoring, lookedUp, inOrder, version: after.version, nodeVersion: allowedBeside(after.version, nodeVersion ?? version),
    };
    if (stack === this.name) return { ...this.app, ...nodesAsBefore };
    return {
      ...wanted,
      ...nodesAsBefore,
      tags,
      stackTags,
      team,
      forceUpdate, // versions come with the next deployment, and nothing beside them
      addOns: nodesFrom(this.app.addOns, wanted.addOns),
      namespaces: nodesFrom(this.app.namespaces, wanted.namespaces),
    };
  }

  /** `cdk rollback` of what has stopped. */
  private async rollBack(stopped: Deployment, fault: Fault): Promise<Deployment> {
    const rolledBack = await this.observed(stopped.stack, stopped.before.version, async () => this.cloud.stacks.rollback(stopped.stack));
    const whole = { ...rolledBack, before: stopped.before, findings: [...stopped.findings, ...rolledBack.findings] };
    this.keepsTheLaws(whole, fault);
    this.tally.rolledBackAfterStop++;
    return whole;
  }

  /** Leaves behind what a rollback cannot take back: `cdk rollback --orphan`. */
  private async endRollback({ stack, status, steps }: Deployment): Promise<void> {
    if (status !== 'UPDATE_ROLLBACK_FAILED') return;
    const own = await this.cloud.stacks.resources(stack);
    const [nested] = Object.keys(await this.cloud.stacks.nestedIn(stack)); // which MiniStack leaves as a whole
    const stuck = [...new Set(stuckInRollback({ steps }).map(({ logicalId }) => logicalId in own ? logicalId : nested))];
    this.tally.stuckInRollback++;
    const ended = await this.cloud.stacks.continueRollback(stack, stuck);
    this.require(ended.status === 'UPDATE_ROLLBACK_COMPLETE', `the rollback without ${stuck.join(', ')} ended as ${ended.status}`);
  }

  private async remove(): Promise<void> {
    for (const stack of [...this.stacks].reverse()) {
      const { status, steps } = await this.cloud.stacks.delete(stack);
      this.require(status === 'DELETE_COMPLETE', `the deletion of ${stack} ended as ${status}: ${reasonsIn(steps)}`);
    }
  }

  private synthesise(app: AppModel): Template[] {
    return synthesise(app, join(this.folder, String(this.assemblies++)), this.stacks);
  }

  private async newFindings(stack: string): Promise<GuardFinding[]> {
    const nested = await this.nestedIn(stack);
    return (await Promise.all([stack, ...nested].map(async (each) => this.findingsOf(each)))).flat();
  }

  private async findingsOf(stack: string): Promise<GuardFinding[]> {
    const { [LOG_ID]: logGroup } = await this.cloud.stacks.resources(stack);
    if (logGroup === undefined && (!this.story.start.guarded || this.story.start.plain)) return []; // the guard came with a deployment that was rolled back
    this.require(logGroup !== undefined, `the stack ${stack} has no resource ${LOG_ID}, where its findings are`);
    const { findings, lines } = await findingsSince(this.cloud.clientConfig.endpoint, logGroup, this.linesRead[logGroup] ?? 0);
    this.linesRead[logGroup] = lines;
    return findings;
  }

  private get context(): EditContext {
    const { ssm, eks } = this.cloud.aws;
    const parameters = AMI_TYPES.flatMap((amiType) => MINORS.map((minor) => releaseParameter(amiType, minor)));
    return {
      recommended: () => Object.fromEntries(parameters.flatMap((name) => {
        const { Value: value } = (ssm.find(name) ?? {}) as { Value?: string };
        return value === undefined ? [] : [[name, value]];
      })),
      releases: (amiType, minor) => eks.catalog.releases
        .filter((release) => release.amiType === amiType && release.version === minor)
        .map(({ releaseVersion }) => releaseVersion),
      addOnVersions: (name) => eks.catalog.addonVersions.filter(({ addonName }) => addonName === name).map(
        ({ addonVersion }) => addonVersion,
      ),
    };
  }

  private require(holds: boolean, otherwise: string): void {
    if (!holds) {
      throw new Error(
        `${otherwise}\n\nthe history of ${this.name}, which began as ${JSON.stringify(this.story.start)}:\n${this.told.join('\n')}`,
      );
    }
  }
}

/** By name of the add-on: the first for those that have a stack with the nodes, the second for all others. */
function nodesFrom<T>(onNodes: Readonly<Record<string, T>> = {}, others: Readonly<Record<string, T>> = {}): Record<string, T> {
  const those = (all: Readonly<Record<string, T>>, are: boolean) => Object.entries(all).filter(([name]) => ON_NODES.includes(name) === are);
  return Object.fromEntries([...those(others, false), ...those(onNodes, true)]);
}

/** The minor at which nodes are held, or the oldest that a control plane bears: what the app said may never have been deployed. */
function allowedBeside(controlPlane: string, held: string): string {
  return ahead(controlPlane, held) > SKEW ? plus(controlPlane, -SKEW) : held;
}

/** What is not in the templates. */
function valuesOf({ stackTags, team }: AppModel): Pick<DeployOptions, 'tags' | 'parameters'> {
  return { tags: stackTags, parameters: team === undefined ? {} : { [TEAM]: team } };
}
