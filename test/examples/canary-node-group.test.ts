import { Edit, idsOf, runExample } from './_example-app';
import { changesBetween, hazardsIn, updatesIn } from './_template-changes';

const templateOf = (...edits: Edit[]) => runExample('canary-node-group', { edits }).stacks.Platform.template;

function waitsOf(group: string, template = templateOf()) {
  const [id] = idsOf(template, 'AWS::EKS::Nodegroup', `ClusterNodegroup${group}`);
  return idsOf(template, 'AWS::EKS::Nodegroup').filter((other) => template.Resources[id].DependsOn?.includes(other))
    .map((other) => other.replace(/^ClusterNodegroup|[0-9A-F]{8}$/g, ''));
}

test('the others wait for the canary, and for nobody else', () => {
  expect(waitsOf('Canary')).toEqual([]);
  expect(waitsOf('Workers')).toEqual(['Canary']);
  expect(waitsOf('Batch')).toEqual(['Canary']);
});

test('no node group waits for another without upgradeAfter', () => {
  const unordered = templateOf({ replace: 'upgradeAfter: [canary],', by: '' });

  expect(['Canary', 'Workers', 'Batch'].flatMap((group) => waitsOf(group, unordered))).toEqual([]);
});

test('the order is no change of any resource', () => {
  expect(changesBetween(templateOf({ replace: 'upgradeAfter: [canary],', by: '' }), templateOf())).toEqual([]);
});

test('a new Kubernetes version moves each node group as a pair', () => {
  const found = changesBetween(templateOf(), templateOf({ replace: 'V1_36', by: 'V1_37' }));

  expect(updatesIn(found).filter((update) => update.includes('Nodegroup')))
    .toEqual(['Batch', 'Canary', 'Workers'].map((group) => `ClusterNodegroup${group}: ReleaseVersion, Version`));
  expect(hazardsIn(found)).toEqual([]);
});

test('fails for a canary that the app does not define', () => {
  expect(() => templateOf({
    replace: 'upgradeAfter: [canary]',
    by: "upgradeAfter: [eks.Nodegroup.fromNodegroupName(this, 'Imported', 'canary')]",
  })).toThrow(/upgradeAfter holds 'Platform\/Imported', which is imported .*\[Platform\/Cluster\/NodegroupWorkers\]$/);
});
