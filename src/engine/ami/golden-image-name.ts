import { AmiArchitecture } from './eks-ami-type-options';

/** What a name tells of an image. */
export interface NamedImage {
  /** The Kubernetes minor, such as `1.36`. */
  readonly kubernetesVersion?: string;
  readonly architecture?: AmiArchitecture;
}

/**
 * What the name of an SSM parameter tells of the image that it holds: `/golden/eks/1.36/al2023/x86_64/image_id`.
 *
 * Where two parts of the name tell different things, it tells nothing.
 */
export function imageInParameterName(parameterName: string): NamedImage {
  const parts = parameterName.split(/[/:]/);
  return {
    kubernetesVersion: onlyOne(parts.map(minorIn)),
    architecture: onlyOne(parts.map(architectureIn)),
  };
}

/** `1.36` or, since a bare `1.36.2` may be a version of Bottlerocket, a patch version that says it is one of Kubernetes: `k8s-1.36.2`. */
const MINOR = /^(?:v?(1\.\d{2})|(?:aws-)?(?:eks|k8s|kubernetes)[-_]?v?(1\.\d{2})(?:\.\d+)?)$/i;

function minorIn(part: string): string | undefined {
  const [, bare, named] = MINOR.exec(part) ?? [];
  return bare ?? named;
}

function architectureIn(part: string): AmiArchitecture | undefined {
  switch (part.toLowerCase()) {
    case 'x86_64': case 'amd64': return AmiArchitecture.X86_64;
    case 'arm64': case 'aarch64': return AmiArchitecture.ARM_64;
    default: return undefined;
  }
}

function onlyOne<T>(found: readonly (T | undefined)[]): T | undefined {
  const [first, ...others] = new Set(found.filter((value) => value !== undefined));
  return others.length === 0 ? first : undefined;
}
