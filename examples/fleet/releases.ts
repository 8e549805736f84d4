import { aws } from './aws-cli';
import { RELEASES } from './fleet';

/** A release as it was published in a Region: one version of the parameter. */
export interface PublishedRelease {
  readonly region: string;
  readonly version: number;
}

/** Publishes a release in a Region; no wave has it yet. */
export function publish(release: string, region: string): PublishedRelease {
  const { Version: version } = aws([
    'ssm', 'put-parameter', '--name', RELEASES, '--tier', 'Advanced', '--type', 'String', '--overwrite', '--value', release, '--region', region,
  ]);
  return { region, version };
}

/** Lets waves have a release: their labels move to its version. */
export function label({ region, version }: PublishedRelease, waves: readonly string[]): void {
  const { InvalidLabels: invalid = [] } = aws([
    'ssm', 'label-parameter-version', '--name', RELEASES, '--parameter-version', String(version), '--labels', ...waves, '--region', region,
  ]);
  if (invalid.length > 0) throw new Error(`SSM takes no label '${invalid.join("', '")}': give the wave another name`);
}
