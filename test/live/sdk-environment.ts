import type { LocalAws } from '../aws/aws-server';

/** Points the SDK of this process to a local AWS by the environment, as Lambda and shells do. Returns how to undo it. */
export function enterEnvironment({ environment }: Pick<LocalAws, 'environment'>): () => void {
  const variables = Object.fromEntries(Object.entries(environment).filter(([name]) => name.startsWith('AWS_')));
  Object.assign(process.env, variables);
  return () => Object.keys(variables).forEach((name) => delete process.env[name]);
}
