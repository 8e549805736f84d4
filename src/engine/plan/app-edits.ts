import { Deployment } from './deployment';
import { AddOnStep, areOfOthers, isRelaunch, PlanStep } from './plan-step';
import { nodeGroupNameOf, nodeGroupNamesOf } from '../change/deployment-intent';
import { keepsNodes } from '../change/kept-versions';
import { AddOnDeclaration, NodeGroupDeclaration } from '../declaration/cluster-declaration';
import { WantedCluster } from '../judgement/wanted-cluster';
import { KubernetesMinor } from '../kubernetes/kubernetes-minor';
import { installedVersions } from '../state/add-on-state';
import { valuesOf } from '../state/known';
import { CUSTOM_AMI_TYPE } from '../state/node-group-state';
import { amiOfferOf } from '../state/region-catalog';

/** A prop to write into an app before a deployment. */
export interface AppEdit {
  /** Construct path. */
  readonly path: string;
  readonly prop: string;
  /** Its value, as TypeScript writes it; absent where the prop is to be taken out again. */
  readonly value?: string;
  /** Whether a second node group is to have another value, and to take the place of this one: EKS keeps that of a group for life. */
  readonly inSecondGroup?: true;
}

/** An edit as a line: `Prod/Cluster: version: eks.KubernetesVersion.of('1.36')`. */
export function describeAppEdit({ path, prop, value, inSecondGroup }: AppEdit): string {
  if (inSecondGroup) return `${path}: add a second node group with another ${prop} beside it, and remove it later, as docs/leave.md shows`;
  return value === undefined ? `${path}: remove ${prop}` : `${path}: ${prop}: ${value}`;
}

/**
 * What to write into an app before each of the deployments that a plan is made of; nothing where the app is deployed as it is written, or
 * where only others move something.
 */
export function appEditsOf(
  cluster: EditedCluster, deployments: readonly Deployment[],
): AppEdit[][] {
  const app = new EditedApp(cluster);
  return deployments.map((deployment) => areOfOthers(deployment.steps) ? [] : app.editFor(deployment));
}

type EditedCluster = Pick<WantedCluster, 'declaration' | 'state' | 'catalog' | 'deployed' | 'intent'>;

/** A node group that the app declares, and what it says of it. */
interface EditedGroup {
  readonly declaration: NodeGroupDeclaration;
  readonly name: string;
  /** Whether a deployment is still to create it, which EKS does at the minor of the control plane only. */
  readonly isNew: boolean;
  /** Whether the app as it is written holds it at a minor of its own. */
  readonly isHeldByApp: boolean;
  /** The minor at which the app holds it; undefined while it follows the control plane. */
  held?: string;
  /** The release that the app pins. */
  release?: string;
  /** The minor of that release, where it is not the one of the app as it is written. */
  releaseFor?: string;
  /** The minor of the nodes that run. */
  runs?: string;
  /** Whether another node group takes its place, while it stays at its minor until it is removed. */
  isReplaced?: boolean;
}

/** A node group of the app that is not declared, such as a `CfnNodegroup`, and that names its version itself. */
interface PlainGroup {
  readonly name: string;
  readonly path: string;
  /** What the app says. */
  version: string;
  release?: string;
  /** The minor of the nodes that run. */
  runs: string;
  /** Whether the deployed template says the same. */
  isUnsent: boolean;
}

/** An app that is edited and deployed again and again. */
class EditedApp {
  private version: string | undefined;
  /** The version in the deployed template, which CloudFormation does not send again. */
  private readonly deployed: string | undefined;
  /** The minor at which the cluster holds all its node groups, by an earlier edit. */
  private heldByCluster?: string;
  private readonly groups: readonly EditedGroup[];
  private readonly plainGroups: readonly PlainGroup[];
  private readonly pins = new Map<string, string>();
  /** The versions of add-ons that run. */
  private readonly installed: Map<string, string>;

  constructor(private readonly cluster: EditedCluster) {
    const { declaration, state: { nodeGroups, addOns }, deployed, intent } = cluster;
    this.installed = installedVersions(addOns);
    this.version = intent.version;
    this.deployed = intent.previousVersion;
    const live = new Map(valuesOf(nodeGroups).map((group) => [group.name, group]));
    this.groups = declaration.nodeGroups.filter(({ amiType }) => amiType !== CUSTOM_AMI_TYPE).map((group) => {
      const name = nodeGroupNameOf(group, deployed);
      const version = live.get(name)?.version;
      const held = group.kubernetesVersion === intent.version ? undefined : group.kubernetesVersion;
      return {
        declaration: group,
        name,
        isNew: nodeGroups.known && intent.nodeGroups?.[name]?.isNew === true && !live.has(name),
        isHeldByApp: held !== undefined,
        held,
        release: group.tracking === 'pinned' ? group.releaseVersion : undefined,
        runs: version?.known ? version.value : undefined,
      };
    });
    const declared = nodeGroupNamesOf(declaration, deployed);
    this.plainGroups = Object.entries(intent.nodeGroups ?? {}).flatMap(([name, wanted]): PlainGroup[] => {
      const { version, releaseVersion: release, constructPath: path = `node group ${name}` } = wanted;
      const runs = live.get(name)?.version;
      if (declared.has(name) || version === undefined || !runs?.known) return [];
      return [{ name, path, version, release, runs: runs.value, isUnsent: keepsNodes(wanted) }];
    });
    for (const { name, policy, version } of declaration.addOns) {
      if (policy === 'pinned' && version !== undefined) this.pins.set(name, version);
    }
  }

  editFor(deployment: Deployment): AppEdit[] {
    for (const group of this.groups.filter(({ isNew, isHeldByApp }) => isNew && !isHeldByApp)) group.runs = deployment.to;
    for (const step of deployment.steps) {
      const group = this.groups.find(({ name }) => step.kind === 'node-group' && step.name === name);
      if (group && step.kind === 'node-group' && !group.isReplaced) group.runs = step.to;
    }
    const replacements = this.editReplaced(deployment);
    return [
      ...replacements,
      ...this.isUnsent(deployment) ? [] : [...this.editVersion(deployment), ...this.editHolds()],
      ...this.editReleases(deployment),
      ...this.plainGroups.flatMap((group) => this.editPlain(group, deployment)),
      ...this.editNewReleases(deployment),
      ...this.editAddOns(deployment),
    ];
  }

  private editReplaced({ steps }: Deployment): AppEdit[] {
    const names = steps.flatMap((step) => step.kind === 'node-group-replacement' ? [step.name] : []);
    return this.groups.filter(({ name }) => names.includes(name)).map((group) => {
      group.isReplaced = true;
      return { path: group.declaration.path, prop: 'eksAmiType', inSecondGroup: true };
    });
  }

  /**
   * Whether CloudFormation is to send neither version nor hold: both stay as they are deployed, and nothing that the deployment does
   * wants others. A control plane that is behind its template is no reason to go back to it.
   */
  private isUnsent({ from, to, steps }: Deployment): boolean {
    if (from !== to || this.version !== this.deployed) return false;
    const isBehind = this.version === undefined || KubernetesMinor.parse(to).isOlderThan(KubernetesMinor.parse(this.version));
    return isBehind || !steps.some((step) => this.wantsOtherMinor(step));
  }

  /** Whether the app has to name another minor for a step: for the cluster, or for nodes that wait. */
  private wantsOtherMinor(step: PlanStep): boolean {
    if (step.kind === 'control-plane') return true;
    if (step.kind === 'add-on') return this.wantsNewChoice(step);
    if (isRelaunch(step)) return false;
    const group = this.groups.find(({ name }) => name === step.name);
    return group !== undefined && !group.isReplaced && this.minorOf(group) !== step.to;
  }

  /** Whether the app chooses the version of an add-on anew only for another minor. */
  private wantsNewChoice({ name, to, isPinned }: AddOnStep): boolean {
    const { [name]: intent } = this.cluster.intent.addOns ?? {};
    const policy = this.declaredAddOn(name)?.policy;
    return !isPinned && policy !== undefined && policy !== 'pinned' && intent?.policy === undefined && intent?.version !== to;
  }

  /** The minor that the app as edited gives a node group. */
  private minorOf({ held }: EditedGroup): string | undefined {
    return held ?? this.heldByCluster ?? this.version;
  }

  private editVersion({ to }: Deployment): AppEdit[] {
    if (this.version === undefined || this.version === to) return [];
    this.version = to;
    return [{ path: this.cluster.declaration.path, prop: 'version', value: versionIn(to) }];
  }

  /** Where all node groups that follow the control plane are to wait at one minor, the cluster says so once. */
  private editHolds(): AppEdit[] {
    const following = this.groups.filter(
      ({ held, runs, isReplaced }) => held === undefined && runs !== undefined && !isReplaced,
    );
    const minors = new Set(following.map(({ runs }) => runs));
    const wait = minors.size === 1 && following[0].runs !== this.version ? following[0].runs : undefined;
    const edits = this.holdByCluster(wait);
    return [...edits, ...this.groups.flatMap((group) => this.holdGroup(group))];
  }

  private holdByCluster(wait: string | undefined): AppEdit[] {
    const { path } = this.cluster.declaration;
    if (wait === this.heldByCluster) return [];
    this.heldByCluster = wait;
    return [{ path, prop: 'nodeKubernetesVersion', value: wait === undefined ? undefined : versionIn(wait) }];
  }

  private holdGroup(group: EditedGroup): AppEdit[] {
    const { declaration: { path }, runs } = group;
    const isWritten = this.minorOf(group);
    if (runs === undefined || isWritten === undefined || runs === isWritten) return [];
    const byItself = !group.isHeldByApp && runs === (this.heldByCluster ?? this.version);
    group.held = byItself ? undefined : runs;
    return [{ path, prop: 'kubernetesVersion', value: byItself ? undefined : versionIn(runs) }];
  }

  private editReleases({ steps }: Deployment): AppEdit[] {
    return steps.flatMap((step): AppEdit[] => {
      const group = this.groups.find(({ name }) => step.kind === 'node-group' && step.name === name);
      if (!group || step.kind !== 'node-group' || group.release === undefined || step.releaseVersion === undefined
        || step.releaseVersion === group.release) {
        return [];
      }
      group.release = step.releaseVersion;
      return [pinEdit(group.declaration.path, step.releaseVersion)];
    });
  }

  /** What names its version itself is given that of its step, and until then keeps that of its nodes. */
  private editPlain(group: PlainGroup, { steps }: Deployment): AppEdit[] {
    const step = steps.find(
      (candidate) => candidate.kind === 'node-group' && candidate.name === group.name && !isRelaunch(candidate),
    );
    if (step?.kind === 'node-group') Object.assign(group, { runs: step.to, isUnsent: false });
    if (group.isUnsent || group.runs === group.version) return [];
    group.version = group.runs;
    const release = step?.kind === 'node-group' && group.release !== undefined ? step.releaseVersion : undefined;
    return [
      { path: group.path, prop: 'version', value: `'${group.version}'` },
      ...release === undefined ? [] : [{ path: group.path, prop: 'releaseVersion', value: `'${release}'` }],
    ];
  }

  /** What is created, or has just been, has the release of no step. */
  private editNewReleases({ to }: Deployment): AppEdit[] {
    return this.groups.flatMap((group): AppEdit[] => {
      const { declaration: { path, amiType = '', kubernetesVersion }, isNew, isHeldByApp, release } = group;
      const isAsWritten = group.releaseFor === undefined ? to === kubernetesVersion : to === group.releaseFor;
      if (!isNew || isHeldByApp || release === undefined || isAsWritten || this.minorOf(group) !== to) return [];
      const offer = amiOfferOf(this.cluster.catalog, amiType, to);
      if (!offer.known || offer.value.recommendedRelease === undefined) return [];
      group.release = offer.value.recommendedRelease;
      group.releaseFor = to;
      return [pinEdit(path, group.release)];
    });
  }

  private editAddOns({ steps }: Deployment): AppEdit[] {
    const moved = steps.filter((step) => step.kind === 'add-on');
    moved.forEach(({ name, to }) => this.installed.set(name, to));
    const staying = [...this.pins.keys()].filter((name) => !moved.some((step) => step.name === name));
    return [...moved.flatMap((step) => this.editAddOn(step)), ...staying.flatMap((name) => this.pinWhereItIs(name))];
  }

  private editAddOn({ name, to, isPinned }: AddOnStep): AppEdit[] {
    const declared = this.declaredAddOn(name);
    const pin = this.pins.get(name);
    if (isPinned === true || declared?.policy === 'pinned') {
      return this.cluster.intent.addOns?.[name] === undefined ? [] : this.pinTo(name, to);
    }
    if (pin === undefined || !declared) return [];
    this.pins.delete(name);
    return [{ path: declared.path, prop: 'version', value: policyIn(declared) }];
  }

  /** A pin that the way has not got to yet would be deployed at once. */
  private pinWhereItIs(name: string): AppEdit[] {
    const version = this.installed.get(name);
    return this.declaredAddOn(name)?.policy !== 'pinned' || version === undefined ? [] : this.pinTo(name, version);
  }

  private pinTo(name: string, version: string): AppEdit[] {
    if (this.pins.get(name) === version) return [];
    this.pins.set(name, version);
    const declared = this.declaredAddOn(name);
    return [declared
      ? { path: declared.path, prop: 'version', value: `AddOnVersion.pinned('${version}')` }
      : { path: `add-on ${name}`, prop: 'addonVersion', value: `'${version}'` }];
  }

  private declaredAddOn(name: string): AddOnDeclaration | undefined {
    return this.cluster.declaration.addOns.find((declared) => declared.name === name);
  }
}

function pinEdit(path: string, release: string): AppEdit {
  return { path, prop: 'amiTracking', value: `AmiTracking.pinned('${release}')` };
}

function versionIn(minor: string): string {
  return `eks.KubernetesVersion.of('${minor}')`;
}

function policyIn({ policy, choice }: AddOnDeclaration): string {
  switch (policy) {
    case 'latest': return 'AddOnVersion.latest()';
    case 'keep-while-compatible': return 'AddOnVersion.keepWhileCompatible()';
    case 'tracked': return choice === 'latest' ? 'AddOnVersion.tracked({ choice: TrackedAddOnChoice.LATEST })' : 'AddOnVersion.tracked()';
    default: return 'AddOnVersion.recommended()';
  }
}
