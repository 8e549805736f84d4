/**
 * Stands in for the SSM parameter store: the public parameters of AWS and those of the account, empty until somebody publishes.
 */
import { ACCOUNT, REGION, AwsError, type AwsService, type Input } from './aws-service';
import { JSON_1_1 } from './wire-protocol';

interface Parameter {
  readonly value: string;
  readonly version: number;
  readonly modified: Date;
}

export class Ssm implements AwsService {
  readonly name = 'ssm';
  readonly protocol = JSON_1_1;
  readonly errorCodes = {
    accessDenied: { code: 'AccessDeniedException', status: 400 },
    throttled: { code: 'ThrottlingException', status: 400 },
    serverError: { code: 'InternalServerError', status: 500 },
  };

  readonly actions = {
    GetParameter: ({ Name }: Input) => {
      if (!this.parameters.has(Name)) {
        throw new AwsError('ParameterNotFound', ''); // AWS, too, sends no message
      }
      return { Parameter: this.describe(Name) };
    },

    GetParameters: ({ Names }: Input) => ({
      Parameters: Names.filter((name: string) => this.parameters.has(name)).map((name: string) => this.describe(name)),
      InvalidParameters: Names.filter((name: string) => !this.parameters.has(name)),
    }),

    /** Several calendars are open when all of them are; nobody asks for several here. */
    GetCalendarState: ({ CalendarNames: [name] }: Input) => {
      const calendar = this.calendars.get(name);
      if (!calendar) {
        throw new AwsError('InvalidDocument', `Document with name ${name} does not exist.`);
      }
      return { State: calendar.isOpen ? 'OPEN' : 'CLOSED', AtTime: new Date().toISOString(), NextTransitionTime: calendar.nextTransition };
    },
  };

  private readonly calendars = new Map<string, { readonly isOpen: boolean; readonly nextTransition?: string }>();
  private readonly parameters = new Map<string, Parameter>();

  /** Creates a change calendar, or changes what it says. */
  putCalendar(name: string, calendar: { readonly isOpen: boolean; readonly nextTransition?: string }): void {
    this.calendars.set(name, calendar);
  }

  /** Publishes a value, or replaces it by a new version. */
  put(name: string, value: string, modified = new Date()): void {
    this.parameters.set(name, { value, version: (this.parameters.get(name)?.version ?? 0) + 1, modified });
  }

  /** Withdraws a parameter: from now on it is not found. */
  remove(name: string): void {
    this.parameters.delete(name);
  }

  /** The names of all parameters. */
  get names(): readonly string[] {
    return [...this.parameters.keys()];
  }

  /** The current value; undefined when there is none. */
  valueOf(name: string): string | undefined {
    return this.parameters.get(name)?.value;
  }

  /** What `GetParameter` tells; undefined when there is no such parameter. */
  find(name: string): object | undefined {
    return this.parameters.has(name) ? {
      ...this.describe(name), LastModifiedDate: this.parameters.get(name)!.modified.getTime() / 1000,
    } : undefined;
  }

  resourceOf({ Name }: Input): string {
    return arnOf(Name);
  }

  private describe(name: string): object {
    const { value, version, modified } = this.parameters.get(name)!;
    return {
      Name: name,
      Type: 'String',
      DataType: 'text',
      Value: value,
      Version: version,
      LastModifiedDate: modified,
      ARN: arnOf(name),
    };
  }
}

/** Public parameters belong to no account. */
function arnOf(name: string): string {
  return `arn:aws:ssm:${REGION}:${name.startsWith('/aws/service/') ? '' : ACCOUNT}:parameter${name}`;
}
