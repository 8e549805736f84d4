/**
 * What users do to their apps between two deployments, right and wrong.
 */
import fc from 'fast-check';
import { minorOf, plus, type AddOnPolicy, type AppModel, type GroupModel } from './app-model';
import { editedForLife, lastingEdits, type LastingEdit } from './lasting-edit';

/** What an edit needs to know of the world. */
export interface EditContext {
  /** The releases that AWS recommends now, by SSM parameter. */
  recommended(): Readonly<Record<string, string>>;
  /** All releases that EKS accepts for an AMI type and minor, oldest first. */
  releases(amiType: string, minor: string): readonly string[];
  /** All versions of an add-on, whatever they are for. */
  addOnVersions(name: string): readonly string[];
}

/** An edit; numbers choose among what there is. */
export type Edit =
  | { readonly do: 'set version'; readonly by: number }
  | { readonly do: 'hold nodes'; readonly behind: number }
  | { readonly do: 'let nodes follow' }
  | { readonly do: 'refresh releases' }
  | { readonly do: 'pin release'; readonly group: number; readonly release: number; readonly minorsOff: number }
  | { readonly do: 'track release'; readonly group: number }
  | { readonly do: 'hold group'; readonly group: number; readonly behind: number }
  | { readonly do: 'let group follow'; readonly group: number }
  | { readonly do: 'set size'; readonly group: number; readonly maxSize: number }
  | { readonly do: 'set instance type'; readonly group: number; readonly type: string }
  | { readonly do: 'tag stacks'; readonly value: string }
  | { readonly do: 'tag by parameter'; readonly value: string }
  | { readonly do: 'set label'; readonly group: number; readonly value: string }
  | { readonly do: 'tag everything'; readonly value: string }
  | { readonly do: 'add group'; readonly bottlerocket: boolean }
  | { readonly do: 'remove group'; readonly group: number }
  | { readonly do: 'set order'; readonly inOrder: boolean }
  | { readonly do: 'add add-on'; readonly addOn: number }
  | { readonly do: 'remove add-on'; readonly addOn: number }
  | { readonly do: 'follow add-on'; readonly addOn: number; readonly policy: 'recommended' | 'latest' | 'keepWhileCompatible' }
  | { readonly do: 'pin add-on'; readonly addOn: number; readonly version: number }
  | { readonly do: 'set support type'; readonly to: 'STANDARD' | 'EXTENDED' }
  | LastingEdit;

const choice = fc.nat({ max: 7 });
const word = fc.constantFrom('one', 'two', 'three');

/** Versions are what these histories are about, and so come up more often. */
export const edits: fc.Arbitrary<Edit> = fc.oneof(
  { weight: 9, arbitrary: fc.record({ do: fc.constant('set version' as const), by: fc.constantFrom(1, 1, 1, 1, 1, 2, -1) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('refresh releases' as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('hold nodes' as const), behind: fc.constantFrom(0, 0, 1, 2, 3, 4, -1) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('let nodes follow' as const) }) },
  fc.record({ do: fc.constant('pin release' as const), group: choice, release: choice, minorsOff: fc.constantFrom(0, 0, 0, 1, -1) }),
  fc.record({ do: fc.constant('track release' as const), group: choice }),
  fc.record({ do: fc.constant('hold group' as const), group: choice, behind: fc.constantFrom(0, 0, 1, 3, 4) }),
  fc.record({ do: fc.constant('let group follow' as const), group: choice }),
  { weight: 2, arbitrary: fc.record({ do: fc.constant('set size' as const), group: choice, maxSize: fc.integer({ min: 2, max: 9 }) }) },
  fc.record({ do: fc.constant('set label' as const), group: choice, value: word }),
  { weight: 2, arbitrary: fc.record({ do: fc.constant('tag everything' as const), value: word }) },
  fc.record({ do: fc.constant('set instance type' as const), group: choice, type: fc.constantFrom('m7i.large', 'm7i.xlarge') }),
  fc.record({ do: fc.constant('tag stacks' as const), value: word }),
  fc.record({ do: fc.constant('tag by parameter' as const), value: word }),
  { weight: 2, arbitrary: fc.record({ do: fc.constant('add group' as const), bottlerocket: fc.boolean() }) },
  fc.record({ do: fc.constant('remove group' as const), group: choice }),
  fc.record({ do: fc.constant('set order' as const), inOrder: fc.boolean() }),
  fc.record({ do: fc.constant('add add-on' as const), addOn: choice }),
  fc.record({ do: fc.constant('remove add-on' as const), addOn: choice }),
  fc.record({
    do: fc.constant('follow add-on' as const),
    addOn: choice,
    policy: fc.constantFrom('recommended' as const, 'latest' as const, 'keepWhileCompatible' as const),
  }),
  { weight: 2, arbitrary: fc.record({ do: fc.constant('pin add-on' as const), addOn: choice, version: fc.nat({ max: 30 }) }) },
  { weight: 5, arbitrary: lastingEdits },
  fc.record({ do: fc.constant('set support type' as const), to: fc.constantFrom('STANDARD' as const, 'EXTENDED' as const) }),
);

const ADD_ONS = ['vpc-cni', 'kube-proxy', 'coredns', 'eks-pod-identity-agent', 'aws-ebs-csi-driver'];
const MOST_GROUPS = 4;

/** The app after an edit; the same app where there is nothing to edit. */
export function edited(app: AppModel, edit: Edit, context: EditContext): AppModel {
  switch (edit.do) {
    case 'set version': return { ...app, version: plus(app.version, edit.by) };
    case 'hold nodes': return { ...app, nodeVersion: plus(app.version, -edit.behind) };
    case 'let nodes follow': return { ...app, nodeVersion: undefined };
    case 'refresh releases': return { ...app, lookedUp: context.recommended() };
    case 'set support type': return { ...app, supportType: edit.to };
    case 'set order': return { ...app, inOrder: edit.inOrder };
    case 'tag everything': return { ...app, tags: { sha: edit.value } };
    case 'add group': return addGroup(app, edit.bottlerocket);
    case 'remove group': return withoutGroup(app, edit.group);
    case 'pin release': return withGroup(app, edit.group, (group) => {
      const releases = context.releases(group.amiType, plus(minorOf(app, group), edit.minorsOff));
      return releases.length > 0 ? { ...group, tracking: { pinned: pick(releases, edit.release) } } : group;
    });
    case 'track release': return withGroup(app, edit.group, (group) => ({ ...group, tracking: 'recommended' }));
    case 'hold group': return withGroup(app, edit.group, (group) => ({ ...group, version: plus(app.version, -edit.behind) }));
    case 'let group follow': return withGroup(app, edit.group, (group) => ({ ...group, version: undefined }));
    case 'set size': return withGroup(app, edit.group, (group) => ({ ...group, maxSize: edit.maxSize }));
    case 'set instance type': return withGroup(app, edit.group, (group) => ({ ...group, instanceType: edit.type }));
    case 'tag by parameter': return { ...app, team: edit.value };
    case 'tag stacks': return { ...app, stackTags: { release: edit.value } };
    case 'set label': return withGroup(app, edit.group, (group) => ({ ...group, labels: { team: edit.value } }));
    case 'add add-on': return withAddOn(app, pick(ADD_ONS, edit.addOn), 'recommended');
    case 'remove add-on': return withoutAddOn(app, pick(ADD_ONS, edit.addOn));
    case 'follow add-on': return ifInstalled(app, pick(ADD_ONS, edit.addOn), () => edit.policy);
    case 'pin add-on': return ifInstalled(
      app, pick(ADD_ONS, edit.addOn), (name) => ({ pinned: pick(context.addOnVersions(name), edit.version) }),
    );
    default: return editedForLife(app, edit);
  }
}

function addGroup(app: AppModel, bottlerocket: boolean): AppModel {
  const id = ['A', 'B', 'C', 'D', 'E', 'F'].find((candidate) => !(candidate in app.groups))!;
  const group: GroupModel = {
    amiType: bottlerocket ? 'BOTTLEROCKET_x86_64' : 'AL2023_x86_64_STANDARD',
    maxSize: 3,
    instanceType: 'm7i.large',
    labels: {},
    tracking: 'recommended',
  };
  return Object.keys(app.groups).length < MOST_GROUPS ? { ...app, groups: { ...app.groups, [id]: group } } : app;
}

/** One group stays: CoreDNS needs a node. */
function withoutGroup(app: AppModel, index: number): AppModel {
  const ids = Object.keys(app.groups);
  return ids.length < 2 ? app : { ...app, groups: without(app.groups, pick(ids, index)) };
}

function withGroup(app: AppModel, index: number, change: (group: GroupModel) => GroupModel): AppModel {
  const id = pick(Object.keys(app.groups), index);
  return { ...app, groups: { ...app.groups, [id]: change(app.groups[id]) } };
}

function withAddOn(app: AppModel, name: string, policy: AddOnPolicy): AppModel {
  return name in app.addOns ? app : { ...app, addOns: { ...app.addOns, [name]: policy } };
}

function withoutAddOn(app: AppModel, name: string): AppModel {
  return { ...app, addOns: without(app.addOns, name) };
}

function ifInstalled(app: AppModel, name: string, policy: (name: string) => AddOnPolicy): AppModel {
  return name in app.addOns ? { ...app, addOns: { ...app.addOns, [name]: policy(name) } } : app;
}

function without<T>(all: Readonly<Record<string, T>>, name: string): Record<string, T> {
  return Object.fromEntries(Object.entries(all).filter(([key]) => key !== name));
}

function pick<T>(from: readonly T[], index: number): T {
  return from[index % from.length];
}
