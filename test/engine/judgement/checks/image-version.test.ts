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
    `image ${NEW} (golden) has Kubernetes 1.36, and nodes must not be newer than the control plane, which is to be 1.35`,
  ],
  [{ tagged: '1.36' }, 'nodes must not be newer'],
  [{ declared: '1.32', version: '1.36' }, 'more than 3 minors behind the control plane, which is to be 1.36'],
  [{ declared: '1.35', tagged: '1.34' }, `the app says that image ${NEW} (golden) has Kubernetes 1.35, its tags say 1.34`],
])('fails with %j', (it, message) => {
  expect(of(it)).toMatchObject([{ id: 'image-version:workers', severity: 'error', message: expect.stringContaining(message) }]);
});

test('warns of what nobody tells, and says how to', () => {
  expect(of({})).toMatchObject([{
    id: 'image-version:workers:unknown', severity: 'warning', remedy: expect.stringContaining('/golden/eks/1.36/al2023/x86_64/image_id'),
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
