import { minorsBetween } from './add-on-path';
import { compareAddOnVersions, nearestAddOnVersions, newestAddOnVersion } from './add-on-version';
import { messages, Said } from '../messages/message';
import { refusal } from '../messages/refusal';
import { VPC_CNI } from '../state/add-on-names';
import { AddOnVersionPolicy } from '../state/add-on-policy';
import { AddOnOffer } from '../state/region-catalog';

/** An add-on whose version is to be chosen. */
export interface AddOnToMove {
  readonly name: string;
  readonly policy: AddOnVersionPolicy;
  /** The installed version; absent when the add-on is not installed. */
  readonly installed?: string;
  /** Whether no stack has it, so that its owner is asked to update it. @default false */
  readonly isOfNoStack?: boolean;
}

/** That none is left of the versions that EKS offers. */
export const NONE_CAN_FOLLOW =
  '{name} {installed} cannot be updated to a version that EKS offers for Kubernetes {kubernetesVersion}: {offered}';

/**
 * How an add-on of a stack gets installed anew. Deleted in EKS instead, it could not be updated by its stack any more.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-eks-addon.html preserveOnDelete
 */
export const INSTALL_ANEW = 'remove it from the app and deploy, then add it again with conflictPolicy: AddOnConflictPolicy.OVERWRITE; '
  + 'its software stays on the cluster meanwhile if it has preserveOnDelete, which what nodes need and CoreDNS have by default';

/** How one that no stack has is installed anew. */
export const DELETE_PRESERVED = 'delete the add-on with its software preserved, then deploy again';

/** Why no version can be chosen. */
export const noVersion = messages({
  noneOffered: {
    text: 'EKS offers no version of {name} for Kubernetes {kubernetesVersion}',
    remedy: 'check the name, or leave the add-on out until EKS offers a version',
  },
  leftBehind: {
    text: NONE_CAN_FOLLOW,
    remedy: `EKS updates {name} one minor at a time: ${INSTALL_ANEW}`,
  },
  leftBehindByOthers: {
    text: NONE_CAN_FOLLOW,
    remedy: `EKS updates {name} one minor at a time: ${DELETE_PRESERVED}`,
  },
  tooNew: { text: NONE_CAN_FOLLOW, remedy: 'pin one of them to downgrade' },
});

/** The version that is chosen, or why there is none and what to do. */
export type AddOnChoice =
  | { readonly version: string; readonly objection?: undefined }
  | { readonly version?: undefined; readonly objection: Said };

/**
 * Chooses the version that an add-on gets next, of those that EKS offers for the Kubernetes version of the control plane.
 *
 * @throws if no version is left; the message names those that EKS offers
 */
export function chooseAddOnVersion(addOn: AddOnToMove, offer: AddOnOffer): string {
  const { version, objection } = considerAddOnVersions(addOn, offer);
  if (version === undefined) throw refusal(objection);
  return version;
}

/**
 * Looks for the version that an add-on gets next, of those that EKS offers for the Kubernetes version of the control plane: the one choice
 * that the deployment makes, and that the guard, previews and plans foretell.
 *
 * Never one that is older than the installed one, and for vpc-cni none beyond the next minor: then the newest on the way to the wanted one.
 * An installed version that EKS no longer lists gives way to the nearest newer one. The order in which EKS lists the versions has
 * no influence.
 */
export function considerAddOnVersions(addOn: AddOnToMove, offer: AddOnOffer): AddOnChoice {
  const { name, policy, installed } = addOn;
  if (policy === 'keep-while-compatible' && installed !== undefined && offer.versions.includes(installed)) return { version: installed };
  // by text first, for versions that cannot be compared otherwise
  const inOrder = [...offer.versions].sort().sort(compareAddOnVersions);
  const inReach = inOrder.filter((version) => installed === undefined || isInReach(name, installed, version));
  if (inReach.length === 0) return { objection: whyNone(addOn, offer.kubernetesVersion, inOrder) };
  const wanted = policy === 'latest' ? undefined : offer.defaultVersion;
  if (wanted === undefined) return { version: newestAddOnVersion(inReach)! };
  const upToWanted = inReach.filter((version) => compareAddOnVersions(version, wanted) <= 0);
  return { version: upToWanted.includes(wanted) ? wanted : newestAddOnVersion(upToWanted) ?? inReach[0] };
}

/** Whether there is a version to choose for an installed add-on; which one takes longer, where EKS lists hundreds. */
export function hasAddOnVersion(name: string, installed: string, { versions }: AddOnOffer): boolean {
  return versions.some((version) => isInReach(name, installed, version));
}

/** Whether EKS moves an add-on from one version to another, not older one in a single update. */
export function isInReach(name: string, installed: string, version: string): boolean {
  return compareAddOnVersions(version, installed) >= 0 && (name !== VPC_CNI || minorsBetween(installed, version).length === 0);
}

function whyNone({ name, installed, isOfNoStack = false }: AddOnToMove, kubernetesVersion: string, offered: readonly string[]): Said {
  if (offered.length === 0) return noVersion.noneOffered({ name, kubernetesVersion });
  const leftBehind = isOfNoStack ? noVersion.leftBehindByOthers : noVersion.leftBehind;
  const say = isLeftBehind({ installed }, { versions: offered }) ? leftBehind : noVersion.tooNew;
  return say({ name, kubernetesVersion, installed: installed!, offered: nearestAddOnVersions(offered, installed!) });
}

/** Whether EKS offers newer versions than the installed one. */
export function isLeftBehind({ installed }: Pick<AddOnToMove, 'installed'>, { versions }: Pick<AddOnOffer, 'versions'>): boolean {
  return installed !== undefined && versions.some((version) => compareAddOnVersions(version, installed) > 0);
}
