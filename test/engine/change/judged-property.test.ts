import * as fc from 'fast-check';
import { GuardedImage, imagesAsText, imagesInText } from '../../../src/engine/change/guarded-images';
import { haveRoom, judgedProperty, JudgedTold, readJudged } from '../../../src/engine/change/judged-property';

const id = (kind: string) => fc.stringMatching(/^[0-9a-f]{17}$/).map((digits) => `${kind}-${digits}`);
const image: fc.Arbitrary<GuardedImage> = fc.record({
  Id: id('ami'),
  KubernetesVersion: fc.constantFrom('1.35', '1.36'),
  LaunchTemplate: fc.record({ Id: id('lt'), Version: fc.constantFrom('7', '$Latest') }),
}, { requiredKeys: ['Id'] });
const told: fc.Arbitrary<JudgedTold> = fc.record({
  version: fc.constantFrom('1.35', '1.36'),
  digest: fc.stringMatching(/^[0-9a-f]{24}$/),
  clusterLogicalId: fc.stringMatching(/^[A-Za-z0-9]{1,255}$/),
  appliesObjects: fc.boolean(),
  images: fc.uniqueArray(image, { selector: ({ Id }) => Id, maxLength: 6 }),
}, { requiredKeys: ['digest'] });

test('images that are told are those that are read', () => {
  fc.assert(fc.property(fc.uniqueArray(image, { selector: ({ Id }) => Id }), (images) => {
    expect(imagesInText(imagesAsText(images))).toEqual(images);
  }));
});

test('what the guard is told is what it reads, in a line of at most 160 characters; of images only if all have room', () => {
  fc.assert(fc.property(told, (one) => {
    const property = judgedProperty(one);
    const { isCluster, ...read } = readJudged(property);
    expect(property.length).toBeLessThanOrEqual(160);
    expect(read).toEqual({
      version: one.version, appliesObjects: one.appliesObjects ?? false, images: haveRoom(one) ? one.images ?? [] : [],
    });
    expect(isCluster?.(one.clusterLogicalId!)).toBe(one.clusterLogicalId === undefined ? undefined : true);
    expect(isCluster?.('AnotherCluster')).toBe(one.clusterLogicalId === undefined ? undefined : one.clusterLogicalId === 'AnotherCluster');
  }));
});

test('an image of many node groups is told once', () => {
  const images = ['ami-0123456789abcde07', 'ami-0123456789abcde08'].flatMap(
    (Id) => Array.from({ length: 50 }, () => ({ Id, KubernetesVersion: '1.36' })),
  );
  expect(judgedProperty({ version: '1.36', digest: 'd', images })).toBe('1.36/d ami-0123456789abcde07/1.36 ami-0123456789abcde08/1.36');
});

test('without a version, and to a guard of an older version of this library, nothing is told', () => {
  expect(judgedProperty({ digest: 'd' })).toBe('?/d');
  expect(readJudged(undefined)).toEqual({ version: undefined, isCluster: undefined, appliesObjects: false, images: [] });
});
