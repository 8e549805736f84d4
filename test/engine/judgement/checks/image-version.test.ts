import * as fc from 'fast-check';
import { UpgradeIntent } from '../../../../src/engine/change/upgrade-intent';
import { imageVersion } from '../../../../src/engine/judgement/checks/image-version';
import { known } from '../../../../src/engine/state/known';
import { aCatalog, aCluster, aNodeGroup, findings } from '../../a-cluster';

const [OLD, NEW] = ['ami-0123456789abcde07', 'ami-0123456789abcde08'];

function of({ declared, tagged, id = NEW, ...intent }: UpgradeIntent & { declared?: string; tagged?: string; id?: string }) {
  const state = aCluster({ nodeGroups: known([aNodeGroup({ amiType: 'CUSTOM', releaseVersion: OLD })]) });
  const catalog = aCatalog({ images: { [id]: known({ id, name: 'golden', state: 'available', kubernetesVersion: tagged }) } });
  return findings(imageVersion, state, { ...intent, nodeGroups: { workers: { image: { id, kubernetesVersion: declared } } } }, catalog);
}

test.each([
  { declared: '1.35' }, { tagged: '1.35' }, { declared: '1.35', tagged: '1.35' }, { declared: '1.36', version: '1.36' },
])('passes with %j', (it) => {
  expect(of(it)).toEqual([]);
});

test.each([
  [
    { declared: '1.36' },
    { reason: 'ahead', data: { image: `${NEW} (golden)`, minor: '1.36', target: '1.35' } },
  ],
  [{ tagged: '1.36' }, { reason: 'ahead' }],
  [{ declared: '1.32', version: '1.36' }, { reason: 'tooFarBehind', data: { skew: 3, target: '1.36' } }],
  [{ declared: '1.35', tagged: '1.34' }, { reason: 'contradiction', data: { image: `${NEW} (golden)`, declared: '1.35', tagged: '1.34' } }],
])('fails with %j', (it, said) => {
  expect(of(it)).toMatchObject([{ id: 'image-version:workers', severity: 'error', ...said }]);
});

test('warns of what nobody tells, and says how to', () => {
  expect(of({})).toMatchObject([{
    id: 'image-version:workers:unknown', severity: 'warning', reason: 'untold',
  }]);
});

test('says nothing of an image that stays while the control plane stays', () => {
  expect(of({ id: OLD })).toEqual([]);
  expect(of({ id: OLD, declared: '1.35', version: '1.36' })).toEqual([]);
  expect(of({ id: OLD, declared: '1.32', version: '1.36' })).toHaveLength(1);
});

test('passes exactly for the minors that the kubelet skew allows', () => {
  fc.assert(fc.property(fc.integer({ min: 28, max: 40 }), (minor) => {
    const passes = of({ declared: `1.${minor}`, version: '1.36' }).length === 0;
    expect(passes).toBe(minor <= 36 && minor >= 33);
  }));
});

describe('an image that was made before the one that runs', () => {
  const [BEFORE, AFTER] = ['2026-07-14T12:00:00Z', '2026-11-04T12:00:00Z'];
  const found = (wanted: string | undefined, running: string | undefined, id = NEW) => {
    const state = aCluster({ nodeGroups: known([aNodeGroup({ amiType: 'CUSTOM', releaseVersion: OLD })]) });
    const made = (imageId: string, createdAt?: string) => [imageId, known({ id: imageId, state: 'available', createdAt })];
    const catalog = aCatalog({ images: Object.fromEntries([made(NEW, wanted), made(OLD, running)]) });
    return findings(imageVersion, state, { nodeGroups: { workers: { image: { id, kubernetesVersion: '1.35' } } } }, catalog);
  };

  test('is a warning', () => {
    expect(found(BEFORE, AFTER)).toMatchObject([{
      id: 'image-version:workers', severity: 'warning', reason: 'older', data: { image: NEW, running: OLD },
    }]);
  });

  test.each<[string, Parameters<typeof found>]>([
    ['after it', [AFTER, BEFORE]],
    ['at a time that nobody tells', [undefined, AFTER]],
    ['before one that is not known', [BEFORE, undefined]],
    ['and stays', [BEFORE, AFTER, OLD]],
  ])('is none where it was made %s', (_, images) => {
    expect(found(...images)).toEqual([]);
  });
});
