import { EksAmiType } from '../ami/eks-ami-type';
import { releaseIn } from '../ami/release-in';

/** Whether one release of a minor is older than another of it. False also where one is not known, or the releases have no order, or one that this library does not know. */
export function isOlderRelease(amiType: string, release: string | undefined, other: string | undefined): boolean {
  const [one, another] = [release, other].map((value) => value === undefined ? undefined : releaseIn(EksAmiType._find(amiType), value));
  return one !== undefined && another !== undefined && one.compareTo(another) < 0;
}
