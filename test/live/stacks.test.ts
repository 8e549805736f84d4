import { awsClients, type AwsClients } from '../../src/live/aws-clients';
import { readDeployedStack } from '../../src/live/deployed-stack';
import { physicalIdOf } from '../../src/live/stack';
import { LocalAws } from '../aws/aws-server';

let aws: LocalAws;
let clients: AwsClients;

beforeEach(async () => {
  aws = await LocalAws.start();
  clients = awsClients({ ...aws.clientConfig('cloudformation'), maxAttempts: 1 });
});

afterEach(async () => aws.stop());

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
