/**
 * What every service of the stand-in has in common: a wire protocol, actions, and the codes with which it fails.
 */
import type { WireProtocol } from './wire-protocol';

/** The account that everything in the stand-in belongs to. */
export const ACCOUNT = '111122223333';

/** The region that everything in the stand-in lives in. */
export const REGION = 'us-west-2';

export type AwsServiceName = 'autoscaling' | 'cloudformation' | 'cloudwatch' | 'ec2' | 'eks' | 'servicequotas' | 'sfn' | 'ssm' | 'sts';

/** The members of a request, named as in the API reference. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- the wire is untyped; each action reads what the SDK's types promise
export type Input = Record<string, any>;

/** One request as it came over the wire. */
export interface AwsCall {
  readonly service: string;
  readonly action: string;
  readonly input: Input;
}

/** An error as the service itself would report it. */
export class AwsError extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly status = 400,
    /** Members that the error's shape has beside its message, such as `clusterName`. */
    readonly members: Record<string, string> = {},
  ) {
    super(message);
  }
}

/** The code and HTTP status of an error that any action of a service can meet. */
export interface ErrorCode {
  readonly code: string;
  readonly status: number;
}

/** A local service: holds state, answers actions. */
export interface AwsService {
  readonly name: AwsServiceName;
  readonly protocol: WireProtocol;
  readonly errorCodes: { readonly accessDenied: ErrorCode; readonly throttled: ErrorCode; readonly serverError: ErrorCode };

  /** By name of the action. What an action returns is the response; what it throws ({@link AwsError}) the error. */
  readonly actions: Readonly<Record<string, (input: Input) => object>>;

  /** The ARN that IAM would name in a refusal. */
  resourceOf(input: Input): string;
}
