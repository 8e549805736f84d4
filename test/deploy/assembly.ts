/**
 * Synthesises apps in this process: much faster than what the CLI would run, and the CLI takes the folder as well.
 */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import type { LocalAws } from '../aws/aws-server';
import { ACCOUNT, REGION } from '../aws/aws-service';

export const ENV = { account: ACCOUNT, region: REGION };

const FLAGS = { '@aws-cdk/aws-eks:defaultToAL2023': true, '@aws-cdk/aws-eks:nodegroupNameAttribute': true };

/** Synthesises an app whose `cdk.context.json` was refreshed a moment ago; returns the folder of the cloud assembly. */
export function synthesize(aws: LocalAws, define: (app: App) => void, context: Record<string, unknown> = {}): string {
  const app = new App({
    outdir: mkdtempSync(join(tmpdir(), 'assembly-')),
    context: { ...FLAGS, ...lookedUp(aws), ...context },
  });
  define(app);
  return app.synth().directory;
}

/** What is in `cdk.context.json` when everything was looked up just now. */
function lookedUp({ ssm }: LocalAws): Record<string, unknown> {
  const at = `account=${ACCOUNT}`;
  return {
    [`availability-zones:${at}:region=${REGION}`]: ['a', 'b', 'c'].map((zone) => `${REGION}${zone}`),
    ...Object.fromEntries(ssm.names.map((name) => [`ssm:${at}:parameterName=${name}:region=${REGION}`, ssm.valueOf(name)])),
  };
}
