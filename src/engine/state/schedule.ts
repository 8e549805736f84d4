import { Known } from './known';

/**
 * When a cluster may be rolled. Plain data that survives JSON; what the app leaves out restricts nothing.
 */
export interface Schedule {
  /**
   * The times at which versions, releases and add-ons may move: any of them will do.
   *
   * @default - at any time
   */
  readonly windows?: readonly WeeklyWindow[];
  /**
   * The node groups, by name, each with the groups that roll before it and the bake that follows it.
   *
   * @default - all node groups roll side by side, without bakes
   */
  readonly order?: Readonly<Record<string, RollOrder>>;
  /**
   * How long the control plane bakes after it has moved, in seconds.
   *
   * @default 0
   */
  readonly controlPlaneBakeSeconds?: number;
  /**
   * Whether the change is about to be made. While it is only reviewed, a closed window is information.
   *
   * @default false
   */
  readonly isDeployment?: boolean;
}

/** A time that comes every week. */
export interface WeeklyWindow {
  /** `MON` to `SUN`, at least one: the days on which it opens. */
  readonly days: readonly string[];
  /** When it opens, in local time: `02:00`. */
  readonly start: string;
  /** How long it stays open: minutes that pass, also where clocks are changed meanwhile. */
  readonly minutes: number;
  /** Name in the IANA database, such as `Europe/Berlin`. */
  readonly timeZone: string;
  /** Local days on which it stays closed: `2026-12-24`, or both ends of a range, `2026-12-20/2027-01-06`. */
  readonly exclude: readonly string[];
}

/** A node group's place in the order of a deployment. */
export interface RollOrder {
  /** The names of the node groups that roll before it. */
  readonly after: readonly string[];
  /** How long it bakes after it has rolled, in seconds. */
  readonly bakeSeconds: number;
}

/** What others than EKS say about deployments at the moment. */
export interface Signals {
  /** Absent where no calendar is asked. */
  readonly calendar?: Known<CalendarSignal>;
  /** Alarms during which nothing may move; absent where none is asked. */
  readonly alarms?: Known<readonly AlarmSignal[]>;
}

/** What an SSM Change Calendar says. */
export interface CalendarSignal {
  /** Its name or ARN. */
  readonly name: string;
  readonly isOpen: boolean;
  /** When it changes next, ISO 8601; absent where it never does. */
  readonly nextTransition?: string;
}

/** What an alarm says. */
export interface AlarmSignal {
  readonly name: string;
  /** `OK`, `ALARM` or `INSUFFICIENT_DATA`; absent where there is no such alarm. */
  readonly state?: string;
  /** Why it has this state. */
  readonly reason?: string;
}
