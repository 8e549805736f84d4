/** An image of the app's own that a node group of the guard's stack shall run. */
export interface GuardedImage {
  readonly Id: string;
  /** The Kubernetes minor that it is declared to have. */
  readonly KubernetesVersion?: string;
  /** A launch template of another app that shall name it, and its version. */
  readonly LaunchTemplate?: { readonly Id: string; readonly Version: string };
}

/**
 * The images as one property of the guard, so that a diff shows one line: `ami-0123456789abcdef0/1.36/lt-0123456789abcdef0/7`,
 * each once.
 */
export function imagesAsProperty(images: readonly GuardedImage[]): string | undefined {
  const texts = images.map(({ Id, KubernetesVersion, LaunchTemplate }) =>
    [Id, KubernetesVersion, LaunchTemplate?.Id, LaunchTemplate?.Version].join('/').replace(/\/+$/, ''));
  return images.length === 0 ? undefined : [...new Set(texts)].join(' ');
}

/** The images that a property of the guard tells; older versions of this library told a list. */
export function imagesInProperty(property: string | readonly GuardedImage[] = []): readonly GuardedImage[] {
  if (typeof property !== 'string') return property;
  return property.split(' ').map((text) => {
    const [Id, KubernetesVersion, template, Version] = text.split('/');
    return { Id, ...KubernetesVersion && { KubernetesVersion }, ...template && { LaunchTemplate: { Id: template, Version } } };
  });
}
