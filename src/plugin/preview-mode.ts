import { CliSettings } from './cli-settings';
import { PreviewMode } from '../preview/question';

/** By which users overrule when there is a preview. */
const USERS_VARIABLE = 'CDK_EKS_UPGRADES_PREVIEW';

/**
 * Whether there is a preview: in `cdk diff` only, unless the user says otherwise. Never where the CLI refuses look-ups.
 *
 * @throws if the user's variable has an unknown value
 */
export function previewModeFor(settings: CliSettings): PreviewMode | undefined {
  const wanted = wantedBy(settings.environment[USERS_VARIABLE], settings);
  return settings.valueOf('lookups') === 'false' ? undefined : wanted;
}

function wantedBy(value: string | undefined, settings: CliSettings): PreviewMode | undefined {
  switch (value) {
    case undefined: case '': return settings.command === 'diff' ? calmly(settings) : undefined;
    case 'off': return undefined;
    case 'on': return calmly(settings);
    case 'strict': return value;
    default: throw new Error(`${USERS_VARIABLE} is '${value}': write off, on or strict`);
  }
}

/** With `cdk diff --strict`, the CLI takes every warning for a failure, and prints no diff. */
function calmly(settings: CliSettings): PreviewMode {
  const strict = settings.valueOf('strict');
  return settings.command === 'diff' && strict !== undefined && strict !== 'false' ? 'calm' : 'on';
}
