import { advancesOf, namesOfAdvances } from '../../change/advances';
import { messages } from '../../messages/message';
import { Check, unread, unreadable } from '../check';
import { observeUnseenRolls, UNSEEN_ROLL } from '../when/unseen-rolls';

const says = messages({
  unread: unread('the alarms of notWhile'),
  launchTemplateUnread: UNSEEN_ROLL,
  missing: { text: 'there is no such alarm in the account and Region of the stack', remedy: 'correct notWhile, or create the alarm first' },
  firing: {
    text: 'the alarm is firing{why? (#)}, and this deployment would update {moving}',
    remedy: 'find the cause, and deploy when the alarm is OK again',
  },
});

/**
 * No alarm fires that the app names in `notWhile` when a version, a release or an add-on moves on.
 *
 * Only when a deployment is made: before, when it is only reviewed, an alarm that fires is information. What goes back need not
 * wait for it.
 * An alarm without data (`INSUFFICIENT_DATA`) does not fire.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarms.html
 */
export const alarmFiring: Check = {
  id: 'alarm-firing',
  severity: 'error',
  source: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarms.html',
  messages: says,

  * examine(change) {
    const { schedule: { isDeployment }, state: { signals }, isAhead } = change;
    const { alarms } = signals ?? {};
    if (!alarms || isAhead) return;
    const moving = namesOfAdvances(advancesOf(change));
    if (moving.length === 0) {
      if (!alarms.known || alarms.value.some(({ state }) => state === 'ALARM')) {
        yield* observeUnseenRolls(change, says.launchTemplateUnread);
      }
      return;
    }
    if (!alarms.known) {
      yield unreadable(change, says.unread({ why: alarms.why }));
      return;
    }
    for (const { name, state, reason: why } of alarms.value) {
      const about = { kind: 'alarm', name } as const;
      if (state === undefined) {
        yield { about, ...says.missing({}) };
      } else if (state === 'ALARM') {
        yield {
          about,
          severity: isDeployment ? 'error' : 'info',
          ...says.firing({ why, moving }),
        };
      }
    }
  },
};
