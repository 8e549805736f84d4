import { EksAmiRelease } from './eks-ami-release';
import { EksAmiType } from './eks-ami-type';

/** The release that a release version, or the value of a parameter of AWS, names; undefined where there is none of the type. */
export function releaseIn(type: EksAmiType | undefined, value: string | undefined): EksAmiRelease | undefined {
  try {
    return value === undefined ? undefined : type?.releaseFromParameterValue(value);
  } catch {
    return undefined;
  }
}
