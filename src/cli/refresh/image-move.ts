import { RefreshPolicy, ReleaseMove, takenOrSoaking, takenOrWithdrawn } from './release-move';
import { isImageId } from '../../engine/ami/image-id';
import { Said } from '../../engine/messages/message';
import { sentence } from '../../engine/messages/sentence';
import { describeImage, flagsOfImageInUse, ImageState, isDeprecated, isOlderImage } from '../../engine/state/image-state';
import { Known } from '../../engine/state/known';
import { withoutControlCharacters } from '../../engine/state/untrusted-text';
import { ParameterValue } from '../../live/parameter';
import { stays } from '../messages';

/**
 * What is judged: the image in `cdk.context.json` beside the one in the parameter. An image that does not exist for the account
 * is undefined.
 */
export interface PinnedAndPublishedImage {
  /** Absent when the image was never looked up. */
  readonly pinned?: string;
  readonly pinnedImage: Known<ImageState | undefined>;
  /** Undefined when there is no such parameter. */
  readonly published: Known<ParameterValue | undefined>;
  readonly publishedImage: Known<ImageState | undefined>;
  /** Absent where only the image itself tells it. */
  readonly kubernetesVersion?: string;
}

/** Decides whether a golden image moves, and flags the one in use where nodes cannot be launched from it for much longer. */
export function judgeImage(images: PinnedAndPublishedImage, policy: RefreshPolicy): ReleaseMove {
  const { pinned, pinnedImage } = images;
  const flags = pinned === undefined || !pinnedImage.known ? [] : flagsOfImageInUse(pinned, pinnedImage.value, policy.now);
  return { ...moveOf(images, policy), ...flags.length > 0 && { flags } };
}

function moveOf(
  { pinned: from, pinnedImage, published, publishedImage, kubernetesVersion }: PinnedAndPublishedImage, policy: RefreshPolicy,
): ReleaseMove {
  if (!published.known) return { outcome: 'unreadable', from, why: published.why };
  if (!published.value) return { outcome: 'unfit', from, why: sentence(stays.noParameter({})) };
  const { value: to, modifiedAt } = published.value;
  if (!isImageId(to)) return { outcome: 'unfit', from, why: sentence(stays.notAnImage({ value: withoutControlCharacters(to) })) };
  if (!publishedImage.known) return { outcome: 'unreadable', from, why: publishedImage.why };
  if (!pinnedImage.known) return { outcome: 'unreadable', from, why: pinnedImage.why };
  if (to === from) return { outcome: 'current', from };

  const [offered, current] = [publishedImage.value, pinnedImage.value];
  const objection = offered ? objectionTo(offered, current, kubernetesVersion, policy.now) : stays.imageGone({ image: to });
  if (objection !== undefined) return { outcome: 'unfit', from, why: sentence(objection) };

  const image = { from, to, toName: offered!.name, publishedAt: later(modifiedAt, offered!.createdAt) };
  // of an image that is gone nobody can tell how old it was; that it is gone is flagged
  return isOlderImage(offered, current) ? takenOrWithdrawn(image, to, true, policy) : takenOrSoaking(image, to, policy);
}

function objectionTo(offered: ImageState, current: ImageState | undefined, wanted: string | undefined, now: Date): Said | undefined {
  const image = describeImage(offered.id, offered);
  if (offered.state !== 'available') return stays.imageNotAvailable({ image, state: String(offered.state) });
  if (isDeprecated(offered, now)) return stays.imageDeprecated({ image, since: offered.deprecatedAt!.slice(0, 10) });
  const { kubernetesVersion, architecture } = offered;
  if (wanted !== undefined && kubernetesVersion !== undefined && kubernetesVersion !== wanted) {
    return stays.imageOfOtherMinor({ image, version: kubernetesVersion, wanted });
  }
  return architecture !== undefined && current?.architecture !== undefined && architecture !== current.architecture
    ? stays.imageOfOtherArchitecture({ image, architecture, used: current.architecture }) : undefined;
}

/** An image may be published a while after it was made, and an old one again: it soaks from the later of the two. */
function later(modifiedAt: string, createdAt = modifiedAt): string {
  return Date.parse(createdAt) > Date.parse(modifiedAt) ? createdAt : modifiedAt;
}
