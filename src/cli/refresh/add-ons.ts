import { isDeepStrictEqual } from 'node:util';
import { withFirstLookUp } from './first-look-up';
import { judgeEach, Refreshing } from './refreshing';
import { TrackedAddOnEntry, trackedAddOnEntryIn, versionOfMinorBefore } from '../../engine/eks/tracked-add-on';
import { JudgedAddOn, judgeTrackedAddOn, TrackedAddOnMove } from '../../engine/eks/tracked-add-on-move';
import { sentence } from '../../engine/messages/sentence';
import { readAddOnConfigurations } from '../../live/add-on-configuration';
import { readAddOnOfferTo } from '../../live/add-on-offer-to-cluster';
import { attempt } from '../../live/attempt';
import { AwsClients } from '../../live/aws-clients';
import { readInstalledAddOnVersion } from '../../live/installed-add-on-version';
import { TrackedAddOnLookUp } from '../app/tracked-add-on-look-up';
import { stays } from '../messages';
import { Progress } from '../terminal';

/** A tracked version of an add-on and what becomes of it. */
export interface RefreshedAddOn {
  readonly lookUp: TrackedAddOnLookUp;
  readonly move: TrackedAddOnMove;
  /** What to write; absent where the file holds it already. */
  readonly entry?: TrackedAddOnEntry;
}

/** Compares tracked versions of add-ons with what EKS offers; changes nothing. */
export async function judgeAddOns(
  lookUps: readonly TrackedAddOnLookUp[], refreshing: Refreshing, progress: Progress,
): Promise<RefreshedAddOn[]> {
  return judgeEach(lookUps, refreshing, progress, async (lookUp) => judgeAddOn(lookUp, refreshing));
}

async function judgeAddOn(lookUp: TrackedAddOnLookUp, refreshing: Refreshing): Promise<RefreshedAddOn> {
  const { before, lookedUp } = refreshing.context;
  const judged = await judge(lookUp, trackedAddOnEntryIn(before[lookUp.contextKey]), refreshing);
  const inFile = trackedAddOnEntryIn(lookedUp[lookUp.contextKey]);
  return {
    lookUp,
    move: withFirstLookUp(judged.move, inFile?.version),
    entry: isDeepStrictEqual(judged.entry, inFile) ? undefined : judged.entry,
  };
}

async function judge(
  lookUp: TrackedAddOnLookUp, entry: TrackedAddOnEntry | undefined, { context: { lookedUp }, environments, policy }: Refreshing,
): Promise<JudgedAddOn> {
  const { name, choice, kubernetesVersion, live, cluster, environment } = lookUp;
  const { account = '', region = '' } = environment;
  const aws = environments.connect(environment);
  const [offer, installed] = await Promise.all([
    attempt(async () => readAddOnOfferTo(aws, name, kubernetesVersion, live)),
    attempt(async () => readInstalledAddOnVersion(aws, name, live)),
  ]);
  if (!installed.known) return { move: { outcome: 'unreadable', from: entry?.version, why: installed.why }, entry };
  const before = versionOfMinorBefore({ account, region, cluster, kubernetesVersion, addOn: name, choice }, (key) => lookedUp[key]);
  const judged = judgeTrackedAddOn({ name, choice, entry, installed: installed.value, before, offer }, policy);
  return holdAgainstConfiguration(judged, lookUp, entry, aws.eks);
}

/** Holds the configuration in the template against the version that is taken: EKS would refuse it in the deployment. */
async function holdAgainstConfiguration(
  judged: JudgedAddOn, { name, configuration }: TrackedAddOnLookUp, entry: TrackedAddOnEntry | undefined, eks: AwsClients['eks'],
): Promise<JudgedAddOn> {
  const { move } = judged;
  if (move.outcome !== 'moved' || configuration === undefined) return judged;
  const [{ objections }] = await readAddOnConfigurations(eks, [{ name, version: move.to, ...configuration }]);
  if (!objections.known) return { ...judged, move: { ...move, configurationUnread: objections.why } };
  if (objections.value.length === 0) return judged;
  return {
    move: {
      outcome: 'unfit',
      from: move.from,
      why: sentence(stays.configurationRefused({ name, version: move.to, objections: objections.value })),
    },
    entry,
  };
}
