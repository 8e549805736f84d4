import { withoutControlCharacters } from '../../engine/state/untrusted-text';

const UNAUTHORIZED = 401;
const FORBIDDEN = 403;
const TOO_MANY_REQUESTS = 429;
const SERVER_ERROR = 500;

/** A call of a Kubernetes API server that failed for good. What its message quotes is freed of control characters. */
export class KubernetesCallError extends Error {
  /**
   * @param status HTTP status; absent when there was no answer
   */
  constructor({ host, pathname }: URL, why: string, readonly status?: number) {
    super(withoutControlCharacters(describe(host, pathname, why, status)));
    this.name = 'KubernetesCallError';
  }

  /** Whether the caller may not do it. */
  public get isForbidden(): boolean {
    return this.status === FORBIDDEN;
  }

  /** Whether another caller might be allowed to. */
  public get isDenied(): boolean {
    return this.status === UNAUTHORIZED || this.isForbidden;
  }

  /** Whether it may work later. */
  public get isTemporary(): boolean {
    return this.status !== undefined && (this.status === TOO_MANY_REQUESTS || this.status >= SERVER_ERROR);
  }
}

function describe(host: string, path: string, why: string, status?: number): string {
  const what = path.split('/').at(-1);
  switch (status) {
    case undefined: return `the Kubernetes API at ${host} could not be reached: ${why}`;
    case UNAUTHORIZED: return `the Kubernetes API at ${host} does not know the caller, whose principal needs an access entry of `
      + 'the cluster (the guard\'s is made by '
      + 'the first deployment with workloads: true)';
    case FORBIDDEN: return `not allowed to list ${what}: ${why} (docs/workloads.md says what is read, and how to allow it)`;
    default: return `listing ${what} failed: ${why}`;
  }
}
