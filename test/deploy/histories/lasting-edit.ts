/**
 * What users change although EKS keeps it for life: CloudFormation would make the thing anew, or fail half-way.
 */
import fc from 'fast-check';
import type { AppModel, ClusterCreation, GroupModel } from './app-model';

/** An edit; numbers choose among what there is. */
export type LastingEdit =
  /** The construct gets another ID, and back. */
  | { readonly do: 'rename group'; readonly group: number }
  | { readonly do: 'rename cluster' }
  /** A group that is there gets a fixed name. */
  | { readonly do: 'name group'; readonly group: number }
  | { readonly do: 'add named group' }
  | { readonly do: 'set AMI type'; readonly group: number; readonly bottlerocket: boolean }
  /** A group goes to one of the cluster's subnets. */
  | { readonly do: 'set subnet'; readonly group: number; readonly subnet: number }
  /** Two groups exchange what they are, but for what only a change set tells. */
  | { readonly do: 'exchange groups'; readonly group: number }
  /** By one of the app's security groups, or no access. */
  | { readonly do: 'set SSH access'; readonly group: number; readonly from: string | undefined }
  | { readonly do: 'set disk size'; readonly group: number; readonly diskSize: number }
  | { readonly do: 'make cluster otherwise'; readonly what: ClusterCreation }
  | { readonly do: 'move add-on'; readonly addOn: number }
  | { readonly do: 'use launch template'; readonly group: number; readonly template: string | undefined }
  | { readonly do: 'add group with launch template'; readonly template: string }
  | { readonly do: 'respect budgets' }
  /** What EKS does in place: it rolls the nodes. */
  | { readonly do: 'change launch templates'; readonly monitoring: boolean };

const group = fc.nat({ max: 7 });
const template = fc.constantFrom('One', 'Two');
const source = fc.constantFrom('Bastion', 'Office');

export const lastingEdits: fc.Arbitrary<LastingEdit> = fc.oneof(
  fc.record({ do: fc.constant('rename group' as const), group }),
  fc.constant({ do: 'rename cluster' as const }),
  fc.record({ do: fc.constant('name group' as const), group }),
  fc.constant({ do: 'add named group' as const }),
  fc.record({ do: fc.constant('set AMI type' as const), group, bottlerocket: fc.boolean() }),
  fc.record({ do: fc.constant('set subnet' as const), group, subnet: fc.nat({ max: 1 }) }),
  fc.record({ do: fc.constant('exchange groups' as const), group }),
  fc.record({ do: fc.constant('set SSH access' as const), group, from: fc.option(source, { nil: undefined }) }),
  fc.record({ do: fc.constant('set disk size' as const), group, diskSize: fc.constantFrom(50, 100) }),
  fc.record({
    do: fc.constant('make cluster otherwise' as const),
    what: fc.constantFrom<ClusterCreation>('add-ons', 'role', 'encryption', 'addresses'),
  }),
  fc.constant({ do: 'respect budgets' as const }),
  fc.record({ do: fc.constant('move add-on' as const), addOn: fc.nat({ max: 7 }) }),
  fc.record({ do: fc.constant('use launch template' as const), group, template: fc.option(template, { nil: undefined }) }),
  fc.record({ do: fc.constant('add group with launch template' as const), template }),
  fc.record({ do: fc.constant('change launch templates' as const), monitoring: fc.boolean() }),
);

/** Whether an edit is of what EKS keeps for life, or of whether a group is there at all. */
export function isLasting({ do: what }: { readonly do: string }): boolean {
  return LASTING.includes(what);
}

const LASTING = [
  'rename group', 'rename cluster', 'name group', 'add named group', 'set AMI type', 'set disk size', 'make cluster otherwise', 'move add-on',
  'use launch template', 'add group with launch template', 'remove group', 'set instance type', 'set subnet', 'exchange groups',
  'set SSH access',
];

/** Whether CloudFormation alone knows what an edit changes: EKS does not show it. */
export function isKnownByChangeSetOnly(edit: { readonly do: string; readonly what?: unknown }): boolean {
  return edit.what === 'add-ons';
}

/** The app after an edit; the same app where there is nothing to edit. */
export function editedForLife(app: AppModel, edit: LastingEdit): AppModel {
  switch (edit.do) {
    case 'rename cluster': return { ...app, clusterId: app.clusterId === undefined ? 'Main' : undefined };
    case 'rename group': return { ...app, groups: renamed(app.groups, edit.group) };
    case 'name group': return withGroup(app, edit.group, (one, id) => ({ ...one, name: `named-${id.toLowerCase()}` }));
    case 'add named group': return withNewGroup(app, { name: 'named' });
    case 'set AMI type': return withGroup(
      app, edit.group, (one) => ({ ...one, amiType: edit.bottlerocket ? 'BOTTLEROCKET_x86_64' : 'AL2023_x86_64_STANDARD' }),
    );
    case 'set subnet': return withGroup(app, edit.group, (one) => ({ ...one, subnet: edit.subnet }));
    case 'exchange groups': return { ...app, groups: exchanged(app.groups, edit.group) };
    case 'set SSH access': return withGroup(
      app, edit.group, (one) => one.launchTemplate === undefined ? { ...one, sshFrom: edit.from } : one,
    );
    case 'set disk size': return withGroup(
      app, edit.group, (one) => one.launchTemplate === undefined ? { ...one, diskSize: edit.diskSize } : one,
    );
    case 'make cluster otherwise': return { ...app, madeOtherwise: edit.what };
    case 'move add-on': {
      const names = Object.keys(app.addOns);
      return names.length === 0 ? app : { ...app, namespaces: { ...app.namespaces, [names[edit.addOn % names.length]]: 'add-ons' } };
    }
    case 'use launch template': return withGroup(
      app, edit.group, (one) => one.diskSize === undefined && one.sshFrom === undefined ? { ...one, launchTemplate: edit.template } : one,
    );
    case 'add group with launch template': return withNewGroup(app, { launchTemplate: edit.template });
    case 'respect budgets': return { ...app, forceUpdate: false };
    case 'change launch templates': return { ...app, monitoring: edit.monitoring };
  }
}

const MOST_GROUPS = 4;

function withNewGroup(app: AppModel, differing: Partial<GroupModel>): AppModel {
  const id = ['G', 'H', 'I', 'J', 'K'].find((candidate) => !(candidate in app.groups))!;
  const isTaken = Object.values(app.groups).some(({ name }) => name !== undefined && name === differing.name);
  const added: GroupModel = {
    amiType: 'AL2023_x86_64_STANDARD', maxSize: 3, instanceType: 'm7i.large', labels: {}, tracking: 'recommended', ...differing,
  };
  return Object.keys(app.groups).length < MOST_GROUPS && !isTaken ? { ...app, groups: { ...app.groups, [id]: added } } : app;
}

function withGroup(app: AppModel, index: number, change: (group: GroupModel, id: string) => GroupModel): AppModel {
  const ids = Object.keys(app.groups);
  const id = ids[index % ids.length];
  return { ...app, groups: { ...app.groups, [id]: change(app.groups[id], id) } };
}

/** A group and the next one. */
function exchanged(groups: AppModel['groups'], index: number): AppModel['groups'] {
  const ids = Object.keys(groups);
  const [one, other] = [index, index + 1].map((at) => ids[at % ids.length]);
  const as = (id: string, what: string): GroupModel => {
    const { name, diskSize, sshFrom, launchTemplate } = groups[id];
    return { ...groups[what], name, diskSize, sshFrom, launchTemplate };
  };
  return ids.length < 2 ? groups : { ...groups, [one]: as(one, other), [other]: as(other, one) };
}

/** `A` becomes `ARenamed`, and `A` again; the order stays. */
function renamed(groups: AppModel['groups'], index: number): AppModel['groups'] {
  const suffix = 'Renamed';
  return Object.fromEntries(Object.entries(groups).map(([id, each], at, { length }) =>
    [at !== index % length ? id : id.endsWith(suffix) ? id.slice(0, -suffix.length) : id + suffix, each]));
}
