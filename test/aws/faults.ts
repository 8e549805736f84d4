/**
 * Faults on demand: what a caller of AWS has to be ready for.
 */
import { ACCOUNT, AwsError, type AwsCall, type AwsService, type AwsServiceName } from './aws-service';

/** A fault of single requests. */
export interface RequestFault {
  readonly service: AwsServiceName;

  /** `malformed` answers with a page of a proxy instead of AWS; `slow` answers correctly, but late. */
  readonly fault: 'accessDenied' | 'throttled' | 'serverError' | 'slow' | 'malformed';

  /** @default - every action */
  readonly action?: string;

  /** Only requests for this SSM parameter. @default - every parameter */
  readonly parameter?: string;

  /** How many requests meet it. @default - all, until faults are cleared */
  readonly times?: number;

  /** How late a `slow` answer comes, in milliseconds. @default 1000 */
  readonly delayMillis?: number;
}

/** A fault of the network: nobody listens at a service's endpoint until faults are cleared. */
export interface ConnectionFault {
  readonly service: AwsServiceName;
  readonly fault: 'connectionRefused';
}

/** The faults that wait for a request. */
export class PendingFaults {
  private readonly pending: { fault: RequestFault; left: number }[] = [];

  add(fault: RequestFault): void {
    this.pending.push({ fault, left: fault.times ?? Infinity });
  }

  clear(): void {
    this.pending.length = 0;
  }

  /** The first fault that this request meets, used up by one. */
  meet(call: AwsCall): RequestFault | undefined {
    const met = this.pending.find(({ fault, left }) => left > 0 && isMetBy(call, fault));
    if (met) {
      met.left -= 1;
    }
    return met?.fault;
  }
}

function isMetBy({ service, action, input }: AwsCall, fault: RequestFault): boolean {
  return fault.service === service
    && (fault.action ?? action) === action
    && (fault.parameter === undefined || [input.Name, ...(input.Names ?? [])].includes(fault.parameter));
}

/** The error with which a service reports a fault, in its own words. */
export function errorOf(fault: 'accessDenied' | 'throttled' | 'serverError', service: AwsService, { action, input }: AwsCall): AwsError {
  const { code, status } = service.errorCodes[fault];
  const permission = `${service.name}:${action}`;
  const message = {
    accessDenied: `User: arn:aws:iam::${ACCOUNT}:user/developer is not authorized to perform: ${permission} on resource: `
      + `${service.resourceOf(input)} because no identity-based policy allows the ${permission} action`,
    throttled: 'Rate exceeded',
    serverError: 'An internal error occurred',
  }[fault];
  return new AwsError(code, message, status);
}
