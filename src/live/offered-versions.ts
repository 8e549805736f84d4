import { EKSClient, paginateDescribeClusterVersions } from '@aws-sdk/client-eks';
import { allPages } from './all-pages';
import { OfferedVersion } from '../engine/state/region-catalog';

/**
 * The Kubernetes versions that EKS lists, unsupported ones included.
 *
 * @throws AwsCallError
 */
export async function readOfferedVersions(eks: EKSClient): Promise<OfferedVersion[]> {
  const pages = paginateDescribeClusterVersions({ client: eks }, { includeAll: true });
  return (await allPages(pages, ({ clusterVersions }) => clusterVersions)).map((offered) => ({
    version: offered.clusterVersion!,
    status: offered.versionStatus!,
    endOfStandardSupport: dayOf(offered.endOfStandardSupportDate),
    endOfExtendedSupport: dayOf(offered.endOfExtendedSupportDate),
  }));
}

function dayOf(date: Date | undefined): string | undefined {
  return date?.toISOString().slice(0, 10);
}
