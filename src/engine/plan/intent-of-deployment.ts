import { Deployment } from './deployment';
import { AddOnStep, isExternal, NodeGroupStep } from './plan-step';
import { AddOnIntent, NodeGroupIntent, UpgradeIntent } from '../change/upgrade-intent';
import { KubernetesMinor } from '../kubernetes/kubernetes-minor';
import { installedVersions } from '../state/add-on-state';
import { ClusterState } from '../state/cluster-state';
import { Known } from '../state/known';
import { mapValues } from '../state/map-values';

/**
 * What the next deployment wants: all that the app does, but for what is left to later ones.
 *
 * @param appVersion the minor in the app as it is written
 */
export function intentOfNext(
  deployment: Deployment, { nodeGroups: live, addOns: installed }: ClusterState, intent: UpgradeIntent, appVersion = intent.version,
): UpgradeIntent {
  const { nodeGroups = {}, addOns = {}, previousVersion } = intent;
  const { from, to } = deployment;
  const moved = intentOfSteps(deployment, intent);
  const isUnsent = from === to && appVersion === previousVersion; // the app names no other version before it
  const isGoingDown = KubernetesMinor.parse(to).isOlderThan(KubernetesMinor.parse(from));
  const [groups, versions] = [namesOf(live), installedVersions(installed)];
  return {
    ...intent,
    version: to,
    previousVersion: isGoingDown || from === to || to === previousVersion ? undefined : previousVersion,
    nodeGroups: {
      ...moved.nodeGroups,
      ...mapValues(nodeGroups, (group, name) => ({
        ...group,
        ...groups.has(name) ? stayingGroup(group) : comingGroup(group, isUnsent ? appVersion : to, appVersion),
        ...moved.nodeGroups?.[name],
      })),
    },
    addOns: {
      ...moved.addOns,
      ...mapValues(addOns, (addOn, name) => ({ ...addOn, ...stayingAddOn(addOn, versions.get(name)), ...moved.addOns?.[name] })),
    },
  };
}

/** What a later deployment wants, once those before it are made: what its steps tell, and what the app pins. */
export function intentOfLater(deployment: Deployment, { addOns: installed }: ClusterState, intent: UpgradeIntent): UpgradeIntent {
  const wanted = intentOfSteps(deployment, intent);
  const versions = installedVersions(installed);
  const there = Object.entries(intent.addOns ?? {}).filter(([name, { removed }]) => !removed && versions.has(name));
  const ofApp = there.map(([name, addOn]): [string, AddOnIntent] => [name, {
    ...addOn.version !== undefined && { ...addOn, version: versions.get(name), previousVersion: versions.get(name) },
    ...wanted.addOns?.[name],
  }]);
  return { ...wanted, addOns: { ...wanted.addOns, ...Object.fromEntries(ofApp) } };
}

function intentOfSteps({ to: version, steps }: Deployment, intent: UpgradeIntent): UpgradeIntent {
  const { supportType, isTakenBack, objects, nodeGroups, addOns } = intent;
  const own = steps.filter((step) => !isExternal(step));
  const rolled = own.filter(
    (step): step is NodeGroupStep => step.kind === 'node-group' && (step.by === 'version' || step.image !== undefined),
  );
  const moved = own.filter((step): step is AddOnStep => step.kind === 'add-on');
  return {
    version,
    supportType,
    isTakenBack,
    objects,
    nodeGroups: Object.fromEntries(rolled.map(({ name, to, releaseVersion, image }) => [name, {
      ...image ? { image: { id: image.id, kubernetesVersion: to } } : { version: to, releaseVersion },
      ...nodeGroups?.[name]?.isForced && { isForced: true },
    }])),
    addOns: Object.fromEntries(moved.map(({ name, to, isPinned }) => {
      const { policy, isNeededByNodes, configuration, given } = addOns?.[name] ?? {};
      return [name, {
        ...policy === undefined || isPinned ? { version: to } : { policy },
        ...addOns?.[name] === undefined && { isOfNoStack: true },
        ...isNeededByNodes !== undefined && { isNeededByNodes },
        ...configuration && { configuration },
        ...given && { given },
      }];
    })),
  };
}

/** A node group that its deployment leaves where it is. */
function stayingGroup({ previous }: NodeGroupIntent): NodeGroupIntent {
  return { version: previous?.version, releaseVersion: previous?.releaseVersion, image: undefined };
}

/** A node group that is created: where it follows the control plane, with the minor of that, which the app then names. */
function comingGroup({ version }: NodeGroupIntent, to: string | undefined, appVersion: string | undefined): Partial<NodeGroupIntent> {
  return version === undefined || version !== appVersion || version === to ? {} : { version: to, releaseVersion: undefined };
}

/** An add-on that its deployment leaves where it is, by its pin or by its policy. */
function stayingAddOn({ version }: AddOnIntent, installed: string | undefined): AddOnIntent | undefined {
  return installed === undefined ? undefined : { version: version === undefined ? undefined : installed, policy: undefined };
}

function namesOf(things: Known<ReadonlyArray<{ readonly name: string }>>): Set<string> {
  return new Set(things.known ? things.value.map(({ name }) => name) : []);
}
