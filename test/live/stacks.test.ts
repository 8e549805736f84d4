import { attempt } from '../../src/live/attempt';
import { awsClients, type AwsClients } from '../../src/live/aws-clients';
import { readDeployedStack } from '../../src/live/deployed-stack';
import { physicalIdOf } from '../../src/live/stack';
import type { LocalAws } from '../aws/aws-server';
import { withLocalAws } from '../aws/with-local-aws';

let aws: LocalAws;
let clients: AwsClients;

withLocalAws((local) => {
  aws = local;
  clients = awsClients({ maxAttempts: 1 });
});

describe.each<[string, boolean]>([
  ['CREATE_COMPLETE', true], ['UPDATE_FAILED', true], ['DELETE_IN_PROGRESS', true], ['DELETE_FAILED', true],
  ['DELETE_COMPLETE', false], ['DELETE_SKIPPED', false],
])('what CloudFormation lists in %s', (status, isThere) => {
  beforeEach(() => aws.cloudFormation.putStack({
    name: 'app',
    template: { Resources: { Workers: { Type: 'AWS::EKS::Nodegroup', Condition: 'Has', Properties: {} } } },
    resources: [{ logicalId: 'Workers', type: 'AWS::EKS::Nodegroup', physicalId: 'prod/workers', status }],
  }));

  test(`counts as in the stack: ${isThere}`, async () => {
    const { physicalIds, resources } = await readDeployedStack(clients.cloudFormation, 'app');
    expect({ physicalIds, isLeftOut: resources.Workers.isLeftOut ?? false }).toEqual(
      { physicalIds: isThere ? { Workers: 'prod/workers' } : {}, isLeftOut: !isThere },
    );
    expect(await physicalIdOf(clients.cloudFormation, 'app', 'Workers')).toBe(isThere ? 'prod/workers' : undefined);
  });
});

test.each(['{ "Resources": {}, }', 'Resources:\n\tX: y: z'])('a template that cannot be parsed makes its stack not known, and is not quoted: %j', async (template) => {
  aws.cloudFormation.putStack({ name: 'app', template });
  expect(await attempt(async () => readDeployedStack(clients.cloudFormation, 'app'))).toEqual({
    known: false, why: expect.stringMatching(/^the template of the stack is neither JSON nor YAML( \(line \d+,? column \d+\))?$/),
  });
});
