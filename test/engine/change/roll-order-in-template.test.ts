import { rollOrderInTemplate } from '../../../src/engine/change/roll-order-in-template';
import { Template, templateResources } from '../../../src/engine/state/deployed-stack';

type Resources = NonNullable<Template['Resources']>;

const group = (after: readonly string[] = [], cluster = 'Cluster', more: object = {}): Resources[string] => (
  { Type: 'AWS::EKS::Nodegroup', Properties: { ClusterName: { Ref: cluster }, ...more }, DependsOn: after }
);
const bake = (subject: object, seconds: unknown, cluster = 'Cluster'): Resources[string] => (
  { Type: 'Custom::EksBake', Properties: { Subject: { ClusterName: { Ref: cluster }, ...subject }, DurationSeconds: seconds } }
);
const of = (name: string) => ({ NodegroupName: { 'Fn::GetAtt': [name, 'NodegroupName'] } });

function orderIn(resources: Resources) {
  const template = { Resources: resources };
  return rollOrderInTemplate(template, templateResources(template), (given) => JSON.stringify(given) === '{"Ref":"Cluster"}');
}

test('a node group rolls after those that it waits for, by themselves or by their bakes', () => {
  expect(orderIn({
    Canary: group(['Guard', 'Role']),
    CanaryBake: bake(of('Canary'), '1800'),
    Workers: group(['CanaryBake', 'Canary']),
    Last: { ...group(), DependsOn: 'Workers' },
  })).toEqual({
    order: {
      Canary: { after: [], bakeSeconds: 1800 }, Workers: { after: ['Canary'], bakeSeconds: 0 }, Last: { after: ['Workers'], bakeSeconds: 0 },
    },
    controlPlaneBakeSeconds: 0,
  });
});

test('a group is known by its literal name; a bake whose length is a parameter counts as the longest', () => {
  expect(orderIn({
    Canary: group([], 'Cluster', { NodegroupName: 'canary' }), Bake: bake({ NodegroupName: 'canary' }, { Ref: 'Seconds' }), Workers: group(['Bake']),
  }).order).toEqual({ Canary: { after: [], bakeSeconds: 59 * 60 }, Workers: { after: ['Canary'], bakeSeconds: 0 } });
});

test('the bake of the control plane is no group, and what is of another cluster does not count', () => {
  expect(orderIn({
    Bake: bake({}, '600'), OtherBake: bake({}, '900', 'Other'), Workers: group(['Bake', 'Foreign']), Foreign: group([], 'Other'),
  })).toEqual({ order: { Workers: { after: [], bakeSeconds: 0 } }, controlPlaneBakeSeconds: 600 });
});
