import { versionOfAddOnAfter } from '../../change/add-on-configuration';
import { Change, offersOfAddOn, wantedOfAddOn } from '../../change/change';
import { messages } from '../../messages/message';
import { installedVersions } from '../../state/add-on-state';
import { AddOnVersionTraits } from '../../state/region-catalog';
import { Check } from '../check';

const says = messages({
  needsConfiguration: {
    text: '{version} requires a configuration, and the template gives none',
    remedy: 'set configurationValues as {shownBy} describes them',
  },
  needsPermissions: {
    text: '{version} requires AWS permissions, and the template grants none',
    remedy: 'set podIdentities ({shownBy} recommends policies) or serviceAccountRole, unless the role of the nodes has the permissions',
  },
  needsBoth: {
    text: '{version} requires a configuration and AWS permissions, and the template gives neither',
    remedy: [
      'set configurationValues as {shownBy} describes them;',
      'set podIdentities ({shownBy} recommends policies) or serviceAccountRole, unless the role of the nodes has the permissions',
    ],
  },
});

/**
 * The version that an add-on is to have asks for nothing that its template does not give it: a configuration, or permissions in AWS.
 *
 * EKS says of each version whether it works without configuration, and whether it calls AWS. Permissions come from a role of the
 * add-on, by Pod Identity or IRSA, else from the nodes, which no template of the add-on shows: this is no more than an
 * information. Told of add-ons that are created, and of those that move to a version that needs what theirs does not.
 *
 * @see https://docs.aws.amazon.com/eks/latest/APIReference/API_AddonVersionInfo.html
 */
export const addOnRequirements: Check = {
  id: 'add-on-requirements',
  severity: 'info',
  source: 'https://docs.aws.amazon.com/eks/latest/APIReference/API_AddonVersionInfo.html',
  messages: says,

  * examine(change) {
    const installed = installedVersions(change.state.addOns);
    for (const name of Object.keys(change.intent.addOns ?? {})) {
      const { removed, given } = wantedOfAddOn(change, name);
      const version = removed || !given ? undefined : versionOfAddOnAfter(change, name, installed.get(name));
      if (version === undefined || version === installed.get(name)) continue;
      const [wanted, before] = [traitsOf(change, name, version), traitsOf(change, name, installed.get(name))];
      const needsConfiguration = wanted.requiresConfiguration && !before.requiresConfiguration && !given!.includes('configuration');
      const needsPermissions = wanted.requiresIamPermissions && !before.requiresIamPermissions && !given!.includes('role');
      if (!needsConfiguration && !needsPermissions) continue;
      const say = !needsPermissions ? says.needsConfiguration : needsConfiguration ? says.needsBoth : says.needsPermissions;
      const shownBy = `'aws eks describe-addon-configuration --addon-name ${name} --addon-version ${version}'`;
      yield { about: { kind: 'add-on', name }, ...say({ version, shownBy }) };
    }
  },
};

/** What EKS says of a version, for the Kubernetes version to come or the one that the cluster has. */
function traitsOf(change: Change, name: string, version: string | undefined): AddOnVersionTraits {
  const offers = [change.target, change.current].map((minor) => offersOfAddOn(change, name, minor));
  const traits = offers.flatMap((offer) => offer.known && version !== undefined ? offer.value.traits?.[version] ?? [] : []);
  return traits[0] ?? {};
}
