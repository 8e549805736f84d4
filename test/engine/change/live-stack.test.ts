import { intentOf } from '../../../src/engine/change/deployment-intent';
import { stackOfLive } from '../../../src/engine/change/live-stack';
import { TemplateResource } from '../../../src/engine/state/deployed-stack';
import { known } from '../../../src/engine/state/known';
import { NodeGroupState } from '../../../src/engine/state/node-group-state';
import { aCatalog, aCluster, aNodeGroup } from '../a-cluster';

/** Where no change set tells what a deployment changes, the wanted template is held against what is live. */
function changesBeside(properties: object, live: Partial<NodeGroupState>, stackTags: Record<string, string> = {}): readonly string[] {
  const wanted: Record<string, TemplateResource> = {
    Workers: { type: 'AWS::EKS::Nodegroup', properties: { ClusterName: 'prod', Version: '1.36', ...properties }, stackTags },
  };
  const stack = { physicalIds: { Workers: 'prod/workers' }, failed: [] };
  const state = aCluster({ nodeGroups: known([aNodeGroup({ name: 'workers', ...live })]) });
  const stacks = { wanted: { S: wanted }, deployed: { S: stackOfLive(wanted, stack, state) } };
  return intentOf({ stackName: 'S', nodeGroups: [], addOns: [] }, 'prod', stacks, aCatalog()).nodeGroups!.workers.otherChanges!;
}

const LIVE = {
  labels: { team: 'a' },
  tags: { 'cost-center': '7', 'aws:cloudformation:stack-name': 'S', 'put-on-by': 'somebody else' },
  taints: [{ key: 'gpu', value: 'yes', effect: 'NO_SCHEDULE' }, { key: 'spot', effect: 'NO_EXECUTE' }],
  scaling: { minSize: 1, maxSize: 3, desiredSize: 2 },
  update: { maxUnavailable: 1 },
};
const SAME = {
  Labels: { team: 'a' },
  Tags: { 'cost-center': 7 },
  Taints: [{ Effect: 'NO_EXECUTE', Key: 'spot' }, { Key: 'gpu', Value: 'yes', Effect: 'NO_SCHEDULE' }],
  ScalingConfig: { MinSize: '1', MaxSize: 3, DesiredSize: 40 },
  UpdateConfig: { MaxUnavailable: 1 },
};

test('finds no change in what is live already, however it is spelt', () => {
  expect(changesBeside(SAME, LIVE)).toEqual([]);
});

test.each<[string, object, string[]]>([
  ['a label of another value', { Labels: { team: 'b' } }, ['Labels']],
  ['a label that is taken away', { Labels: undefined }, ['Labels']],
  ['a tag of another value', { Tags: { 'cost-center': '8' } }, ['Tags']],
  ['a tag that is new', { Tags: { 'cost-center': '7', 'stage': 'test' } }, ['Tags']],
  ['a taint that is taken away', { Taints: SAME.Taints.slice(1) }, ['Taints']],
  ['a taint of another effect', { Taints: [SAME.Taints[0], { ...SAME.Taints[1], Effect: 'NO_EXECUTE' }] }, ['Taints']],
  ['the greatest size', { ScalingConfig: { MinSize: 1, MaxSize: 4, DesiredSize: 2 } }, ['ScalingConfig']],
  ['the smallest size', { ScalingConfig: { MinSize: 2, MaxSize: 3 } }, ['ScalingConfig']],
  ['how many are rolled at once', { UpdateConfig: { MaxUnavailable: 2 } }, ['UpdateConfig']],
  ['a share in place of a number', { UpdateConfig: { MaxUnavailablePercentage: 33 } }, ['UpdateConfig']],
  ['several', { Labels: {}, UpdateConfig: { MaxUnavailable: 2 } }, ['Labels', 'UpdateConfig']],
])('finds %s', (_, properties, expected) => {
  expect(changesBeside({ ...SAME, ...properties }, LIVE)).toEqual(expected);
});

test.each<[string, object]>([
  ['the size of the moment', { ScalingConfig: { MinSize: 1, MaxSize: 3, DesiredSize: 1 } }],
  ['what the template leaves to EKS', { ScalingConfig: undefined, UpdateConfig: undefined }],
  ['what only the deployment knows', { Labels: { team: { Ref: 'Team' } }, Tags: { 'cost-center': '{{resolve:ssm:/cost-center}}' } }],
])('does not take %s for a change', (_, properties) => {
  expect(changesBeside({ ...SAME, ...properties }, LIVE)).toEqual([]);
});

test('does not take what EKS does not tell for a change', () => {
  expect(changesBeside(SAME, { labels: undefined, tags: undefined, taints: undefined, scaling: undefined, update: undefined })).toEqual([]);
});

test('the tags of the stack reach its node groups', () => {
  expect(changesBeside(SAME, LIVE, { 'cost-center': '7' })).toEqual([]);
  expect(changesBeside({ ...SAME, Tags: { 'cost-center': '7' } }, LIVE, { commit: 'abc' })).toEqual(['Tags']);
  expect(changesBeside({ ...SAME, Tags: undefined }, LIVE, { 'cost-center': '8' })).toEqual(['Tags']);
  expect(changesBeside(SAME, LIVE, { 'cost-center': 'that of the template counts' })).toEqual([]);
});

describe('a node group on an image of its own', () => {
  const [OLD, NEW] = ['ami-0123456789abcde07', 'ami-0123456789abcde08'];
  const REFERENCE = { Id: { Ref: 'Template' }, Version: { 'Fn::GetAtt': ['Template', 'LatestVersionNumber'] } };

  function otherChanges(imageId: unknown, live: Partial<NodeGroupState>, properties: object = {}): readonly string[] {
    const wanted: Record<string, TemplateResource> = {
      Template: { type: 'AWS::EC2::LaunchTemplate', properties: { LaunchTemplateData: { ImageId: imageId, UserData: 'a' } } },
      Workers: { type: 'AWS::EKS::Nodegroup', properties: { ClusterName: 'prod', LaunchTemplate: REFERENCE, ...properties } },
    };
    const stack = { physicalIds: { Workers: 'prod/workers', Template: 'lt-1' }, failed: [] };
    const state = aCluster({ nodeGroups: known([aNodeGroup({ name: 'workers', amiType: 'CUSTOM', releaseVersion: OLD, ...live })]) });
    const stacks = { wanted: { S: wanted }, deployed: { S: stackOfLive(wanted, stack, state) } };
    return intentOf({ stackName: 'S', nodeGroups: [], addOns: [] }, 'prod', stacks, aCatalog()).nodeGroups!.workers.otherChanges!;
  }

  test('changes its launch template when it runs another image', () => {
    expect(otherChanges(NEW, {})).toEqual(['LaunchTemplate']);
    expect(otherChanges(OLD, {})).toEqual([]);
  });

  test('and what changes beside that is found, too', () => {
    expect(otherChanges(NEW, { scaling: { minSize: 1, maxSize: 3, desiredSize: 2 } }, { ScalingConfig: { MinSize: 1, MaxSize: 5 } }))
      .toEqual(['LaunchTemplate', 'ScalingConfig']);
  });

  test.each<[string, unknown, Partial<NodeGroupState>]>([
    ['an image that only the deployment knows', { Ref: 'Image' }, {}],
    ['a dynamic reference', '{{resolve:ssm:/golden/image_id}}', {}],
    ['an AMI of EKS, whose launch template names no image', undefined, { amiType: 'AL2023_x86_64_STANDARD', releaseVersion: '1.36.2-20260714' }],
    ['nodes of which EKS does not tell the image', NEW, { releaseVersion: undefined }],
  ])('does not take %s for a change', (_, imageId, live) => {
    expect(otherChanges(imageId, live)).toEqual([]);
  });
});
