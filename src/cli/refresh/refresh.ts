import { isDeepStrictEqual } from 'node:util';
import { judgeImage } from './image-move';
import { withImage } from './latest-image';
import { judgeRelease, RefreshPolicy, ReleaseMove } from './release-move';
import { SeenReleases, seenReleasesIn, seenReleasesKey, withSeen } from './seen-releases';
import { EksAmiType } from '../../engine/ami/eks-ami-type';
import { isImageId } from '../../engine/ami/image-id';
import { CUSTOM_AMI_TYPE } from '../../engine/declaration/metadata';
import { sentence } from '../../engine/messages/sentence';
import { Known, known } from '../../engine/state/known';
import { askForEach } from '../../live/ask-for-each';
import { attempt } from '../../live/attempt';
import { readImage } from '../../live/images';
import { ParameterValue } from '../../live/parameter';
import { readPublishedField } from '../../live/published-field';
import { TrackedLookUp } from '../app/tracked-look-up';
import { AwsEnvironments } from '../aws-environments';
import { stays } from '../messages';
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

/** The context of an app, by the file that holds it. */
export interface AppContext {
  /** Of `cdk.json`; it wins. */
  readonly fixed: Readonly<Record<string, unknown>>;
  /** Of `cdk.context.json`. */
  readonly lookedUp: Readonly<Record<string, unknown>>;
}

/** Compares looked-up releases with what is published; changes nothing. */
export async function judgeLookUps(
  lookUps: readonly TrackedLookUp[],
  { fixed, lookedUp }: AppContext,
  environments: AwsEnvironments,
  policy: RefreshPolicy,
  progress: Progress,
): Promise<RefreshedLookUp[]> {
  let done = 0;
  return askForEach(lookUps, async (lookUp) => {
    if (lookUp.contextKey in fixed) {
      return { lookUp, move: { outcome: 'unfit', why: sentence(stays.setInCdkJson({})) } };
    }
    const pinned = lookedUp[lookUp.contextKey];
    const published = await attempt(async () => readPublishedField(environments.connect(lookUp.environment).ssm, lookUp.parameterName));
    if (lookUp.amiType === CUSTOM_AMI_TYPE) {
      const move = await moveOfImage(lookUp, textIn(pinned), published, environments, policy);
      progress(++done);
      return { lookUp, move };
    }
    progress(++done);
    const amiType = lookUp.amiType === undefined ? undefined : EksAmiType._find(lookUp.amiType);
    const { kubernetesVersion } = lookUp;
    const move = judgeRelease({ pinned: textIn(pinned), published, amiType, kubernetesVersion }, policy);
    const { image } = lookUp;
    if (!image) return { lookUp, ...await rememberSeen(lookUp, amiType, move, lookedUp, environments, policy) };
    const inFile = { release: textIn(pinned), image: textIn(lookedUp[image.contextKey]) };
    return { lookUp, ...await withImage({ ...lookUp, image }, move, inFile, environments) };
  });
}

/** A release that waits is remembered in an entry of its own. */
async function rememberSeen(
  lookUp: TrackedLookUp, amiType: EksAmiType | undefined, move: ReleaseMove, lookedUp: AppContext['lookedUp'],
  environments: AwsEnvironments, policy: RefreshPolicy,
): Promise<Pick<RefreshedLookUp, 'move' | 'seen'>> {
  const key = seenReleasesKey(lookUp);
  const inFile = seenReleasesIn(lookedUp[key]);
  const { seen, ...judged } = await withSeen(lookUp, amiType, move, inFile, environments, policy);
  return { ...judged, ...!isDeepStrictEqual(seen, inFile) && { seen: [key, seen] } };
}

function textIn(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** A golden image is read beside the one in use. */
async function moveOfImage(
  { environment, kubernetesVersion }: TrackedLookUp, pinned: string | undefined, published: Known<ParameterValue | undefined>,
  environments: AwsEnvironments, policy: RefreshPolicy,
): Promise<ReleaseMove> {
  const [pinnedImage, publishedImage] = await Promise.all([pinned, published.known ? published.value?.value : undefined].map(async (id) =>
    id !== undefined && isImageId(id) ? attempt(async () => readImage(environments.connect(environment).ec2, id)) : known(undefined)));
  return judgeImage({ pinned, pinnedImage, published, publishedImage, kubernetesVersion }, policy);
}
