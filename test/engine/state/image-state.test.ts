import { describeImage, describeImageWithAge, isDeprecated, minorInTags } from '../../../src/engine/state/image-state';

const NOW = new Date('2026-11-20T12:00:00Z');
const ID = 'ami-0123456789abcdef0';
const image = { id: ID, state: 'available' };

test.each<[Record<string, string>, string | undefined]>([
  [{ kubernetes: '1.36.2/2026-07-01/bin/linux/amd64' }, '1.36'], // as the build of the EKS AMIs sets it
  [{ KubernetesVersion: 'v1.36' }, '1.36'],
  [{ 'kubernetes-version': '1.36' }, '1.36'],
  [{ KUBERNETES: '1.36', KubernetesVersion: '1.36.2' }, '1.36'],
  [{ kubernetes: '1.36', KubernetesVersion: '1.35' }, undefined], // which of the two is not known
  [{ kubernetes: '1.360' }, undefined],
  [{ kubernetes: 'newest' }, undefined],
  [{ eks: '1.36' }, undefined],
  [{}, undefined],
])('the tags %j tell Kubernetes %s', (tags, minor) => {
  expect(minorInTags(Object.entries(tags).map(([Key, Value]) => ({ Key, Value })))).toBe(minor);
});

test('tags without key or value tell nothing', () => {
  expect(minorInTags([{}, { Key: 'kubernetes' }, { Value: '1.36' }])).toBeUndefined();
});

test.each([
  [{ name: 'golden', createdAt: '2026-11-08T13:00:00Z' }, `${ID} (golden, 11 days old)`],
  [{ name: 'golden', createdAt: '2026-11-08T12:00:00Z' }, `${ID} (golden, 12 days old)`],
  [{ name: 'golden', createdAt: '2026-11-19T00:00:00Z' }, `${ID} (golden, 1 day old)`],
  [{ name: 'golden', createdAt: '2026-11-20T12:30:00Z' }, `${ID} (golden, 0 days old)`], // clocks differ
  [{ createdAt: '2026-11-20T00:00:00Z' }, `${ID} (0 days old)`],
  [{ name: 'golden' }, `${ID} (golden)`],
  [{}, ID],
])('an image with %j is called %s', (known, text) => {
  expect(describeImageWithAge(ID, { ...image, ...known }, NOW)).toBe(text);
});

test('an image that nobody can describe is called by its ID', () => {
  expect(describeImage(ID, undefined)).toBe(ID);
  expect(describeImageWithAge(ID, undefined, NOW)).toBe(ID);
  expect(describeImage(ID, { ...image, name: 'golden' })).toBe(`${ID} (golden)`);
});

test.each([
  ['2026-11-20T12:00:00Z', true], ['2026-11-20T12:00:01Z', false], ['2026-11-20T11:59:59Z', true], [undefined, false],
])('deprecated at %s: %s', (deprecatedAt, expected) => {
  expect(isDeprecated({ ...image, deprecatedAt }, NOW)).toBe(expected);
});
