import { stacksOfChangeSet } from '../../../src/engine/change/change-set-stacks';
import { intentOf } from '../../../src/engine/change/deployment-intent';
import { ChangeSetState, KNOWN_AFTER_APPLY, ResourceChange } from '../../../src/engine/state/change-set-state';
import { TemplateResources } from '../../../src/engine/state/deployed-stack';
import { known } from '../../../src/engine/state/known';
import { aCatalog } from '../a-cluster';

const LATEST = { Id: { Ref: 'Lt' }, Version: { 'Fn::GetAtt': ['Lt', 'LatestVersionNumber'] } };
const TEMPLATE: TemplateResources = {
  Workers: { type: 'AWS::EKS::Nodegroup', properties: { ClusterName: 'prod', LaunchTemplate: LATEST } },
  Lt: { type: 'AWS::EC2::LaunchTemplate', properties: { LaunchTemplateData: { ImageId: 'new' } } },
};

const modify = (type: string, before: object, after: object): ResourceChange => (
  { action: 'Modify', type, replacement: 'False', details: [], before: known({ ...before }), after: known({ ...after }) });

function workersAfter(lt: Partial<ResourceChange>) {
  const unknown = { Id: KNOWN_AFTER_APPLY, Version: KNOWN_AFTER_APPLY };
  const changeSet: ChangeSetState = {
    id: 'arn',
    isExecuting: true,
    tags: {},
    parameters: {},
    resources: {
      Lt: { ...modify('AWS::EC2::LaunchTemplate', { LaunchTemplateData: { ImageId: 'old' } }, { LaunchTemplateData: { ImageId: 'new' } }), ...lt },
      Workers: modify('AWS::EKS::Nodegroup', { ClusterName: 'prod', LaunchTemplate: { Id: 'lt-1', Version: '1' } }, { ClusterName: 'prod', LaunchTemplate: unknown }),
    },
  };
  const { wanted, deployed } = stacksOfChangeSet(TEMPLATE, changeSet, { physicalIds: { Workers: 'prod/workers', Lt: 'lt-1' } });
  const cluster = { stackName: 'S', nodeGroups: [], addOns: [] };
  return intentOf(cluster, 'prod', { wanted: { S: wanted }, deployed: { S: deployed } }, aCatalog()).nodeGroups!.workers;
}

test('a new version of a launch template is no other launch template, though its ID is shown as not known yet', () => {
  expect(workersAfter({})).toMatchObject({ launchTemplate: undefined, otherChanges: ['LaunchTemplate'] });
});

test('a launch template that is replaced is another one', () => {
  expect(workersAfter({ replacement: 'True' })).toMatchObject({ launchTemplate: 'exchanged' });
});
