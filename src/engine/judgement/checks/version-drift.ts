import { aboutCluster, Check } from '../check';

/**
 * The cluster has the version that the app names.
 *
 * A change that is not about the version leaves it alone, whatever it is: CloudFormation compares templates, not clusters. So this is a warning.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-stack-drift.html
 */
export const versionDrift: Check = {
  id: 'version-drift',
  severity: 'warning',
  source: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-stack-drift.html',

  * examine(change) {
    const { current, intent: { version, previousVersion, isMovedElsewhere } } = change;
    if (isMovedElsewhere || version === undefined || version !== previousVersion || version === current.toString()) return;
    yield {
      about: aboutCluster(change),
      message: `the cluster has ${current}, the app names ${version} as before, and this change leaves the version alone`,
      remedy: `write ${current} into the app, so that the next change of the version starts from what the cluster has`,
    };
  },
};
