/**
 * The IDs of all checks, in the order in which their findings are reported.
 *
 * They stand apart from the checks, so that an app can ask for them without loading the engine.
 */
export const CHECK_IDS = [
  'minor-step',
  'target-supported',
  'version-drift',
  'control-plane-elsewhere',
  'version-rollback',
  'support-policy',
  'cluster-active',
  'update-in-progress',
  'cluster-combined-update',
  'cluster-health',
  'upgrade-insights',
  'rollback-insights',
  'insight-age',
  'node-group-readable',
  'node-group-skew',
  'node-group-health',
  'node-group-current',
  'node-group-version',
  'node-group-release',
  'node-group-combined-update',
  'ami-published',
  'add-on-readable',
  'add-on-compatibility',
  'vpc-cni-step',
  'kube-proxy-skew',
  'add-on-health',
  'free-addresses',
  'way-back',
  'stack-rollback',
  'fargate-pods',
  'auto-mode-nodes',
  'support-period',
] as const;

/** The ID of a check. */
export type CheckId = typeof CHECK_IDS[number];

/** What the IDs of findings about insights begin with; the rest is the insight's name. */
export const INSIGHT_ID_PREFIX = 'insight-';

/**
 * Whether something has the form of what accepts findings: the ID of a check, alone or before a colon and a subject, or that of an insight.
 *
 * Whether there is such a finding, only the live cluster shows.
 */
export function acceptsFindings(id: string): boolean {
  const [check] = id.split(':');
  return CHECK_IDS.some((known) => known === check) || id.startsWith(INSIGHT_ID_PREFIX);
}
