import { INSIGHT_ID_PREFIX } from './check';
import { CHECKS } from './checks';

/** The IDs of all checks, in the order in which their findings are reported. */
export const CHECK_IDS: readonly string[] = CHECKS.map(({ id }) => id);

/**
 * Whether something has the form of what accepts findings: the ID of a check, alone or before a colon and a subject, or that of an insight.
 *
 * Whether there is such a finding, only the live cluster shows.
 */
export function acceptsFindings(id: string): boolean {
  return CHECK_IDS.includes(id.split(':')[0]) || id.startsWith(INSIGHT_ID_PREFIX);
}
