import { createHash } from 'node:crypto';
import { GuardedImage, imagesAsText, imagesInText } from './guarded-images';

/** A diff shows the property in one line: no longer than this. */
const MOST_CHARACTERS = 160;

const CLUSTER = 'cluster:';
const OBJECTS = 'objects';

/** What one property of the guard tells, and which makes CloudFormation call it when any of it changes. */
export interface JudgedTold {
  /** The Kubernetes minor wanted of the control plane; undefined where only the deployment knows it, or nothing is said of it. */
  readonly version?: string;
  /** Of all that is judged. */
  readonly digest: string;
  /** Logical ID of the cluster, where the stack has several. */
  readonly clusterLogicalId?: string;
  /** Whether the app applies anything to the cluster that says something about Kubernetes versions. */
  readonly appliesObjects?: boolean;
  readonly images?: readonly GuardedImage[];
}

/** What {@link judgedProperty} has made of it. */
export interface JudgedRead extends Pick<JudgedTold, 'version' | 'appliesObjects'> {
  /** Whether a logical ID is that of the cluster; undefined where the stack has one only. */
  readonly isCluster?: (logicalId: string) => boolean;
  /** Those that had room. */
  readonly images: readonly GuardedImage[];
}

/**
 * `1.36/0123456789abcdef01234567`, after which more may follow: which cluster of several, whether the app applies objects, and the
 * images, as long as all of them have room in one line.
 */
export function judgedProperty(told: JudgedTold): string {
  const { images = [] } = told;
  return haveRoom(told) ? [withoutImages(told), ...images.length > 0 ? [imagesAsText(images)] : []].join(' ') : withoutImages(told);
}

/** Whether the property has room for the images. */
export function haveRoom(told: JudgedTold): boolean {
  return `${withoutImages(told)} ${imagesAsText(told.images ?? [])}`.length <= MOST_CHARACTERS;
}

function withoutImages({ version = '?', digest, clusterLogicalId, appliesObjects = false }: JudgedTold): string {
  return [
    `${version}/${digest}`,
    ...clusterLogicalId === undefined ? [] : [`${CLUSTER}${shortDigestOf(clusterLogicalId)}`],
    ...appliesObjects ? [OBJECTS] : [],
  ].join(' ');
}

/** What the property tells. */
export function readJudged(judged = '?'): JudgedRead {
  const [versionAndDigest, ...more] = judged.split(' ');
  const [version] = versionAndDigest.split('/');
  const cluster = more.find((part) => part.startsWith(CLUSTER))?.slice(CLUSTER.length);
  return {
    version: version === '?' ? undefined : version,
    isCluster: cluster === undefined ? undefined : (logicalId) => shortDigestOf(logicalId) === cluster,
    appliesObjects: more.includes(OBJECTS),
    images: imagesInText(more.filter((part) => part.startsWith('ami-')).join(' ')),
  };
}

/** A logical ID may be as long as the line. */
function shortDigestOf(logicalId: string): string {
  return createHash('sha256').update(logicalId).digest('hex').slice(0, 12);
}
