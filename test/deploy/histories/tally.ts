/** How the deployments of many histories ended. */
export interface Tally {
  histories: number;
  deployments: number;
  succeeded: number;
  refusedAtSynth: number;
  refusedByGuard: number;
  failedOtherwise: number;
  stuckInRollback: number;
  rolledBackAfterStop: number;
  deployedOnAfterStop: number;
  recovered: number;
  takenBack: number;
  notTakenBack: number;
}

export function emptyTally(): Tally {
  return {
    histories: 0,
    deployments: 0,
    succeeded: 0,
    refusedAtSynth: 0,
    refusedByGuard: 0,
    failedOtherwise: 0,
    stuckInRollback: 0,
    rolledBackAfterStop: 0,
    deployedOnAfterStop: 0,
    recovered: 0,
    takenBack: 0,
    notTakenBack: 0,
  };
}
