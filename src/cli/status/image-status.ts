import { NodeGroupDeclaration } from '../../engine/declaration/cluster-declaration';
import { daysSince } from '../../engine/state/recommended-release';
import { imageIn, RegionCatalog } from '../../engine/state/region-catalog';

/** Where a golden image stands. */
export interface ImageStatus {
  /** The ID of the image. */
  readonly live?: string;
  readonly imageName?: string;
  /** How old the image is, in days. */
  readonly ageDays?: number;
  /** The image that its parameter holds now. */
  readonly recommended?: string;
  /** How long the parameter has held it, in days. */
  readonly recommendedForDays?: number;
}

/** Tells where an image stands that runs, beside what its parameter publishes. */
export function imageStatus(
  id: string | undefined, tracked: Pick<NodeGroupDeclaration, 'parameterName'> | undefined, catalog: RegionCatalog, now: Date,
): ImageStatus {
  const image = id === undefined ? undefined : imageIn(catalog, id);
  const { name, createdAt } = (image?.known ? image.value : undefined) ?? {};
  const published = tracked?.parameterName === undefined ? undefined : catalog.publishedImages?.[tracked.parameterName];
  const { id: recommended, since } = (published?.known ? published.value : undefined) ?? {};
  return {
    live: id,
    imageName: name,
    ageDays: createdAt === undefined ? undefined : daysSince(createdAt, now),
    recommended,
    recommendedForDays: since === undefined ? undefined : daysSince(since, now),
  };
}
