import { says } from './messages';
import { GuardedAlarm, GuardedSchedule, UpgradeGuardProperties } from '../engine/change/resource-properties';
import { objectionToWindow } from '../engine/judgement/when/weekly-windows';
import { refusal } from '../engine/messages/refusal';
import { nameInPhysicalId } from '../engine/state/deployed-stack';
import { RollOrder, Schedule, WeeklyWindow } from '../engine/state/schedule';
import { askForEach } from '../live/ask-for-each';
import { SignalSources } from '../live/signals';

/** When a cluster may be rolled, and who is asked about it. */
export interface ReadSchedule {
  readonly schedule: Schedule;
  readonly signals: SignalSources;
}

/**
 * Reads when a cluster may be rolled, as its guard was told, and in which order: at any time where it was told nothing. Names that
 * CloudFormation has made up are found by logical ID; an alarm that the stack does not have yet cannot fire.
 *
 * @param rollOrder what the template tells
 * @param find the physical ID of a resource of the stack
 * @throws if a window is malformed, in values that only the deployment knows
 */
export async function readSchedule(
  { Schedule: told }: UpgradeGuardProperties, rollOrder: () => RollOrders, find: Find,
): Promise<ReadSchedule> {
  const { order, controlPlaneBakeSeconds } = rollOrder();
  const alarms = await askForEach(told?.Alarms ?? [], async (alarm) => nameOf(alarm, find));
  return {
    schedule: {
      windows: told?.Windows?.map(windowIn),
      order: await byName(order, find),
      controlPlaneBakeSeconds,
      isDeployment: true,
    },
    signals: { calendar: told?.Calendar, alarms: alarms.flatMap((name) => name ?? []) },
  };
}

/** In which order the node groups of a stack roll, by logical ID. */
type RollOrders = Required<Pick<Schedule, 'order' | 'controlPlaneBakeSeconds'>>;

type Find = (logicalId: string) => Promise<string | undefined>;

async function nameOf(alarm: GuardedAlarm, find: Find): Promise<string | undefined> {
  return 'Name' in alarm ? alarm.Name : find(alarm.LogicalId);
}

function windowIn({ Days, Start, Minutes, TimeZone, Except }: NonNullable<GuardedSchedule['Windows']>[number]): WeeklyWindow {
  // a list parameter without a value is a list of one empty text
  const exclude = Except.filter((dates) => dates !== '');
  const window = { days: Days, start: Start, minutes: Number(Minutes), timeZone: TimeZone, exclude };
  const objection = objectionToWindow(window);
  if (objection !== undefined) throw refusal(says.windowCannotBe({ problem: objection.message, wanted: objection.remedy }));
  return window;
}

/** Node groups go by their names; those that the stack does not have yet, and which therefore do not roll, by their logical IDs. */
async function byName(order: RollOrders['order'], find: Find): Promise<Record<string, RollOrder>> {
  const names = new Map(await askForEach(Object.keys(order), async (logicalId) => {
    const physicalId = await find(logicalId);
    return [logicalId, physicalId === undefined ? logicalId : nameInPhysicalId(physicalId)] as const;
  }));
  return Object.fromEntries(Object.entries(order).map(([logicalId, { after, bakeSeconds }]) =>
    [names.get(logicalId)!, { after: after.map((earlier) => names.get(earlier) ?? earlier), bakeSeconds }]));
}
