import { Edit, runExample } from './_example-app';
import { changesBetween, hazardsIn, typesAddedBy, updatesIn } from './_template-changes';

const RELEASE_NODES: Edit = {
  replace: '      nodeKubernetesVersion: eks.KubernetesVersion.V1_35, // a week later: remove this line\n', by: '',
};
const ALL_ON_1_35: Edit[] = [
  RELEASE_NODES, { replace: 'version: eks.KubernetesVersion.V1_36', by: 'version: eks.KubernetesVersion.V1_35' },
];

const run = (...edits: Edit[]) => runExample('bake-then-roll', { edits });
const templateOf = (...edits: Edit[]) => run(...edits).stacks.Platform.template;

test('the control plane and its add-ons move, no node group does', () => {
  const found = changesBetween(templateOf(...ALL_ON_1_35), templateOf());

  expect(updatesIn(found)).toEqual([
    'Cluster: Version', 'ClusterAddOnVersions: AddOns, KubernetesVersion', 'ClusterUpgradeGuard: Judged',
  ]);
  expect(typesAddedBy(found)).toEqual([]);
  expect(hazardsIn(found)).toEqual([]);
});

test('kube-proxy is held with the nodes', () => {
  const policyOfKubeProxy = (...edits: Edit[]) => Object.values(templateOf(...edits).Resources)
    .find(({ Type }) => Type === 'Custom::EksAddOnVersions')!.Properties!.AddOns
    .find(({ Name }: { Name: string }) => Name === 'kube-proxy').Policy;

  expect(policyOfKubeProxy()).toBe('keep-while-compatible');
  expect(policyOfKubeProxy(RELEASE_NODES)).toBe('recommended');
});

test('a week later kube-proxy follows, the node groups move as pairs, and nothing else does', () => {
  const found = changesBetween(templateOf(), templateOf(RELEASE_NODES));

  expect(updatesIn(found)).toEqual([
    'ClusterAddOnVersions: AddOns', 'ClusterNodegroupArm: ReleaseVersion, Version', 'ClusterNodegroupWorkers: ReleaseVersion, Version',
    'ClusterUpgradeGuard: Judged',
  ]);
  expect(typesAddedBy(found)).toEqual([]);
  expect(hazardsIn(found)).toEqual([]);
});

test('it says how far the nodes are behind, as long as they are', () => {
  const note = expect.objectContaining({ level: 'info', path: '/Platform/Cluster', text: expect.stringContaining('1 minor behind') });

  expect(run().messages).toContainEqual(note);
  expect(run(RELEASE_NODES).messages).not.toContainEqual(note);
});

test.each([
  ['ahead of the control plane', 'V1_37', /nodeKubernetesVersion is 1\.37, newer than the cluster's 1\.36/],
  ['beyond the kubelet skew', 'V1_32', /nodeKubernetesVersion is 1\.32, more than 3 minors behind/],
])('fails for nodes %s', (_, version, message) => {
  expect(() => run({
    replace: 'nodeKubernetesVersion: eks.KubernetesVersion.V1_35', by: `nodeKubernetesVersion: eks.KubernetesVersion.${version}`,
  }))
    .toThrow(message);
});
