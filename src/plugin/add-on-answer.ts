import { AddOnLookUp } from '../engine/eks/add-on-look-up';
import { TrackedAddOnEntry } from '../engine/eks/tracked-add-on';
import { judgeTrackedAddOn } from '../engine/eks/tracked-add-on-move';
import { known } from '../engine/state/known';
import { readAddOnOfferTo } from '../live/add-on-offer-to-cluster';
import { awsClients } from '../live/aws-clients';
import { readInstalledAddOnVersion } from '../live/installed-add-on-version';
import { LookupCredentials } from '../live/lookup-credentials';

/** Retries enough for a passing fault. */
const MAX_ATTEMPTS = 5;

/**
 * Looks up the version of an add-on that is tracked and not in `cdk.context.json` yet, where the CLI then writes it.
 *
 * @throws if AWS cannot be read, or EKS offers nothing that can follow what the cluster has; the CLI hands the message on and caches nothing
 */
export async function lookUpAddOn(lookUp: AddOnLookUp, { profile }: { readonly profile?: string }): Promise<TrackedAddOnEntry> {
  const { addOn: name, choice, kubernetesVersion, region } = lookUp;
  const config = { profile, maxAttempts: MAX_ATTEMPTS };
  const aws = awsClients({ ...config, region, credentials: new LookupCredentials(config).for(lookUp) });
  const [offer, installed] = await Promise.all([
    readAddOnOfferTo(aws, name, kubernetesVersion, lookUp.live),
    readInstalledAddOnVersion(aws, name, lookUp.live),
  ]);
  const { move, entry } = judgeTrackedAddOn({ name, choice, before: installed ?? lookUp.before, offer: known(offer) }, { now: new Date() });
  if (entry === undefined) throw new Error('why' in move ? move.why : `EKS offers no version of ${name}`);
  return entry;
}
