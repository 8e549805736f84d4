import { AppContext } from './app-context';
import { RefreshPolicy } from './release-move';
import { sentence } from '../../engine/messages/sentence';
import { askForEach } from '../../live/ask-for-each';
import { AwsEnvironments } from '../aws-environments';
import { stays } from '../messages';
import { Progress } from '../terminal';

/** What all that is refreshed in a run is judged by. */
export interface Refreshing {
  readonly context: AppContext;
  readonly environments: AwsEnvironments;
  readonly policy: RefreshPolicy;
}

/** What is looked up, and stays since it is set where `refresh` does not write. */
interface Fixed<LookUp> {
  readonly lookUp: LookUp;
  readonly move: { readonly outcome: 'unfit'; readonly why: string };
}

/** Judges all that is looked up, a few at a time, and tells how far it has got; what is set in cdk.json stays. */
export async function judgeEach<LookUp extends { readonly contextKey: string }, Judged>(
  lookUps: readonly LookUp[], { context: { fixed } }: Refreshing, progress: Progress, judge: (lookUp: LookUp) => Promise<Judged>,
): Promise<(Judged | Fixed<LookUp>)[]> {
  let done = 0;
  const judged = async (lookUp: LookUp) => lookUp.contextKey in fixed
    ? { lookUp, move: { outcome: 'unfit', why: sentence(stays.setInCdkJson({})) } } as const
    : judge(lookUp);
  return askForEach(lookUps, async (lookUp) => judged(lookUp).finally(() => progress(++done)));
}
