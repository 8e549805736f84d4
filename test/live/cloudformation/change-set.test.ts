import { isKnownAfterApply, KNOWN_AFTER_APPLY } from '../../../src/engine/state/change-set-state';
import { awsClients, type AwsClients } from '../../../src/live/aws-clients';
import { readChangeSet, readExecutingChangeSet } from '../../../src/live/cloudformation/change-set';
import { readStackState } from '../../../src/live/cloudformation/stack-state';
import { readTemplate } from '../../../src/live/cloudformation/template';
import type { LocalAws } from '../../aws/aws-server';
import { changeSetArn, type StackSeed } from '../../aws/cloudformation';
import { withLocalAws } from '../../aws/with-local-aws';

let aws: LocalAws;
let clients: AwsClients;

withLocalAws((local) => {
  aws = local;
  clients = awsClients({ maxAttempts: 1 });
});

const put = (stack: Partial<StackSeed>) => aws.cloudFormation.putStack({ name: 'app', ...stack });
const ARN = changeSetArn({ name: 'app' });

test('a stack tells its status, mode, parameters, tags, and the change set that is executed', async () => {
  put({
    status: 'UPDATE_IN_PROGRESS', mode: 'EXPRESS', parameters: { Version: '1.36' }, tags: { team: 'platform' }, rootId: 'arn:root', changeSet: { changes: [] },
  });

  expect(await readStackState(clients.cloudFormation, 'app')).toEqual({
    status: 'UPDATE_IN_PROGRESS',
    isRollingBack: false,
    isExpress: true,
    changeSetId: ARN,
    parameters: { Version: '1.36' },
    tags: { team: 'platform' },
    rootId: 'arn:root',
  });
});

test.each([undefined, 'STANDARD'] as const)('a stack is deployed in standard mode with %s', async (mode) => {
  put({ status: 'UPDATE_ROLLBACK_IN_PROGRESS', mode });

  expect(await readStackState(clients.cloudFormation, 'app')).toEqual(
    { status: 'UPDATE_ROLLBACK_IN_PROGRESS', isRollingBack: true, isExpress: false, parameters: {}, tags: {} });
});

test('a change set tells what happens to a resource, with the values before and after', async () => {
  put({
    changeSet: {
      changes: [
        {
          Action: 'Modify',
          LogicalResourceId: 'Workers',
          PhysicalResourceId: 'prod/workers',
          ResourceType: 'AWS::EKS::Nodegroup',
          Replacement: 'True',
          BeforeContext: JSON.stringify({ Properties: { InstanceTypes: ['m6i.large'], Version: '1.35' } }),
          AfterContext: JSON.stringify({ Properties: { InstanceTypes: ['m7i.large'], Version: KNOWN_AFTER_APPLY } }),
          Details: [
            { Target: { Attribute: 'Tags', RequiresRecreation: 'Never' }, Evaluation: 'Static' },
            {
              Target: {
                Attribute: 'Properties', Name: 'InstanceTypes', Path: '/Properties/InstanceTypes/0', RequiresRecreation: 'Always', BeforeValue: 'm6i.large', AfterValue: 'm7i.large',
              },
              Evaluation: 'Static',
            },
            {
              Target: {
                Attribute: 'Properties', Name: 'Version', RequiresRecreation: 'Never', BeforeValue: '1.35', AfterValue: KNOWN_AFTER_APPLY,
              },
              Evaluation: 'Dynamic',
            },
          ],
        },
        { Action: 'Add', LogicalResourceId: 'New', ResourceType: 'AWS::EKS::Addon' },
        {
          Action: 'Modify',
          LogicalResourceId: 'Nested',
          ResourceType: 'AWS::CloudFormation::Stack',
          BeforeContext: '{"Prope',
        },
      ],
    },
  });
  const { resources: { Workers: workers, New: added, Nested: nested }, isExecuting } = await readChangeSet(clients.cloudFormation, ARN);

  expect(isExecuting).toBe(true);
  expect(workers).toEqual({
    action: 'Modify',
    type: 'AWS::EKS::Nodegroup',
    physicalId: 'prod/workers',
    replacement: 'True',
    before: { known: true, value: { InstanceTypes: ['m6i.large'], Version: '1.35' } },
    after: { known: true, value: { InstanceTypes: ['m7i.large'], Version: KNOWN_AFTER_APPLY } },
    details: [
      { attribute: 'Tags', requiresRecreation: 'Never', evaluation: 'Static' },
      {
        attribute: 'Properties',
        name: 'InstanceTypes',
        path: '/Properties/InstanceTypes/0',
        requiresRecreation: 'Always',
        evaluation: 'Static',
        before: { known: true, value: 'm6i.large' },
        after: { known: true, value: 'm7i.large' },
      },
      {
        attribute: 'Properties',
        name: 'Version',
        requiresRecreation: 'Never',
        evaluation: 'Dynamic',
        before: { known: true, value: '1.35' },
        after: { known: false, why: expect.any(String) },
      },
    ],
  });
  expect(added).toMatchObject({ action: 'Add', replacement: 'False', details: [], before: { known: false }, after: { known: false } });
  expect(nested).toMatchObject({ before: { known: false, why: expect.stringContaining('in part') } });
});

test.each<['Retain' | 'Delete' | 'ReplaceAndRetain' | undefined, true | undefined]>([
  ['Retain', true], ['Delete', undefined], ['ReplaceAndRetain', undefined], [undefined, undefined],
])('a change set tells what stays though it is removed, by the policy action %p: %p', async (PolicyAction, isRetained) => {
  put({ changeSet: { changes: [{ Action: 'Remove', PolicyAction, LogicalResourceId: 'Workers', ResourceType: 'AWS::EKS::Nodegroup' }] } });
  expect((await readChangeSet(clients.cloudFormation, ARN)).resources.Workers.isRetained).toBe(isRetained);
});

describe('of what somebody made what the template now says', () => {
  type Place = readonly [path: string, type?: 'Add' | 'Modify' | 'Remove' | 'SyncWithActual', attribute?: 'Properties' | 'Tags'];

  /** What is told of a node group, by where its properties differ. */
  async function workersBy(places: readonly Place[], before?: object, after?: object) {
    const context = (properties?: object) => properties && JSON.stringify({ Properties: properties });
    put({
      changeSet: {
        changes: [{
          Action: 'Modify',
          LogicalResourceId: 'Workers',
          ResourceType: 'AWS::EKS::Nodegroup',
          BeforeContext: context(before),
          AfterContext: context(after),
          Details: places.map(([path, AttributeChangeType, Attribute = 'Properties']) => ({
            Target: { Attribute, Name: path.split('/')[0], Path: `/${Attribute}/${path}`, RequiresRecreation: 'Never', AttributeChangeType },
            Evaluation: 'Static',
          })),
        }],
      },
    });
    return (await readChangeSet(clients.cloudFormation, ARN)).resources.Workers;
  }

  test('the names alone: only what changes is told', async () => {
    const { details, before } = await workersBy([
      ['Version', 'SyncWithActual'], ['Labels/a', 'Modify'], ['Taints', 'Add'], ['Subnets', 'Remove'], ['AmiType'],
      ['', 'SyncWithActual', 'Tags'],
    ]);
    expect(details.map(({ name }) => name)).toEqual(['Labels', 'Taints', 'Subnets', 'AmiType']);
    expect(before).toMatchObject({ known: false });
  });

  test.each<[string, readonly Place[], object, object, object]>([
    ['a property', [['Version', 'SyncWithActual']],
      { Version: '1.35', AmiType: 'a' }, { Version: '1.36', AmiType: 'a' }, { Version: '1.36', AmiType: 'a' }],
    ['a property beside one that changes', [['Version', 'SyncWithActual'], ['AmiType', 'Modify']],
      { Version: '1.35', AmiType: 'a' }, { Version: '1.36', AmiType: 'b' }, { Version: '1.36', AmiType: 'a' }],
    ['a part beside one that changes', [['ScalingConfig/MinSize', 'SyncWithActual'], ['ScalingConfig/MaxSize', 'Modify']],
      { ScalingConfig: { MinSize: 1, MaxSize: 3 } }, { ScalingConfig: { MinSize: 2, MaxSize: 4 } },
      { ScalingConfig: { MinSize: 2, MaxSize: 3 } }],
    ['a part that came, beside one that comes', [['Labels/a', 'SyncWithActual'], ['Labels/b', 'Add']],
      {}, { Labels: { a: '1', b: '2' } }, { Labels: { a: '1' } }],
    ['the last part, which went', [['Labels/a', 'SyncWithActual']], { Labels: { a: '1' } }, {}, {}],
    ['a part with a slash in its name', [['Labels/a.b~1c', 'SyncWithActual']],
      { Labels: { 'a.b/c': '1' } }, { Labels: { 'a.b/c': '2' } }, { Labels: { 'a.b/c': '2' } }],
    ['items of a list that went', [['Subnets/1', 'SyncWithActual'], ['Subnets/2', 'SyncWithActual']],
      { Subnets: ['a', 'b', 'c'] }, { Subnets: ['a'] }, { Subnets: ['a'] }],
    ['items of a list that came', [['Subnets/1', 'SyncWithActual'], ['Subnets/2', 'SyncWithActual']],
      { Subnets: ['a'] }, { Subnets: ['a', 'b', 'c'] }, { Subnets: ['a', 'b', 'c'] }],
    ['no property', [['', 'SyncWithActual', 'Tags'], ['Version', 'Modify']], { Version: '1.35' }, { Version: '1.36' }, { Version: '1.35' }],
    ['nothing', [['Version', 'Modify']], { Version: '1.35' }, { Version: '1.36' }, { Version: '1.35' }],
  ])('%s is as after, all else as before', async (_, places, before, after, actual) => {
    expect(await workersBy(places, before, after)).toMatchObject({ before: { known: true }, after: { value: after } });
    expect((await workersBy(places, before, after)).before).toEqual({ known: true, value: actual });
  });
});

test('all pages are read', async () => {
  aws.cloudFormation.changesAPage = 2;
  put({
    changeSet: {
      changes: ['A', 'B', 'C', 'D', 'E'].map((id) => ({ Action: 'Remove', LogicalResourceId: id, ResourceType: 'AWS::EKS::Addon' })),
    },
  });

  expect(Object.keys((await readChangeSet(clients.cloudFormation, ARN)).resources)).toEqual(['A', 'B', 'C', 'D', 'E']);
});

describe('the change set that is executed', () => {
  const read = async () => readExecutingChangeSet(clients.cloudFormation, await readStackState(clients.cloudFormation, 'app'));

  test('is none where the stack never had one', async () => {
    put({});

    expect(await read()).toEqual({ known: true, value: undefined });
  });

  test.each([
    'EXECUTE_COMPLETE', 'EXECUTE_FAILED', 'AVAILABLE', 'OBSOLETE',
  ])('is none while the last one is in %s', async (executionStatus) => {
    put({ changeSet: { executionStatus, changes: [] } });

    expect(await read()).toEqual({ known: true, value: undefined });
  });

  test('is read while it is executed', async () => {
    put({ changeSet: { changes: [] } });

    expect(await read()).toMatchObject({ known: true, value: { isExecuting: true } });
  });

  test('is not known where it may not be described, and the permission is named', async () => {
    put({ changeSet: { changes: [] } });
    aws.fail({ service: 'cloudformation', action: 'DescribeChangeSet', fault: 'accessDenied' });

    expect(await read()).toEqual({ known: false, why: expect.stringContaining('cloudformation:DescribeChangeSet') });
  });

  test('is not known where CloudFormation does not have it any more', async () => {
    put({});
    const missing = await readExecutingChangeSet(clients.cloudFormation, { changeSetId: ARN });

    expect(missing).toEqual({ known: false, why: expect.stringContaining('does not exist') });
  });
});

test.each([
  [KNOWN_AFTER_APPLY, true], [{ a: [`x-${KNOWN_AFTER_APPLY}`] }, true], ['1.36', false], [{ a: 1 }, false], [null, false],
])('%j is known after other resources: %s', (value, isIt) => {
  expect(isKnownAfterApply(value)).toBe(isIt);
});

test('a template is read as it was written', async () => {
  put({ template: 'Resources:\n  Workers:\n    Type: AWS::EKS::Nodegroup\n    Properties: { Version: !Ref Version }\n' });

  expect(await readTemplate(clients.cloudFormation, 'app')).toEqual(
    { Resources: { Workers: { Type: 'AWS::EKS::Nodegroup', Properties: { Version: { Ref: 'Version' } } } } });
});
