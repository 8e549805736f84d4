import { EksAmiType } from '../ami/eks-ami-type';

/** Whether one release of a minor is older than another of it. False also where the releases have no order, or one that this library does not know. */
export function isOlderRelease(amiType: string, release: string, other: string): boolean {
  const type = EksAmiType._find(amiType);
  try {
    return type !== undefined && type.releaseFromParameterValue(release).compareTo(type.releaseFromParameterValue(other)) < 0;
  } catch {
    return false;
  }
}
