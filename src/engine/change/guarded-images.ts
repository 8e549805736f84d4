/** An image of the app's own that a node group of the guard's stack shall run. */
export interface GuardedImage {
  readonly Id: string;
  /** The Kubernetes minor that it is declared to have. */
  readonly KubernetesVersion?: string;
  /** A launch template of another app that shall name it, and its version. */
  readonly LaunchTemplate?: { readonly Id: string; readonly Version: string };
}

/** The images as one line, each once: `ami-0123456789abcdef0/1.36/lt-0123456789abcdef0/7`. */
export function imagesAsText(images: readonly GuardedImage[]): string {
  const texts = images.map(({ Id, KubernetesVersion, LaunchTemplate }) =>
    [Id, KubernetesVersion, LaunchTemplate?.Id, LaunchTemplate?.Version].join('/').replace(/\/+$/, ''));
  return [...new Set(texts)].join(' ');
}

/** The images that a line tells. */
export function imagesInText(line: string): readonly GuardedImage[] {
  return line.split(' ').filter(Boolean).map((text) => {
    const [Id, KubernetesVersion, template, Version] = text.split('/');
    return { Id, ...KubernetesVersion && { KubernetesVersion }, ...template && { LaunchTemplate: { Id: template, Version } } };
  });
}
