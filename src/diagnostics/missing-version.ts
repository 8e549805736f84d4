import { says } from './messages';
import { refusal } from '../engine/messages/refusal';

/** What a prop that has to be given holds where TypeScript did not look, or the constant does not exist. */
export function requireVersionGiven<V>(prop: string, version: V | undefined): V {
  if (version === undefined || version === null) throw refusal(says.versionMissing({ prop }));
  return version;
}
