import {
  CloudFormationClient, DescribeChangeSetCommand, DescribeStackResourceCommand, DescribeStackResourcesCommand, DescribeStacksCommand,
  GetTemplateCommand, paginateDescribeChangeSet, paginateListStackResources, type ResourceChange,
} from '@aws-sdk/client-cloudformation';
import { LocalAws } from './aws-server';
import { changeSetArn, stackArn } from './cloudformation';

let aws: LocalAws;
let client: CloudFormationClient;

beforeEach(async () => {
  aws = await LocalAws.start();
  client = new CloudFormationClient({ ...aws.clientConfig('cloudformation'), maxAttempts: 1 });
  aws.cloudFormation.putStack({
    name: 'Platform',
    status: 'UPDATE_ROLLBACK_IN_PROGRESS',
    resources: [
      { logicalId: 'Cluster9EE0221C', type: 'AWS::EKS::Cluster', physicalId: 'prod <1> & more' },
      { logicalId: 'Workers', type: 'AWS::EKS::Nodegroup', status: 'CREATE_IN_PROGRESS' },
    ],
    template: { Resources: { Workers: { Type: 'AWS::EKS::Nodegroup' } } },
  });
});

afterEach(async () => {
  client.destroy();
  await aws.stop();
});

async function resource(LogicalResourceId: string, StackName = 'Platform') {
  return (await client.send(new DescribeStackResourceCommand({ StackName, LogicalResourceId }))).StackResourceDetail;
}

test.each(['Platform', stackArn({ name: 'Platform' })])('a stack is found as %s', async (StackName) => {
  const { Stacks } = await client.send(new DescribeStacksCommand({ StackName }));

  expect(Stacks).toMatchObject([
    { StackName: 'Platform', StackId: stackArn({ name: 'Platform' }), StackStatus: 'UPDATE_ROLLBACK_IN_PROGRESS' },
  ]);
});

test('a logical id leads to the physical one, once there is one', async () => {
  expect(await resource('Cluster9EE0221C')).toMatchObject({ PhysicalResourceId: 'prod <1> & more', ResourceType: 'AWS::EKS::Cluster' });
  const workers = await resource('Workers');
  expect(workers?.ResourceStatus).toBe('CREATE_IN_PROGRESS');
  expect(workers?.PhysicalResourceId).toBeUndefined();
});

test('resources are found by stack and by physical id', async () => {
  const find = async (input: object) => (await client.send(new DescribeStackResourcesCommand(input))).StackResources!
    .map(({ LogicalResourceId }) => LogicalResourceId);

  expect(await find({ StackName: 'Platform' })).toEqual(['Cluster9EE0221C', 'Workers']);
  expect(await find({ StackName: 'Platform', LogicalResourceId: 'Workers' })).toEqual(['Workers']);
  expect(await find({ PhysicalResourceId: 'prod <1> & more' })).toEqual(['Cluster9EE0221C', 'Workers']);
});

test('many resources come in pages', async () => {
  const resources = Array.from({ length: 250 }, (_, index) => ({ logicalId: `R${index}`, type: 'AWS::EKS::Nodegroup' }));
  aws.cloudFormation.putStack({ name: 'Large', resources });
  const seen: (string | undefined)[] = [];
  for await (const { StackResourceSummaries } of paginateListStackResources({ client }, { StackName: 'Large' })) {
    seen.push(...StackResourceSummaries!.map(({ LogicalResourceId }) => LogicalResourceId));
  }

  expect(seen).toEqual(resources.map(({ logicalId }) => logicalId));
  expect(aws.requests).toHaveLength(3);
});

test('the template is the one that was deployed', async () => {
  const { TemplateBody } = await client.send(new GetTemplateCommand({ StackName: 'Platform' }));

  expect(JSON.parse(TemplateBody!)).toEqual({ Resources: { Workers: { Type: 'AWS::EKS::Nodegroup' } } });
});

describe('a change set', () => {
  const changes: ResourceChange[] = [
    { Action: 'Add', LogicalResourceId: 'New', ResourceType: 'AWS::EKS::Addon', AfterContext: '{"Properties":{"AddonName":"coredns"}}' },
    {
      Action: 'Modify',
      LogicalResourceId: 'Workers',
      ResourceType: 'AWS::EKS::Nodegroup',
      Details: [{ Target: { Attribute: 'Properties', Name: 'Version', BeforeValue: '1.35', AfterValue: '1.36' }, Evaluation: 'Static' }],
    },
  ];
  const describeChanges = async (input: object) => (await client.send(new DescribeChangeSetCommand({
    ChangeSetName: changeSetArn({ name: 'Changing' }), ...input,
  }))).Changes!.map(({ ResourceChange: change }) => change);

  beforeEach(() => aws.cloudFormation.putStack({ name: 'Changing', changeSet: { changes } }));

  test('is named by its stack, and told with values when somebody asks for them', async () => {
    const { Stacks: [stack] = [] } = await client.send(new DescribeStacksCommand({ StackName: 'Changing' }));

    expect(stack.ChangeSetId).toBe(changeSetArn({ name: 'Changing' }));
    expect(await describeChanges({ IncludePropertyValues: true })).toMatchObject(changes);
    const [added, modified] = await describeChanges({});
    expect(added).not.toHaveProperty('AfterContext');
    expect(modified!.Details![0].Target).toEqual({ Attribute: 'Properties', Name: 'Version' });
  });

  test('comes in pages', async () => {
    aws.cloudFormation.changesAPage = 1;
    const ids: unknown[] = [];
    for await (const { Changes } of paginateDescribeChangeSet({ client }, { ChangeSetName: changeSetArn({ name: 'Changing' }) })) {
      ids.push(...Changes!.map(({ ResourceChange: change }) => change!.LogicalResourceId));
    }

    expect(ids).toEqual(['New', 'Workers']);
    expect(aws.requests).toHaveLength(2);
  });

  test('fails for one that does not exist', async () => {
    await expect(describeChanges({ ChangeSetName: changeSetArn({ name: 'Platform' }) })).rejects.toMatchObject({
      name: 'ChangeSetNotFoundException',
    });
  });
});

test('fails for what does not exist', async () => {
  await expect(resource('Nothing')).rejects.toMatchObject({
    name: 'ValidationError', message: 'Resource Nothing does not exist for stack Platform',
  });
  await expect(resource('Workers', 'Nothing')).rejects.toMatchObject({
    name: 'ValidationError', message: 'Stack with id Nothing does not exist',
  });
  await expect(client.send(new DescribeStackResourcesCommand({ PhysicalResourceId: 'nothing' }))).rejects.toMatchObject({
    name: 'ValidationError',
  });
});

test.each([
  ['accessDenied', 'AccessDenied', 403],
  ['throttled', 'Throttling', 400],
  ['serverError', 'InternalFailure', 500],
] as const)('%s fails as CloudFormation does', async (fault, name, httpStatusCode) => {
  aws.fail({ service: 'cloudformation', fault });

  await expect(resource('Workers')).rejects.toMatchObject({ name, $metadata: { httpStatusCode } });
});
