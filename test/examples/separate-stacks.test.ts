import { Edit, idsOf, runExample } from './_example-app';
import { changesBetween, hazardsIn, typesAddedBy, updatesIn } from './_template-changes';

const run = (...edits: Edit[]) => runExample('separate-stacks', { edits });

/** What an edit changes in each stack. */
function changesBy(...edits: Edit[]) {
  const [before, after] = [run().stacks, run(...edits).stacks];
  return {
    controlPlane: changesBetween(before.ControlPlane.template, after.ControlPlane.template),
    nodes: changesBetween(before.Nodes.template, after.Nodes.template),
  };
}

test.each(['weak', 'strong'])('the control plane is deployed first, and knows nothing of the nodes, with %s references between stacks', (kind) => {
  const { stacks } = runExample('separate-stacks', { context: { '@aws-cdk/core:defaultCrossStackReferences': kind } });

  expect(stacks.ControlPlane.after).toEqual([]);
  expect(stacks.Nodes.after).toEqual(['ControlPlane']);
  expect(idsOf(stacks.ControlPlane.template, 'AWS::EKS::Nodegroup')).toEqual([]);
  expect(idsOf(stacks.Nodes.template, 'AWS::EKS::Cluster')).toEqual([]);
});

test('add-ons that nodes need live with the control plane, CoreDNS lives with the nodes and waits for them', () => {
  const { ControlPlane, Nodes } = run().stacks;
  const nameOf = (stack: typeof Nodes) => idsOf(stack.template, 'AWS::EKS::Addon').map(
    (id) => stack.template.Resources[id].Properties?.AddonName,
  );

  expect(nameOf(ControlPlane)).toEqual(['vpc-cni', 'kube-proxy']);
  expect(nameOf(Nodes)).toEqual(['coredns']);
  const [coreDns] = idsOf(Nodes.template, 'AWS::EKS::Addon');
  const nodeGroups = idsOf(Nodes.template, 'AWS::EKS::Nodegroup');
  expect(nodeGroups).toHaveLength(2);
  expect(Nodes.template.Resources[coreDns].DependsOn).toEqual(expect.arrayContaining(nodeGroups));
});

test.each<[string, Edit, string[]]>([
  ['size', { replace: 'maxSize: 6', by: 'maxSize: 12' }, ['ControlPlaneCluster40003284NodeGroupGuard: Judged', 'Workers: ScalingConfig']],
  [
    'AMI release', { replace: 'maxSize: 6', by: "maxSize: 6, releaseVersion: '1.36.2-20260630'" },
    ['ControlPlaneCluster40003284NodeGroupGuard: Judged', 'Workers: ReleaseVersion'],
  ],
])('a changed %s of a node group leaves the stack of the control plane untouched', (_, edit, updates) => {
  const { controlPlane, nodes } = changesBy(edit);

  expect(controlPlane).toEqual([]);
  expect(updatesIn(nodes)).toEqual(updates);
});

test('one more node group leaves the stack of the control plane untouched', () => {
  const { controlPlane, nodes } = changesBy({
    replace: '// needs nodes', by: "; new ManagedNodeGroupWithAmiTracking(this, 'More', { cluster }) // needs nodes",
  });

  expect(controlPlane).toEqual([]);
  expect(typesAddedBy(nodes)).toEqual(['AWS::EKS::Nodegroup', 'AWS::IAM::Role']);
});

test('a new Kubernetes version moves the control plane with its add-ons in one stack, the nodes with CoreDNS in the other', () => {
  const { controlPlane, nodes } = changesBy({ replace: 'V1_36', by: 'V1_37' });

  expect(updatesIn(controlPlane)).toEqual([
    'Cluster: Version', 'ClusterAddOnVersions: KubernetesVersion', 'ClusterUpgradeGuard: Judged',
  ]);
  expect(updatesIn(nodes)).toEqual([
    'Arm: ReleaseVersion, Version', 'ControlPlaneCluster40003284AddOnVersions: KubernetesVersion',
    'ControlPlaneCluster40003284NodeGroupGuard: Judged', 'Workers: ReleaseVersion, Version',
  ]);
  expect(hazardsIn([...controlPlane, ...nodes])).toEqual([]);
});

test('fails to synthesise when the control plane is made to wait for the nodes', () => {
  expect(() => run(
    { replace: 'new NodesStack(app,', by: 'cluster.stack.addStackDependency(new NodesStack(app,' },
    { replace: '{ env, cluster });', by: '{ env, cluster }));' },
  ))
    .toThrow(/cyclic/i);
});
