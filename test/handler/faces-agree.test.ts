/**
 * Deployments of which guard and preview once said different things, by name. The law is in `handler-guard-agrees.test.ts`.
 */
import { findingsOfPreview, guarded, NO_CATALOG, preview, previewed } from './guard-and-preview';
import type { HandlerBench } from './handler-bench';
import { AppAddOn, AppNodeGroup, GuardedApp, startGuardBench } from './handler-guard-bench';
import { catalogNeedsOf } from '../../src/engine/change/catalog-needs';
import { Finding } from '../../src/engine/judgement/finding';
import { planUpgrade } from '../../src/engine/plan/upgrade-plan';
import { awsClients } from '../../src/live/aws-clients';
import { readClusterState } from '../../src/live/cluster-state';
import { readRegionCatalog } from '../../src/live/region-catalog';

let bench: HandlerBench;

beforeEach(async () => {
  bench = await startGuardBench();
});

afterEach(async () => bench.stop());

/** What both find, told apart by nothing. */
async function foundByBoth(before: GuardedApp, after: GuardedApp): Promise<readonly Finding[]> {
  const { intent, findings } = await guarded(bench, before, after);
  expect(JSON.parse(JSON.stringify(intent))).toEqual(JSON.parse(JSON.stringify(previewed(before, after, NO_CATALOG))));
  expect(findings).toEqual(await findingsOfPreview(bench, before, after));
  return findings;
}

test('kube-proxy was pinned before: CloudFormation cannot take it back, say guard and preview', async () => {
  const [OLD, NEW] = ['v1.35.3-eksbuild.2', 'v1.36.2-eksbuild.2'];
  const pinned = (Version: string): AppAddOn => ({ Name: 'kube-proxy', Policy: 'pinned', Version });
  bench.aws.eks.catalog.addonVersions = [
    { addonName: 'kube-proxy', addonVersion: OLD, clusterVersions: ['1.35'], defaultFor: ['1.35'] },
    { addonName: 'kube-proxy', addonVersion: NEW, clusterVersions: ['1.36'], defaultFor: ['1.36'] },
  ];
  bench.aws.eks.addCluster({ version: '1.35', addons: [{ name: 'kube-proxy', version: OLD }] });

  const findings = await foundByBoth({ TargetVersion: '1.35', AddOns: [pinned(OLD)] }, { TargetVersion: '1.36', AddOns: [pinned(NEW)] });

  expect(findings).toContainEqual(
    expect.objectContaining({ id: 'stack-rollback:kube-proxy', reason: 'pinnedForOne', data: expect.objectContaining({ version: OLD }) }),
  );
});

test("a launch template's content changes beside a release, but the group stays on a literal version of it: nothing is combined", async () => {
  const group = (date: string, ImageId: string, TemplateVersion?: string): AppNodeGroup => ({
    LogicalId: 'Workers',
    Name: 'workers',
    Version: '1.35',
    ReleaseVersion: `1.35.3-${date}`,
    ImageId,
    TemplateVersion,
    Others: { AmiType: 'AL2023_x86_64_STANDARD' },
  });
  bench.aws.publishAmis({ minors: ['1.35'], date: '2026-07-14' });
  bench.aws.eks.addCluster({ version: '1.35', nodegroups: [{ name: 'workers', releaseVersion: '1.35.3-20260714' }] });
  const found = async (version?: string) => (await foundByBoth(
    { TargetVersion: '1.35', NodeGroups: [group('20260714', 'ami-0a', version)] }, {
      TargetVersion: '1.35', NodeGroups: [group('20261104', 'ami-0b', version)],
    },
  )).map(({ id }) => id);

  expect(await found('3')).not.toContain('node-group-combined-update:workers');
  expect(await found()).toContain('node-group-combined-update:workers'); // one that follows the latest version
});

test('after a rolled back upgrade both judge by the version that the cluster runs: nodes of it may come, none of a newer one', async () => {
  bench.aws.eks.addCluster({ version: '1.36', nodegroups: [] });
  const group = (Version: string): AppNodeGroup => ({
    LogicalId: 'Workers', Name: 'workers', Version, ReleaseVersion: `${Version}.2-20261104`, Others: { AmiType: 'AL2023_x86_64_STANDARD' },
  });
  const found = async (version: string) => (await foundByBoth(
    { TargetVersion: '1.35' }, { TargetVersion: '1.35', NodeGroups: [group(version)] },
  )).map(({ id }) => id);

  expect(await found('1.36')).not.toContain('node-group-version:workers');
  expect(await found('1.37')).toContain('node-group-version:workers');
});

test('after a rolled back upgrade one more add-on comes in a version for what the cluster runs', async () => {
  const [OLD, NEW] = ['v1.12.4-eksbuild.1', 'v1.13.0-eksbuild.1'];
  bench.aws.eks.catalog.addonVersions = [
    { addonName: 'coredns', addonVersion: OLD, clusterVersions: ['1.35'], defaultFor: ['1.35'] },
    { addonName: 'coredns', addonVersion: NEW, clusterVersions: ['1.36'], defaultFor: ['1.36'] },
  ];
  bench.aws.eks.addCluster({ version: '1.36', nodegroups: [], addons: [] });
  const coming = async (addOn: Omit<AppAddOn, 'Name'>) => {
    const [before, after]: GuardedApp[] = [[], [{ Name: 'coredns', ...addOn }]].map((AddOns) => ({ TargetVersion: '1.35', AddOns }));
    const ids = (await foundByBoth(before, after)).map(({ id }) => id);
    const { preview: { version, addOns: [{ from, to }] } } = await preview(bench, before, after);
    return { refused: ids.includes('add-on-compatibility:coredns'), drifted: ids.includes('version-drift'), version, from, to };
  };
  const stays = { drifted: true, version: { live: '1.36', wanted: '1.36' }, from: undefined };

  expect(await coming({ Policy: 'recommended' })).toEqual({ refused: false, to: NEW, ...stays });
  expect(await coming({ Policy: 'pinned', Version: NEW })).toEqual({ refused: false, to: NEW, ...stays });
  expect(await coming({ Policy: 'pinned', Version: OLD })).toEqual({ refused: true, to: OLD, ...stays });
});

describe('others have moved nodes and add-ons beyond the deployed template', () => {
  const AL2023 = { AmiType: 'AL2023_x86_64_STANDARD' };
  const running = (version: string, date: string): GuardedApp => ({
    TargetVersion: version,
    NodeGroups: [{ LogicalId: 'Workers', Name: 'workers', Version: version, ReleaseVersion: `${version}.2-${date}`, Others: AL2023 }],
  });
  const grave = (findings: readonly Finding[]) => findings.filter(({ severity }) => severity !== 'info')
    .map(({ id, severity, reason }) => `${severity} ${id} ${reason}`);

  beforeEach(() => ['2026-07-14', '2026-09-14', '2026-11-04'].forEach((date) => bench.aws.publishAmis({ minors: ['1.35', '1.36'], date })));

  test.each([
    ['a newer release goes back to one that is newer in the diff', running('1.35', '20260714'), running('1.35', '20260914'), '1.35.2-20261104', [
      'warning node-group-release:workers older',
    ]],
    ['a restored cdk.context.json takes nodes back', running('1.35', '20261104'), running('1.35', '20260914'), '1.35.2-20261104', [
      'warning node-group-release:workers older',
    ]],
    ['the app follows an upgrade of all on the console with an older release', running('1.35', '20260714'), running('1.36', '20260914'), '1.36.2-20261104', [
      'warning node-group-release:workers older',
    ]],
    ['the app follows with the release that runs', running('1.35', '20260714'), running('1.36', '20261104'), '1.36.2-20261104', []],
    ['a new release of the old minor takes nodes back to that', running('1.35', '20260714'), running('1.35', '20261104'), '1.36.2-20261104', [
      'warning version-drift drifted', 'error node-group-version:workers overtaken',
    ]],
  ])('%s', async (_, before, after, releaseVersion, told) => {
    const version = releaseVersion.slice(0, 4);
    bench.aws.eks.addCluster({ version, nodegroups: [{ name: 'workers', version, releaseVersion }] });
    expect(grave(await foundByBoth(before, after)).sort()).toEqual([...told].sort());
  });

  test('a node group was made anew with Bottlerocket: EKS takes no release of Amazon Linux', async () => {
    bench.aws.eks.addCluster({ version: '1.35', nodegroups: [{ name: 'workers', version: '1.35', amiType: 'BOTTLEROCKET_x86_64' }] });
    expect(grave(await foundByBoth(running('1.35', '20260714'), running('1.35', '20261104')))).toEqual([
      'error node-group-release:workers otherType',
    ]);
    expect(grave(await foundByBoth(running('1.35', '20260714'), running('1.36', '20261104')))).toContain(
      'error node-group-release:workers otherType',
    );
  });

  test('an add-on whose pin moves up goes down', async () => {
    const versions = ['v1.12.4-eksbuild.1', 'v1.13.0-eksbuild.1', 'v1.13.2-eksbuild.1'];
    bench.aws.eks.catalog.addonVersions = versions.map(
      (addonVersion) => ({ addonName: 'coredns', addonVersion, clusterVersions: ['1.35'], defaultFor: [] }));
    bench.aws.eks.addCluster({ version: '1.35', addons: [{ name: 'coredns', version: versions[2] }] });
    const [before, after] = versions.map((Version): GuardedApp => (
      { TargetVersion: '1.35', AddOns: [{ Name: 'coredns', Policy: 'pinned', Version }] }));
    expect(grave(await foundByBoth(before, after))).toEqual(['warning add-on-compatibility:coredns pinGoesBack']);
  });

  test('of a control plane that others have taken back, both name the way that CloudFormation cannot go', async () => {
    bench.aws.eks.addCluster({ version: '1.35' });
    expect(grave(await foundByBoth({ TargetVersion: '1.36' }, { TargetVersion: '1.37' }))).toContain('error minor-step unsent');
  });
});

test('an add-on that nodes need by the word of the app comes before them in the plan, as in the template', async () => {
  bench.aws.eks.addCluster({
    version: '1.35', nodegroups: [{ name: 'workers' }], addons: [{ name: 'coredns', version: 'v1.12.4-eksbuild.1' }],
  });
  const [before, after] = ['1.35', '1.36'].map((version): GuardedApp => ({
    TargetVersion: version,
    NodeGroups: [{
      LogicalId: 'Workers',
      Name: 'workers',
      Version: version,
      ReleaseVersion: `${version}.2-20261104`,
      Others: {
        AmiType: 'AL2023_x86_64_STANDARD',
      },
    }],
    AddOns: [{ Name: 'coredns', Policy: 'latest' }],
  }));
  const kinds = async (isNeededByNodes: boolean) => {
    const intent = previewed(before, after, NO_CATALOG, isNeededByNodes ? ['coredns'] : []);
    const clients = awsClients({ maxAttempts: 1 });
    const state = await readClusterState(clients, 'prod', { now: bench.aws.clock.now() });
    const { deployments } = planUpgrade(state, await readRegionCatalog(clients, catalogNeedsOf(state, intent)), intent);
    return deployments.map(({ steps }) => steps.map(({ kind }) => kind));
  };

  expect(await kinds(true)).toEqual([['control-plane', 'add-on', 'node-group']]);
  expect(await kinds(false)).toEqual([['control-plane', 'node-group', 'add-on']]);
});
