import { says } from './messages';
import { inCode } from './require-kind';
import { refusal } from '../engine/messages/refusal';

/** What a prop that has to be given holds where TypeScript did not look, or the constant does not exist. */
export function requireVersionGiven<V>(prop: string, version: V | undefined): V {
  if (version === undefined || version === null) throw refusal(says.versionMissing({ prop, value: inCode(version) }));
  requireVersionIfGiven(prop, version);
  return version;
}

/** Refuses what is given and not a `KubernetesVersion`, or one of nothing: it would pass for one that is left out. */
export function requireVersionIfGiven(prop: string, version: unknown): void {
  if (version === undefined || version === null) return;
  const isVersion = typeof version === 'object' && 'version' in version;
  if (isVersion && (typeof version.version === 'string' || typeof version.version === 'number')) return; // YAML has numbers
  const value = isVersion ? `KubernetesVersion.of(${inCode(version.version)})` : inCode(version);
  throw refusal(says.versionMissing({ prop, value }));
}
