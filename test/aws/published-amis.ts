/**
 * What AWS publishes about EKS-optimized AMIs in the SSM parameter store, for all 22 AMI types.
 */
import { createHash } from 'node:crypto';
import type { PublishedRelease } from './eks-rules';
import type { Ssm } from './ssm';

/** One round of AMI releases. */
export interface AmiRelease {
  /** Kubernetes minors, such as `1.36`. */
  readonly minors: readonly string[];

  /** Release date, `YYYY-MM-DD`. */
  readonly date: string;

  /** When AWS moves its recommendation. @default - on the day of the release */
  readonly publishedAt?: Date;

  /** Kubernetes patch level of the Amazon Linux images. @default 2 */
  readonly patch?: number;
}

/**
 * Publishes the round: names and values as AWS has them, image ids and builds derived from name and date.
 *
 * @returns what EKS accepts from now on as release version of a node group
 */
export function publishAmis(ssm: Pick<Ssm, 'put'>, release: AmiRelease): PublishedRelease[] {
  const { minors, date, publishedAt = new Date(date) } = release;
  const store: Store = { put: (name, value) => ssm.put(name, value, publishedAt) };
  return minors.flatMap((minor) => [
    ...publishAmazonLinux(store, minor, release),
    ...publishBottlerocket(store, minor, release),
    ...publishWindows(store, minor, release),
  ]);
}

/** Takes the parameters of one round. */
interface Store {
  put(name: string, value: string): void;
}

const AMAZON_LINUX_2023 = {
  AL2023_x86_64_STANDARD: 'amazon-linux-2023/x86_64/standard',
  AL2023_ARM_64_STANDARD: 'amazon-linux-2023/arm64/standard',
  AL2023_x86_64_NVIDIA: 'amazon-linux-2023/x86_64/nvidia',
  AL2023_ARM_64_NVIDIA: 'amazon-linux-2023/arm64/nvidia',
  AL2023_x86_64_NEURON: 'amazon-linux-2023/x86_64/neuron',
};

const AMAZON_LINUX_2 = {
  AL2_x86_64: 'amazon-linux-2',
  AL2_ARM_64: 'amazon-linux-2-arm64',
  AL2_x86_64_GPU: 'amazon-linux-2-gpu',
};

function publishAmazonLinux(ssm: Store, minor: string, { date, patch = 2 }: AmiRelease): PublishedRelease[] {
  const releaseVersion = `${minor}.${patch}-${date.replaceAll('-', '')}`;
  const variants = { ...AMAZON_LINUX_2023, ...(minorNumber(minor) <= 32 && AMAZON_LINUX_2) };
  return Object.entries(variants).map(([amiType, variant]) => {
    const path = `/aws/service/eks/optimized-ami/${minor}/${variant}/recommended`;
    const image = {
      schema_version: '2',
      image_id: imageId(path, date),
      image_name: `${amiName(variant)}-${minor}-v${date.replaceAll('-', '')}`,
      release_version: releaseVersion,
    };
    ssm.put(path, JSON.stringify(image));
    ssm.put(`${path}/image_id`, image.image_id);
    ssm.put(`${path}/image_name`, image.image_name);
    ssm.put(`${path}/release_version`, releaseVersion);
    ssm.put(path.replace('recommended', `${image.image_name}/image_id`), image.image_id); // there for good
    return { amiType, version: minor, releaseVersion };
  });
}

/** How the names of the AMIs of a variant begin. */
function amiName(variant: string): string {
  const flavour = /^amazon-linux-2(?:-(\w+))?$/.exec(variant);
  return flavour ? `amazon-eks-${flavour[1] ? `${flavour[1]}-` : ''}node` : `amazon-eks-node-${variant.replace('amazon-linux-', 'al').replaceAll('/', '-')}`;
}

/** The version is the operating system's: the same for every Kubernetes minor. */
function publishBottlerocket(ssm: Store, minor: string, { date }: AmiRelease): PublishedRelease[] {
  const [year, month] = date.split('-').map(Number);
  const releaseVersion = `1.${34 + (year - 2025) * 12 + month - 3}.0-${hash(date, 8)}`;
  const flavours = ['', '-nvidia', ...(minorNumber(minor) >= 29 ? ['-fips', '-nvidia-fips'] : [])];
  return flavours.flatMap((flavour) => ['x86_64', 'arm64'].map((architecture) => {
    const path = `/aws/service/bottlerocket/aws-k8s-${minor}${flavour}/${architecture}/latest`;
    ssm.put(`${path}/image_version`, releaseVersion);
    ssm.put(`${path}/image_id`, imageId(path, date));
    for (const name of [releaseVersion.split('-')[0], releaseVersion]) { // there for good
      ssm.put(`${path.replace('latest', name)}/image_version`, releaseVersion);
      ssm.put(`${path.replace('latest', name)}/image_id`, imageId(path, date));
    }
    const amiType = `BOTTLEROCKET_${architecture.replace('arm64', 'ARM_64')}${flavour.replaceAll('-', '_').toUpperCase()}`;
    return { amiType, version: minor, releaseVersion };
  }));
}

/** Windows has no parameter of the release version alone: it is a field of the parent's JSON. */
function publishWindows(ssm: Store, minor: string, { date }: AmiRelease): PublishedRelease[] {
  const releaseVersion = `${minor}-${date.replaceAll('-', '.')}`;
  const years = ['2019', '2022', ...(minorNumber(minor) >= 35 ? ['2025'] : [])];
  return years.flatMap((year) => ['Core', 'Full'].map((edition) => {
    const path = `/aws/service/ami-windows-latest/Windows_Server-${year}-English-${edition}-EKS_Optimized-${minor}`;
    const image = {
      schema_version: '1',
      image_id: imageId(path, date),
      image_name: `${path.split('/').pop()}-${date.replaceAll('-', '.')}`,
      release_version: releaseVersion,
    };
    ssm.put(path, JSON.stringify(image));
    ssm.put(`${path}/image_id`, image.image_id);
    return { amiType: `WINDOWS_${edition.toUpperCase()}_${year}_x86_64`, version: minor, releaseVersion };
  }));
}

function imageId(path: string, date: string): string {
  return `ami-${hash(path + date, 17)}`;
}

function hash(text: string, digits: number): string {
  return createHash('sha256').update(text).digest('hex').slice(0, digits);
}

function minorNumber(minor: string): number {
  return Number(minor.split('.')[1]);
}
