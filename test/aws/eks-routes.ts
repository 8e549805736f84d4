/**
 * Where the actions of the EKS API are, as far as the stand-in has them.
 *
 * @see https://docs.aws.amazon.com/eks/latest/APIReference/API_Operations.html
 */
import type { QueryMembers, Routes } from './rest-protocol';

export const ROUTES: Routes = {
  ListClusters: 'GET /clusters',
  CreateCluster: 'POST /clusters',
  DescribeCluster: 'GET /clusters/{name}',
  UpdateClusterConfig: 'POST /clusters/{name}/update-config',
  DeleteCluster: 'DELETE /clusters/{name}',
  UpdateClusterVersion: 'POST /clusters/{name}/updates',
  DescribeClusterVersions: 'GET /cluster-versions',
  ListUpdates: 'GET /clusters/{name}/updates',
  DescribeUpdate: 'GET /clusters/{name}/updates/{updateId}',
  CancelUpdate: 'POST /clusters/{name}/updates/{updateId}/cancel-update',
  ListCertificateAuthorities: 'GET /clusters/{clusterName}/certificate-authorities',
  DescribeCertificateAuthority: 'GET /clusters/{clusterName}/certificate-authorities/{certificateAuthorityId}',
  CreateCertificateAuthority: 'POST /clusters/{clusterName}/certificate-authorities',
  ActivateCertificateAuthority: 'POST /clusters/{clusterName}/certificate-authorities/{certificateAuthorityId}/activate',
  DeleteCertificateAuthority: 'DELETE /clusters/{clusterName}/certificate-authorities/{certificateAuthorityId}',
  ListNodegroups: 'GET /clusters/{clusterName}/node-groups',
  DescribeNodegroup: 'GET /clusters/{clusterName}/node-groups/{nodegroupName}',
  CreateNodegroup: 'POST /clusters/{clusterName}/node-groups',
  UpdateNodegroupConfig: 'POST /clusters/{clusterName}/node-groups/{nodegroupName}/update-config',
  DeleteNodegroup: 'DELETE /clusters/{clusterName}/node-groups/{nodegroupName}',
  UpdateNodegroupVersion: 'POST /clusters/{clusterName}/node-groups/{nodegroupName}/update-version',
  ListAddons: 'GET /clusters/{clusterName}/addons',
  DescribeAddon: 'GET /clusters/{clusterName}/addons/{addonName}',
  CreateAddon: 'POST /clusters/{clusterName}/addons',
  UpdateAddon: 'POST /clusters/{clusterName}/addons/{addonName}/update',
  DeleteAddon: 'DELETE /clusters/{clusterName}/addons/{addonName}',
  DescribeAddonVersions: 'GET /addons/supported-versions',
  DescribeAddonConfiguration: 'GET /addons/configuration-schemas',
  ListInsights: 'POST /clusters/{clusterName}/insights',
  DescribeInsight: 'GET /clusters/{clusterName}/insights/{id}',
  StartInsightsRefresh: 'POST /clusters/{clusterName}/insights-refresh',
  DescribeInsightsRefresh: 'GET /clusters/{clusterName}/insights-refresh',
  ListFargateProfiles: 'GET /clusters/{clusterName}/fargate-profiles',
  CreateFargateProfile: 'POST /clusters/{clusterName}/fargate-profiles',
  DeleteFargateProfile: 'DELETE /clusters/{clusterName}/fargate-profiles/{fargateProfileName}',
  CreateAccessEntry: 'POST /clusters/{clusterName}/access-entries',
  DescribeAccessEntry: 'GET /clusters/{clusterName}/access-entries/{principalArn}',
  UpdateAccessEntry: 'POST /clusters/{clusterName}/access-entries/{principalArn}',
  DeleteAccessEntry: 'DELETE /clusters/{clusterName}/access-entries/{principalArn}',
  AssociateAccessPolicy: 'POST /clusters/{clusterName}/access-entries/{principalArn}/access-policies',
  DisassociateAccessPolicy: 'DELETE /clusters/{clusterName}/access-entries/{principalArn}/access-policies/{policyArn}',
  CreatePodIdentityAssociation: 'POST /clusters/{clusterName}/pod-identity-associations',
  UpdatePodIdentityAssociation: 'POST /clusters/{clusterName}/pod-identity-associations/{associationId}',
  DeletePodIdentityAssociation: 'DELETE /clusters/{clusterName}/pod-identity-associations/{associationId}',
  TagResource: 'POST /tags/{resourceArn}',
  UntagResource: 'DELETE /tags/{resourceArn}',
};

export const QUERY_MEMBERS: QueryMembers = {
  numbers: ['maxResults'],
  booleans: ['defaultOnly', 'includeAll', 'preserve'],
  lists: ['clusterVersions', 'owners', 'publishers', 'tagKeys', 'types'],
};
