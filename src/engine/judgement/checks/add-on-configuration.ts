import { answerTo, configuredAddOns } from '../../change/add-on-configuration';
import { deniedActionIn } from '../../state/denied-action';
import { aboutCluster, Check, Observation } from '../check';

const ACTION = 'eks:DescribeAddonConfiguration';

/**
 * The configuration of an add-on fits the version that it is to have: its values by a schema, and its service accounts with Pod Identity.
 *
 * EKS holds both against the version when it updates or creates the add-on, which is after the control plane has moved. Judged of
 * add-ons that are created, that move, or whose configuration changes, and as far as the template tells without the deployment.
 * Where EKS may not be asked, one information says so.
 *
 * @see https://docs.aws.amazon.com/eks/latest/APIReference/API_DescribeAddonConfiguration.html
 */
export const addOnConfiguration: Check = {
  id: 'add-on-configuration',
  severity: 'error',
  source: 'https://docs.aws.amazon.com/eks/latest/APIReference/API_DescribeAddonConfiguration.html',

  * examine(change) {
    const unread = new Map<string, string[]>();
    for (const addOn of configuredAddOns(change)) {
      const { name, version } = addOn;
      const objections = answerTo(addOn, change.catalog)?.objections;
      if (objections && !objections.known) unread.set(objections.why, [...unread.get(objections.why) ?? [], `${name} ${version}`]);
      if (objections?.known && objections.value.length > 0) yield { about: { kind: 'add-on', name }, ...refused(addOn, objections.value) };
    }
    if (unread.size > 0) {
      yield {
        about: aboutCluster(change),
        severity: 'info',
        unknown: true,
        message: `not looked at: the configuration of ${[...unread].map(([why, addOns]) => `${addOns.join(', ')} (${why})`).join('; ')}`,
        remedy: [...unread.keys()].some(
          (why) => deniedActionIn(why) === ACTION,
        ) ? `allow ${ACTION} to have it looked at` : 'try again to have it looked at',
      };
    }
  },
};

function refused(
  { name, version }: { readonly name: string; readonly version: string }, objections: readonly string[],
): Omit<Observation, 'about'> {
  return {
    message: `EKS would refuse its configuration with ${version}: ${objections.join('; ')}`,
    remedy: `correct it; 'aws eks describe-addon-configuration --addon-name ${name} --addon-version ${version}' shows what is allowed`,
  };
}
