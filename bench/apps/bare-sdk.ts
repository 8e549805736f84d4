/**
 * Runs in a child process: makes the calls that a file lists, with nothing but AWS's SDK: `node bare-sdk.js <calls.json> <calls
 * at a time in a Region>`.
 */
import { readFileSync } from 'node:fs';
import * as cloudformation from '@aws-sdk/client-cloudformation';
import * as ec2 from '@aws-sdk/client-ec2';
import * as eks from '@aws-sdk/client-eks';
import * as ssm from '@aws-sdk/client-ssm';
import * as sts from '@aws-sdk/client-sts';
import pLimit from 'p-limit';

/** A call as it was recorded; its members are named as on the wire. */
export interface RecordedCall {
  readonly region: string;
  readonly service: string;
  readonly action: string;
  readonly input: Record<string, unknown>;
}

interface AnyClient {
  send(command: object): Promise<unknown>;
}

type Sdk = Record<string, new (input: object) => object>;

const CLIENTS: Record<string, { readonly sdk: unknown; readonly client: new (config: object) => AnyClient }> = {
  cloudformation: { sdk: cloudformation, client: cloudformation.CloudFormationClient },
  ec2: { sdk: ec2, client: ec2.EC2Client },
  eks: { sdk: eks, client: eks.EKSClient },
  ssm: { sdk: ssm, client: ssm.SSMClient },
  sts: { sdk: sts, client: sts.STSClient },
};

async function main([file, concurrency]: string[]): Promise<void> {
  const calls: RecordedCall[] = JSON.parse(readFileSync(file, 'utf8'));
  const regions = [...new Set(calls.map(({ region }) => region))];
  await Promise.all(regions.map(async (region) => {
    const limit = pLimit(Number(concurrency));
    const clients = new Map(
      Object.entries(CLIENTS).map(([name, { client: Client }]) => [name, new Client({ region, maxAttempts: 100, retryMode: 'adaptive' })]),
    );
    await Promise.all(calls.filter((call) => call.region === region).map(async ({ service, action, input: { SubnetId, ...input } }) => {
      const command = new (CLIENTS[service].sdk as Sdk)[`${action}Command`](SubnetId ? { ...input, SubnetIds: SubnetId } : input);
      return limit(async () => clients.get(service)!.send(command).catch(unlessNotFound));
    }));
  }));
}

/** AWS publishes no such parameter: the command was told so, too. */
function unlessNotFound(error: Error): void {
  if (error.name !== 'ParameterNotFound') throw error;
}

void main(process.argv.slice(2));
