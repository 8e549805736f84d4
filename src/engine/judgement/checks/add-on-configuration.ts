import { answerTo, configuredAddOns } from '../../change/add-on-configuration';
import { messages } from '../../messages/message';
import { deniedActionIn } from '../../state/denied-action';
import { aboutCluster, Check } from '../check';

const ACTION = 'eks:DescribeAddonConfiguration';

const says = messages({
  refused: {
    text: 'EKS would refuse its configuration for {version}: {objections;}',
    remedy: "correct it; 'aws eks describe-addon-configuration --addon-name {name} --addon-version {version}' shows what is allowed",
  },
  notAllowed: { text: 'the configuration of {addOns;} was not checked', remedy: 'grant {action} to have it checked' },
  unread: { text: 'the configuration of {addOns;} was not checked', remedy: 'retry to have it checked' },
});

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
  messages: says,

  * examine(change) {
    const unread = new Map<string, string[]>();
    for (const addOn of configuredAddOns(change)) {
      const { name, version } = addOn;
      const objections = answerTo(addOn, change.catalog)?.objections;
      if (objections && !objections.known) unread.set(objections.why, [...unread.get(objections.why) ?? [], `${name} ${version}`]);
      if (objections?.known && objections.value.length > 0) {
        yield { about: { kind: 'add-on', name }, ...says.refused({ name, version, objections: objections.value }) };
      }
    }
    if (unread.size > 0) {
      const addOns = [...unread].map(([why, names]) => `${names.join(', ')} (${why})`);
      const isDenied = [...unread.keys()].some((why) => deniedActionIn(why) === ACTION);
      yield {
        about: aboutCluster(change),
        severity: 'info',
        unknown: true,
        ...isDenied ? says.notAllowed({ addOns, action: ACTION }) : says.unread({ addOns }),
      };
    }
  },
};
