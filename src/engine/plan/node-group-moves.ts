import { leavesOpen } from './messages';
import { NodeGroupReplacement, NodeGroupStep } from './plan-step';
import { minorOfImage, nodesVersionOf } from '../change/change';
import { keepsNodes } from '../change/kept-versions';
import { isOlderRelease } from '../change/older-release';
import { NodeGroupIntent, UpgradeIntent } from '../change/upgrade-intent';
import { judgeSkew } from '../kubernetes/kubelet-skew';
import { KubernetesMinor } from '../kubernetes/kubernetes-minor';
import { sentence } from '../messages/sentence';
import { ClusterState, regionOfCluster } from '../state/cluster-state';
import { describeImageWithAge, isOlderImage } from '../state/image-state';
import { valuesOf } from '../state/known';
import { hasCustomAmi, NodeGroupState } from '../state/node-group-state';
import { amiOfferOf, imageIn, RegionCatalog } from '../state/region-catalog';

/** Keeps the book of the node groups' versions while a plan moves them. */
export class NodeGroupMoves {
  /** What could not be answered. */
  readonly open: string[] = [];
  private readonly groups: readonly NodeGroupState[];
  private readonly versions = new Map<string, KubernetesMinor>();
  /** Those that have moved on the way: what they caught up with, they keep. */
  private readonly rolled = new Set<string>();
  private readonly replaced = new Set<string>();
  /** Those of which {@link open} tells that no deployment moves them. */
  private readonly staying = new Set<string>();
  /** The node groups that have got their wanted image on the way. */
  private readonly imaged = new Set<string>();

  constructor(
    private readonly cluster: Pick<ClusterState, 'name' | 'arn' | 'nodeGroups'>,
    private readonly catalog: RegionCatalog,
    private readonly intent: UpgradeIntent,
    private readonly now: Date,
    /** The minor of the app as it is written, which node groups have that follow the control plane. */
    private readonly appVersion = intent.version,
  ) {
    const { nodeGroups: groups } = cluster;
    this.groups = valuesOf(groups).filter(({ name }) => !this.wanted(name).removed);
    if (!groups.known) this.open.push(sentence(leavesOpen.nodeGroupsUnread({ why: groups.why })));
    for (const group of this.groups) {
      const version = nodesVersionOf({ catalog }, group);
      if (version.known) this.versions.set(group.name, version.value);
    }
  }

  /** Those whose nodes are exchanged for another version of the launch template alone, as the app is written, where they are now. */
  relaunches(): NodeGroupStep[] {
    return this.groups.flatMap(({ name, releaseVersion }): NodeGroupStep[] => {
      const { otherChanges = [], replacedBy = [], image } = this.wanted(name);
      const version = this.versions.get(name)?.toString();
      const isAlone = replacedBy.length === 0 && (image === undefined || image.id === releaseVersion);
      if (!otherChanges.includes('LaunchTemplate') || !isAlone || version === undefined) return [];
      return [{ kind: 'node-group', name, from: version, to: version, by: 'launch template' }];
    });
  }

  /** Rolls the groups that a control plane would leave too far behind. */
  catchUpBefore(controlPlane: KubernetesMinor, to: KubernetesMinor): Step[] {
    return this.thatMust(to, (version) => version !== undefined && judgeSkew(controlPlane, version) === 'too far behind')
      .map((group) => this.rollOne(group, to));
  }

  /** Rolls the groups that follow the control plane in the app, after it has moved. */
  follow(controlPlane: KubernetesMinor): Step[] {
    return this.groups.filter((group) => this.follows(group, controlPlane) && this.versions.get(group.name)?.isOlderThan(controlPlane))
      .map((group) => this.rollOne(group, controlPlane));
  }

  /** Rolls all groups that do not run what is wanted of them: a release, the version that they are held at, else the control plane's. */
  bringAllTo(controlPlane: KubernetesMinor): Step[] {
    return this.groups.flatMap((group) => {
      const { releaseVersion, image } = this.wanted(group.name);
      const version = this.wantedVersion(group.name);
      const isHeld = version !== undefined && version.toString() !== this.appVersion;
      const to = version && (isHeld || image) ? version : this.followedTo(controlPlane, group);
      const today = this.versions.get(group.name);
      if (image && (image.id === group.releaseVersion || this.imaged.has(group.name))) return [];
      if (image) return image.isKept ? this.leaveImage(group, image.id) : [this.rollOne(group, to)];
      const isReleaseForIt = version === undefined || to.equals(version);
      const wantsRelease = releaseVersion !== undefined && releaseVersion !== group.releaseVersion && isReleaseForIt;
      const isTooNew = today?.isNewerThan(to) === true && !this.rolled.has(group.name);
      const isAmiss = !today || today.isOlderThan(to) || isTooNew || (today.equals(to) && wantsRelease);
      if (!isAmiss) return [];
      if (this.isDeployed(group, to)) return this.leave(group, to, releaseVersion, isTooNew);
      return isTooNew ? this.takeBack(group, to) : [this.rollOne(group, to)];
    });
  }

  /** How far a group gets that does not wait: where the app does not move a control plane that is ahead of it, no further than the app. */
  private followedTo(controlPlane: KubernetesMinor, group: NodeGroupState): KubernetesMinor {
    const { name } = group;
    if (this.stays(group)) return this.stay(group, controlPlane);
    if (this.intent.version === undefined || this.intent.nodeGroups?.[name] === undefined) return controlPlane;
    const ofApp = KubernetesMinor.parse(this.intent.version);
    const isBeyond = this.versions.get(name)?.isNewerThan(ofApp) === true; // nobody takes it back
    return ofApp.isOlderThan(controlPlane) && !isBeyond ? ofApp : controlPlane;
  }

  /** Whether a group keeps its minor wherever the control plane goes; of an image of one's own, the launch template decides. */
  private stays(group: NodeGroupState): boolean {
    return this.wanted(group.name).isUnversioned === true && !hasCustomAmi(group);
  }

  /** Tells once of a group that no deployment takes to a version. @returns the minor that it keeps */
  private stay(group: NodeGroupState, version: KubernetesMinor): KubernetesMinor {
    const today = this.versions.get(group.name) ?? version;
    if (!today.equals(version) && !this.staying.has(group.name)) {
      this.staying.add(group.name);
      this.open.push(sentence(leavesOpen.nodeGroupStays({
        cluster: this.cluster.name, nodeGroup: group.name, live: today, version, region: this.region,
      })));
    }
    return today;
  }

  /** CloudFormation sends nothing, and says nothing. What runs is not to go back for it. */
  private leave(group: NodeGroupState, version: KubernetesMinor, release: string | undefined, isTooNew: boolean): [] {
    const { name: nodeGroup, amiType, releaseVersion: running } = group;
    const isAhead = isTooNew || (this.versions.get(nodeGroup)?.equals(version) === true && isOlderRelease(amiType, release, running));
    const told = { nodeGroup, wanted: release ?? version, live: this.inWords(group) };
    this.open.push(sentence(isAhead ? leavesOpen.nodeGroupAhead(told) : leavesOpen.nodeGroupNotSent({
      ...told, cluster: this.cluster.name, version, release, region: this.region,
    })));
    return [];
  }

  private leaveImage(group: NodeGroupState, wanted: string): [] {
    const { name, launchTemplate, releaseVersion: running = '' } = group;
    const [image, live] = [wanted, running].map((id) => imageIn(this.catalog, id));
    if (image.known && live.known && isOlderImage(image.value, live.value)) {
      this.open.push(sentence(leavesOpen.nodeGroupAhead({ nodeGroup: name, wanted, live: running })));
      return [];
    }
    this.open.push(sentence(leavesOpen.imageNotSent({
      cluster: this.cluster.name,
      nodeGroup: name,
      wanted,
      live: this.inWords(group),
      launchTemplate: launchTemplate?.id ?? '<ID>',
      region: this.region,
    })));
    return [];
  }

  /** What the nodes run. */
  private inWords({ name, releaseVersion }: NodeGroupState): string {
    return releaseVersion ?? this.versions.get(name)?.toString() ?? 'an unknown version';
  }

  /** Whether the deployed template says the same of a group, so that CloudFormation sends nothing, whatever its nodes run. */
  private isDeployed(group: NodeGroupState, to: KubernetesMinor): boolean {
    const wanted = this.wanted(group.name);
    return (wanted.version === to.toString() || this.stays(group)) && keepsNodes(wanted);
  }

  /** Takes the groups back that are newer than a version, or of which it is not known. */
  takeBackTo(to: KubernetesMinor): NodeGroupStep[] {
    return this.thatMust(to, (version) => !version || version.isNewerThan(to)).flatMap((group) => this.takeBack(group, to));
  }

  /** None can be replaced: EKS would create it too new. */
  private takeBack(group: NodeGroupState, to: KubernetesMinor): NodeGroupStep[] {
    const step = this.rollOne(group, to);
    if (step.kind === 'node-group') return [step];
    this.open.push(sentence(leavesOpen.noWayBackForNodeGroup({ nodeGroup: step.name, amiType: step.amiType, version: to })));
    return [];
  }

  /** The groups that have to move to a version, but for those that stay. */
  private thatMust(to: KubernetesMinor, move: (version: KubernetesMinor | undefined) => boolean): NodeGroupState[] {
    const groups = this.groups.filter(({ name }) => move(this.versions.get(name)));
    groups.filter((group) => this.stays(group)).forEach((group) => this.stay(group, to));
    return groups.filter((group) => !this.stays(group));
  }

  private rollOne(group: NodeGroupState, to: KubernetesMinor): Step {
    const step = this.stepOf(group, to);
    this.versions.set(group.name, to);
    this.rolled.add(group.name);
    return step;
  }

  private get region(): string | undefined {
    return regionOfCluster(this.cluster);
  }

  private wanted(name: string): NodeGroupIntent {
    return this.intent.nodeGroups?.[name] ?? {};
  }

  private wantedVersion(name: string): KubernetesMinor | undefined {
    const { version, image } = this.wanted(name);
    if (version !== undefined) return KubernetesMinor.parse(version);
    return image && minorOfImage(image, this.catalog);
  }

  /**
   * Whether the app has a group at the control plane's minor: not those that it holds at one or gives none, nor those of others. Own
   * images are for one minor.
   */
  private follows(group: NodeGroupState, controlPlane: KubernetesMinor): boolean {
    const wanted = this.intent.nodeGroups?.[group.name];
    if (!wanted || this.stays(group)) return false;
    const { version, image } = wanted;
    if (image) return minorOfImage(image, this.catalog)?.equals(controlPlane) === true;
    return version === undefined || version === this.appVersion;
  }

  /** The wanted image, unless it is one of another minor. */
  private imageFor(name: string, to: KubernetesMinor): NodeGroupStep['image'] {
    const { image } = this.wanted(name);
    const minor = image && minorOfImage(image, this.catalog);
    if (!image || (minor && !minor.equals(to))) return undefined;
    const state = imageIn(this.catalog, image.id);
    return { id: image.id, label: describeImageWithAge(image.id, state.known ? state.value : undefined, this.now) };
  }

  private stepOf(group: NodeGroupState, minor: KubernetesMinor): Step {
    const { name, amiType } = group;
    const to = minor.toString();
    const from = this.versions.get(name)?.toString();
    if (hasCustomAmi(group)) {
      const image = this.imageFor(name, minor);
      if (image) this.imaged.add(name);
      return { kind: 'node-group', name, from, to, image, by: 'launch template' };
    }
    if (this.replaced.has(name)) return { kind: 'node-group', name, from, to, by: 'version' }; // with an AMI type not chosen yet
    const offer = amiOfferOf(this.catalog, amiType, to);
    if (offer.known && !offer.value.published) {
      this.replaced.add(name);
      return { kind: 'node-group-replacement', name, amiType, to };
    }
    if (!offer.known) this.open.push(sentence(leavesOpen.amisNotKnown({ amiType, version: to, why: offer.why })));
    const { version, releaseVersion, isUnversioned } = this.wanted(name);
    const isReleaseForIt = version === to || isUnversioned;
    const recommended = offer.known ? offer.value.recommendedRelease : undefined;
    return {
      kind: 'node-group', name, from, to, releaseVersion: (isReleaseForIt ? releaseVersion : undefined) ?? recommended, by: 'version',
    };
  }
}

type Step = NodeGroupStep | NodeGroupReplacement;
