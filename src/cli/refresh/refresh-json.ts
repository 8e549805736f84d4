import { RefreshedLookUp } from './refresh';

/** What a refresh did, as the body of its JSON. */
export function refreshJson(refreshed: readonly RefreshedLookUp[], dryRun: boolean): object {
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
  };
}
