import { DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import { GetCalendarStateCommand } from '@aws-sdk/client-ssm';
import { attempt } from './attempt';
import { AwsClients } from './aws-clients';
import { millisUntil, within } from './within';
import { AlarmSignal, CalendarSignal, Signals } from '../engine/state/schedule';

/** Whom to ask whether something may move. */
export interface SignalSources {
  /** Name or ARN of an SSM Change Calendar. */
  readonly calendar?: string;
  /** Names of alarms. */
  readonly alarms?: readonly string[];
}

/** Without an answer nothing moves, so that it is told soon; longer than new permissions take to be known. */
const PATIENCE_MILLIS = 120_000;

/**
 * Asks a calendar and alarms; undefined where there is neither.
 *
 * @param until ends the waiting where that is sooner
 */
export async function readSignals(
  aws: Pick<AwsClients, 'cloudWatch' | 'ssm'>, { calendar, alarms = [] }: SignalSources, until?: Date,
): Promise<Signals | undefined> {
  if (calendar === undefined && alarms.length === 0) return undefined;
  const patience = millisUntil(until, PATIENCE_MILLIS);
  const patiently = async <T>(what: string, read: () => Promise<T>) => within(patience, `reading ${what}`, attempt(read));
  const [calendarSignal, alarmSignals] = await Promise.all([
    calendar === undefined ? undefined : patiently('the calendar', async () => readCalendar(aws, calendar)),
    alarms.length === 0 ? undefined : patiently('the alarms', async () => readAlarms(aws, alarms)),
  ]);
  return { calendar: calendarSignal, alarms: alarmSignals };
}

async function readCalendar({ ssm }: Pick<AwsClients, 'ssm'>, name: string): Promise<CalendarSignal> {
  const { State, NextTransitionTime } = await ssm.send(new GetCalendarStateCommand({ CalendarNames: [name] }));
  return { name, isOpen: State === 'OPEN', nextTransition: NextTransitionTime };
}

/** As many as one call takes. */
const ALARMS_AT_ONCE = 100;

async function readAlarms(aws: Pick<AwsClients, 'cloudWatch'>, names: readonly string[]): Promise<AlarmSignal[]> {
  const signals: AlarmSignal[] = [];
  for (let start = 0; start < names.length; start += ALARMS_AT_ONCE) {
    signals.push(...await readSomeAlarms(aws, names.slice(start, start + ALARMS_AT_ONCE)));
  }
  return signals;
}

async function readSomeAlarms({ cloudWatch }: Pick<AwsClients, 'cloudWatch'>, names: readonly string[]): Promise<AlarmSignal[]> {
  const { MetricAlarms = [], CompositeAlarms = [] } = await cloudWatch.send(new DescribeAlarmsCommand({
    AlarmNames: [...names], AlarmTypes: ['MetricAlarm', 'CompositeAlarm'], MaxRecords: ALARMS_AT_ONCE,
  }));
  return names.map((name) => {
    const found = [...MetricAlarms, ...CompositeAlarms].find(({ AlarmName }) => AlarmName === name);
    return { name, state: found?.StateValue, reason: found?.StateReason };
  });
}
