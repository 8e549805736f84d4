import { isDeepStrictEqual } from 'node:util';
import { isOlderRelease } from './older-release';
import { BakedSubject, BakeProperties } from './resource-properties';
import { KubernetesMinor } from '../kubernetes/kubernetes-minor';

type Baked = Pick<BakeProperties, 'Subject' | 'AmiType' | 'GoingBack'>;

/** Whether what is to bake moves with a deployment, as CloudFormation knows its values. */
export function hasMoved({ Subject: now }: Baked, { Subject: before }: Baked): boolean {
  return !isDeepStrictEqual(now, before);
}

/**
 * Whether what has moved goes back: to an older minor, or to an older release of the same one. Where neither version nor release tells,
 * as of a golden image, it does while its cluster is rolled back.
 */
export function goesBack({ Subject: now, AmiType = '', GoingBack }: Baked, { Subject: before }: Baked): boolean {
  const [minor, minorBefore] = [minorOf(now), minorOf(before)];
  if (minor && minorBefore && !minor.equals(minorBefore)) return minor.isOlderThan(minorBefore);
  const [release, releaseBefore] = [now.ReleaseVersion, before.ReleaseVersion];
  if (release !== undefined && releaseBefore !== undefined && release !== releaseBefore) {
    return isOlderRelease(AmiType, release, releaseBefore);
  }
  return GoingBack === 'true';
}

function minorOf({ Version: version = '' }: BakedSubject): KubernetesMinor | undefined {
  return KubernetesMinor.isValid(version) ? KubernetesMinor.parse(version) : undefined;
}
