import type { PluginConnection } from './plugin-connection';
import { lookupRoleIn, QuestionOfStack } from '../engine/declaration/lookup-role';
import { AddOnConfigurationEntry, AddOnConfigurationLookUp } from '../engine/eks/add-on-configuration-look-up';
import { AddOnLookUp } from '../engine/eks/add-on-look-up';
import { TrackedAddOnEntry } from '../engine/eks/tracked-add-on';
import { judgeTrackedAddOn } from '../engine/eks/tracked-add-on-move';
import { known } from '../engine/state/known';
import { readAddOnConfigurations } from '../live/add-on-configuration';
import { readAddOnOfferTo } from '../live/add-on-offer-to-cluster';
import { AwsClients, awsClients } from '../live/aws-clients';
import { callerConfig } from '../live/caller';
import { readInstalledAddOnVersion } from '../live/installed-add-on-version';
import { LookupCredentials } from '../live/lookup-credentials';

/** Retries enough for a passing fault. */
const MAX_ATTEMPTS = 5;

/**
 * Looks up the version of an add-on that is tracked and not in `cdk.context.json` yet, where the CLI then writes it.
 *
 * @throws if AWS cannot be read, or EKS offers nothing that can follow what the cluster has; the CLI hands the message on and
 * caches nothing
 */
export async function lookUpAddOn(lookUp: AddOnLookUp & QuestionOfStack, connection: PluginConnection): Promise<TrackedAddOnEntry> {
  const { addOn: name, choice, kubernetesVersion } = lookUp;
  const aws = clientsFor(lookUp, connection);
  const [offer, installed] = await Promise.all([
    readAddOnOfferTo(aws, name, kubernetesVersion, lookUp.live),
    readInstalledAddOnVersion(aws, name, lookUp.live),
  ]);
  const tracked = { name, choice, installed, before: lookUp.before, offer: known(offer) };
  const { move, entry } = judgeTrackedAddOn(tracked, { now: new Date() });
  if (entry === undefined) throw new Error('why' in move ? move.why : `EKS offers no version of ${name}`);
  return entry;
}

/**
 * Holds the configuration of an add-on against its version.
 *
 * @throws if EKS cannot be asked, or answers with a schema that cannot be used; the CLI hands the message on and caches nothing
 */
export async function lookUpAddOnConfiguration(
  lookUp: AddOnConfigurationLookUp & QuestionOfStack, connection: PluginConnection,
): Promise<AddOnConfigurationEntry> {
  const [{ objections }] = await readAddOnConfigurations(clientsFor(lookUp, connection).eks, [lookUp.configured]);
  if (!objections.known) throw new Error(objections.why);
  return { objections: objections.value };
}

function clientsFor(lookUp: QuestionOfStack, { credentialPlugins, ...network }: PluginConnection): AwsClients {
  const config = { ...callerConfig(network), maxAttempts: MAX_ATTEMPTS };
  const environment = { ...lookUp, lookupRole: lookupRoleIn(lookUp) };
  return awsClients({
    ...config, region: environment.region, credentials: new LookupCredentials(config, credentialPlugins).for(environment),
  });
}
