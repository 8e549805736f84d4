import { isDeepStrictEqual } from 'node:util';
import { withFirstLookUp } from './first-look-up';
import { judgeImage } from './image-move';
import { withImage } from './latest-image';
import { judgeEach, Refreshing } from './refreshing';
import { judgeRelease, ReleaseMove } from './release-move';
import { SeenReleases, seenReleasesIn, seenReleasesKey, withSeen } from './seen-releases';
import { EksAmiType } from '../../engine/ami/eks-ami-type';
import { isImageId } from '../../engine/ami/image-id';
import { Known, known } from '../../engine/state/known';
import { CUSTOM_AMI_TYPE } from '../../engine/state/node-group-state';
import { attempt } from '../../live/attempt';
import { readImage } from '../../live/images';
import { ParameterValue } from '../../live/parameter';
import { readPublishedField } from '../../live/published-field';
import { TrackedLookUp } from '../app/tracked-look-up';
import { Progress } from '../terminal';

/** A looked-up release and what becomes of it. */
export interface RefreshedLookUp {
  readonly lookUp: TrackedLookUp;
  readonly move: ReleaseMove;
  /** The image of a release that moves, where it has to be written, too. */
  readonly imageId?: string;
  /** Key and value of what is to be remembered of newer releases, where it differs from what the file holds; undefined removes it. */
  readonly seen?: readonly [string, SeenReleases | undefined];
}

/** Compares looked-up releases with what is published; changes nothing. */
export async function judgeLookUps(
  lookUps: readonly TrackedLookUp[], refreshing: Refreshing, progress: Progress,
): Promise<RefreshedLookUp[]> {
  return judgeEach(lookUps, refreshing, progress, async (lookUp) => judgeLookUp(lookUp, refreshing));
}

async function judgeLookUp(lookUp: TrackedLookUp, refreshing: Refreshing): Promise<RefreshedLookUp> {
  const judged = await judge(lookUp, refreshing);
  return { ...judged, move: withFirstLookUp(judged.move, textIn(refreshing.context.lookedUp[lookUp.contextKey])) };
}

async function judge(lookUp: TrackedLookUp, refreshing: Refreshing): Promise<RefreshedLookUp> {
  const { context: { before, lookedUp }, environments, policy } = refreshing;
  const pinned = textIn(before[lookUp.contextKey]);
  const published = await attempt(async () => readPublishedField(environments.connect(lookUp.environment).ssm, lookUp.parameterName));
  if (lookUp.amiType === CUSTOM_AMI_TYPE) return { lookUp, move: await moveOfImage(lookUp, pinned, published, refreshing) };
  const amiType = lookUp.amiType === undefined ? undefined : EksAmiType._find(lookUp.amiType);
  const { kubernetesVersion, image } = lookUp;
  const move = judgeRelease({ pinned, published, amiType, kubernetesVersion }, policy);
  if (!image) return { lookUp, ...await rememberSeen(lookUp, amiType, move, refreshing) };
  const inFile = { release: pinned, image: textIn(lookedUp[image.contextKey]) };
  return { lookUp, ...await withImage({ ...lookUp, image }, move, inFile, environments) };
}

/** A release that waits is remembered in an entry of its own. */
async function rememberSeen(
  lookUp: TrackedLookUp, amiType: EksAmiType | undefined, move: ReleaseMove, refreshing: Refreshing,
): Promise<Pick<RefreshedLookUp, 'move' | 'seen'>> {
  const key = seenReleasesKey(lookUp);
  const inFile = seenReleasesIn(refreshing.context.lookedUp[key]);
  const { seen, ...judged } = await withSeen({ lookUp, amiType, move, seen: inFile }, refreshing);
  return { ...judged, ...!isDeepStrictEqual(seen, inFile) && { seen: [key, seen] } };
}

function textIn(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** A golden image is read beside the one in use. */
async function moveOfImage(
  { environment, kubernetesVersion }: TrackedLookUp, pinned: string | undefined, published: Known<ParameterValue | undefined>,
  { environments, policy }: Refreshing,
): Promise<ReleaseMove> {
  const [pinnedImage, publishedImage] = await Promise.all([pinned, published.known ? published.value?.value : undefined].map(async (id) =>
    id !== undefined && isImageId(id) ? attempt(async () => readImage(environments.connect(environment).ec2, id)) : known(undefined)));
  return judgeImage({ pinned, pinnedImage, published, publishedImage, kubernetesVersion }, policy);
}
