import type { Agent } from 'node:http';
import { budgetState } from './budgets';
import { externalIpServicesOf, KUBE_PROXY_CONFIG, kubeProxyModeOf, runsIngressNginx } from './changed-behaviours';
import { CoreImages } from './core-images';
import { KubernetesApi, KubernetesConnection, KubernetesObject } from './kubernetes-api';
import { KubernetesCallError } from './kubernetes-call-error';
import { InstanceNode, namedByPods } from './nodes-of-groups';
import { podState, VolumesByClaim } from './pods';
import { boundVolume } from './volumes';
import { customResourceState, endpointsOf, webhookStates } from './webhooks';
import { allKnown, Known, known, notKnown } from '../../engine/state/known';
import { keysOf } from '../../engine/state/workloads/label-selector';
import { workloadOf } from '../../engine/state/workloads/pod-state';
import { WebhookState } from '../../engine/state/workloads/webhook-state';
import { NodeState, WorkloadState } from '../../engine/state/workloads/workload-state';

const ZONE_LABEL = 'topology.kubernetes.io/zone';
const GROUP_LABEL = 'eks.amazonaws.com/nodegroup';
const COMPUTE_TYPE_LABEL = 'eks.amazonaws.com/compute-type';

/** How to read workloads. */
export interface ReadWorkloadsOptions {
  /**
   * Tells the nodes of node groups where the API server does not: EKS's access policies do not allow to list nodes.
   *
   * @default - nobody does
   */
  readonly nodesFromElsewhere?: () => Promise<InstanceNode[]>;

  /**
   * Ends the reading.
   *
   * @default - nobody does
   */
  readonly signal?: AbortSignal;

  /**
   * Sends the requests, unless the connection has an agent of its own; it is not used any more afterwards.
   *
   * @default - directly to the API server
   */
  readonly agent?: Agent;
}

/**
 * Reads what runs in a cluster: nodes, pods and budgets; webhooks, definitions of custom resources and volumes as far as they may be read.
 *
 * Lists in pages, and keeps of each object the few fields that are needed.
 *
 * @throws KubernetesCallError if nodes, pods or budgets cannot be read
 * @throws if none of the nodes that others tell is one of the pods'
 */
export async function readWorkloads(
  connection: KubernetesConnection, { nodesFromElsewhere, signal, agent }: ReadWorkloadsOptions = {},
): Promise<WorkloadState> {
  const api = new KubernetesApi(connection, signal, agent);
  try {
    const [budgets, listedNodes, volumes, webhooks, kubeProxyMode, externalIpServices, customResources] = await Promise.all([
      api.list('/apis/policy/v1/poddisruptionbudgets', budgetState),
      listNodes(api, nodesFromElsewhere),
      readVolumes(api),
      readWebhooks(api),
      ifAllowed(async () => api.read(KUBE_PROXY_CONFIG, kubeProxyModeOf)),
      ifAllowed(async () => api.list('/api/v1/services', externalIpServicesOf)),
      ifAllowed(async () => api.list('/apis/apiextensions.k8s.io/v1/customresourcedefinitions', customResourceState)),
    ]);
    const labelKeys = new Set(budgets.flatMap(({ selector }) => selector ? keysOf(selector) : []));
    const coreImages = new CoreImages();
    const ingressNginx = new Set<string>();
    const pods = await api.list('/api/v1/pods', (pod) => { // last, when it is known which labels matter
      const kept = podState(pod, labelKeys, volumes);
      coreImages.note(pod, kept);
      if (runsIngressNginx(pod)) ingressNginx.add(workloadOf(kept));
      return kept;
    });
    return {
      ...listedNodes.areInstances ? { nodes: namedByPods(listedNodes.nodes, pods), areNodesPartial: true } : { nodes: listedNodes.nodes },
      pods,
      budgets,
      coreImages: coreImages.all,
      kubeProxyMode: valueOf(kubeProxyMode),
      ingressNginx: [...ingressNginx].sort(),
      externalIpServices: valueOf(externalIpServices)?.flat(),
      webhooks,
      customResources,
    };
  } finally {
    api.close();
  }
}

/** Nodes by the API server, or by who tells of them in its place. */
type ListedNodes =
  | { readonly areInstances: false; readonly nodes: NodeState[] }
  | { readonly areInstances: true; readonly nodes: InstanceNode[] };

async function listNodes(api: KubernetesApi, elsewhere: ReadWorkloadsOptions['nodesFromElsewhere']): Promise<ListedNodes> {
  try {
    const nodes = await api.list('/api/v1/nodes', ({ metadata: { name, labels = {} }, status }): NodeState => (
      {
        name,
        nodeGroup: labels[GROUP_LABEL],
        zone: labels[ZONE_LABEL],
        kubelet: status?.nodeInfo?.kubeletVersion || undefined,
        containerRuntime: status?.nodeInfo?.containerRuntimeVersion || undefined,
        computeType: labels[COMPUTE_TYPE_LABEL],
      }
    ));
    return { nodes, areInstances: false };
  } catch (error) {
    if (elsewhere && error instanceof KubernetesCallError && error.isForbidden) return { nodes: await elsewhere(), areInstances: true };
    throw error;
  }
}

/** Without them, pods are not seen to be tied to their volumes. */
async function readVolumes(api: KubernetesApi): Promise<VolumesByClaim> {
  return new Map(valueOf(await ifAllowed(async () => api.list('/api/v1/persistentvolumes', boundVolume)))?.flat());
}

async function readWebhooks(api: KubernetesApi): Promise<Known<WebhookState[]>> {
  const kinds = ['ValidatingWebhookConfiguration', 'MutatingWebhookConfiguration'];
  const configurations = allKnown(await Promise.all(kinds.map(async (kind) => ifAllowed(async () =>
    api.list(
      `/apis/admissionregistration.k8s.io/v1/${kind.toLowerCase()}s`, (configuration): KubernetesObject => ({ ...configuration, kind }),
    )))));
  if (!configurations.known) return configurations;
  const all = configurations.value.flat();
  if (all.length === 0) return known([]);

  const slices = await ifAllowed(async () => api.list('/apis/discovery.k8s.io/v1/endpointslices', endpointsOf));
  if (!slices.known) return slices;
  const ready = new Map<string, number>();
  slices.value.flat().forEach(([service, count]) => ready.set(service, (ready.get(service) ?? 0) + count));
  const labels = await ifAllowed(async () => (
    api.list('/api/v1/namespaces', ({ metadata }) => [metadata.name as string, (metadata.labels ?? {}) as Record<string, string>] as const)
  ));
  const namespaces = new Map(valueOf(labels));
  return known(all.flatMap((configuration) => webhookStates(configuration, ready, namespaces)));
}

function valueOf<T>(read: Known<T>): T | undefined {
  return read.known ? read.value : undefined;
}

async function ifAllowed<T>(read: () => Promise<T>): Promise<Known<T>> {
  try {
    return known(await read());
  } catch (error) {
    if (error instanceof KubernetesCallError && error.status !== undefined) return notKnown(error.message);
    throw error;
  }
}
