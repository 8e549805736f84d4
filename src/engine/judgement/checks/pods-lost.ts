import { Change, nodesVersionOf, versionAfter, wantedOfNodeGroup } from '../../change/change';
import { firstMinorOf, isChangedIn } from '../../kubernetes/behaviour-changes';
import { KubernetesMinor } from '../../kubernetes/kubernetes-minor';
import { messages } from '../../messages/message';
import { isFinished, isLeaving, PodState } from '../../state/workloads/pod-state';
import { Check, Observation } from '../check';
import { isEvicted } from '../workloads/rehearsal';
import { editOwner, kubectl } from '../workloads/remedies';
import { Drain, drainOf } from '../workloads/rolled-node-groups';
import { aboutWorkload, byWorkload, GROUPS_GO, groupsThatGo, podsInWords, whereInWords } from '../workloads/workload-words';

const GIT_REPO = 'git-repo-volume';
/** The last minor whose kubelets run them all the same, where their feature gate is set. */
const LAST_WITH_GATE = KubernetesMinor.parse('1.35');

const WHEN = `when ${GROUPS_GO}` as const;

const says = messages({
  bare: {
    text: `{pods} has no owner: nothing recreates it ${WHEN}`,
    remedy: 'manage it with a controller such as a Deployment, or keep its definition to apply it again: {command}',
  },
  data: {
    text: `{pods} {count: loses|lose} what is in {volumes} ${WHEN}`,
    remedy: 'save the data, or keep it in a PersistentVolume that follows the pod: {command}',
  },
  gitRepo: {
    text: [
      `{pods} cannot start again ${WHEN}:`,
      'the kubelet refuses gitRepo volumes from Kubernetes {since} on ({volumes}), up to {lastWithGate} unless its feature gate',
      'GitRepoVolumeDriver is set, and the new nodes run {version}',
    ],
    remedy: 'clone the repository in an init container into an emptyDir first: {command}',
  },
});

/**
 * What is evicted comes back, and its data with it.
 *
 * A warning: pods that nothing owns are gone for good; of the only pod of a workload the data in an `emptyDir` are gone, and of any
 * pod those on a disk of the node (`local` volumes, `hostPath`). Pods in kube-system are left out of the last: they read what the node has.
 * An error: pods with `gitRepo` volumes where the new nodes run 1.33 or newer, whose kubelet does not start them. Nodes of 1.33 to 1.35
 * that run them already have the kubelet's feature gate for it, which 1.36 no longer allows.
 *
 * @see https://kubernetes.io/docs/concepts/storage/volumes/
 * @see https://github.com/kubernetes/enhancements/issues/5040
 */
export const podsLost: Check = {
  id: 'pods-lost',
  severity: 'warning',
  source: 'https://kubernetes.io/docs/concepts/storage/volumes/',
  messages: says,

  * examine(change) {
    const drained = drainOf(change);
    if (!drained) return;
    const pods = drained.workloads.pods.filter((pod) => drained.groupOfNode.has(pod.node ?? '') && !pod.isMirror && !isLeaving(pod)
      && (isEvicted(pod) || pod.phase === 'Pending' || pod.owner?.kind === 'DaemonSet'));
    for (const workload of byWorkload(pods)) {
      const observation = refused(workload, change, drained) ?? lossOf(workload, drained);
      if (observation) yield observation;
    }
  },
};

function lossOf(pods: readonly PodState[], drained: Drain): Observation | undefined {
  const [{ owner }] = pods;
  if (owner?.kind === 'DaemonSet') return undefined;
  return owner ? lostData(pods, drained) : lostPod(pods, drained);
}

/** What somebody brings back, and the kubelets of the new nodes do not start. */
function refused(pods: readonly PodState[], change: Change, drained: Drain): Observation | undefined {
  const [{ owner }] = pods;
  const versionOn = ({ node = '' }: PodState): KubernetesMinor | undefined => {
    const { name, state } = drained.groupOfNode.get(node)!;
    return wantedOfNodeGroup(change, name).removed ? undefined : versionAfter(change, state);
  };
  const hasGate = ({ node = '' }: PodState): boolean => {
    const live = nodesVersionOf(change, drained.groupOfNode.get(node)!.state);
    return live.known && isChangedIn(GIT_REPO, live.value);
  };
  const isRefused = (pod: PodState) => {
    const version = versionOn(pod);
    return pod.gitRepoVolumes !== undefined && version !== undefined && isChangedIn(GIT_REPO, version)
      && (version.isNewerThan(LAST_WITH_GATE) || !hasGate(pod));
  };
  const never = pods.filter(isRefused);
  if (!owner || never.length === 0) return undefined;
  return {
    about: aboutWorkload(pods[0], drained),
    severity: 'error',
    ...says.gitRepo({
      pods: podsInWords(never),
      ...groupsThatGo(never, drained),
      since: firstMinorOf(GIT_REPO),
      lastWithGate: LAST_WITH_GATE,
      volumes: [...new Set(never.flatMap(({ gitRepoVolumes = [] }) => gitRepoVolumes))].sort(),
      version: versionOn(never[0])!,
      command: editOwner(pods[0]),
    }),
    details: whereInWords(never, drained),
  };
}

function lostPod(pods: readonly PodState[], drained: Drain): Observation {
  const [{ namespace, name }] = pods;
  return {
    about: aboutWorkload(pods[0], drained),
    ...says.bare({ pods: podsInWords(pods), ...groupsThatGo(pods, drained), command: kubectl(namespace, `get pod ${name} -o yaml`) }),
    details: whereInWords(pods, drained),
  };
}

function lostData(pods: readonly PodState[], drained: Drain): Observation | undefined {
  const [{ namespace, owner }] = pods;
  const isOfOwner = (pod: PodState) => pod.namespace === namespace && pod.owner?.kind === owner?.kind && pod.owner?.name === owner?.name
    && !isFinished(pod) && !isLeaving(pod);
  const all = drained.workloads.pods.filter(isOfOwner);
  const lost = pods.filter((pod) => volumesLost(pod, all.length).length > 0);
  if (lost.length === 0) return undefined;
  const volumes = [...new Set(lost.flatMap((pod) => volumesLost(pod, all.length)))].sort();
  return {
    about: aboutWorkload(pods[0], drained),
    ...says.data({ pods: podsInWords(lost), count: lost.length, volumes, ...groupsThatGo(lost, drained), command: editOwner(pods[0]) }),
    details: whereInWords(lost, drained),
  };
}

function volumesLost({ namespace, localVolumes }: PodState, replicas: number): string[] {
  return localVolumes
    .filter(({ kind }) => kind === 'local' || (kind === 'emptyDir' ? replicas === 1 : namespace !== 'kube-system'))
    .map(({ kind, name }) => `${kind} ${name}`);
}
