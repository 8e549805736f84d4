/**
 * Stands in for Amazon CloudWatch as far as alarms are described.
 */
import { ACCOUNT, REGION, type AwsService, type Input } from './aws-service';
import { JSON_1_1 } from './wire-protocol';

/** An alarm of the account. */
export interface AlarmSeed {
  readonly name: string;
  /** @default 'OK' */
  readonly state?: 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';
  readonly reason?: string;
  /** Whether it is made of other alarms. @default false */
  readonly isComposite?: boolean;
}

export class CloudWatch implements AwsService {
  readonly name = 'cloudwatch';
  readonly protocol = JSON_1_1;
  readonly errorCodes = {
    accessDenied: { code: 'AccessDeniedException', status: 400 },
    throttled: { code: 'ThrottlingException', status: 400 },
    serverError: { code: 'InternalServiceFault', status: 500 },
  };

  private readonly alarms = new Map<string, AlarmSeed>();

  readonly actions = {
    /** Composite alarms are told only to those who ask for them: `AlarmTypes` is metric alarms by default. */
    DescribeAlarms: ({ AlarmNames, AlarmTypes = ['MetricAlarm'] }: Input) => {
      const found = [...this.alarms.values()].filter(({ name }) => AlarmNames.includes(name));
      const describe = (isComposite: boolean) => found.filter((alarm) => (alarm.isComposite ?? false) === isComposite).map(describeAlarm);
      return {
        MetricAlarms: AlarmTypes.includes('MetricAlarm') ? describe(false) : [],
        CompositeAlarms: AlarmTypes.includes('CompositeAlarm') ? describe(true) : [],
      };
    },
  };

  /** Creates an alarm, or replaces it. */
  put(alarm: AlarmSeed): void {
    this.alarms.set(alarm.name, alarm);
  }

  resourceOf(): string {
    return `arn:aws:cloudwatch:${REGION}:${ACCOUNT}:alarm:*`;
  }
}

function describeAlarm({ name, state = 'OK', reason = 'Threshold Crossed' }: AlarmSeed): object {
  return { AlarmName: name, StateValue: state, StateReason: reason };
}
