import { isDeepStrictEqual } from 'node:util';
import { BakeProperties } from './resource-properties';

/** Whether what is to bake moves with a deployment, as CloudFormation knows its values. */
export function hasMoved({ Subject: now }: Pick<BakeProperties, 'Subject'>, { Subject: before }: Pick<BakeProperties, 'Subject'>): boolean {
  return !isDeepStrictEqual(now, before);
}
