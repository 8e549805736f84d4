/** A webhook that the API server asks, and without whose answer it refuses. */
export interface WebhookState {
  /** Of the configuration that it stands in. */
  readonly configuration: string;
  readonly kind: 'ValidatingWebhookConfiguration' | 'MutatingWebhookConfiguration';
  readonly name: string;
  /** `<namespace>/<name>` of the service that answers. */
  readonly service: string;
  /** How many endpoints of the service are ready. */
  readonly readyEndpoints: number;
  /** Which of the things that new nodes need it is asked about, such as `pods in kube-system`. */
  readonly concerns: readonly string[];
  /** The namespaces in which it is asked about evictions; absent for all of them. */
  readonly evictionsIn?: readonly string[];
}

/** A kind of custom resources. */
export interface CustomResourceState {
  /** Such as `widgets.example.com`. */
  readonly name: string;
  /** Versions in which objects are stored, and which the API server does not serve any more. */
  readonly unservedVersions: readonly string[];
}
