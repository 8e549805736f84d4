/**
 * An AWS to deploy to: MiniStack, with the local EKS and what AWS publishes about AMIs.
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { EC2Client } from '@aws-sdk/client-ec2';
import { EKSClient } from '@aws-sdk/client-eks';
import { ListExecutionsCommand, ListStateMachinesCommand, SFNClient, StopExecutionCommand } from '@aws-sdk/client-sfn';
import { publishAssets } from './assets';
import { benchServer, type Done } from './bench-server';
import { MiniStack } from './ministack';
import { environmentPython } from './python';
import { Stacks } from './stacks';
import { LocalAws } from '../aws/aws-server';
import { REGION } from '../aws/aws-service';
import type { Endpoint } from '../aws/endpoint';
import type { UncertainBehaviour } from './resource-types/resource-type';

export class Cloud {
  /** Starts it, empty but for AMIs: of the minors around 1.36, of 14 July 2026. */
  static async start({ python: systemPython, now }: { readonly python: string; readonly now?: Date }): Promise<Cloud> {
    const aws = await LocalAws.start({ now });
    aws.publishAmis({ minors: ['1.33', '1.34', '1.35', '1.36', '1.37'], date: '2026-07-14' });
    // EKS is at once done with what it has accepted; what takes longer in a scenario is set there
    aws.eks.durations = { cluster: 0, nodegroup: 0, addon: 0, insightsRefresh: 0 };
    const python = environmentPython(systemPython);
    const cloud = new Cloud(aws, await mkdtemp(join(tmpdir(), 'cdk-home-')));
    await cloud.server.open();
    cloud.ministack = await MiniStack.start({
      python,
      environment: { BENCH_URL: cloud.server.url, BENCH_EKS_URL: aws.clientConfig('eks').endpoint },
    });
    return cloud;
  }

  /** What is not known of AWS; open to a scenario's hands. */
  readonly behaviour: { -readonly [Name in keyof UncertainBehaviour]: UncertainBehaviour[Name] } = {
    readsLiveVersion: true,
    refusedBecomeOld: false,
    deniedToFunctions: [],
  };

  /** While true, what EKS has begun makes no progress, such as a drain that waits for a PodDisruptionBudget. */
  standsStill = false;

  /** What CloudFormation did to resources, in order; open to a scenario's hands. */
  readonly done: Done[] = [];

  private ministack!: MiniStack;
  private cloudFormation?: Stacks;
  private readonly published = new Set<string>();
  private readonly server: Endpoint;

  private constructor(readonly aws: LocalAws, private readonly home: string) {
    const cloud = this;
    let ec2: EC2Client | undefined;
    this.server = benchServer({
      handling: {
        eks: new EKSClient(aws.clientConfig('eks')),
        get ec2() { return ec2 ??= new EC2Client(cloud.clientConfig); },
        passTime: async () => cloud.standsStill ? sleep(50) : aws.eks.finishUpdates(),
        behaviour: this.behaviour,
        waits: true,
        noteLaunchTemplate: (id, version, imageId) => aws.ec2.launchTemplates.putVersion(id, version, { imageId }),
      },
      publicParameter: (name) => aws.ssm.find(name),
      note: (done) => this.done.push(done),
    });
  }

  get eks() {
    return this.aws.eks;
  }

  /** CloudFormation without the CDK's CLI. */
  get stacks(): Stacks {
    this.cloudFormation ??= new Stacks(new CloudFormationClient(this.clientConfig));
    return this.cloudFormation;
  }

  /** Does what `cdk bootstrap` does, without its process. */
  async bootstrap(): Promise<void> {
    const template = await readFile(require.resolve('aws-cdk/lib/api/bootstrap/bootstrap-template.yaml'), 'utf8');
    await this.stacks.deploy('CDKToolkit', template);
  }

  /** Uploads the assets of a cloud assembly to where its templates look for them. */
  async publishAssets(assembly: string): Promise<void> {
    return publishAssets(assembly, { url: this.ministack.url, published: this.published });
  }

  /** Lets an alarm of CloudWatch go to a state. */
  async setAlarm(name: string, state: 'OK' | 'ALARM' | 'INSUFFICIENT_DATA'): Promise<void> {
    const call = new URLSearchParams({
      Action: 'SetAlarmState', Version: '2010-08-01', AlarmName: name, StateValue: state, StateReason: 'as the scenario wants',
    });
    await fetch(this.ministack.url, {
      method: 'POST', body: call, headers: { authorization: `AWS4-HMAC-SHA256 Credential=test/20260101/${REGION}/monitoring/aws4_request` },
    });
  }

  /** Stops the bake that goes on, or begins next. */
  async stopBake(cause: string): Promise<void> {
    const client = new SFNClient(this.clientConfig);
    for (;;) {
      const { stateMachines = [] } = await client.send(new ListStateMachinesCommand({}));
      for (const { stateMachineArn } of stateMachines) {
        const { executions: [running] = [] } = await client.send(new ListExecutionsCommand({ stateMachineArn, statusFilter: 'RUNNING' }));
        if (running) return void await client.send(new StopExecutionCommand({ executionArn: running.executionArn, cause }));
      }
      await sleep(50);
    }
  }

  /** What MiniStack wrote. */
  get log(): string {
    return this.ministack.log;
  }

  /** The configuration of an SDK client of this process. */
  get clientConfig() {
    return { ...this.aws.clientConfig('eks'), endpoint: this.ministack.url };
  }

  /** The whole environment of a child process that shall talk to this AWS and to nothing else. */
  get environment(): Record<string, string> {
    const { AWS_ENDPOINT_URL: _, ...rest } = this.aws.environment;
    const own = Object.fromEntries(Object.entries(rest).filter(([name]) => !name.startsWith('AWS_ENDPOINT_URL')));
    return { ...own, HOME: this.home, CDK_HOME: this.home, AWS_ENDPOINT_URL: this.ministack.url };
  }

  /** Ends all processes and removes all folders. */
  async stop(): Promise<void> {
    await this.ministack.stop();
    this.server.close();
    await this.aws.stop();
    await rm(this.home, { recursive: true, force: true });
  }
}
