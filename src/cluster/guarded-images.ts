import { CfnResource } from 'aws-cdk-lib';
import { renderedProperties } from '../diagnostics/rendered-properties';
import { isImageId } from '../engine/ami/image-id';
import { GuardedImage } from '../engine/change/guarded-images';
import { LaunchedImages } from '../node-group/launched-image';

/** The images of the app's own that node groups launch; without those that only the deployment knows. */
export function guardedImages(groups: readonly CfnResource[]): GuardedImage[] {
  return groups.flatMap((group): GuardedImage[] => {
    const { imageId, kubernetesVersion } = LaunchedImages.of(group) ?? {};
    if (imageId === undefined || !isImageId(imageId)) return [];
    const { Id, Version } = renderedProperties(group).LaunchTemplate ?? {};
    const isForeign = typeof Id === 'string' && typeof Version === 'string';
    return [{ Id: imageId, KubernetesVersion: kubernetesVersion, LaunchTemplate: isForeign ? { Id, Version } : undefined }];
  });
}
