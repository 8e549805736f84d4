import { CfnResource, Stack } from 'aws-cdk-lib';
import { says } from './messages';
import { Carried } from '../diagnostics/carried';
import { renderedClusterVersion } from '../diagnostics/rendered-properties';
import { sentence } from '../engine/messages/sentence';

const Watched = new Carried<true>('WatchedVersion');

/**
 * Refuses, when the app is synthesised, that the version of a cluster is another than it was when what depends on it was made: by an
 * escape hatch or an Aspect, which come too late for guard, add-ons and node groups.
 */
export function requireLastingVersion(cluster: CfnResource, version: string): void {
  if (Watched.of(cluster)) return;
  Watched.give(cluster, true);
  cluster.node.addValidation({
    validate: () => {
      const stack = Stack.of(cluster);
      const rendered = renderedClusterVersion(cluster);
      if (JSON.stringify(rendered) === JSON.stringify(stack.resolve(version))) return [];
      const found = typeof rendered === 'string' ? rendered : JSON.stringify(rendered);
      return [`${sentence(says.versionRenderedOtherwise({ rendered: found, version: stack.resolve(version) }))} [${cluster.node.path}]`];
    },
  });
}
