import { messages } from '../engine/messages/message';

/** What is thrown: bakes. */
export const says = messages({
  bakedTwice: {
    text: 'baked() is called twice',
    remedy: 'call it once, and pass the result to each upgradeAfter',
  },
  longerThanAnHour: {
    text: 'duration is {duration}, but CloudFormation waits an hour at most',
    remedy: [
      'give {minutes} minutes or less; to watch longer, deploy what shall wait in a later stage of a pipeline, or hold nodes',
      'back with nodeKubernetesVersion',
    ],
  },
  durationNotWhole: {
    text: 'duration is {duration}',
    remedy: 'give whole seconds, at least one',
  },
  tooManyAlarms: {
    text: 'alarms holds {count} alarms',
    remedy: 'give {most} at most, or a cloudwatch.CompositeAlarm of them',
  },
  alarmElsewhere: {
    text: "alarms holds '{alarm}' of {itsAccount} in {itsRegion}",
    remedy: "give alarms of the stack's own account and Region, {account} in {region}",
  },
});
