import { says } from './messages';
import { inCode } from './require-kind';
import { refusal } from '../engine/messages/refusal';

/** What a prop that has to be given holds where TypeScript did not look, or the constant does not exist. */
export function requireVersionGiven<V>(prop: string, version: V | undefined): V {
  if (version === undefined || version === null) throw refusal(says.versionMissing({ prop, value: inCode(version) }));
  requireVersionIfGiven(prop, version);
  return version;
}

/**
 * Refuses what is given and not a `KubernetesVersion`, or one of nothing: it would pass for one that is left out. Also one of a number such as
 * 1.36, as YAML has it without quotes, which equals no text. Others, such as 1.3, are refused as no version of EKS where they are read.
 */
export function requireVersionIfGiven(prop: string, version: unknown): void {
  if (version === undefined || version === null) return;
  const isVersion = typeof version === 'object' && 'version' in version;
  if (isVersion && typeof version.version === 'string') return;
  const value = isVersion ? `KubernetesVersion.of(${inCode(version.version)})` : inCode(version);
  if (isVersion && typeof version.version === 'number') {
    if (!/^\d+\.\d{2,}$/.test(String(version.version))) return;
    throw refusal(says.notOfKind({ prop, value, write: `KubernetesVersion.of('${version.version}'), with quotes` }));
  }
  throw refusal(says.versionMissing({ prop, value }));
}
