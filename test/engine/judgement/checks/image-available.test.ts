import { imageAvailable } from '../../../../src/engine/judgement/checks/image-available';
import { ImageState } from '../../../../src/engine/state/image-state';
import { Known, known, notKnown } from '../../../../src/engine/state/known';
import { aCatalog, aCluster, aNodeGroup, findings } from '../../a-cluster';

const [OLD, NEW] = ['ami-0123456789abcde07', 'ami-0123456789abcde08'];
const state = aCluster({ nodeGroups: known([aNodeGroup({ amiType: 'CUSTOM', releaseVersion: OLD })]) });

function of(image: Known<ImageState | undefined> | undefined, id = NEW, name = 'workers') {
  return findings(imageAvailable, state, { nodeGroups: { [name]: { image: { id } } } }, aCatalog({ images: image && { [id]: image } }));
}

const image = (overrides: Partial<ImageState> = {}): Known<ImageState> => known({
  id: NEW, name: 'golden-2', state: 'available', ...overrides,
});

test('passes for an image that exists', () => {
  expect(of(image())).toEqual([]);
  expect(of(image({ deprecatedAt: '2027-01-01T00:00:00Z' }))).toEqual([]);
});

test('passes where no image of ones own is wanted', () => {
  expect(findings(
    imageAvailable, state, { nodeGroups: { workers: { version: '1.36' }, gone: { removed: true, image: { id: NEW } } } },
  )).toEqual([]);
});

test.each([
  [
    'deregistered or not shared', known(undefined),
    { reason: 'gone', data: { id: NEW } },
  ],
  ['disabled', image({ state: 'disabled' }), { reason: 'unavailable', data: { image: `${NEW} (golden-2)`, state: 'disabled' } }],
])('fails for an image that is %s, of a new node group as well', (_, found, said) => {
  expect(of(found)).toMatchObject([{ id: 'image-available:workers', severity: 'error', ...said }]);
  expect(of(found, NEW, 'fresh')).toMatchObject([{ id: 'image-available:fresh', severity: 'error', ...said }]);
});

test('warns of a deprecated image from the day on', () => {
  expect(of(image({ deprecatedAt: '2026-11-22T12:00:00Z' }))).toMatchObject([
    { severity: 'warning', reason: 'deprecated', data: { since: '2026-11-22' } },
  ]);
  expect(of(image({ deprecatedAt: '2026-11-22T12:00:01Z' }))).toEqual([]);
});

test('warns of an image that the nodes keep: nothing of the deployment fails by it', () => {
  expect(of(known(undefined), OLD)).toMatchObject([{ severity: 'warning', reason: 'gone' }]);
});

test('warns where nobody may look, or nobody did', () => {
  expect(of(notKnown('not allowed to call ec2:DescribeImages'))).toMatchObject([{
    id: 'image-available:workers:unknown', severity: 'warning', reason: 'unread', data: { id: NEW, why: 'not allowed to call ec2:DescribeImages' },
  }]);
  expect(of(undefined)).toMatchObject([{ id: 'image-available:workers:unknown' }]);
});
