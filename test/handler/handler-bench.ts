/**
 * Calls the handler as Lambda does, with the real SDK against the local AWS, and receives its answers in CloudFormation's place.
 */
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { endBake } from '../../src/handler/bake-end';
import type { BakeEnded } from '../../src/handler/bake-execution';
import type { CustomResourceEvent, InvocationContext } from '../../src/handler/custom-resource-event';
import { serve } from '../../src/handler/custom-resource-handler';
import type { Runtime } from '../../src/handler/runtime';
import { awsConnection, type AwsConnectionOptions } from '../../src/live/aws-connection';
import { LocalAws } from '../aws/aws-server';
import { stackArn } from '../aws/cloudformation';
import { enterEnvironment } from '../live/sdk-environment';

export const STACK = stackArn({ name: 'app' });

/** An answer as it came to CloudFormation. */
export interface Answer {
  readonly Status: 'SUCCESS' | 'FAILED';
  readonly Reason?: string;
  readonly Data?: Record<string, string>;
  readonly PhysicalResourceId: string;
  readonly StackId: string;
  readonly RequestId: string;
  readonly LogicalResourceId: string;
}

export interface Delivery {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** How the handler is invoked. */
export interface Invocation extends AwsConnectionOptions {
  /** What is left of the function's time. @default - 15 minutes */
  readonly remainingMillis?: number;
}

export class HandlerBench {
  static async start(): Promise<HandlerBench> {
    const aws = await LocalAws.start({ now: new Date('2026-11-22T12:00:00Z') });
    aws.cloudFormation.putStack({ name: 'app' });
    const bench = new HandlerBench(aws);
    await new Promise<void>((resolve) => bench.server.listen(0, '127.0.0.1', resolve));
    return bench;
  }

  readonly deliveries: Delivery[] = [];
  readonly log: Record<string, unknown>[] = [];
  /** How often the response URL refuses an answer. */
  refusals = 0;

  private readonly server: Server = createServer((request, response) => {
    void text(request).then((body) => {
      this.deliveries.push({ method: request.method!, path: request.url!, headers: request.headers, body });
      response.writeHead(this.refusals-- > 0 ? 503 : 200).end('the signed URL has expired');
    });
  });

  private readonly leaveEnvironment: () => void;

  private constructor(readonly aws: LocalAws) {
    this.leaveEnvironment = enterEnvironment(aws);
  }

  get responseUrl(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/answer?X-Amz-Signature=a%2Fb%3D`;
  }

  /** With what the function has failed, by name and values, as its log holds it. */
  get refused(): { readonly reason: string; readonly data: object }[] {
    return this.log.flatMap(({ refusal }) => refusal as { readonly reason: string; readonly data: object } | undefined ?? []);
  }

  event(
    members: Pick<CustomResourceEvent, 'RequestType' | 'ResourceType' | 'ResourceProperties'> & Partial<CustomResourceEvent>,
  ): CustomResourceEvent {
    return {
      RequestId: 'request-1',
      ResponseURL: this.responseUrl,
      StackId: STACK,
      LogicalResourceId: 'Resource',
      ...members.RequestType === 'Create' ? {} : { PhysicalResourceId: 'Resource' },
      ...members,
    };
  }

  /** Lets the handler serve an event, and returns its answer. Waiting puts the clock of the local AWS ahead. */
  async serve(event: CustomResourceEvent, { remainingMillis = 900_000, ...options }: Invocation = {}): Promise<Answer> {
    const before = this.deliveries.length;
    await serve(event, this.contextWith(remainingMillis), this.runtime(options));
    expect(this.deliveries.slice(before).filter(({ method }) => method === 'PUT').length).toBeGreaterThan(0);
    return JSON.parse(this.deliveries.at(-1)!.body);
  }

  /** Lets the handler serve an event that somebody else answers. */
  async serveUnanswered(event: CustomResourceEvent): Promise<void> {
    await serve(event, this.contextWith(900_000), this.runtime({}));
    expect(this.deliveries).toEqual([]);
  }

  /** Invokes the handler as the state machine does at the end of a bake, and returns its answer. */
  async endBake({ BakeEnded: ended }: BakeEnded): Promise<Answer> {
    await endBake(ended, this.contextWith(60_000), this.runtime({}));
    return JSON.parse(this.deliveries.at(-1)!.body);
  }

  /** The actions that were called, each once, as IAM names them. */
  get calledActions(): string[] {
    return [...new Set(this.aws.requests.map(({ service, action }) => `${service}:${action}`))].sort();
  }

  async stop(): Promise<void> {
    this.leaveEnvironment();
    this.server.close();
    this.server.closeAllConnections();
    await this.aws.stop();
  }

  private runtime(options: AwsConnectionOptions): Runtime {
    return {
      connect: ({ tryAgain }) => awsConnection({ tryAgain, maxAttempts: 1, ...options }),
      now: () => this.aws.clock.now(),
      sleep: async (millis, signal) => {
        signal?.throwIfAborted();
        this.aws.clock.advance(millis);
        await delay(1);
      },
      log: (entry) => this.log.push(entry),
    };
  }

  private contextWith(remainingMillis: number): InvocationContext {
    const ends = this.aws.clock.now().getTime() + remainingMillis;
    return {
      logGroupName: '/handler',
      logStreamName: '2026/11/22/[$LATEST]abc',
      getRemainingTimeInMillis: () => ends - this.aws.clock.now().getTime(),
    };
  }
}
