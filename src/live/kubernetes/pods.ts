import { KubernetesObject } from './kubernetes-api';
import { isKindName, isObjectName } from '../../engine/state/workloads/object-name';
import { LocalVolume, PodOwner, PodState, PodTie } from '../../engine/state/workloads/pod-state';

const MIRROR = 'kubernetes.io/config.mirror';
const GROUP_LABEL = 'eks.amazonaws.com/nodegroup';
const HOST_LABEL = 'kubernetes.io/hostname';
const ZONE_LABELS = ['topology.kubernetes.io/zone', 'failure-domain.beta.kubernetes.io/zone'];
/** Who makes ReplicaSets, each with the label of the hash. */
const HASH_LABELS = [
  { label: 'pod-template-hash', kind: 'Deployment' }, { label: 'rollouts-pod-template-hash', kind: 'Rollout' },
] as const;
const DEFAULT_GRACE_SECONDS = 30;

/** What a PersistentVolume is tied to, by the claim that it is bound to: `<namespace>/<name>`. */
export type VolumesByClaim = ReadonlyMap<string, BoundVolume>;

/** A PersistentVolume of a claim. */
export interface BoundVolume {
  readonly isLocal: boolean;
  readonly ties: readonly PodTie[];
}

/** What is kept of a pod: of its labels those that somebody asks for. */
export function podState(
  { metadata, spec, status = {} }: KubernetesObject, labelKeys: ReadonlySet<string>, volumes: VolumesByClaim,
): PodState {
  const ready = status.conditions?.find(({ type }: KubernetesObject) => type === 'Ready');
  const scheduled = status.conditions?.find(({ type }: KubernetesObject) => type === 'PodScheduled');
  const claimed = claimsOf(spec, metadata).flatMap((claim) => volumes.get(`${metadata.namespace}/${claim}`) ?? []);
  return {
    namespace: metadata.namespace,
    name: metadata.name,
    node: spec.nodeName || undefined,
    phase: status.phase ?? 'Unknown',
    isReady: ready?.status === 'True',
    isTerminating: metadata.deletionTimestamp !== undefined,
    isMirror: metadata.annotations?.[MIRROR] !== undefined,
    labels: Object.fromEntries(Object.entries((metadata.labels ?? {}) as Record<string, string>).filter(([key]) => labelKeys.has(key))),
    owner: ownerOf(metadata),
    graceSeconds: spec.terminationGracePeriodSeconds ?? DEFAULT_GRACE_SECONDS,
    ties: [...tiesOf(spec), ...claimed.flatMap(({ ties }) => ties)],
    localVolumes: [
      ...localVolumesOf(spec), ...claimed.filter(({ isLocal }) => isLocal).map((): LocalVolume => ({ kind: 'local', name: 'volume' })),
    ],
    gitRepoVolumes: gitRepoVolumesOf(spec),
    toleratesAll: toleratesAll(spec),
    unschedulable: scheduled?.status === 'False' && scheduled.reason === 'Unschedulable' ? scheduled.message ?? 'no node fits' : undefined,
    hasReadinessProbe: (spec.containers ?? []).some(({ readinessProbe }: KubernetesObject) => readinessProbe !== undefined),
    readyAfterSeconds: ready?.status === 'True' ? secondsUntilReady(status, ready) : undefined,
  };
}

/**
 * A Deployment or a Rollout of Argo, not its ReplicaSet: a ReplicaSet that they made is called after them and the hash of their template,
 * which its pods bear as a label. Whoever makes a pod names its owner as he likes: one that cannot be there is none.
 *
 * @see https://github.com/kubernetes/kubernetes/blob/master/staging/src/k8s.io/apimachinery/pkg/api/validation/objectmeta.go `validateOwnerReference`
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#pod-template-hash-label
 * @see https://github.com/argoproj/argo-rollouts/blob/v1.8.3/pkg/apis/rollouts/v1alpha1/types.go `DefaultRolloutUniqueLabelKey`
 */
function ownerOf({ ownerReferences = [], labels = {} }: KubernetesObject): PodOwner | undefined {
  const owner = ownerReferences.find(({ controller }: KubernetesObject) => controller);
  if (!owner || !isKindName(owner.kind) || !isObjectName(owner.name)) return undefined;
  const maker = owner.kind === 'ReplicaSet' && HASH_LABELS.find(({ label }) => owner.name.endsWith(`-${labels[label]}`));
  return maker
    ? { kind: maker.kind, name: owner.name.slice(0, -`-${labels[maker.label]}`.length) }
    : { kind: owner.kind, name: owner.name };
}

/**
 * Without a key, a toleration is of all of them, and without an effect of each: also of `node.kubernetes.io/unschedulable` and of
 * `eks.amazonaws.com/nodegroup`, by which EKS keeps pods off the nodes that it drains.
 *
 * @see https://github.com/kubernetes-sigs/aws-ebs-csi-driver/issues/758 the taint of EKS
 * @see https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/
 */
function toleratesAll({ tolerations = [] }: KubernetesObject): boolean {
  return tolerations.some(({ key, operator, effect }: KubernetesObject) => (
    !key && operator === 'Exists' && (!effect || effect === 'NoSchedule')
  ));
}

/** Where it was ready at the first go; later times say when it was last ready again. */
function secondsUntilReady(
  { startTime, containerStatuses = [] }: KubernetesObject, { lastTransitionTime }: KubernetesObject,
): number | undefined {
  if (!startTime || !lastTransitionTime || containerStatuses.some(({ restartCount }: KubernetesObject) => restartCount > 0)) {
    return undefined;
  }
  return Math.max(0, Math.round((Date.parse(lastTransitionTime) - Date.parse(startTime)) / 1000));
}

function localVolumesOf({ volumes = [] }: KubernetesObject): LocalVolume[] {
  return volumes.flatMap(({ name, emptyDir, hostPath }: KubernetesObject): LocalVolume[] => [
    ...emptyDir && emptyDir.medium !== 'Memory' ? [{ kind: 'emptyDir', name } as const] : [],
    ...hostPath ? [{ kind: 'hostPath', name: hostPath.path } as const] : [],
  ]);
}

function gitRepoVolumesOf({ volumes = [] }: KubernetesObject): string[] | undefined {
  const names = volumes.flatMap(({ name, gitRepo }: KubernetesObject) => gitRepo ? [name] : []);
  return names.length === 0 ? undefined : names;
}

function claimsOf({ volumes = [] }: KubernetesObject, { name: pod }: KubernetesObject): string[] {
  return volumes.flatMap(({
    name, persistentVolumeClaim, ephemeral,
  }: KubernetesObject) => persistentVolumeClaim?.claimName ?? (ephemeral ? `${pod}-${name}` : []));
}

function tiesOf({ nodeSelector = {}, affinity }: KubernetesObject): PodTie[] {
  const terms = affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms ?? [];
  const selected = Object.entries(nodeSelector as Record<string, string>).flatMap(([key, value]) => tieBy(key, [value], 'nodeSelector'));
  return [...selected, ...tiesOfTerms(terms, 'affinity')];
}

/** Terms are alternatives: only a single one ties. */
export function tiesOfTerms(terms: readonly KubernetesObject[], by: string): PodTie[] {
  if (terms.length !== 1) return [];
  const requirements = [...terms[0].matchExpressions ?? [], ...(terms[0].matchFields ?? [])];
  return requirements.flatMap(({ key, operator, values = [] }: KubernetesObject) => operator === 'In' ? tieBy(key, values, by) : []);
}

function tieBy(key: string, names: readonly string[], by: string): PodTie[] {
  if (key === HOST_LABEL || key === 'metadata.name') return [{ to: 'node', names, by }];
  if (key === GROUP_LABEL) return [{ to: 'node group', names, by }];
  return ZONE_LABELS.includes(key) || key.endsWith('.csi.aws.com/zone') ? [{ to: 'zone', names, by }] : [];
}
