/** The context of an app, by the file that holds it. */
export interface AppContext {
  /** Of `cdk.json`; it wins. */
  readonly fixed: Readonly<Record<string, unknown>>;
  /** Of `cdk.context.json`. */
  readonly lookedUp: Readonly<Record<string, unknown>>;
}
