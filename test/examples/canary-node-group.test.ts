import { Edit, runExample } from './_example-app';
import { changesBetween, hazardsIn, updatesIn } from './_template-changes';
import { sentence } from '../../src/engine/messages/sentence';
import { says } from '../../src/node-group/messages';

const templateOf = (...edits: Edit[]) => runExample('canary-node-group', { edits }).stacks.Platform.template;

const TYPES = ['AWS::EKS::Nodegroup', 'Custom::EksBake'];

/** What of node groups and bakes a resource waits for, by ID of the construct. */
function waitsOf(id: string, { Resources } = templateOf()) {
  const ids = Object.keys(Resources).filter((other) => TYPES.includes(Resources[other].Type));
  const shorten = (logicalId: string) => logicalId.replace(/^ClusterNodegroup|[0-9A-F]{8}$/g, '');
  return ids.filter((other) => Resources[ids.find((one) => shorten(one) === id)!].DependsOn?.includes(other)).map(shorten);
}

test('the others wait for the bake of the canary, and for nobody else', () => {
  expect(waitsOf('Canary')).toEqual([]);
  expect(waitsOf('CanaryBake')).toEqual(['Canary']);
  expect(waitsOf('Workers')).toEqual(['CanaryBake']);
  expect(waitsOf('Batch')).toEqual(['CanaryBake']);
});

test('no node group waits for another without upgradeAfter', () => {
  const unordered = templateOf({ replace: 'upgradeAfter: [baked],', by: '' });

  expect(['Canary', 'Workers', 'Batch'].flatMap((group) => waitsOf(group, unordered))).toEqual([]);
});

test('the order is no change of any resource, and the bake adds its own only', () => {
  const unordered = templateOf({ replace: 'upgradeAfter: [baked],', by: '' });
  const without = templateOf({ replace: 'upgradeAfter: [baked],', by: '' }, { replace: 'canary.baked(', by: 'String(' });

  expect(changesBetween(unordered, templateOf())).toEqual([]);
  expect(changesBetween(without, templateOf()).filter(({ action }) => action !== 'add')).toEqual([]);
});

test('a new Kubernetes version moves each node group as a pair, and the canary bakes', () => {
  const found = changesBetween(templateOf(), templateOf({ replace: 'V1_36', by: 'V1_37' }));
  const pair = (group: string) => `ClusterNodegroup${group}: ReleaseVersion, Version`;

  expect(updatesIn(found).filter((update) => update.includes('Nodegroup')))
    .toEqual([...['Batch', 'Canary'].map(pair), 'ClusterNodegroupCanaryBake: Subject', pair('Workers')]);
  expect(hazardsIn(found)).toEqual([]);
});

test('fails for a canary that the app does not define', () => {
  expect(() => templateOf({
    replace: 'upgradeAfter: [baked]',
    by: "upgradeAfter: [eks.Nodegroup.fromNodegroupName(this, 'Imported', 'canary')]",
  })).toThrow(`${sentence(says.upgradeAfterImported({ imported: 'Platform/Imported' }))} [Platform/Cluster/NodegroupWorkers]`);
});
