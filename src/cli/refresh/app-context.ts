import { Context } from '../app/context-file';

/** The context of an app, by the file that holds it. */
export interface AppContext {
  /** Of `cdk.json`; it wins. */
  readonly fixed: Context;
  /** Of `cdk.context.json`, before the app was synthesised: what it lacks was never looked up. */
  readonly before: Context;
  /** Of `cdk.context.json`, with what the CDK has looked up meanwhile. */
  readonly lookedUp: Context;
}
