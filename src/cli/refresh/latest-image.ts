import { ReleaseMove } from './release-move';
import { sentence } from '../../engine/messages/sentence';
import { attempt } from '../../live/attempt';
import { readParameter } from '../../live/parameter';
import { TrackedLookUp } from '../app/tracked-look-up';
import { AwsEnvironments } from '../aws-environments';
import { stays } from '../messages';

/** What becomes of a release whose image is looked up as the latest. */
export interface MoveWithImage {
  readonly move: ReleaseMove;
  /** The image, where it has to be written, too. */
  readonly imageId?: string;
}

/** What `cdk.context.json` holds. */
interface Pinned {
  readonly release?: string;
  /** Absent when the image was never looked up. */
  readonly image?: string;
}

/**
 * Lets a release and its image move together, or not at all, and brings together what came apart: the image was looked up later than
 * the release, or the other way round.
 *
 * The image of the latest release alone is published. What is looked up when another one is in use cannot be put right, only told.
 */
export async function withImage(
  { environment, amiType, image: { parameterName } }: TrackedLookUp & Required<Pick<TrackedLookUp, 'image'>>,
  move: ReleaseMove,
  pinned: Pinned,
  environments: AwsEnvironments,
): Promise<MoveWithImage> {
  const { outcome, from } = move;
  if (outcome === 'unfit' || outcome === 'unreadable' || (outcome !== 'moved' && pinned.image === undefined)) return { move };
  const image = await attempt(async () => readParameter(environments.connect(environment).ssm, parameterName));
  if (!image.known) return { move: { outcome: 'unreadable', from, why: image.why } };
  if (outcome === 'moved' || outcome === 'current') {
    if (!image.value) return { move: { outcome: 'unfit', from, why: sentence(stays.imageNotPublished({ parameter: parameterName })) } };
    const { value: imageId, modifiedAt: publishedAt } = image.value;
    if (outcome === 'moved') return { move, imageId };
    return imageId === pinned.image ? { move } : {
      move: { outcome: 'moved', from: pinned.image, to: imageId, toName: from, publishedAt, value: pinned.release! }, imageId,
    };
  }
  if (image.value?.value !== pinned.image) return { move };
  const options = [`--only ${amiType}`, ...outcome === 'withdrawn' ? ['--allow-older'] : []].join(' ');
  const why = sentence(stays.imageOfOtherRelease({ image: pinned.image!, published: move.to, options }));
  return { move: { outcome: 'unfit', from, why } };
}
