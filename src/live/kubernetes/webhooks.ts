import { KubernetesObject } from './kubernetes-api';
import { LabelSelector, selects } from '../../engine/state/workloads/label-selector';
import { CustomResourceState, WebhookState } from '../../engine/state/workloads/webhook-state';

/** What of the API new nodes need, in the words of findings. */
const NEEDS = [
  { what: 'pods in kube-system', group: '', resource: 'pods', operation: 'CREATE', namespaced: true },
  { what: 'evictions', group: '', resource: 'pods/eviction', operation: 'CREATE', namespaced: false },
  { what: 'nodes', group: '', resource: 'nodes', operation: 'CREATE', namespaced: false },
  { what: 'leases of nodes', group: 'coordination.k8s.io', resource: 'leases', operation: 'CREATE', namespaced: false },
] as const;

/** The webhooks of a configuration that answer from a service, and without which the API server refuses. */
export function webhookStates(
  {
    kind, metadata, webhooks = [],
  }: KubernetesObject, readyEndpoints: ReadonlyMap<string, number>, systemLabels: Readonly<Record<string, string>>,
): WebhookState[] {
  return webhooks.filter(({ failurePolicy, clientConfig }: KubernetesObject) => failurePolicy !== 'Ignore' && clientConfig?.service)
    .map((webhook: KubernetesObject): WebhookState => {
      const { namespace, name } = webhook.clientConfig.service;
      const service = `${namespace}/${name}`;
      return {
        configuration: metadata.name,
        kind,
        name: webhook.name,
        service,
        readyEndpoints: readyEndpoints.get(service) ?? 0,
        concerns: NEEDS.filter((need) => concerns(webhook, need, systemLabels)).map(({ what }) => what),
      };
    });
}

/** Whether a webhook is asked. One with a selector of objects or conditions is asked of some only: which, nobody can tell from here. */
function concerns(
  { rules = [], namespaceSelector = {}, objectSelector = {}, matchConditions = [] }: KubernetesObject, need: typeof NEEDS[number],
  systemLabels: Readonly<Record<string, string>>,
): boolean {
  if (matchConditions.length > 0 || !isEmpty(objectSelector)) return false;
  if (need.namespaced && !selects(namespaceSelector as LabelSelector, systemLabels)) return false;
  if (!need.namespaced && need.resource !== 'nodes' && !isEmpty(namespaceSelector)) return false;
  return rules.some(({ apiGroups = [], resources = [], operations = [], scope = '*' }: KubernetesObject) =>
    includes(apiGroups, need.group) && includes(operations, need.operation) && includesResource(resources, need.resource)
    && (scope === '*' || (scope === 'Cluster') === (need.resource === 'nodes')));
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
