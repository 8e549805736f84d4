/**
 * The history of an app: deployments one after the other, with edits and faults between them.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AppModel, GroupModel } from './app-model';
import { edited, type EditContext } from './edit';
import { isUnforeseeable, strike, type Fault } from './fault';
import { findingsSince } from './function-log';
import { brokenLaws, stuckInRollback } from './laws';
import { observe, type Deployment, type GuardFinding } from './observation';
import type { Chapter, Story } from './story';
import { CLUSTER_ID, LOG_ID, releaseParameter, synthesise } from './synthesise';
import type { Tally } from './tally';
import type { ClusterRecord } from '../../aws/eks-region';
import type { Cloud } from '../cloud';
import type { Template } from '../stacks';

const DAY = 24 * 60 * 60 * 1000;
const AMI_TYPES = ['AL2023_x86_64_STANDARD', 'BOTTLEROCKET_x86_64'] as const;
const MINORS = ['1.32', '1.33', '1.34', '1.35', '1.36', '1.37'];
const ADD_ONS = ['vpc-cni', 'kube-proxy', 'coredns', 'aws-ebs-csi-driver'];

/** Deployed well. */
const WELL = /^(CREATE|UPDATE)_COMPLETE$/;

export class History {
  private app: AppModel;
  private cluster!: ClusterRecord;
  private linesRead = 0;
  private assemblies = 0;
  private readonly folder = mkdtempSync(join(tmpdir(), 'history-'));
  private readonly told: string[] = [];

  constructor(
    private readonly cloud: Cloud,
    private readonly stack: string,
    private readonly tally: Tally,
    private readonly story: Story,
    subnets: readonly string[],
  ) {
    const { version, groups, inOrder, addOns } = story.start;
    const group = (index: number): GroupModel => ({ amiType: AMI_TYPES[index % 2], maxSize: 3, labels: {}, tracking: 'recommended' });
    this.app = {
      subnets,
      version,
      inOrder,
      tags: {},
      groups: Object.fromEntries(['A', 'B', 'C'].slice(0, groups).map((id, index) => [id, group(index)])),
      addOns: Object.fromEntries(ADD_ONS.slice(0, addOns).map((name) => [name, 'recommended'])),
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
    if (process.env.HISTORIES_VERBOSE) process.stderr.write(`${this.stack}: ${line}\n`);
  }

  private async create(): Promise<void> {
    this.tell(`begins as ${JSON.stringify(this.story.start)}`);
    const template = this.synthesise(this.app);
    await this.cloud.publishAssets(join(this.folder, '0'));
    const { status, steps } = await this.cloud.stacks.deploy(this.stack, template);
    this.require(status === 'CREATE_COMPLETE', `the first deployment ended as ${status}: ${steps.map(({ reason }) => reason).filter(Boolean).join(' | ')}`);
    const { [CLUSTER_ID]: name } = await this.cloud.stacks.resources(this.stack);
    this.cluster = this.cloud.eks.cluster(name);
    this.tally.deployments++;
    this.tally.succeeded++;
  }

  private async playChapter({ edits, fault, daysPass }: Chapter): Promise<void> {
    this.cloud.aws.clock.advance(daysPass * DAY);
    const wanted = edits.reduce((app, edit) => edited(app, edit, this.context), this.app);
    this.tell(JSON.stringify({ daysPass, edits, fault }));

    const template = this.trySynthesis(wanted);
    if (!template) return;
    const heal = strike(this.cloud, this.cluster, fault);
    const deployment = await this.deploy(template, fault);
    await this.cloud.aws.clearFaults();
    heal();
    if (WELL.test(deployment.status)) {
      this.tally.succeeded++;
      this.app = wanted;
    } else {
      await this.recover(deployment, wanted, fault);
    }
  }

  /** Undefined when the constructs refuse it, before anybody could deploy it. */
  private trySynthesis(app: AppModel): Template | undefined {
    try {
      return this.synthesise(app);
    } catch (error) {
      this.tell(`refused at synth: ${(error as Error).message}`);
      this.tally.refusedAtSynth++;
      return undefined;
    }
  }

  private async deploy(template: Template, fault: Fault): Promise<Deployment> {
    const { stacks } = this.cloud;
    const before = await observe(stacks, this.stack, this.cluster);
    const { status, steps } = await stacks.deploy(this.stack, template);
    const after = await observe(stacks, this.stack, this.cluster);
    const deployment = { before, after, status, steps, findings: await this.newFindings() };
    this.tally.deployments++;
    this.tell(`${before.version} → ${after.version}: ${status} ${steps.map(({ reason }) => reason).filter(Boolean).join(' | ')}`);
    const broken = brokenLaws(deployment, fault);
    this.require(broken.length === 0, broken.join('\n'));
    return deployment;
  }

  /**
   * The next correct deployment succeeds: what was wanted, where only a fault stood in the way and the control plane has moved; else what was there
   * before, with the control plane where it is.
   */
  private async recover(deployment: Deployment, wanted: AppModel, fault: Fault): Promise<void> {
    const { before, after, steps } = deployment;
    const refused = steps.some(({ type, status }) => type === 'Custom::EksUpgradeGuard' && status === 'UPDATE_FAILED');
    this.tally[refused ? 'refusedByGuard' : 'failedOtherwise']++;
    const moved = after.version !== before.version;
    this.require(!(refused && moved), 'the guard refused when the control plane had moved already');

    await this.endRollback(deployment);

    const next = !moved ? this.app : isUnforeseeable(fault) ? wanted : this.withControlPlaneAt(after.version);
    const { status, steps: stepsAgain } = await this.deploy(this.synthesise(next), { fault: 'none' });
    this.require(WELL.test(status) || stepsAgain.length === 0, `the next correct deployment ended as ${status}`);
    this.app = next;
    this.tally.recovered++;
  }

  /** Leaves behind what a rollback cannot take back: `cdk rollback --orphan`. */
  private async endRollback({ status, steps }: Deployment): Promise<void> {
    if (status !== 'UPDATE_ROLLBACK_FAILED') return;
    const stuck = stuckInRollback({ steps }).map(({ logicalId }) => logicalId);
    this.tally.stuckInRollback++;
    const ended = await this.cloud.stacks.continueRollback(this.stack, stuck);
    this.require(ended.status === 'UPDATE_ROLLBACK_COMPLETE', `the rollback without ${stuck.join(', ')} ended as ${ended.status}`);
  }

  /** The deployed app with another version, and its nodes held where they are. */
  private withControlPlaneAt(version: string): AppModel {
    return { ...this.app, version, nodeVersion: this.app.nodeVersion ?? this.app.version };
  }

  private async remove(): Promise<void> {
    const { status, steps } = await this.cloud.stacks.delete(this.stack);
    this.require(status === 'DELETE_COMPLETE', `the deletion ended as ${status}: ${steps.map(({ reason }) => reason).filter(Boolean).join(' | ')}`);
  }

  private synthesise(app: AppModel): Template {
    return synthesise(app, join(this.folder, String(this.assemblies++)));
  }

  private async newFindings(): Promise<GuardFinding[]> {
    const { [LOG_ID]: logGroup } = await this.cloud.stacks.resources(this.stack);
    const { findings, lines } = await findingsSince(this.cloud.clientConfig.endpoint, logGroup, this.linesRead);
    this.linesRead = lines;
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
      addOnVersions: (name) => eks.catalog.addonVersions.filter(({ addonName }) => addonName === name).map(({ addonVersion }) => addonVersion),
    };
  }

  private require(holds: boolean, otherwise: string): void {
    if (!holds) throw new Error(`${otherwise}\n\nthe history of ${this.stack}, which began as ${JSON.stringify(this.story.start)}:\n${this.told.join('\n')}`);
  }
}
