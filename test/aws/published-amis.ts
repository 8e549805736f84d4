/**
 * What AWS publishes about EKS-optimized AMIs in the SSM parameter store, for all 22 AMI types.
 */
import { createHash } from 'node:crypto';
import type { Ssm } from './ssm';

/** One round of AMI releases. */
export interface AmiRelease {
  /** Kubernetes minors, such as `1.36`. */
  readonly minors: readonly string[];

  /** Release date, `YYYY-MM-DD`. */
  readonly date: string;

  /** Kubernetes patch level of the Amazon Linux images. @default 2 */
  readonly patch?: number;
}

/** Publishes the round: names and values as AWS has them, image ids and builds derived from name and date. */
export function publishAmis(ssm: Pick<Ssm, 'put'>, release: AmiRelease): void {
  for (const minor of release.minors) {
    publishAmazonLinux(ssm, minor, release);
    publishBottlerocket(ssm, minor, release);
    publishWindows(ssm, minor, release);
  }
}

function publishAmazonLinux(ssm: Pick<Ssm, 'put'>, minor: string, { date, patch = 2 }: AmiRelease): void {
  const releaseVersion = `${minor}.${patch}-${date.replaceAll('-', '')}`;
  const variants = [
    ...['x86_64/standard', 'arm64/standard', 'x86_64/nvidia', 'arm64/nvidia', 'x86_64/neuron'].map((variant) => `amazon-linux-2023/${variant}`),
    ...(minorNumber(minor) <= 32 ? ['amazon-linux-2', 'amazon-linux-2-arm64', 'amazon-linux-2-gpu'] : []),
  ];
  for (const variant of variants) {
    const path = `/aws/service/eks/optimized-ami/${minor}/${variant}/recommended`;
    const image = {
      schema_version: '2',
      image_id: imageId(path, date),
      image_name: `amazon-eks-node-${variant.replaceAll('/', '-')}-${minor}-v${date.replaceAll('-', '')}`,
      release_version: releaseVersion,
    };
    ssm.put(path, JSON.stringify(image));
    ssm.put(`${path}/image_id`, image.image_id);
    ssm.put(`${path}/image_name`, image.image_name);
    ssm.put(`${path}/release_version`, releaseVersion);
  }
}

/** The version is the operating system's: the same for every Kubernetes minor. */
function publishBottlerocket(ssm: Pick<Ssm, 'put'>, minor: string, { date }: AmiRelease): void {
  const [year, month] = date.split('-').map(Number);
  const imageVersion = `1.${34 + (year - 2025) * 12 + month - 3}.0-${hash(date, 8)}`;
  const flavours = ['', '-nvidia', ...(minorNumber(minor) >= 29 ? ['-fips', '-nvidia-fips'] : [])];
  for (const flavour of flavours) {
    for (const architecture of ['x86_64', 'arm64']) {
      const path = `/aws/service/bottlerocket/aws-k8s-${minor}${flavour}/${architecture}/latest`;
      ssm.put(`${path}/image_version`, imageVersion);
      ssm.put(`${path}/image_id`, imageId(path, date));
    }
  }
}

/** Windows has no parameter of the release version alone: it is a field of the parent's JSON. */
function publishWindows(ssm: Pick<Ssm, 'put'>, minor: string, { date }: AmiRelease): void {
  const releaseVersion = `${minor}-${date.replaceAll('-', '.')}`;
  for (const year of ['2019', '2022', ...(minorNumber(minor) >= 35 ? ['2025'] : [])]) {
    for (const edition of ['Core', 'Full']) {
      const path = `/aws/service/ami-windows-latest/Windows_Server-${year}-English-${edition}-EKS_Optimized-${minor}`;
      const image = {
        schema_version: '1',
        image_id: imageId(path, date),
        image_name: `${path.split('/').pop()}-${date.replaceAll('-', '.')}`,
        release_version: releaseVersion,
      };
      ssm.put(path, JSON.stringify(image));
      ssm.put(`${path}/image_id`, image.image_id);
    }
  }
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
