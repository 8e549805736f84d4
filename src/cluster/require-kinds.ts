import { KINDS } from '../diagnostics/kinds';
import { requireVersionIfGiven } from '../diagnostics/missing-version';
import { requireKindIfGiven, requireListIfGiven } from '../diagnostics/require-kind';

/** What all kinds of clusters are given. */
interface Given {
  readonly nodeKubernetesVersion?: unknown;
  readonly managedAddOns?: unknown;
  readonly upgradeGuard?: unknown;
  readonly controlPlaneBake?: unknown;
}

/** Refuses props that only TypeScript would have refused, before any construct exists. */
export function requireKindsOfParts({ nodeKubernetesVersion, managedAddOns, upgradeGuard, controlPlaneBake }: Given): void {
  requireVersionIfGiven('nodeKubernetesVersion', nodeKubernetesVersion);
  requireListIfGiven('managedAddOns', managedAddOns, KINDS.managedAddOn);
  requireKindIfGiven('upgradeGuard', upgradeGuard, KINDS.upgradeGuard);
  requireKindIfGiven('controlPlaneBake', controlPlaneBake, KINDS.bakeOptions);
}
