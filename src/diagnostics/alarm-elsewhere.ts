import { Stack, Token } from 'aws-cdk-lib';
import type { IAlarm } from 'aws-cdk-lib/aws-cloudwatch';

/** An alarm that is not where a stack is, and where both are. */
export interface AlarmElsewhere {
  readonly alarm: string;
  readonly itsAccount: string;
  readonly itsRegion: string;
  readonly account: string;
  readonly region: string;
}

/**
 * The first alarm of another account or Region than a stack, as far as both are known: whoever asks for it by name there would see one of the
 * same name, or none.
 */
export function alarmElsewhere(alarms: readonly IAlarm[], stack: Stack): AlarmElsewhere | undefined {
  const found = alarms.map((alarm) => ({ alarm, ...placeOf(alarm) })).find(
    ({ account, region }) => areDifferent(region, stack.region) || areDifferent(account, stack.account),
  );
  return found && {
    alarm: found.alarm.node.path,
    itsAccount: readable(found.account),
    itsRegion: readable(found.region),
    account: readable(stack.account),
    region: readable(stack.region),
  };
}

/** By the ARN of an imported alarm. That of one that the app makes is a token. */
function placeOf({ alarmArn, env }: IAlarm): { readonly account: string; readonly region: string } {
  const [, , , region, account] = alarmArn.split(':');
  return { account: account || env.account, region: region || env.region };
}

function areDifferent(one: string, other: string): boolean {
  return !Token.isUnresolved(one) && !Token.isUnresolved(other) && one !== other;
}

function readable(place: string): string {
  return Token.isUnresolved(place) ? '(known when deployed)' : place;
}
