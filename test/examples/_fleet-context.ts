import { releaseOf, type Wave } from '../../examples/fleet/fleet';

/** The release of every wave to which none is given. */
const OLD = '1.36.2-20260714';

/** What `cdk.context.json` holds: the release of each wave, in each account and Region that it has. */
export function promoted(waves: readonly Wave[], releases: Record<string, string> = {}): Record<string, string> {
  return Object.fromEntries(waves.flatMap(({ name, clusters }) => clusters.map(({ account, region }) =>
    [`ssm:account=${account}:parameterName=${releaseOf(name, region).replaceAll(':', '$:')}:region=${region}`, releases[name] ?? OLD])));
}
