import { AppContext } from './app-context';
import { RefreshPolicy } from './release-move';
import { AwsEnvironments } from '../aws-environments';

/** What all that is refreshed in a run is judged by. */
export interface Refreshing {
  readonly context: AppContext;
  readonly environments: AwsEnvironments;
  readonly policy: RefreshPolicy;
}
