import { GetServiceQuotaCommand, ServiceQuotasClient } from '@aws-sdk/client-service-quotas';
import { askForEach } from './ask-for-each';
import { AwsConnection } from './aws-connection';
import { InstanceQuota } from '../engine/state/node-room';

/**
 * Quotas of EC2, by code, as they apply in the account and Region.
 *
 * @throws AwsCallError
 */
export async function readInstanceQuotas({ connectTo }: AwsConnection, codes: readonly string[]): Promise<InstanceQuota[]> {
  const client = connectTo(ServiceQuotasClient, 'servicequotas');
  return askForEach(codes, async (code) => {
    const { Quota } = await client.send(new GetServiceQuotaCommand({ ServiceCode: 'ec2', QuotaCode: code }));
    return { code, name: Quota!.QuotaName!, vcpus: Quota!.Value! };
  });
}
