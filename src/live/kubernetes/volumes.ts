import { KubernetesObject } from './kubernetes-api';
import { BoundVolume, tiesOfTerms } from './pods';

/** A PersistentVolume by the claim that it is bound to; nothing when it is bound to none, or usable anywhere. */
export function boundVolume({ spec = {} }: KubernetesObject): readonly [string, BoundVolume][] {
  const { claimRef, local, hostPath, nodeAffinity } = spec;
  const ties = tiesOfTerms(nodeAffinity?.required?.nodeSelectorTerms ?? [], 'volume data');
  const isLocal = Boolean(local ?? hostPath);
  return claimRef && (isLocal || ties.length > 0) ? [[`${claimRef.namespace}/${claimRef.name}`, { isLocal, ties }]] : [];
}
