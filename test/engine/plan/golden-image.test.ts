import { changeOf, versionAfter } from '../../../src/engine/change/change';
import { ImageIntent, UpgradeIntent } from '../../../src/engine/change/upgrade-intent';
import { sentence } from '../../../src/engine/messages/sentence';
import { leavesOpen } from '../../../src/engine/plan/messages';
import { describePlanStep, NodeGroupStep } from '../../../src/engine/plan/plan-step';
import { planUpgrade } from '../../../src/engine/plan/upgrade-plan';
import { Known, known, notKnown } from '../../../src/engine/state/known';
import { RegionCatalog } from '../../../src/engine/state/region-catalog';
import { aCatalog, aCluster, aNodeGroup } from '../a-cluster';

const [OLD, NEW] = ['ami-0123456789abcde07', 'ami-0123456789abcde08'];

interface Circumstances {
  readonly version?: Known<string>;
  readonly tagged?: string;
  /** When the image that runs was made. */
  readonly made?: string;
  readonly offeredVersions?: RegionCatalog['offeredVersions'];
}

function plan(intent: UpgradeIntent, { version = known('1.35'), tagged, made, offeredVersions = aCatalog().offeredVersions }: Circumstances = {}) {
  const images = {
    [OLD]: known({ id: OLD, state: 'available', kubernetesVersion: tagged, createdAt: made }),
    [NEW]: known({ id: NEW, name: 'golden-1.36', state: 'available', createdAt: '2026-11-20T12:00:00Z' }),
  };
  const state = aCluster({ addOns: known([]), nodeGroups: known([aNodeGroup({ amiType: 'CUSTOM', releaseVersion: OLD, version })]) });
  return planUpgrade(state, aCatalog({ images, addOnOffers: {}, offeredVersions }), intent);
}

const imaged = (from: string | undefined, to: string, image?: NodeGroupStep['image']) => describePlanStep(
  { kind: 'node-group', name: 'workers', from, to, image, by: 'launch template' },
);
const steps = (...args: Parameters<typeof plan>) => plan(...args).deployments.flatMap(({ steps: moved }) => moved.map(describePlanStep));
const wants = (id: string, kubernetesVersion?: string) => ({ nodeGroups: { workers: { image: { id, kubernetesVersion } } } });

test('the image follows the control plane, by ID, name and age', () => {
  expect(steps({ version: '1.36', ...wants(NEW, '1.36') })).toEqual([
    describePlanStep({ kind: 'control-plane', from: '1.35', to: '1.36' }),
    imaged('1.35', '1.36', { id: NEW, label: `${NEW} (golden-1.36, 2 days old)` }),
  ]);
});

test('the checks judge it where it rolls', () => {
  const [{ verdict }] = plan({ version: '1.36', ...wants(NEW, '1.36') }).deployments;
  expect(verdict.passed).toBe(true);
  expect(plan({ ...wants(NEW, '1.36') }).deployments[0].verdict.findings).toMatchObject([{ id: 'image-version:workers', severity: 'error' }]);
});

test('the image that runs is not rolled again, whether or not anybody knows its minor', () => {
  expect(steps(wants(OLD, '1.35'))).toEqual([]);
  expect(steps(wants(OLD), { version: notKnown('EKS does not know it') })).toEqual([]);
});

test('an image rolls when the control plane has got to its minor, and once', () => {
  const versions = ['1.35', '1.36', '1.37'].map((version) => ({ version, status: 'STANDARD_SUPPORT' as const }));
  expect(plan({ version: '1.37', ...wants(NEW, '1.36') }, { offeredVersions: known(versions) }).deployments.map(({ steps: moved }) => moved.map(({ kind }) => kind)))
    .toEqual([['control-plane', 'node-group'], ['control-plane']]);
});

test('nobody is told to take nodes back that others have moved to an image made later', () => {
  const kept = plan({ nodeGroups: { workers: { image: { id: NEW, isKept: true } } } }, { made: '2026-11-21T12:00:00Z' });
  expect(kept.open).toEqual([sentence(leavesOpen.nodeGroupAhead({ nodeGroup: 'workers', wanted: NEW, live: OLD }))]);
});

test('an image that the deployed template launches as well is not sent, whatever the nodes run', () => {
  const kept = plan({ nodeGroups: { workers: { image: { id: NEW, isKept: true } } } });
  expect(kept.deployments.flatMap((deployment) => deployment.steps)).toEqual([]);
  expect(kept.open).toEqual([sentence(leavesOpen.imageNotSent({
    cluster: 'prod', nodeGroup: 'workers', wanted: NEW, live: OLD, launchTemplate: '<ID>', region: 'us-east-1',
  }))]);
});

test('a new image of the same minor rolls', () => {
  expect(steps(wants(NEW, '1.35'))).toEqual([
    imaged('1.35', '1.35', { id: NEW, label: `${NEW} (golden-1.36, 2 days old)` }),
  ]);
});

test('nodes of which EKS knows no version are planned by the tags of their image', () => {
  const unknown = notKnown('EKS does not know it');
  expect(steps({ version: '1.36' }, { version: unknown, tagged: '1.35' })[1]).toBe(
    imaged('1.35', '1.36'),
  );
  expect(steps({ version: '1.36' }, { version: unknown })[1]).toBe(imaged(undefined, '1.36'));
});

test('nodes have the version of the image that comes, and that which EKS knows where the image stays', () => {
  const group = aNodeGroup({ amiType: 'CUSTOM', releaseVersion: OLD, version: known('1.35') });
  const after = (image: ImageIntent) => versionAfter(
    changeOf(
      aCluster({ nodeGroups: known([group]) }), aCatalog(), { nodeGroups: { workers: { image } } }, { maxInsightAgeHours: 24 },
    ), group,
  )?.toString();

  expect(after({ id: OLD })).toBe('1.35');
  expect(after({ id: NEW, kubernetesVersion: '1.36' })).toBe('1.36');
  expect(after({ id: NEW })).toBeUndefined();
});
