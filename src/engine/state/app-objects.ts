/** What an app itself puts into a cluster, as far as it says something about Kubernetes versions. Plain data that survives JSON. */
export interface AppObjects {
  /** Objects whose API some minor of Kubernetes does not serve. */
  readonly removedApis: readonly RemovedApiUse[];
  readonly controllers: readonly ControllerUse[];
  /** Why nothing is known of them; absent where they are. */
  readonly unread?: string;
}

/** An object whose API some minor of Kubernetes does not serve. */
export interface RemovedApiUse {
  /** Construct path of the manifest. */
  readonly construct: string;
  /** Such as `policy/v1beta1`. */
  readonly apiVersion: string;
  readonly kind: string;
  /** Absent where only the deployment knows it. */
  readonly name?: string;
  /** The first minor that does not serve it. */
  readonly removedIn: string;
  /** API version and kind to use instead; absent where none is known. */
  readonly replacement?: string;
}

/** A controller whose version says which minors of Kubernetes it is for. */
export interface ControllerUse {
  /** Construct path of the chart or manifest. */
  readonly construct: string;
  /** Such as `karpenter`. */
  readonly controller: string;
  /** Such as `1.9.0`. */
  readonly version: string;
}
