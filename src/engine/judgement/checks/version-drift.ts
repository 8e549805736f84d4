import { messages } from '../../messages/message';
import { aboutCluster, Check } from '../check';

const says = messages({
  drifted: {
    text: 'the cluster runs {current}, but the app still names {version}, and this deployment leaves the version alone',
    remedy: 'set the version in the app to {current}, so that its next change starts from what the cluster runs{next?, or to # at once}',
  },
  overtaken: {
    text: 'the cluster already runs {current}, and the app wants {version}',
    remedy: 'set the version in the app to {current}; to roll back on purpose, deploy {current} first, then {version}',
  },
});

/**
 * The cluster has the version that the app names.
 *
 * A change that is not about the version leaves it alone, whatever it is: CloudFormation compares templates, not clusters. So
 * this is a warning.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-stack-drift.html
 */
export const versionDrift: Check = {
  id: 'version-drift',
  severity: 'warning',
  source: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-stack-drift.html',
  messages: says,

  * examine(change) {
    const { current, isOvertaken, catalog: { offeredVersions }, intent: { version, previousVersion, isMovedElsewhere } } = change;
    if (isMovedElsewhere || version === undefined || version === current.toString()) return;
    const about = aboutCluster(change);
    if (version === previousVersion) {
      const next = current.plus(1).toString();
      const isOffered = offeredVersions.known && offeredVersions.value.some((offered) => offered.version === next);
      yield { about, ...says.drifted({ current, version, next: isOffered && next !== version ? next : undefined }) };
    } else if (isOvertaken) {
      yield { about, severity: 'error', ...says.overtaken({ current, version }) };
    }
  },
};
