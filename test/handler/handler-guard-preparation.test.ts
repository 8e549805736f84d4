/**
 * An add-on that cannot follow the control plane from where it is, with the catalogue as EKS has it: guard and preview refuse, with the
 * deployment that prepares it, which they let through.
 */
import { findingsOfPreview, guarded } from './guard-and-preview';
import type { HandlerBench } from './handler-bench';
import { AppAddOn, GuardedApp, putCluster, startGuardBench } from './handler-guard-bench';
import { enterEnvironment } from '../live/sdk-environment';
import { offeredVersions } from '../real-values/_add-on-catalogue';

const [OLD, BETWEEN] = ['v1.17.1-eksbuild.1', 'v1.18.6-eksbuild.1'];

let bench: HandlerBench;
let leave: () => void;

beforeEach(async () => {
  bench = await startGuardBench();
  leave = enterEnvironment(bench.aws);
  bench.aws.eks.catalog.addonVersions = offeredVersions(['vpc-cni']);
  putCluster(bench, { version: '1.34', addons: [{ name: 'vpc-cni', version: OLD }] });
});

afterEach(async () => {
  leave();
  await bench.stop();
});

const at = (TargetVersion: string, ...AddOns: AppAddOn[]): GuardedApp => ({ TargetVersion, AddOns });

async function foundByBoth(before: GuardedApp, after: GuardedApp) {
  const { findings } = await guarded(bench, before, after);
  expect(findings).toEqual(await findingsOfPreview(bench, before, after));
  return findings.filter(({ check, severity }) => check === 'add-on-compatibility' && severity === 'error');
}

test('nobody manages it: it is to be updated first', async () => {
  expect(await foundByBoth(at('1.34'), at('1.35'))).toMatchObject([{
    id: 'add-on-compatibility:vpc-cni', reason: 'updateBefore', data: { first: BETWEEN, current: '1.34', kubernetesVersion: '1.35' },
  }]);
});

test.each(['recommended', 'latest'] as const)('it is managed (%s): it is to be pinned first, in a deployment that passes', async (Policy) => {
  const tracked: AppAddOn = { Name: 'vpc-cni', Policy };
  const pinned: AppAddOn = { Name: 'vpc-cni', Policy: 'pinned', Version: BETWEEN };
  expect(await foundByBoth(at('1.34', tracked), at('1.35', tracked))).toMatchObject([{
    reason: 'pinBefore', data: { first: BETWEEN, current: '1.34', kubernetesVersion: '1.35' },
  }]);
  expect(await foundByBoth(at('1.34', tracked), at('1.34', pinned))).toEqual([]);

  bench.aws.eks.clusters.get('prod')!.addons.get('vpc-cni')!.version = BETWEEN;
  expect(await foundByBoth(at('1.34', pinned), at('1.35', tracked))).toEqual([]);
});
