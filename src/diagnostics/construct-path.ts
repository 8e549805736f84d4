import { Construct, RootConstruct } from 'constructs';

/** The path that a construct will have once it exists: the tree replaces the `/` in an ID, so that nobody takes it for two. */
export function pathOfChild(scope: Construct, id: string): string {
  return [scope.node.path, new RootConstruct(id).node.id].filter(Boolean).join('/');
}
