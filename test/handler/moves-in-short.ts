/**
 * What a deployment moves: what the change says of it, and what the block of the preview says, in one shape.
 */
import { versionOfAddOnAfter } from '../../src/engine/change/add-on-configuration';
import { addOnChoiceOf, addOnsOf, Change, movesNodeGroup, nodeGroupsOf, versionAfter } from '../../src/engine/change/change';
import { keepsNodes } from '../../src/engine/change/kept-versions';
import { AddOnIntent, NodeGroupIntent } from '../../src/engine/change/upgrade-intent';
import { NodeGroupState } from '../../src/engine/state/node-group-state';
import { ClusterPreview } from '../../src/preview/cluster-preview';

/** Of the control plane the version that it gets; of node groups and add-ons what becomes of each. */
export interface Moves {
  readonly controlPlane: string;
  readonly nodeGroups: Readonly<Record<string, string>>;
  readonly addOns: Readonly<Record<string, string>>;
}

export function movesOfChange(change: Change): Moves {
  const { nodeGroups = {}, addOns = {} } = change.intent;
  const live = new Map(nodeGroupsOf(change).map((group) => [group.name, group]));
  const installed = new Map(addOnsOf(change).map(({ name, version }) => [name, version]));
  return {
    controlPlane: change.target.toString(),
    nodeGroups: mapped(nodeGroups, (name, wanted) => moveOfGroup(change, wanted, live.get(name))),
    addOns: mapped(addOns, (name, wanted) => moveOfAddOn(change, name, wanted, installed.get(name))),
  };
}

function moveOfGroup(change: Change, wanted: NodeGroupIntent, live: NodeGroupState | undefined): string {
  const { removed, image, releaseVersion, replacedBy = [], otherChanges = [] } = wanted;
  if (!live) return removed || keepsNodes(wanted) ? 'is not there' : `comes with ${image?.id ?? releaseVersion}`;
  if (removed) return 'goes';
  if (replacedBy.length > 0) return 'is replaced';
  if (movesNodeGroup(change, live)) return `gets ${versionAfter(change, live)} ${image?.id ?? releaseVersion ?? live.releaseVersion}`;
  return otherChanges.includes('LaunchTemplate') ? 'rolls for its launch template' : `keeps ${live.releaseVersion}`;
}

function moveOfAddOn(change: Change, name: string, { removed, isNew }: AddOnIntent, installed: string | undefined): string {
  if (removed) return installed === undefined ? 'is not there' : 'goes';
  const choice = addOnChoiceOf(change, name, installed);
  const to = choice ? choice.version : installed ?? (isNew ? versionOfAddOnAfter(change, name, installed) : undefined);
  if (choice?.objection) return 'gets no version';
  if (to === undefined) return 'is not there';
  return to === installed ? `keeps ${to}` : `gets ${to}`;
}

export function movesOfBlock({ version, nodeGroups, addOns }: ClusterPreview): Moves {
  return {
    controlPlane: version.wanted,
    nodeGroups: Object.fromEntries(nodeGroups.map(({ name, from, to, isReplaced, relaunches }) => {
      if (!from || !to) return [name, from ? 'goes' : to ? `comes with ${to.release}` : 'is not there'];
      if (isReplaced) return [name, 'is replaced'];
      if (from.version !== to.version || from.release !== to.release) return [name, `gets ${to.version} ${to.release}`];
      return [name, relaunches ? 'rolls for its launch template' : `keeps ${to.release}`];
    })),
    addOns: Object.fromEntries(addOns.map(({ name, from, to, why }) => {
      if (why !== undefined) return [name, 'gets no version'];
      if (to === undefined) return [name, from === undefined ? 'is not there' : 'goes'];
      return [name, to === from ? `keeps ${to}` : `gets ${to}`];
    })),
  };
}

function mapped<T>(things: Readonly<Record<string, T>>, describe: (name: string, thing: T) => string): Record<string, string> {
  return Object.fromEntries(Object.entries(things).map(([name, thing]) => [name, describe(name, thing)]));
}
