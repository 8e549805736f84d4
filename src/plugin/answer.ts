import { setMaxListeners } from 'node:events';
import type { PluginConnection } from './plugin-connection';
import { lookupRoleIn } from '../engine/declaration/lookup-role';
import { known, notKnown } from '../engine/state/known';
import { environmentKey } from '../engine/state/live-view';
import { mapValues } from '../engine/state/map-values';
import { awsClients } from '../live/aws-clients';
import { callerConfig } from '../live/caller';
import { readDeclaredClusters } from '../live/declared-clusters';
import { callerCredentials, LookupCredentials } from '../live/lookup-credentials';
import { kubernetesAgentFor } from '../live/network';
import { PREVIEW_PROTOCOL, PreviewAnswer, PreviewEnvironment, PreviewQuestion } from '../preview/question';

// this file is the whole of what the plugin loads beside the app, to answer its questions
export { lookUpAddOn, lookUpAddOnConfiguration } from './add-on-answer';

/** How AWS is asked. */
export interface AnswerOptions extends PluginConnection {
  /**
   * How long to wait for each cluster, stack and catalog.
   *
   * @default - as long as a person would, in `cdk diff`
   */
  readonly patienceMillis?: number;
}

const PATIENCE_MILLIS = 20_000;

/** Retries enough for a passing fault; those of throttling are spread over some seconds. */
const MAX_ATTEMPTS = 5;

/**
 * Answers the question of an app. Never throws: a failure is an answer, too.
 *
 * The answer is not for `cdk.context.json`: it is asked for anew each time.
 */
export async function answer(
  question: PreviewQuestion, options: AnswerOptions,
): Promise<PreviewAnswer & { readonly $dontSaveContext: true }> {
  return { ...await failureOr(async () => read(question, options)), $dontSaveContext: true };
}

async function read(
  question: PreviewQuestion, { patienceMillis = PATIENCE_MILLIS, credentialPlugins, ...network }: AnswerOptions,
): Promise<PreviewAnswer> {
  const { protocol, clusters, releases, environments } = question;
  if (protocol !== PREVIEW_PROTOCOL) {
    throw new Error(
      'the plugin beside the CDK CLI and the library of the app are of different versions: install the same version of '
        + 'cdk-eks-upgrades for both',
    );
  }
  const ending = new AbortController();
  setMaxListeners(0, ending.signal); // every call under way listens
  const caller = callerConfig(network);
  const config = { ...caller, maxAttempts: MAX_ATTEMPTS };
  const credentials = new LookupCredentials(config, credentialPlugins);
  const connect = async (key: string) => {
    const environment = withLookupRole(environments[key], question);
    const provider = credentials.for(environment);
    try {
      await provider();
    } catch (error) {
      return notKnown((error as Error).message);
    }
    return known(awsClients({ ...config, region: environment.region ?? caller.region, credentials: provider, signal: ending.signal }));
  };
  try {
    const access = { credentials: callerCredentials(caller), agent: async () => kubernetesAgentFor(network) };
    return await readDeclaredClusters(clusters, {
      connect,
      releases,
      furtherStacks: mapValues(environments, ({ stacks }) => stacks),
      furtherAddOns: mapValues(environments, ({ furtherAddOns }) => furtherAddOns),
      furtherAmis: mapValues(environments, ({ furtherAmis }) => furtherAmis),
      configuredAddOns: mapValues(environments, ({ addOns }) => addOns),
      clusterIds: mapValues(environments, (environment) => environment.clusterIds),
      withRoom: true,
      now: new Date(),
      patienceMillis,
      workloads: ({ guard }) => guard.workloads ? access : undefined,
    });
  } finally {
    ending.abort(); // what still runs would keep the CLI from ending
  }
}

/**
 * An environment with the role of the question, if that comes from a stack there: a synthesizer that does not tell the app its role has the CDK
 * write it into the question.
 */
function withLookupRole(environment: PreviewEnvironment, question: PreviewQuestion): PreviewEnvironment {
  const { account, region } = question;
  const isOfQuestion = account !== undefined && region !== undefined && environmentKey(environment) === environmentKey(question);
  return isOfQuestion ? { ...environment, lookupRole: lookupRoleIn(question) ?? environment.lookupRole } : environment;
}

async function failureOr(attempt: () => Promise<PreviewAnswer>): Promise<PreviewAnswer> {
  try {
    return await attempt();
  } catch (error) {
    return { failure: (error as Error).message };
  }
}
