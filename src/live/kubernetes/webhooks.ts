import { KubernetesObject } from './kubernetes-api';
import { LabelSelector, selects } from '../../engine/state/workloads/label-selector';
import { CustomResourceState, WebhookState } from '../../engine/state/workloads/webhook-state';

/** What of the API is needed. */
interface Need {
  /** In the words of findings. */
  readonly what: string;
  readonly group: string;
  readonly resource: string;
  readonly operations: readonly string[];
  /** Where alone it is needed. */
  readonly namespace?: string;
}

/** What a roll of nodes needs, besides evictions. */
const NEEDS: readonly Need[] = [
  { what: 'pods in kube-system', group: '', resource: 'pods', operations: ['CREATE'], namespace: 'kube-system' },
  { what: 'nodes', group: '', resource: 'nodes', operations: ['CREATE', 'UPDATE'] }, // cordoning one updates it
  { what: 'the status of nodes', group: '', resource: 'nodes/status', operations: ['UPDATE'] },
  {
    what: 'leases of nodes',
    group: 'coordination.k8s.io',
    resource: 'leases',
    operations: ['CREATE', 'UPDATE'],
    namespace: 'kube-node-lease',
  },
];

const EVICTIONS: Need = { what: 'evictions', group: '', resource: 'pods/eviction', operations: ['CREATE'] };

/** The labels of namespaces, by their names. */
export type NamespaceLabels = ReadonlyMap<string, Readonly<Record<string, string>>>;

/** The webhooks of a configuration that answer from a service, and without which the API server refuses. */
export function webhookStates(
  { kind, metadata, webhooks = [] }: KubernetesObject, readyEndpoints: ReadonlyMap<string, number>, namespaces: NamespaceLabels,
): WebhookState[] {
  return webhooks.filter(({ failurePolicy, clientConfig }: KubernetesObject) => failurePolicy !== 'Ignore' && clientConfig?.service)
    .map((webhook: KubernetesObject): WebhookState => {
      const { namespace, name } = webhook.clientConfig.service;
      const service = `${namespace}/${name}`;
      const isSpared = ({ namespace: where }: Need) => where !== undefined && !isIn(where, webhook, namespaces);
      return {
        configuration: metadata.name,
        kind,
        name: webhook.name,
        service,
        readyEndpoints: readyEndpoints.get(service) ?? 0,
        concerns: NEEDS.filter((need) => isAsked(webhook, need) && !isSpared(need)).map(({ what }) => what),
        evictionsIn: isAsked(webhook, EVICTIONS) ? namespacesOf(webhook, namespaces) : [],
      };
    });
}

/** Whether a webhook is asked. One with a selector of objects or conditions is asked of some only: which, nobody can tell from here. */
function isAsked(
  { rules = [], objectSelector = {}, matchConditions = [] }: KubernetesObject, { group, resource, operations }: Need,
): boolean {
  if (matchConditions.length > 0 || !isEmpty(objectSelector)) return false;
  const isOfCluster = resource.startsWith('nodes');
  return rules.some(({ apiGroups = [], resources = [], operations: asked = [], scope = '*' }: KubernetesObject) =>
    includes(apiGroups, group) && operations.some((operation) => includes(asked, operation)) && includesResource(resources, resource)
    && (scope === '*' || (scope === 'Cluster') === isOfCluster));
}

/** Undefined for all. */
function namespacesOf(webhook: KubernetesObject, namespaces: NamespaceLabels): string[] | undefined {
  if (isEmpty(webhook.namespaceSelector ?? {})) return undefined;
  return [...namespaces.keys()].filter((namespace) => isIn(namespace, webhook, namespaces)).sort();
}

/** Whether the objects of a namespace are a webhook's matter. Of namespaces that may not be read, the name is known. */
function isIn(namespace: string, { namespaceSelector = {} }: KubernetesObject, namespaces: NamespaceLabels): boolean {
  return selects(namespaceSelector as LabelSelector, namespaces.get(namespace) ?? { 'kubernetes.io/metadata.name': namespace });
}

function isEmpty({ matchLabels = {}, matchExpressions = [] }: LabelSelector): boolean {
  return Object.keys(matchLabels).length === 0 && matchExpressions.length === 0;
}

function includes(values: readonly string[], value: string): boolean {
  return values.includes('*') || values.includes(value);
}

/** `*` is all but subresources, two of them, with a slash between, are all. */
function includesResource(values: readonly string[], value: string): boolean {
  const [resource, subresource] = value.split('/');
  return values.includes(value) || values.includes('*/*') || (subresource === undefined && values.includes('*'))
    || (subresource !== undefined && (values.includes(`${resource}/*`) || values.includes(`*/${subresource}`)));
}

/** The ready endpoints of a slice, by its service. */
export function endpointsOf({ metadata, endpoints }: KubernetesObject): readonly [string, number][] {
  const service = metadata.labels?.['kubernetes.io/service-name'];
  const ready = (endpoints ?? []).filter(({ conditions }: KubernetesObject) => conditions?.ready !== false).length;
  return service ? [[`${metadata.namespace}/${service}`, ready]] : [];
}

/** What is kept of a definition of custom resources. */
export function customResourceState({ metadata, spec, status = {} }: KubernetesObject): CustomResourceState {
  const served = spec.versions.filter((version: KubernetesObject) => version.served).map(({ name }: KubernetesObject) => name);
  return { name: metadata.name, unservedVersions: (status.storedVersions ?? []).filter((version: string) => !served.includes(version)) };
}
