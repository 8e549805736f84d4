/**
 * Stands in for the AWS endpoints that the CDK CLI, the handlers and the command line talk to.
 *
 * Each service listens on loopback at a port of its own and speaks AWS's wire protocol, so that the real CLI and the real SDK
 * can be pointed at it. State, faults and recorded requests are at the test's disposal.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { devNull, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { AutoScaling } from './auto-scaling';
import { REGION, AwsError, type AwsCall, type AwsService, type AwsServiceName } from './aws-service';
import { Clock } from './clock';
import { CloudFormation } from './cloudformation';
import { CloudWatch } from './cloudwatch';
import { deploy, type DeployableTemplate } from './deploy';
import { Ec2 } from './ec2';
import { Eks } from './eks';
import { Endpoint } from './endpoint';
import { PendingFaults, errorOf, type ConnectionFault, type RequestFault } from './faults';
import { publishAmis, type AmiRelease } from './published-amis';
import { ServiceQuotas } from './service-quotas';
import { Ssm } from './ssm';
import { StepFunctions } from './step-functions';
import { Sts } from './sts';
import type { Waves } from './waves';
import type { WireRequest, WireResponse } from './wire-protocol';

/** Nobody listens here: what is sent past AWS, into the internet, fails. */
const NOWHERE = 'http://127.0.0.1:9';

const UNSIGNED = 'unsigned';

const CREDENTIALS = { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'secret' };

/** How the SDK calls services in variables, where it is not as IAM does. */
const SERVICE_IDS: Partial<Record<AwsServiceName, string>> = { autoscaling: 'auto_scaling', servicequotas: 'service_quotas' };

/** What a proxy answers that knows nothing of AWS. */
const MALFORMED: WireResponse = { status: 200, headers: { 'content-type': 'text/html' }, body: '<html><body>Welcome' };

export class LocalAws {
  /** Starts all services at the given time. There is nothing in them but the bootstrap stack's version. */
  static async start({ now = new Date() } = {}): Promise<LocalAws> {
    const aws = new LocalAws(await mkdtemp(join(tmpdir(), 'local-aws-')), new Clock(now));
    aws.ssm.put('/cdk-bootstrap/hnb659fds/version', '30');
    await aws.elsewhere.open();
    await aws.clearFaults();
    return aws;
  }

  readonly sts = new Sts();
  readonly ssm = new Ssm();
  readonly ec2 = new Ec2();
  readonly cloudFormation = new CloudFormation();
  readonly cloudWatch = new CloudWatch();
  readonly stepFunctions = new StepFunctions();
  readonly autoScaling = new AutoScaling();
  readonly serviceQuotas = new ServiceQuotas();
  readonly eks: Eks;

  /** Says whether a request in a Region, signed by a key, is let through; one that is not is throttled. @default - all are */
  admit?: (call: AwsCall, region: string, accessKeyId: string) => boolean;

  /**
   * Says whether a request is denied, and whether somebody has signed it: what a function asks through MiniStack is not.
   * @default - none is
   */
  deny?: (call: AwsCall, isSigned: boolean) => boolean;

  /** Lets requests pass wave by wave, to count round trips one after the other. @default - each passes when it comes */
  waves?: Waves;

  private readonly recorded: AwsCall[] = [];
  private readonly underWay = new Map<AwsServiceName, number>();
  private readonly most = new Map<AwsServiceName, number>();
  private readonly faults = new PendingFaults();
  private readonly endpoints: ReadonlyMap<AwsServiceName, Endpoint>;

  private readonly elsewhere = new Endpoint(async (request) => this.refuse(request));

  private constructor(private readonly home: string, readonly clock: Clock) {
    this.eks = new Eks(clock, this.ec2);
    const services = [
      this.sts, this.ssm, this.ec2, this.cloudFormation, this.cloudWatch, this.stepFunctions, this.autoScaling, this.serviceQuotas,
      this.eks,
    ];
    this.endpoints = new Map(services.map((service) =>
      [service.name, new Endpoint(async (request) => this.count(service.name, async () => this.answer(service, request)))]));
  }

  /**
   * The whole environment of a child process that shall talk to this AWS and to nothing else.
   *
   * It leaves out the validation of templates by the CDK itself, which takes a second each run; `CDK_VALIDATION: 'true'` brings it back.
   */
  get environment(): Record<string, string> {
    return {
      PATH: process.env.PATH ?? '',
      HOME: this.home,
      TMPDIR: tmpdir(),
      AWS_REGION: REGION,
      AWS_ACCESS_KEY_ID: CREDENTIALS.accessKeyId,
      AWS_SECRET_ACCESS_KEY: CREDENTIALS.secretAccessKey,
      AWS_CONFIG_FILE: devNull,
      AWS_SHARED_CREDENTIALS_FILE: devNull,
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_ENDPOINT_URL: this.elsewhere.url,
      ...Object.fromEntries(
        [...this.endpoints].map(([name, { url }]) => [`AWS_ENDPOINT_URL_${(SERVICE_IDS[name] ?? name).toUpperCase()}`, url]),
      ),
      HTTPS_PROXY: NOWHERE,
      NO_PROXY: '127.0.0.1',
      CDK_VALIDATION: 'false',
      CDK_NOTICES: 'false',
      CDK_DISABLE_CLI_TELEMETRY: 'true',
      CDK_DISABLE_VERSION_CHECK: 'true',
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
      NO_COLOR: '1',
    };
  }

  /** What the requests asked for, oldest first, those that met a fault included. */
  get requests(): readonly AwsCall[] {
    return this.recorded;
  }

  /** The requests that would change something at AWS. Asking for a refresh of insights is not one of them. */
  mutatingCalls(): readonly AwsCall[] {
    return this.recorded.filter(({ action }) => !/^(AssumeRole|Describe|Get|List|StartInsightsRefresh)/.test(action));
  }

  /** Publishes AMI releases, in the SSM parameters and as what EKS accepts for node groups. */
  publishAmis(release: AmiRelease): void {
    this.eks.catalog.releases.push(...publishAmis(this.ssm, release));
  }

  /**
   * Makes the cluster of a template live, with its node groups and add-ons, and CloudFormation know the stack.
   *
   * @param madeUpName of a cluster that has none in the template
   */
  deploy(stack: string, template: DeployableTemplate, madeUpName?: string): void {
    deploy(this, stack, template, madeUpName);
  }

  /** The configuration of an SDK client of this process. */
  clientConfig(service: AwsServiceName): { endpoint: string; region: string; credentials: typeof CREDENTIALS } {
    return { endpoint: this.endpoints.get(service)!.url, region: REGION, credentials: CREDENTIALS };
  }

  /** The most requests of a service that were under way at once. */
  mostAtOnceOf(service: AwsServiceName): number {
    return this.most.get(service) ?? 0;
  }

  clearRequests(): void {
    this.recorded.length = 0;
    this.most.clear();
  }

  /** Lets requests from now on meet a fault. Of several that fit, the one set first comes first. */
  fail(fault: RequestFault | ConnectionFault): void {
    if (fault.fault === 'connectionRefused') {
      this.endpoints.get(fault.service)!.close();
    } else {
      this.faults.add(fault);
    }
  }

  /** Everything works again. */
  async clearFaults(): Promise<void> {
    this.faults.clear();
    await Promise.all([...this.endpoints.values()].map(async (endpoint) => endpoint.open()));
  }

  async stop(): Promise<void> {
    [...this.endpoints.values(), this.elsewhere].forEach((endpoint) => endpoint.close());
    await rm(this.home, { recursive: true, force: true });
  }

  private async count<T>(service: AwsServiceName, answer: () => Promise<T>): Promise<T> {
    const add = (number: number) => this.underWay.set(service, (this.underWay.get(service) ?? 0) + number).get(service)!;
    this.most.set(service, Math.max(this.mostAtOnceOf(service), add(1)));
    return answer().finally(() => add(-1));
  }

  private async answer(service: AwsService, request: WireRequest): Promise<WireResponse> {
    const call: AwsCall = { service: service.name, ...service.protocol.read(request) };
    this.recorded.push(call);
    await this.waves?.join(call);
    const { region, accessKeyId } = signedFor(request);
    if (this.admit?.(call, region, accessKeyId) === false) {
      return service.protocol.error(errorOf('throttled', service, call));
    }
    if (this.deny?.(call, signedFor(request).service !== UNSIGNED)) return service.protocol.error(errorOf('accessDenied', service, call));
    const met = this.faults.meet(call);
    switch (met?.fault) {
      case 'malformed':
        return MALFORMED;
      case 'accessDenied': case 'throttled': case 'serverError':
        return service.protocol.error(errorOf(met.fault, service, call));
      case 'slow':
        await sleep(met.delayMillis ?? 1000, undefined, { ref: false }); // nobody may be waiting any more
    }
    return this.perform(service, call);
  }

  private perform(service: AwsService, { action, input }: AwsCall): WireResponse {
    try {
      const perform = service.actions[action];
      if (!perform) {
        throw new AwsError('UnknownOperationException', `the local ${service.name} does not know '${action}'`, 404);
      }
      return service.protocol.result(action, perform(input));
    } catch (error) {
      if (!(error instanceof AwsError)) {
        return service.protocol.error(new AwsError('StandInFailure', `the local ${service.name} broke in ${action}: ${error}`, 418));
      }
      return service.protocol.error(error);
    }
  }

  /** Records and refuses a request to a service that the stand-in lacks. */
  private async refuse(request: WireRequest): Promise<WireResponse> {
    this.recorded.push({ service: signedFor(request).service, action: `${request.method} ${request.url.pathname}`, input: {} });
    return { status: 404, headers: {}, body: '' };
  }
}

/** The Region and the service for which a request was signed. */
function signedFor({ headers }: WireRequest): { readonly accessKeyId: string; readonly region: string; readonly service: string } {
  const [, accessKeyId = '', region = '', service = UNSIGNED]
    = /Credential=([^/]+)\/\d+\/([^/]+)\/([^/]+)/.exec(headers.authorization ?? '') ?? [];
  return { accessKeyId, region, service };
}
