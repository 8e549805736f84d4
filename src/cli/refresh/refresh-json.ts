import { RefreshedAddOn } from './add-ons';
import { notesOf } from './add-ons-text';
import { RefreshedLookUp } from './judge-look-ups';

/** What a refresh did, as the body of its JSON. */
export function refreshJson(refreshed: readonly RefreshedLookUp[], addOns: readonly RefreshedAddOn[], dryRun: boolean): object {
  return {
    dryRun,
    releases: refreshed.map(({ lookUp, move, imageId }) => ({
      contextKey: lookUp.contextKey,
      parameterName: lookUp.parameterName,
      account: lookUp.environment.account,
      region: lookUp.environment.region,
      amiType: lookUp.amiType,
      kubernetesVersion: lookUp.kubernetesVersion,
      nodeGroups: lookUp.usedBy.map(({ stack, path }) => ({ stack: stack.hierarchicalId, path })),
      ...move,
      imageId,
    })),
    addOns: addOns.map((addOn) => {
      const { lookUp: { contextKey, name, cluster, choice, kubernetesVersion, environment: { account, region }, usedBy }, move } = addOn;
      return {
        contextKey,
        name,
        cluster,
        choice,
        kubernetesVersion,
        account,
        region,
        constructs: usedBy.map(({ stack, path }) => ({ stack: stack.hierarchicalId, path })),
        ...move,
        releaseNotesUrl: notesOf(addOn),
      };
    }),
  };
}
