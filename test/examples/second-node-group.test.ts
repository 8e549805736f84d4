import { Edit, runExample } from './_example-app';
import { ALONE, LEFT } from './_second-node-group';
import { changesBetween, hazardsIn, typesAddedBy, updatesIn } from './_template-changes';

const run = (...edits: Edit[]) => runExample('second-node-group', { edits });
const templateOf = (...edits: Edit[]) => run(...edits).stacks.Platform.template;

test('the second group comes with its bake, and the first gets a taint alone, after that', () => {
  const found = changesBetween(templateOf(...ALONE), templateOf());

  expect(updatesIn(found).filter((update) => update.includes('Nodegroup'))).toEqual(['ClusterNodegroupWorkers: Taints']);
  expect(typesAddedBy(found)).toEqual(expect.arrayContaining(['AWS::EKS::Nodegroup', 'Custom::EksBake']));
  expect(hazardsIn(found)).toEqual([]);
  const { Resources } = templateOf();
  const idOf = (start: string) => Object.keys(Resources).find((id) => new RegExp(`^ClusterNodegroup${start}[0-9A-F]{8}$`).test(id))!;
  expect(Resources[idOf('Workers')].DependsOn).toContain(idOf('WorkersM8iBake'));
  expect(Resources[idOf('WorkersM8iBake')].DependsOn).toContain(idOf('WorkersM8i'));
});

test('then the first goes, and the second stays as it is', () => {
  const found = changesBetween(templateOf(), templateOf(...LEFT));

  expect(found.filter(({ action, type }) => action === 'remove' && type === 'AWS::EKS::Nodegroup')).toHaveLength(1);
  expect(updatesIn(found).filter((update) => update.includes('Nodegroup'))).toEqual([]);
});
