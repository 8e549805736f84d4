import { Edit, idsOf, runExample } from './_example-app';
import { changesBetween, typesAddedBy } from './_template-changes';

const GREEN = "new PlatformStack(app, 'Green', { env, vpc, version: eks.KubernetesVersion.V1_36 });";
const BLUE_ALONE: Edit = { replace: GREEN, by: '' };

const run = (...edits: Edit[]) => runExample('blue-green', { edits }).stacks;

test.each([
  ['Network', 'weak'], ['Network', 'strong'], ['Blue', 'weak'], ['Blue', 'strong'],
])('the second cluster changes nothing in %s, with %s references between stacks', (stack, kind) => {
  const context = { '@aws-cdk/core:defaultCrossStackReferences': kind };
  const templateOf = (...edits: Edit[]) => runExample('blue-green', { edits, context }).stacks[stack].template;

  expect(templateOf()).toEqual(templateOf(BLUE_ALONE));
});

test('taking the first cluster away changes nothing of the second', () => {
  const greenAlone = run({ replace: "new PlatformStack(app, 'Blue', { env, vpc, version: eks.KubernetesVersion.V1_35 });", by: '' });

  expect(greenAlone.Green.template).toEqual(run().Green.template);
});

test('both clusters share the VPC and wait only for it', () => {
  const { Network, Blue, Green } = run();

  expect(Network.after).toEqual([]);
  expect([Blue.after, Green.after]).toEqual([['Network'], ['Network']]);
  expect(idsOf(Network.template, 'AWS::EC2::VPC')).toHaveLength(1);
  expect([...idsOf(Blue.template, 'AWS::EC2::VPC'), ...idsOf(Green.template, 'AWS::EC2::VPC')]).toEqual([]);
});

test.each(['V1_34', 'V1_36', 'V1_37'])('control plane and nodes of the second cluster run %s, those of the first stay', (version) => {
  const { Blue, Green } = run({ replace: GREEN, by: GREEN.replace('V1_36', version) });
  const versionsIn = ({ template }: typeof Blue) => ['AWS::EKS::Cluster', 'AWS::EKS::Nodegroup']
    .map((type) => template.Resources[idsOf(template, type)[0]].Properties?.Version);

  expect(versionsIn(Blue)).toEqual(['1.35', '1.35']);
  expect(versionsIn(Green)).toEqual([version, version].map((name) => name.slice(1).replace('_', '.')));
});

test('both clusters are made of the same resources', () => {
  const { Blue, Green } = run();
  const empty = { Resources: {} };

  expect(typesAddedBy(changesBetween(empty, Green.template))).toEqual(typesAddedBy(changesBetween(empty, Blue.template)));
});
