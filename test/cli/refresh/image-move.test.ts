import * as fc from 'fast-check';
import { stays } from '../../../src/cli/messages';
import { judgeImage, PinnedAndPublishedImage } from '../../../src/cli/refresh/image-move';
import { RefreshPolicy } from '../../../src/cli/refresh/release-move';
import { sentence } from '../../../src/engine/messages/sentence';
import { flagsOfImageInUse, ImageState } from '../../../src/engine/state/image-state';
import { known, notKnown } from '../../../src/engine/state/known';

const NOW = new Date('2026-11-20T12:00:00Z');
const DAY = 86_400_000;
const [OLD, NEW] = ['ami-0123456789abcde07', 'ami-0123456789abcde08'];

interface Case {
  readonly pinned?: string;
  readonly pinnedImage?: Partial<ImageState> | null;
  readonly publishedImage?: Partial<ImageState> | null;
  readonly modifiedAt?: string;
  readonly kubernetesVersion?: string;
}

function images({
  pinned = OLD, pinnedImage = {}, publishedImage = {}, modifiedAt = '2026-11-01T00:00:00Z', kubernetesVersion,
}: Case): PinnedAndPublishedImage {
  const imageOf = (id: string, createdAt: string, given: Partial<ImageState> | null) => known(
    given === null ? undefined : { id, state: 'available', createdAt, ...given },
  );
  return {
    pinned,
    pinnedImage: imageOf(OLD, '2026-07-14T00:00:00Z', pinnedImage),
    published: known({ value: NEW, modifiedAt }),
    publishedImage: imageOf(NEW, '2026-08-11T00:00:00Z', publishedImage),
    kubernetesVersion,
  };
}

const judged = (given: Case, policy: Partial<RefreshPolicy> = {}) => judgeImage(images(given), { now: NOW, ...policy });

test('the newer image is taken', () => {
  expect(judged({})).toEqual({ outcome: 'moved', from: OLD, to: NEW, value: NEW, toName: undefined, publishedAt: '2026-11-01T00:00:00Z' });
});

test('what is no image stays out, and is told without control characters', () => {
  const published = known({ value: '\u001b[2Jlatest\n::error::tea', modifiedAt: '2026-11-01T00:00:00Z' });
  expect(judgeImage({ ...images({}), published }, { now: NOW })).toMatchObject({
    outcome: 'unfit', why: sentence(stays.notAnImage({ value: '[2Jlatest ::error::tea' })),
  });
});

test('one that has soaked to the millisecond is taken, one that has not waits', () => {
  const soakMillis = NOW.getTime() - Date.parse('2026-11-01T00:00:00Z');

  expect(judged({}, { soakMillis })).toMatchObject({ outcome: 'moved' });
  expect(judged({}, { soakMillis: soakMillis + 1 })).toMatchObject({ outcome: 'soaking', until: '2026-11-20T12:00:00.001Z' });
});

test('of the same age is not older', () => {
  expect(judged({ publishedImage: { createdAt: '2026-07-14T00:00:00Z' } })).toMatchObject({ outcome: 'moved' });
  expect(judged({ publishedImage: { createdAt: '2026-07-13T23:59:59Z' } })).toMatchObject({ outcome: 'withdrawn', isOlder: true });
});

test('an older one that is allowed does not soak', () => {
  const older = { publishedImage: { createdAt: '2026-06-01T00:00:00Z' }, modifiedAt: '2026-11-20T11:00:00Z' };
  expect(judged(older, { allowOlder: true, soakMillis: 7 * DAY })).toMatchObject({ outcome: 'moved', value: NEW });
});

test('where the age of one of the two is not known, nothing is called older', () => {
  expect(judged({ publishedImage: { createdAt: undefined } })).toMatchObject({ outcome: 'moved' });
  expect(judged({ pinnedImage: { createdAt: undefined } })).toMatchObject({ outcome: 'moved' });
  expect(judged({ pinnedImage: null, publishedImage: { createdAt: '2026-06-01T00:00:00Z' } })).toMatchObject({
    outcome: 'moved', flags: flagsOfImageInUse(OLD, undefined, NOW),
  });
});

test('minor and architecture are held against what is known of them', () => {
  expect(judged({ kubernetesVersion: '1.36', publishedImage: { kubernetesVersion: '1.36' } })).toMatchObject({ outcome: 'moved' });
  expect(judged({ kubernetesVersion: '1.36', publishedImage: { kubernetesVersion: '1.35' } })).toMatchObject({ outcome: 'unfit' });
  expect(judged({ publishedImage: { kubernetesVersion: '1.35' } })).toMatchObject({ outcome: 'moved' });
  expect(judged({ pinnedImage: { architecture: 'arm64' }, publishedImage: { architecture: 'arm64' } })).toMatchObject({ outcome: 'moved' });
  expect(judged({ pinnedImage: { architecture: 'arm64' } })).toMatchObject({ outcome: 'moved' });
});

test('what cannot be read is told, and what is in use is flagged all the same', () => {
  const gone = images({ pinnedImage: null });
  const policy = { now: NOW };
  expect(judgeImage({ ...gone, published: notKnown('denied') }, policy)).toEqual({
    outcome: 'unreadable', from: OLD, why: 'denied', flags: flagsOfImageInUse(OLD, undefined, NOW),
  });
  expect(judgeImage({ ...images({}), publishedImage: notKnown('denied') }, policy)).toEqual({
    outcome: 'unreadable', from: OLD, why: 'denied',
  });
  expect(judgeImage({ ...images({}), pinnedImage: notKnown('denied') }, policy)).toEqual({
    outcome: 'unreadable', from: OLD, why: 'denied',
  });
});

test('an image that was never looked up is taken, and nothing is flagged', () => {
  expect(judgeImage({ ...images({ pinnedImage: null }), pinned: undefined }, { now: NOW })).toEqual({
    outcome: 'moved', from: undefined, to: NEW, toName: undefined, value: NEW, publishedAt: '2026-11-01T00:00:00Z',
  });
});

test('what is taken exists, can be launched, has soaked, and is not older unless that is allowed', () => {
  const day = fc.integer({ min: 0, max: 40 }).map((days) => new Date(NOW.getTime() - days * DAY).toISOString());
  const someImage = fc.option(fc.record({
    createdAt: fc.option(day, { nil: undefined }),
    state: fc.constantFrom('available', 'available', 'pending', 'disabled'),
    deprecatedAt: fc.option(fc.constantFrom('2026-11-01T00:00:00Z', '2027-01-01T00:00:00Z'), { nil: undefined }),
  }));
  const soak = fc.integer({ min: 0, max: 20 });
  fc.assert(fc.property(someImage, someImage, day, soak, fc.boolean(), (pinnedImage, publishedImage, modifiedAt, soakDays, allowOlder) => {
    const { outcome } = judged({ pinnedImage, publishedImage, modifiedAt }, { soakMillis: soakDays * DAY, allowOlder });
    if (outcome !== 'moved') return;
    expect(publishedImage).toMatchObject({ state: 'available' });
    expect(publishedImage!.deprecatedAt).not.toBe('2026-11-01T00:00:00Z');
    const [before, after] = [pinnedImage, publishedImage].map((image) => image?.createdAt);
    if (before !== undefined && after !== undefined && after < before) return void expect(allowOlder).toBe(true);
    const since = Math.max(Date.parse(modifiedAt), Date.parse(publishedImage!.createdAt ?? modifiedAt));
    expect(since + soakDays * DAY).toBeLessThanOrEqual(NOW.getTime());
  }));
});
