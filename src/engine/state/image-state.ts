import { DAY_MILLIS } from '../kubernetes/millis';

/** An image of EC2, as far as nodes are concerned. */
export interface ImageState {
  readonly id: string;
  readonly name?: string;
  /** When it was made, ISO 8601. */
  readonly createdAt?: string;
  /** As `DescribeImages` tells it: `available`, `pending`, `failed`, `disabled`, … */
  readonly state: string;
  /** From when it is deprecated, ISO 8601; a day in the future where that is planned. */
  readonly deprecatedAt?: string;
  /** `x86_64` or `arm64`. */
  readonly architecture?: string;
  /** The Kubernetes minor that its tags tell. */
  readonly kubernetesVersion?: string;
}

/** The tags that tell the Kubernetes version of an image; the first one is that of AWS's own build of the EKS AMIs. */
const VERSION_TAGS = ['kubernetes', 'kubernetesversion', 'kubernetes-version'];

/**
 * The Kubernetes minor that the tags of an image tell; undefined where they tell none, or several.
 *
 * Tags are seen by the owner of the image only: an image that another account shares tells nothing by them.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/sharingamis-explicit.html
 * @see https://github.com/awslabs/amazon-eks-ami/blob/main/templates/al2023/template.json
 */
export function minorInTags(tags: readonly { readonly Key?: string; readonly Value?: string }[]): string | undefined {
  const minors = new Set(tags.filter(({ Key = '' }) => VERSION_TAGS.includes(Key.toLowerCase()))
    .flatMap(({ Value = '' }) => /^v?(1\.\d{2})(?!\d)/.exec(Value)?.[1] ?? []));
  return minors.size === 1 ? [...minors][0] : undefined;
}

/** An image with its name, as people know it: `ami-0123456789abcdef0 (golden-1.36-20260714)`. */
export function describeImage(id: string, image: ImageState | undefined): string {
  return image?.name === undefined ? id : `${id} (${image.name})`;
}

/** An image as faces show it: `ami-0123456789abcdef0 (golden-1.36-20260714, 12 days old)`. */
export function describeImageWithAge(id: string, image: ImageState | undefined, now: Date): string {
  const age = image?.createdAt === undefined ? [] : [describeAge(Date.parse(image.createdAt), now)];
  const known = [...image?.name === undefined ? [] : [image.name], ...age];
  return known.length === 0 ? id : `${id} (${known.join(', ')})`;
}

function describeAge(since: number, now: Date): string {
  const days = Math.max(0, Math.floor((now.getTime() - since) / DAY_MILLIS));
  return `${days} ${days === 1 ? 'day' : 'days'} old`;
}

/** Whether an image was made before another one; false where that is not known of both. */
export function isOlderImage(image: ImageState | undefined, other: ImageState | undefined): boolean {
  return image?.createdAt !== undefined && other?.createdAt !== undefined && Date.parse(image.createdAt) < Date.parse(other.createdAt);
}

/** Whether an image is deprecated by now. */
export function isDeprecated({ deprecatedAt }: ImageState, now: Date): boolean {
  return deprecatedAt !== undefined && Date.parse(deprecatedAt) <= now.getTime();
}

/**
 * What is wrong with an image in use: nodes cannot be launched from it, or not for much longer.
 *
 * @param image undefined where it does not exist for the account
 */
export function flagsOfImageInUse(id: string, image: ImageState | undefined, now: Date): string[] {
  if (!image) return [`${id}, which is in use, is deregistered or not shared with this account any more: no node can be launched from it`];
  return [
    ...image.state === 'available' ? [] : [
      `${describeImage(id, image)}, which is in use, is ${image.state}: no node can be launched from it`,
    ],
    ...isDeprecated(image, now) ? [
      `${describeImage(id, image)}, which is in use, is deprecated since ${image.deprecatedAt!.slice(0, 10)}`,
    ] : [],
  ];
}
