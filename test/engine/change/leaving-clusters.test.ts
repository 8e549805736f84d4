import { leavingClusters } from '../../../src/engine/change/leaving-clusters';
import { DeployedStack, NESTED_STACK_TYPE, nestedStackName, TemplateResources } from '../../../src/engine/state/deployed-stack';

const CLUSTER = { type: 'AWS::EKS::Cluster', properties: {} };
const INNER = nestedStackName('Prod', 'Nested');

const withCluster = (isRetained = false): DeployedStack => ({
  resources: { Main: { ...CLUSTER, isRetained } }, physicalIds: { Main: 'prod' },
});
const withNested = (isRetained = false): DeployedStack => ({
  resources: { Nested: { type: NESTED_STACK_TYPE, properties: {}, isRetained } }, physicalIds: { Nested: 'arn' },
});
const found = (deployed: Record<string, DeployedStack>, wanted: Record<string, TemplateResources>) =>
  leavingClusters({ deployed, wanted }).map(({ stackName, logicalId, name }) => `${stackName} ${logicalId} ${name}`);

test('one that its template no longer has leaves, unless it is retained', () => {
  expect(found({ Prod: withCluster() }, { Prod: {} })).toEqual(['Prod Main prod']);
  expect(found({ Prod: withCluster(true) }, { Prod: {} })).toEqual([]);
  expect(found({ Prod: withCluster() }, { Prod: { Main: CLUSTER } })).toEqual([]);
});

test('one of a stack that the deployment leaves alone stays', () => {
  expect(found({ Prod: withCluster() }, {})).toEqual([]);
  expect(found({ Prod: withCluster() }, { Other: { Main: CLUSTER } })).toEqual([]);
});

test('one that was never created does not leave', () => {
  expect(found({ Prod: { ...withCluster(), physicalIds: {} } }, { Prod: {} })).toEqual([]);
});

test('one of a nested stack goes with that stack, unless it or the stack is retained', () => {
  expect(found({ Prod: withNested(), [INNER]: withCluster() }, { Prod: {} })).toEqual([`${INNER} Main prod`]);
  expect(found({ Prod: withNested(), [INNER]: withCluster(true) }, { Prod: {} })).toEqual([]);
  expect(found({ Prod: withNested(true), [INNER]: withCluster() }, { Prod: {} })).toEqual([]);
  expect(found({ Prod: withNested(), [INNER]: withCluster() }, {})).toEqual([]);
});
