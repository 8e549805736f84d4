import { InvalidArgumentError } from 'commander';
import { KubernetesMinor } from '../engine/kubernetes/kubernetes-minor';

/** Reads the Kubernetes version that an option names; YAML of a pipeline turns an unquoted `1.30` into `1.3`. */
export function parseVersion(text: string): string {
  try {
    return KubernetesMinor.ofEks(text).toString();
  } catch (error) {
    throw new InvalidArgumentError((error as Error).message);
  }
}
