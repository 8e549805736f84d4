const SUBDOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const KIND = /^[a-z]([-a-z0-9]*[a-z0-9])?$/i;

/**
 * Whether an object of Kubernetes can have a name. What refers to one is any text that somebody wrote, which must not get into a command.
 *
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#dns-subdomain-names
 */
export function isObjectName(text: string): boolean {
  return SUBDOMAIN.test(text);
}

/** Whether a kind can have a name. */
export function isKindName(text: string): boolean {
  return KIND.test(text);
}
