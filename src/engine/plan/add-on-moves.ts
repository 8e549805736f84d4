import { leavesOpen } from './messages';
import { AddOnStep } from './plan-step';
import { keepsAddOn } from '../change/kept-versions';
import { AddOnIntent, UpgradeIntent } from '../change/upgrade-intent';
import { addOnPath } from '../eks/add-on-path';
import { InstalledAddOn, leadingTo, preferred, preparationForPin, preparationOf, retreatOf } from '../eks/add-on-preparation';
import { compareAddOnVersions } from '../eks/add-on-version';
import { AddOnToMove, considerAddOnVersions, isInReach } from '../eks/add-on-version-choice';
import { staysWithNodes } from '../eks/kube-proxy';
import { addOnOfferTo } from '../eks/platform-version';
import { KubernetesMinor } from '../kubernetes/kubernetes-minor';
import { sentence } from '../messages/sentence';
import { AddOnVersionPolicy } from '../state/add-on-policy';
import { AddOnState } from '../state/add-on-state';
import { ClusterState, regionOfCluster } from '../state/cluster-state';
import { Known, valuesOf } from '../state/known';
import { AddOnOffer, RegionCatalog } from '../state/region-catalog';

/** Where the control plane stands when add-ons move. */
export interface Arrival {
  /** Whether the same deployment moves the control plane. */
  readonly hasMoved: boolean;
  /** Whether it has the version that is wanted in the end. */
  readonly isLast: boolean;
}

/**
 * Keeps the book of the add-ons' versions while a plan moves them, each as the deployment will: by the one choice of add-on versions.
 *
 * An add-on that nothing manages is taken to move only where it must on the way, and to what EKS recommends at its end.
 */
export class AddOnMoves {
  /** What could not be answered. */
  readonly open: string[] = [];
  private readonly addOns: readonly AddOnState[];
  private readonly versions = new Map<string, string>();
  private readonly stuck = new Set<string>();

  /** @param holdsNodes whether the app holds all nodes until the control plane has arrived, and kube-proxy with them */
  constructor(
    private readonly state: ClusterState, private readonly catalog: RegionCatalog, private readonly intent: UpgradeIntent,
    private readonly holdsNodes = false,
  ) {
    const { addOns } = state;
    this.addOns = valuesOf(addOns).filter(({ name }) => !this.wanted(name).removed);
    if (!addOns.known) this.open.push(sentence(leavesOpen.addOnsUnread({ why: addOns.why })));
    for (const { name, version } of this.addOns) this.versions.set(name, version);
  }

  /** Moves the add-ons as a deployment with this control plane does, and, at the end of the way, as those after it may go on. */
  arriveAt(controlPlane: KubernetesMinor, arrival: Arrival): AddOnStep[] {
    return this.addOns.filter((addOn) => arrival.hasMoved || !this.isLeftAlone(addOn)).flatMap((addOn) => {
      const offer = this.offerOf(addOn, controlPlane, arrival.hasMoved);
      return offer ? this.settle(addOn, offer, arrival) : [];
    });
  }

  /** Moves the add-ons that could not follow the control plane to another version, or serve it until they have. */
  prepareFor(next: KubernetesMinor, current: KubernetesMinor): AddOnStep[] {
    return this.addOns.flatMap((addOn) => {
      const after = this.offerOf(addOn, next, false);
      if (!after) return [];
      const path = this.preparation(addOn, after, addOnOfferTo(this.state, this.catalog, addOn.name, current.toString()));
      if (path) return this.go(addOn, path, { byHand: true });
      if (after.versions.length > 0) {
        this.report(addOn, sentence(leavesOpen.noVersionToFollowFrom({ addOn: addOn.name, version: current, next })));
      }
      return [];
    });
  }

  /** Moves the add-ons whose versions are not meant for an older control plane to ones that are meant for both. */
  retreatBefore(older: KubernetesMinor, current: KubernetesMinor): AddOnStep[] {
    return this.addOns.flatMap((addOn) => {
      const [next, today] = [this.offerOf(addOn, older, true), this.offerOf(addOn, current, true)];
      if (!next || !today) return [];
      const path = retreatOf(this.toMove(addOn), { today, next }, this.wanted(addOn.name).version);
      if (path) return this.go(addOn, path, { byHand: true });
      this.open.push(sentence(leavesOpen.noVersionForBoth({ addOn: addOn.name, version: current, older })));
      return [];
    });
  }

  /** Moves the add-ons that could not go back before the control plane right after it. */
  retreatAfter(controlPlane: KubernetesMinor): AddOnStep[] {
    return this.addOns.flatMap((addOn) => {
      const offer = this.offerOf(addOn, controlPlane, true);
      if (!offer || offer.versions.includes(this.versionOf(addOn))) return [];
      const to = preferred(offer.versions, this.wanted(addOn.name).version, offer.defaultVersion);
      const path = to === undefined ? undefined : addOnPath(addOn.name, this.versionOf(addOn), to, offer.versions);
      if (path) return this.go(addOn, path, { byHand: true });
      this.report(addOn, sentence(leavesOpen.noWay({ addOn: addOn.name, from: this.versionOf(addOn), version: controlPlane })));
      return [];
    });
  }

  private settle(addOn: AddOnState, offer: AddOnOffer, { hasMoved, isLast }: Arrival): AddOnStep[] {
    const { version: pinned, policy } = this.wanted(addOn.name);
    if (pinned !== undefined && (isLast || canPinNow(this.toMove(addOn), pinned, offer))) return this.goToPin(addOn, pinned, offer);
    const steps: AddOnStep[] = [];
    for (;;) {
      const { version, objection } = considerAddOnVersions({ ...this.toMove(addOn), policy: this.policyOf(addOn, isLast) }, offer);
      if (objection && (hasMoved || policy !== undefined)) this.report(addOn, objection.message);
      if (version === undefined || version === this.versionOf(addOn)) return steps;
      steps.push(...this.go(addOn, [version], { byHand: steps.length > 0 }));
      if (!isLast) return steps;
    }
  }

  private goToPin(addOn: AddOnState, pinned: string, { versions }: AddOnOffer): AddOnStep[] {
    const live = this.versionOf(addOn);
    if (pinned === live) return [];
    const path = addOnPath(addOn.name, live, pinned, versions);
    if (keepsAddOn(this.wanted(addOn.name))) {
      if (compareAddOnVersions(live, pinned) > 0 && versions.includes(live)) {
        this.report(addOn, sentence(leavesOpen.pinAhead({ addOn: addOn.name, pinned, live })));
        return [];
      }
      const next = path?.[0] ?? pinned;
      this.report(addOn, sentence(leavesOpen.pinNotSent({
        cluster: this.state.name,
        addOn: addOn.name,
        pinned,
        live,
        next,
        further: next === pinned ? undefined : pinned,
        region: regionOfCluster(this.state),
      })));
      return [];
    }
    if (path) return this.go(addOn, path, { byHand: false });
    this.report(addOn, sentence(leavesOpen.noWayToPin({ addOn: addOn.name, from: live, pinned })));
    return [];
  }

  private preparation(addOn: AddOnState, next: AddOnOffer, today: Known<AddOnOffer>): string[] | undefined {
    const { version: pinned } = this.wanted(addOn.name);
    const toMove = this.toMove(addOn);
    const now = today.known ? today.value : { kubernetesVersion: '', versions: [] };
    const isPinTooFar = pinned !== undefined && next.versions.includes(pinned)
      && addOnPath(addOn.name, toMove.installed, pinned, next.versions) === undefined;
    if (isPinTooFar) return preparationForPin(toMove, pinned, now);
    const path = preparationOf(toMove, { today: now, next });
    return path?.length === 0 && this.standsInTheWay(addOn, next)
      ? leadingTo(toMove, now, (version) => next.versions.includes(version)) ?? path
      : path;
  }

  /** Whether an insight in ERROR names an add-on that the deployment of the control plane would not move. */
  private standsInTheWay({ name }: AddOnState, next: AddOnOffer): boolean {
    const { insights } = this.state;
    return this.wanted(name).policy === undefined && insights.known && insights.value.some(({
      status, category, kubernetesVersion, detail,
    }) =>
      status === 'ERROR' && category === 'UPGRADE_READINESS' && (kubernetesVersion ?? next.kubernetesVersion) === next.kubernetesVersion
      && detail.known && detail.value.addOns?.some((named) => named.name === name));
  }

  private go(addOn: AddOnState, path: readonly string[], { byHand }: { readonly byHand: boolean }): AddOnStep[] {
    const { name } = addOn;
    const { [name]: wanted } = this.intent.addOns ?? {};
    const isPinned = wanted !== undefined && (byHand || (wanted.policy === undefined && wanted.version === undefined));
    return path.map((version) => {
      const from = this.versionOf(addOn);
      this.versions.set(name, version);
      return { kind: 'add-on', name, from, to: version, ...isPinned && { isPinned } };
    });
  }

  /** Whether an app declares the add-on, and its next deployment does not ask for another version. */
  private isLeftAlone({ name }: AddOnState): boolean {
    const intent = this.intent.addOns?.[name];
    return intent !== undefined && intent.policy === undefined && intent.version === undefined;
  }

  private toMove(addOn: AddOnState): InstalledAddOn {
    return { name: addOn.name, policy: this.policyOf(addOn, false), installed: this.versionOf(addOn) };
  }

  private policyOf({ name }: AddOnState, isLast: boolean): AddOnVersionPolicy {
    const { policy, movesWithoutNodes = false } = this.wanted(name);
    const isHeld = this.holdsNodes && !isLast && staysWithNodes(name, movesWithoutNodes);
    if (isHeld && policy === 'recommended') return 'keep-while-compatible';
    return policy ?? (isLast ? 'recommended' : 'keep-while-compatible');
  }

  private versionOf({ name, version }: AddOnState): string {
    return this.versions.get(name) ?? version;
  }

  private offerOf(addOn: AddOnState, controlPlane: KubernetesMinor, isNeeded: boolean): AddOnOffer | undefined {
    const offer = addOnOfferTo(this.state, this.catalog, addOn.name, controlPlane.toString());
    if (offer.known) return offer.value;
    if (isNeeded) this.open.push(sentence(leavesOpen.versionsNotKnown({ addOn: addOn.name, version: controlPlane, why: offer.why })));
    return undefined;
  }

  private wanted(name: string): AddOnIntent {
    return this.intent.addOns?.[name] ?? {};
  }

  /** One reason is enough for an add-on. */
  private report({ name }: AddOnState, why: string): void {
    if (!this.stuck.has(name)) this.open.push(why);
    this.stuck.add(name);
  }
}

/** Whether a deployment on the way can have the pin already. */
function canPinNow({ name, installed }: AddOnToMove, pinned: string, { versions }: AddOnOffer): boolean {
  return versions.includes(pinned) && (installed === undefined || isInReach(name, installed, pinned));
}
