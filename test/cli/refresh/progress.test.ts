import { TrackedAddOnLookUp } from '../../../src/cli/app/tracked-add-on-look-up';
import { TrackedLookUp } from '../../../src/cli/app/tracked-look-up';
import { AwsEnvironments } from '../../../src/cli/aws-environments';
import { judgeAddOns } from '../../../src/cli/refresh/add-ons';
import { judgeLookUps } from '../../../src/cli/refresh/judge-look-ups';
import { withLocalAws } from '../../aws/with-local-aws';

const NOW = new Date('2026-08-20T12:00:00Z');
const environment = { account: '111122223333', region: 'us-west-2' };
const RELEASE = { environment, parameterName: '/none', kubernetesVersion: '1.36', usedBy: [] };
const ADD_ON = { environment, name: 'vpc-cni', choice: 'latest', kubernetesVersion: '1.36', cluster: 'Prod/Cluster', live: {}, usedBy: [] };

withLocalAws(() => undefined);

/** What is set in cdk.json, and what is looked up, each between two of the other. */
const KEYS = ['set', 'looked up', 'also set', 'also looked up'];
const fixed = { 'set': '1.36.2-20260714', 'also set': '1.36.2-20260714' };
const done = async (judge: (refreshing: Parameters<typeof judgeLookUps>[1], progress: (number: number) => void) => Promise<unknown>) => {
  const seen: number[] = [];
  const environments = new AwsEnvironments({ concurrency: 10 });
  await judge({ context: { fixed, before: {}, lookedUp: {} }, environments, policy: { now: NOW } }, (number) => seen.push(number));
  return seen;
};

test('each release counts, also one that is set in cdk.json', async () => {
  const lookUps = KEYS.map((contextKey): TrackedLookUp => ({ ...RELEASE, contextKey }));
  expect(await done(async (refreshing, progress) => judgeLookUps(lookUps, refreshing, progress))).toEqual([1, 2, 3, 4]);
});

test('each add-on counts, also one that is set in cdk.json', async () => {
  const lookUps = KEYS.map((contextKey) => ({ ...ADD_ON, contextKey } as TrackedAddOnLookUp));
  expect(await done(async (refreshing, progress) => judgeAddOns(lookUps, refreshing, progress))).toEqual([1, 2, 3, 4]);
});
