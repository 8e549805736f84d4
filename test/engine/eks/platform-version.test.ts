import { addOnOfferTo, onPlatform } from '../../../src/engine/eks/platform-version';
import { known } from '../../../src/engine/state/known';
import { aCatalog } from '../a-cluster';

const [OLD, NEW] = ['v1.1.0-eksbuild.1', 'v1.2.0-eksbuild.1'];

function offer(...platformVersions: string[]) {
  return { kubernetesVersion: '1.35', versions: [OLD, NEW], defaultVersion: NEW, traits: { [NEW]: { platformVersions } } };
}

test.each<[string[], string | undefined, boolean]>([
  [['*'], 'eks.3', true],
  [[], 'eks.3', true],
  [['eks.9+'], 'eks.9', true],
  [['eks.9+'], 'eks.10', true],
  [['eks.9+'], 'eks.8', false],
  [['eks.9+'], undefined, true],
  [['eks.9'], 'eks.10', false],
  [['eks.3', 'eks.5'], 'eks.5', true],
  [['of another form'], 'eks.3', true],
])('a version for %j is offered on %s: %s', (platformVersions, platformVersion, isOffered) => {
  expect(onPlatform(offer(...platformVersions), platformVersion)).toMatchObject({
    versions: isOffered ? [OLD, NEW] : [OLD], defaultVersion: isOffered ? NEW : undefined,
  });
});

test('the platform version counts for the Kubernetes version that the cluster has, not for another one, with which EKS brings the newest', () => {
  const catalog = aCatalog({ addOnOffers: { x: known([offer('eks.9+'), { ...offer('eks.9+'), kubernetesVersion: '1.36' }]) } });
  const versionsFor = (minor: string) => addOnOfferTo({ version: '1.35', platformVersion: 'eks.4' }, catalog, 'x', minor);
  expect(versionsFor('1.35')).toMatchObject({ value: { versions: [OLD] } });
  expect(versionsFor('1.36')).toMatchObject({ value: { versions: [OLD, NEW] } });
});
