import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
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

test('the rehearsal is told which group is drained by hand, since the app rolls nothing more', () => {
  const page = readFileSync(resolve(__dirname, '../../examples/second-node-group/README.md'), 'utf8');
  const [[, rehearsed = 'what the app rolls'], ...others] = page.matchAll(/cdk-eks-upgrades drain(?: --node-group (.+))?$/gm);

  expect(others).toEqual([]);
  expect(page).toContain(`kubectl get nodes -l eks.amazonaws.com/nodegroup=${rehearsed} -o name | xargs -n 1 kubectl drain`);
});

test('then the first goes, and the second stays as it is', () => {
  const found = changesBetween(templateOf(), templateOf(...LEFT));

  expect(found.filter(({ action, type }) => action === 'remove' && type === 'AWS::EKS::Nodegroup')).toHaveLength(1);
  expect(updatesIn(found).filter((update) => update.includes('Nodegroup'))).toEqual([]);
});
