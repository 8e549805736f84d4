import { CfnTemplate, Edit, idsOf, runExample } from './_example-app';
import { changesBetween, hazardsIn, typesAddedBy, updatesIn } from './_template-changes';

const STEPS = ['before', 'step-1', 'step-2', 'step-3', 'step-4'] as const;
type Step = typeof STEPS[number];

function templateOf(step: Step, ...edits: Edit[]): CfnTemplate {
  return runExample('adopt-existing-cluster', { file: `${step}.ts`, edits }).stacks.Platform.template;
}

function changes(from: Step, to: Step) {
  return changesBetween(templateOf(from), templateOf(to));
}

const NODE_GROUPS = ['Batch', 'ClusterNodegroupDefaultCapacity', 'ClusterNodegroupWorkers'];

test.each(STEPS.slice(1).map(
  (step, index) => [STEPS[index], step],
))('from %s to %s nothing is replaced or removed, and EKS refuses nothing', (from, to) => {
  const found = changes(from, to);

  expect(found).not.toEqual([]);
  expect(hazardsIn(found)).toEqual([]);
});

test('step 1 makes node groups respect PodDisruptionBudgets, and nothing else', () => {
  const found = changes('before', 'step-1');

  expect(updatesIn(found)).toEqual(NODE_GROUPS.map((group) => `${group}: ForceUpdateEnabled`));
  expect(typesAddedBy(found)).toEqual([]);
});

test('step 2 gives every node group its pair of versions and adds the guard', () => {
  const found = changes('step-1', 'step-2');

  expect(updatesIn(found)).toEqual(NODE_GROUPS.map((group) => `${group}: ReleaseVersion, Version`));
  expect(typesAddedBy(found)).toEqual([
    'AWS::IAM::Role', 'AWS::Lambda::Function', 'AWS::Logs::LogGroup', 'Custom::EksUpgradeGuard',
  ]);
});

test('step 3 keeps the add-on that was there, overwrites those that EKS installed, and leaves the cluster and the node groups alone', () => {
  const found = changes('step-2', 'step-3');

  expect(updatesIn(found)).toEqual(['ClusterUpgradeGuard: Judged', 'VpcCni: AddonVersion, PreserveOnDelete, ResolveConflicts']);
  expect(typesAddedBy(found)).toEqual(['AWS::EKS::Addon', 'AWS::EKS::Addon', 'AWS::IAM::Policy', 'Custom::EksAddOnVersions']);
  const { Resources } = templateOf('step-3');
  const policies = Object.values(Resources).filter(({ Type }) => Type === 'AWS::EKS::Addon')
    .map(({ Properties }) => [Properties?.AddonName, Properties?.ResolveConflicts]);
  expect(Object.fromEntries(policies)).toEqual({ 'vpc-cni': 'PRESERVE', 'kube-proxy': 'OVERWRITE', 'coredns': 'OVERWRITE' });
});

test('step 3 orders what is deployed: add-ons that nodes need, node groups, CoreDNS', () => {
  const template = templateOf('step-3');
  const nodeGroups = idsOf(template, 'AWS::EKS::Nodegroup');
  const [coreDns] = idsOf(template, 'AWS::EKS::Addon', 'ClusterAddOnCoredns');
  const beforeNodes = idsOf(template, 'AWS::EKS::Addon').filter((id) => id !== coreDns);

  expect(beforeNodes).toHaveLength(2);
  expect(nodeGroups).toHaveLength(3);
  nodeGroups.forEach((id) => expect(template.Resources[id].DependsOn).toEqual(expect.arrayContaining(beforeNodes)));
  expect(template.Resources[coreDns].DependsOn).toEqual(expect.arrayContaining(nodeGroups));
});

test('step 4 upgrades guard, cluster, add-ons and node groups, and lets changes to add-ons live', () => {
  const found = changes('step-3', 'step-4');

  expect(updatesIn(found)).toEqual([
    'Batch: ReleaseVersion, Version',
    'Cluster: Version',
    'ClusterAddOnCoredns: ResolveConflicts',
    'ClusterAddOnKubeProxy: ResolveConflicts',
    'ClusterAddOnVersions: KubernetesVersion',
    'ClusterNodegroupDefaultCapacity: ReleaseVersion, Version',
    'ClusterNodegroupWorkers: ReleaseVersion, Version',
    'ClusterUpgradeGuard: Judged',
  ]);
  expect(typesAddedBy(found)).toEqual([]);
});

test('the cluster itself changes nothing but its version, and that only in the last step', () => {
  const clusterIn = (step: Step) => Object.values(templateOf(step).Resources).find(({ Type }) => Type === 'AWS::EKS::Cluster')?.Properties;
  const { Version, ...others } = clusterIn('before')!;

  expect(Version).toBe('1.35');
  STEPS.slice(1, 4).forEach((step) => expect(clusterIn(step)).toEqual({ Version, ...others }));
  expect(clusterIn('step-4')).toEqual({ Version: '1.36', ...others });
});

test('fails at EKS without step 1, which is why there is one', () => {
  const hazards = hazardsIn(changes('before', 'step-2'));

  expect(hazards).toHaveLength(NODE_GROUPS.length);
  NODE_GROUPS.forEach((group) => expect(hazards).toContainEqual(
    expect.stringMatching(`^${group}\\w+ .* changes ForceUpdateEnabled, ReleaseVersion, Version, which EKS refuses together$`),
  ));
});

test('fails for an add-on under a new logical ID: the old one is removed beside it', () => {
  const renamed = templateOf('step-3', {
    replace: "(vpcCni.node.defaultChild as CfnResource).overrideLogicalId('VpcCniEC2AF11A');", by: '',
  });

  expect(hazardsIn(changesBetween(templateOf('step-2'), renamed))).toEqual(['VpcCniEC2AF11A (AWS::EKS::Addon) is removed']);
});

test('fails for a changed instance type, which replaces the node group', () => {
  const changed = templateOf('step-4', { replace: 'm7i.large', by: 'm7i.xlarge' });

  expect(hazardsIn(changesBetween(templateOf('step-4'), changed)))
    .toEqual([expect.stringMatching(/^ClusterNodegroupWorkers\w+ \(AWS::EKS::Nodegroup\) is replaced because of InstanceTypes$/)]);
});
