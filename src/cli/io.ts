/** What a run of the command line sees of the world. */
export interface Io {
  /** The folder of the CDK app. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** For results. */
  readonly stdout: Output;
  /** For messages and progress. */
  readonly stderr: Output;
  /** The version of this package. */
  readonly version: string;
  now(): Date;
}

/** Where text goes. */
export interface Output extends NodeJS.WritableStream {
  /** Whether somebody watches. */
  readonly isTTY?: boolean;
  /** The width of the terminal. */
  readonly columns?: number;
}
