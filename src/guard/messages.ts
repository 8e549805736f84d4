import { messages } from '../engine/messages/message';

/** What is thrown: the guard. */
export const says = messages({
  windowCannotBe: {
    text: 'the maintenance window cannot be: {problem}',
    remedy: '{wanted}',
  },
  noWindow: {
    text: 'MaintenanceWindow.any() is given no window, so that nothing could ever move',
    remedy: 'give at least one',
  },
  guardRemoved: {
    text: "guard '{guard}' is removed from the app, but what it guards waits for it",
    remedy: 'leave it there, or give upgradeGuard: UpgradeGuard.disabled()',
  },
  forcesNothing: {
    text: 'force is true, but ignore accepts no insight that EKS could block for',
    remedy: [
      "name the insight in ignore as well, such as 'insight-deprecated-apis-removed-in-kubernetes-v1-32', or all of them,",
      "'upgrade-insights'",
    ],
  },
  maxInsightAge: {
    text: 'maxInsightAge is {maxInsightAge}',
    remedy: 'give whole minutes',
  },
  waitForOngoingUpdate: {
    text: 'waitForOngoingUpdate is {waitForOngoingUpdate}',
    remedy: 'give whole seconds, at most 10 minutes',
  },
  alarmElsewhere: {
    text: "notWhile contains '{alarm}' of {itsAccount} in {itsRegion}",
    remedy: "give alarms of the stack's own account and Region, {account} in {region}",
  },
  notAFinding: {
    text: "ignore contains '{unknown}', which is not the ID of any finding",
    remedy: [
      "give the ID of a check ({checks}), that of one of its findings, such as 'node-group-health:workers', or that of an",
      "insight, 'insight-…'",
    ],
  },
});
