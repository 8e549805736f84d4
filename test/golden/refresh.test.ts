import pc from 'picocolors';
import { chapters, expectGolden } from './golden-file';
import { ConstructPlace, TrackedLookUp } from '../../src/cli/app/tracked-look-up';
import { stays } from '../../src/cli/messages';
import { RefreshedAddOn } from '../../src/cli/refresh/add-ons';
import { RefreshedLookUp } from '../../src/cli/refresh/judge-look-ups';
import { refreshMarkdown } from '../../src/cli/refresh/refresh-markdown';
import { renderRefresh } from '../../src/cli/refresh/refresh-text';
import { ReleaseMove } from '../../src/cli/refresh/release-move';
import { StepMove } from '../../src/cli/refresh/step-move';
import { stepsMarkdown, stepsText } from '../../src/cli/refresh/step-text';
import { TrackedAddOnMove } from '../../src/engine/eks/tracked-add-on-move';
import { sentence } from '../../src/engine/messages/sentence';

const NOW = new Date('2026-11-25T12:00:00Z');
const PLAIN = pc.createColors(false);
const environment = { account: '111122223333', region: 'us-west-2' };
const usedBy = (id: string) => [{ path: `Prod/Cluster/${id}` }] as ConstructPlace[];

const [OLD, NEW] = ['1.36.2-20260714', '1.36.2-20260811'];
const PUBLISHED = { from: OLD, to: NEW, publishedAt: '2026-11-16T00:00:00.000Z', releaseNotesUrl: 'https://github.com/awslabs/amazon-eks-ami' };
const RELEASES: readonly ReleaseMove[] = [
  { outcome: 'current', from: NEW },
  { outcome: 'moved', ...PUBLISHED, value: NEW },
  { outcome: 'moved', ...PUBLISHED, from: undefined, value: NEW },
  { outcome: 'moved', ...PUBLISHED, from: undefined, value: NEW, until: '2026-11-30T00:00:00.000Z' },
  { outcome: 'soaking', ...PUBLISHED, until: '2026-11-30T00:00:00.000Z' },
  { outcome: 'withdrawn', ...PUBLISHED, isOlder: true },
  { outcome: 'withdrawn', ...PUBLISHED, isOlder: false },
  { outcome: 'unfit', from: OLD, why: sentence(stays.notPublished({})) },
  { outcome: 'unreadable', from: OLD, why: 'not allowed to call ssm:GetParameter' },
];
const [JULY, AUGUST] = ['ami-0123456789abcde07', 'ami-0123456789abcde08'];
const IMAGES: readonly ReleaseMove[] = [
  { outcome: 'moved', from: JULY, to: AUGUST, toName: 'golden-1.36', publishedAt: PUBLISHED.publishedAt, value: AUGUST },
  { outcome: 'withdrawn', from: JULY, to: AUGUST, toName: 'golden-1.36', publishedAt: PUBLISHED.publishedAt, isOlder: true },
  { outcome: 'current', from: JULY, flags: [`${JULY} is deprecated since 2026-11-01`] },
];
const ADD_ONS: readonly TrackedAddOnMove[] = [
  { outcome: 'current', from: 'v1.22.0-eksbuild.1' },
  { outcome: 'moved', to: 'v1.22.0-eksbuild.1' },
  { outcome: 'moved', from: 'v1.20.1-eksbuild.3', to: 'v1.21.1-eksbuild.1' },
  { outcome: 'moved', from: 'v1.22.9-eksbuild.1', to: 'v1.22.0-eksbuild.1', wasWithdrawn: true },
  { outcome: 'moved', from: 'v1.20.1-eksbuild.3', to: 'v1.21.1-eksbuild.1', configurationUnread: 'not allowed to call eks:DescribeAddonConfiguration' },
  { outcome: 'moved', from: 'v1.20.1-eksbuild.3', installed: 'v1.21.1-eksbuild.1', to: 'v1.21.1-eksbuild.1' },
  { outcome: 'moved', from: 'v1.22.0-eksbuild.1', installed: 'v1.20.1-eksbuild.3', to: 'v1.21.1-eksbuild.1' },
  { outcome: 'undeployed', from: 'v1.21.1-eksbuild.1', installed: 'v1.20.1-eksbuild.3', to: 'v1.22.0-eksbuild.1' },
  { outcome: 'soaking', from: 'v1.20.1-eksbuild.3', to: 'v1.21.1-eksbuild.1', since: '2026-11-20', until: '2026-11-27T12:00:00.000Z' },
  { outcome: 'withdrawn', from: 'v1.22.9-eksbuild.1', to: 'v1.22.0-eksbuild.1', isOlder: true },
  { outcome: 'withdrawn', from: 'v1.22.9-eksbuild.1', to: 'v1.22.10-eksbuild.1', isOlder: false, until: '2026-11-27T12:00:00.000Z' },
  {
    outcome: 'withdrawn', from: 'v1.21.1-eksbuild.1', installed: 'v1.22.9-eksbuild.1', to: 'v1.22.10-eksbuild.1', isOlder: false, until: '2026-11-27T12:00:00.000Z',
  },
  { outcome: 'withdrawn', from: 'v1.22.9-eksbuild.1', isOlder: false },
  { outcome: 'ahead', from: 'v1.22.9-eksbuild.1', to: 'v1.22.0-eksbuild.1' },
  { outcome: 'unfit', from: 'v1.20.1-eksbuild.3', why: sentence(stays.setInCdkJson({})) },
  { outcome: 'unreadable', from: 'v1.20.1-eksbuild.3', why: 'not allowed to call eks:DescribeAddonVersions' },
];
const STEPS: readonly StepMove[] = [
  { outcome: 'moved', from: 0, to: 1, version: '1.34', does: ['control plane from 1.33 to 1.34'] },
  { outcome: 'moved', to: 0, version: '1.33', does: [] },
  { outcome: 'waits', from: 1, version: '1.34', pending: ['control plane from 1.33 to 1.34'] },
  { outcome: 'arrived', from: 2, version: '1.35' },
  { outcome: 'unfit', from: 1, why: sentence(stays.beyondPath({ version: '1.37' })) },
  { outcome: 'unreadable', from: 1, why: 'not allowed to call eks:ListAddons' },
];

const release = (move: ReleaseMove): RefreshedLookUp => ({
  lookUp: {
    contextKey: 'key',
    parameterName: '/aws/service/eks',
    environment,
    amiType: 'AL2023_x86_64_STANDARD',
    kubernetesVersion: '1.36',
    usedBy: usedBy('NodegroupWorkers'),
  },
  move,
});
const image = (move: ReleaseMove): RefreshedLookUp => ({
  lookUp: { ...release(move).lookUp, parameterName: '/golden/nodes', amiType: 'CUSTOM' } as TrackedLookUp, move,
});
const addOn = (move: TrackedAddOnMove): RefreshedAddOn => ({
  lookUp: {
    contextKey: 'key',
    name: 'vpc-cni',
    choice: 'latest',
    kubernetesVersion: '1.36',
    cluster: 'prod',
    live: {} as never,
    environment,
    usedBy: usedBy('AddOnVpcCni'),
  },
  move,
});

const releases = [...RELEASES.map(release), ...IMAGES.map(image)];
const addOns = ADD_ONS.map(addOn);
const steps = STEPS.map((move) => (
  { name: 'prod', path: 'Prod/Cluster', ...environment, file: 'upgrade-path.json', contextKey: 'key', steps: 2, move }
));

test('refresh: what becomes of releases, images, add-ons and steps, for a terminal and for a pull request', () => {
  const text = (some: readonly RefreshedLookUp[], others: readonly RefreshedAddOn[], dryRun = false) => renderRefresh(
    { refreshed: some, addOns: others, dryRun, now: NOW }, PLAIN,
  );
  expectGolden('refresh', chapters([
    ['releases and images', text(releases, [])],
    ['add-ons', text([], addOns)],
    ['a dry run', text(releases.slice(1, 2), addOns.slice(1, 2), true)],
    ['nothing moves', text(releases.slice(0, 1), addOns.slice(0, 1))],
    ['as a pull request', refreshMarkdown(releases, addOns, NOW)],
    ['as a pull request of nothing', refreshMarkdown(releases.slice(0, 1), [], NOW)],
    ['steps', stepsText(steps, false, PLAIN)],
    ['steps, a dry run', stepsText(steps.slice(0, 1), true, PLAIN)],
    ['no steps', stepsText([], false, PLAIN)],
    ['steps as a pull request', stepsMarkdown(steps)],
    ['no steps as a pull request', stepsMarkdown([])],
  ]));
});
