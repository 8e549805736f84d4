import { KubernetesObject } from './kubernetes-api';
import { BoundVolume, tiesOfTerms } from './pods';
import { VOLUME_DATA } from '../../engine/state/workloads/pod-state';

/**
 * A PersistentVolume by the claim that it is bound to; nothing when it is bound to none, or usable anywhere.
 *
 * One that was released, which it is kept as by the policy `Retain`, still names its claim, which another may have by now.
 *
 * @see https://kubernetes.io/docs/concepts/storage/persistent-volumes/#retain
 */
export function boundVolume({ spec = {}, status }: KubernetesObject): readonly [string, BoundVolume][] {
  const { claimRef, local, hostPath, nodeAffinity } = spec;
  const ties = tiesOfTerms(nodeAffinity?.required?.nodeSelectorTerms ?? [], VOLUME_DATA);
  const isLocal = Boolean(local ?? hostPath);
  return claimRef && status?.phase === 'Bound' && (isLocal || ties.length > 0) ? [[`${claimRef.namespace}/${claimRef.name}`, { isLocal, ties }]] : [];
}
