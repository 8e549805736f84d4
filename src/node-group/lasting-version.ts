import { CfnResource, Stack } from 'aws-cdk-lib';
import { renderedClusterVersion } from '../diagnostics/rendered-properties';

const WATCHED = new WeakSet<CfnResource>();

/**
 * Refuses, when the app is synthesised, that the version of a cluster is another than it was when what depends on it was made: by an
 * escape hatch or an Aspect, which come too late for guard, add-ons and node groups.
 */
export function requireLastingVersion(cluster: CfnResource, version: string): void {
  if (WATCHED.has(cluster)) {
    return;
  }
  WATCHED.add(cluster);
  cluster.node.addValidation({
    validate: () => {
      const stack = Stack.of(cluster);
      const rendered = renderedClusterVersion(cluster);
      return JSON.stringify(rendered) === JSON.stringify(stack.resolve(version)) ? [] : [
        `the cluster's version is rendered as ${typeof rendered === 'string' ? rendered : JSON.stringify(rendered)}, but guard, add-ons and node groups are made for `
        + `${stack.resolve(version)}: give the version as a prop or by a property injector, not by an escape hatch or an Aspect [${cluster.node.path}]`,
      ];
    },
  });
}
