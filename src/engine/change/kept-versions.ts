import { AddOnIntent, NodeGroupIntent } from './upgrade-intent';

/*
 * What CloudFormation does not send, whatever runs: what both templates say alike.
 */

/** Whether both templates give a node group the same versions, or the same image. */
export function keepsNodes({ version, releaseVersion, image, previous }: NodeGroupIntent): boolean {
  if (image) return image.isKept === true;
  return previous !== undefined && previous.version === version && previous.releaseVersion === releaseVersion;
}

/** Whether both templates pin an add-on to the same version, or neither pins it. */
export function keepsAddOn({ version, previousVersion, isResent }: AddOnIntent): boolean {
  return version === previousVersion && !isResent;
}
