import { BakedSubject, BakeProperties, LONGEST_BAKE_SECONDS } from './resource-properties';
import { referencesIn } from './template-references';
import { BAKE_TYPE, NODE_GROUP_TYPE, Template, TemplateResources } from '../state/deployed-stack';
import { RollOrder, Schedule } from '../state/schedule';

/**
 * In which order the node groups of a cluster roll that are in a template, by logical ID, and what bakes. A bake whose length is not
 * known counts as the longest.
 *
 * @param resources of the template, with the values of its parameters
 * @param isOfCluster whether the name of a cluster, as a resource gives it, is that of the cluster
 */
export function rollOrderInTemplate(
  { Resources = {} }: Template, resources: TemplateResources, isOfCluster: (clusterName: unknown) => boolean,
): Required<Pick<Schedule, 'order' | 'controlPlaneBakeSeconds'>> {
  const groups = Object.keys(resources).filter(
    (id) => resources[id].type === NODE_GROUP_TYPE && isOfCluster(resources[id].properties.ClusterName),
  );
  const bakes = Object.keys(resources).filter((id) => resources[id].type === BAKE_TYPE).map((logicalId) => {
    const { Subject, DurationSeconds } = resources[logicalId].properties as unknown as BakeProperties;
    return { logicalId, subject: Subject, seconds: /^\d+$/.test(String(DurationSeconds)) ? Number(DurationSeconds) : LONGEST_BAKE_SECONDS };
  }).filter(({ subject }) => isOfCluster(subject.ClusterName));
  const bakedBy = ({ NodegroupName }: BakedSubject) => NodegroupName === undefined ? undefined : groups.find(
    (id) => referencesIn(NodegroupName).includes(id) || resources[id].properties.NodegroupName === NodegroupName,
  );
  const groupOf = (id: string) => groups.includes(id) ? id : bakedBy(bakes.find(({ logicalId }) => logicalId === id)?.subject ?? NOTHING);
  const secondsAfter = (group: string | undefined) => bakes.find(({ subject }) => bakedBy(subject) === group)?.seconds ?? 0;

  return {
    order: Object.fromEntries(groups.map((id): [string, RollOrder] => [id, {
      after: [...new Set([Resources[id]?.DependsOn ?? []].flat().flatMap((earlier) => groupOf(earlier) ?? []))],
      bakeSeconds: secondsAfter(id),
    }])),
    controlPlaneBakeSeconds: bakes.find(({ subject }) => subject.NodegroupName === undefined)?.seconds ?? 0,
  };
}

const NOTHING = {} as BakedSubject;
