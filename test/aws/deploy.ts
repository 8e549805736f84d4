import type { LocalAws } from './aws-server';

/** What is of interest in a template. */
export interface DeployableTemplate {
  readonly Resources: Record<string, { readonly Type: string; Properties: Record<string, any> }>;
}

/**
 * Makes the cluster of a template live, with its node groups and add-ons, and CloudFormation know the stack: what a deployment
 * would come to.
 *
 * @param madeUpName of a cluster that has none in the template
 */
export function deploy(
  { eks, cloudFormation }: Pick<LocalAws, 'eks' | 'cloudFormation'>, stack: string, template: DeployableTemplate, madeUpName?: string,
): void {
  const resources = Object.entries(template.Resources);
  const [clusterId, cluster] = resources.find(([, { Type }]) => Type === 'AWS::EKS::Cluster')!;
  const clusterName = cluster.Properties.Name ?? madeUpName ?? `${clusterId}-1`;
  const version = cluster.Properties.Version;
  const groups = resources.filter(([, { Type }]) => Type === 'AWS::EKS::Nodegroup');
  const addOns = resources.filter(([, { Type }]) => Type === 'AWS::EKS::Addon');
  const nameOf = (logicalId: string, name?: string) => name ?? `${logicalId}-1`;
  eks.addCluster({
    name: clusterName,
    version,
    nodegroups: groups.map(([id, { Properties }]) => ({
      name: nameOf(id, Properties.NodegroupName),
      amiType: Properties.AmiType,
      version: Properties.Version,
      ...typeof Properties.ReleaseVersion === 'string' && { releaseVersion: Properties.ReleaseVersion },
      config: {
        scalingConfig: {
          minSize: Properties.ScalingConfig.MinSize,
          maxSize: Properties.ScalingConfig.MaxSize,
          desiredSize: Properties.ScalingConfig.DesiredSize,
        },
        ...Properties.UpdateConfig && { updateConfig: { maxUnavailable: Properties.UpdateConfig.MaxUnavailable } },
      },
    })),
    addons: addOns.map(([, { Properties }]) => ({
      name: Properties.AddonName, ...typeof Properties.AddonVersion === 'string' && { version: Properties.AddonVersion },
    })),
  });
  cloudFormation.putStack({
    name: stack,
    status: 'UPDATE_COMPLETE',
    template,
    resources: [
      { logicalId: clusterId, type: 'AWS::EKS::Cluster', physicalId: clusterName },
      ...groups.map(([logicalId, { Properties }]) => ({
        logicalId, type: 'AWS::EKS::Nodegroup', physicalId: `${clusterName}/${nameOf(logicalId, Properties.NodegroupName)}`,
      })),
      ...addOns.map(
        ([logicalId, { Properties }]) => ({ logicalId, type: 'AWS::EKS::Addon', physicalId: `${clusterName}|${Properties.AddonName}` }),
      ),
    ],
  });
}
