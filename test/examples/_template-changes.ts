import type { CfnTemplate } from './_example-app';

/** What a deployment would do to one resource. */
export interface ResourceChange {
  readonly logicalId: string;
  readonly type: string;
  readonly action: 'add' | 'remove' | 'update';
  /** Names of the changed properties of an updated resource. */
  readonly properties: string[];
}

/**
 * Properties whose change replaces the resource, for the resource types that may change in the life of a cluster.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-eks-cluster.html
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-eks-nodegroup.html
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-eks-addon.html
 */
const REPLACING: Record<string, readonly string[]> = {
  'AWS::EKS::Cluster': ['Name', 'RoleArn', 'EncryptionConfig', 'KubernetesNetworkConfig', 'OutpostConfig', 'BootstrapSelfManagedAddons'],
  'AWS::EKS::Nodegroup': [
    'AmiType', 'CapacityType', 'ClusterName', 'DiskSize', 'InstanceTypes', 'NodegroupName', 'NodeRole', 'RemoteAccess', 'Subnets',
  ],
  'AWS::EKS::Addon': ['AddonName', 'ClusterName'],
  'Custom::EksUpgradeGuard': ['ServiceToken'],
  'Custom::EksAddOnVersions': ['ServiceToken'],
  'Custom::EksBake': ['ServiceToken'],
  'Custom::AWSCDK-EKS-Cluster': ['ServiceToken'], // which of `Config` replace it, its handler knows
  'AWS::CloudFormation::Stack': [],
  'AWS::EC2::LaunchTemplate': [],
  'AWS::Lambda::LayerVersion': [], // immutable: each new one takes the place of the one before
};

/** EKS refuses a node group's update that changes one of these together with anything else. */
const VERSION_PAIR = ['Version', 'ReleaseVersion'];

/** Compares two templates, resource by resource and property by property. */
export function changesBetween(before: CfnTemplate, after: CfnTemplate): ResourceChange[] {
  const ids = new Set([...Object.keys(before.Resources), ...Object.keys(after.Resources)]);
  return [...ids].flatMap((logicalId): ResourceChange[] => {
    const [old, now] = [before.Resources[logicalId], after.Resources[logicalId]];
    if (!old || !now || old.Type !== now.Type) {
      return [{ logicalId, type: (now ?? old).Type, action: now ? 'add' : 'remove', properties: [] }];
    }
    const properties = [...new Set([...Object.keys(old.Properties ?? {}), ...Object.keys(now.Properties ?? {})])]
      .filter((name) => JSON.stringify(old.Properties?.[name]) !== JSON.stringify(now.Properties?.[name]));
    return properties.length > 0 ? [{ logicalId, type: now.Type, action: 'update', properties: properties.sort() }] : [];
  });
}

/** What CloudFormation or EKS would do or refuse, and nobody wants: replaced or removed resources, and updates that EKS refuses. */
export function hazardsIn(changes: readonly ResourceChange[]): string[] {
  return changes.flatMap(({ logicalId, type, action, properties }) => {
    switch (action) {
      case 'add':
        return [];
      case 'remove':
        return [`${logicalId} (${type}) is removed`];
    }
    const replacing = REPLACING[type];
    if (!replacing) {
      return [`${logicalId} (${type}) changes, and nothing is known of its type`];
    }
    const pair = properties.filter((name) => VERSION_PAIR.includes(name));
    return [
      ...properties.filter((name) => replacing.includes(name)).map((name) => `${logicalId} (${type}) is replaced because of ${name}`),
      ...type === 'AWS::EKS::Nodegroup' && pair.length > 0 && pair.length < properties.length
        ? [`${logicalId} (${type}) changes ${properties.join(', ')}, which EKS refuses together`]
        : [],
    ];
  });
}

/** The updates among the changes, as `<logical ID without its hash>: <property>, …`. */
export function updatesIn(changes: readonly ResourceChange[]): string[] {
  return changes.filter(({ action }) => action === 'update')
    .map(({ logicalId, properties }) => `${logicalId.replace(/[0-9A-F]{8}$/, '')}: ${properties.join(', ')}`).sort();
}

/** The types of the added resources. */
export function typesAddedBy(changes: readonly ResourceChange[]): string[] {
  return changes.filter(({ action }) => action === 'add').map(({ type }) => type).sort();
}
