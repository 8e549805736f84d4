import * as fc from 'fast-check';
import { GuardedImage, imagesAsProperty, imagesInProperty } from '../../../src/engine/change/guarded-images';

const id = (kind: string) => fc.stringMatching(/^[0-9a-f]{17}$/).map((digits) => `${kind}-${digits}`);
const image: fc.Arbitrary<GuardedImage> = fc.record({
  Id: id('ami'),
  KubernetesVersion: fc.constantFrom('1.35', '1.36'),
  LaunchTemplate: fc.record({ Id: id('lt'), Version: fc.constantFrom('7', '$Latest') }),
}, { requiredKeys: ['Id'] });

test('what the guard is told is what it reads', () => {
  fc.assert(fc.property(fc.uniqueArray(image, { selector: ({ Id }) => Id }), (images) => {
    expect(imagesInProperty(imagesAsProperty(images))).toEqual(images);
  }));
});

test('an image of many node groups is told once, in a line of at most 160 characters', () => {
  const images = ['ami-0123456789abcde07', 'ami-0123456789abcde08'].flatMap(
    (Id) => Array.from({ length: 50 }, () => ({ Id, KubernetesVersion: '1.36' })),
  );
  expect(imagesAsProperty(images)).toBe('ami-0123456789abcde07/1.36 ami-0123456789abcde08/1.36');
});

test('no image is no property, and a list is what older versions of this library told', () => {
  expect(imagesAsProperty([])).toBeUndefined();
  expect(imagesInProperty(undefined)).toEqual([]);
  expect(imagesInProperty([{ Id: 'ami-0123456789abcde07' }])).toEqual([{ Id: 'ami-0123456789abcde07' }]);
});
