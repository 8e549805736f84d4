/**
 * The part of a deployment that CloudFormation gives to the guard: the bundled handler in a process of its own, as in Lambda, called with
 * the properties of the synthesised template.
 */
import { execFile } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { show } from './narrator';
import type { LocalAws } from '../../test/aws/aws-server';
import { stackArn } from '../../test/aws/cloudformation';

const HANDLER = join(__dirname, '../../assets/handler/cluster-upgrades.lambda/index.js');

const INVOKE = `require(process.argv[1]).handler(JSON.parse(process.argv[2]), {
  logGroupName: '/aws/lambda/guard', logStreamName: 'latest', getRemainingTimeInMillis: () => 900_000,
})`;

const STACK = { name: 'Quickstart' };

interface Resource {
  readonly Type: string;
  readonly Properties: Record<string, unknown>;
}

/** A template as the CDK synthesises it. */
export interface Template {
  readonly Resources: Record<string, Resource>;
}

/** Updates the guard of the stack `Quickstart`, whose cluster is `clusterName`, and shows CloudFormation's event. */
export async function updateGuard(aws: LocalAws, template: Template, clusterName: string): Promise<void> {
  const [clusterId] = resourceOf(template, 'AWS::EKS::Cluster');
  const [guardId, guard] = resourceOf(template, 'Custom::EksUpgradeGuard');
  aws.cloudFormation.putStack({
    ...STACK,
    status: 'UPDATE_IN_PROGRESS',
    resources: [{ logicalId: clusterId, type: 'AWS::EKS::Cluster', physicalId: clusterName }],
  });
  const { Status, Reason = '' } = await answerOf(aws, {
    RequestType: 'Update',
    RequestId: 'demo',
    StackId: stackArn(STACK),
    ResourceType: guard.Type,
    LogicalResourceId: guardId,
    PhysicalResourceId: guardId,
    ResourceProperties: guard.Properties,
  });
  show(`${Status === 'SUCCESS' ? 'UPDATE_COMPLETE' : 'UPDATE_FAILED'}  ${guard.Type}  ${guardId}\n${Reason.split(' | ').join('\n')}`);
}

function resourceOf({ Resources }: Template, type: string): [logicalId: string, resource: Resource] {
  return Object.entries(Resources).find(([, { Type }]) => Type === type)!;
}

/** What the handler puts to the response URL. */
async function answerOf(aws: LocalAws, event: object): Promise<{ Status: string; Reason?: string }> {
  const answers: string[] = [];
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      answers.push(body);
      response.end();
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const ResponseURL = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  try {
    await promisify(execFile)(
      process.execPath, ['-e', INVOKE, HANDLER, JSON.stringify({ ...event, ResponseURL })], { env: aws.environment },
    );
  } finally {
    server.close();
  }
  return JSON.parse(answers[0]);
}
