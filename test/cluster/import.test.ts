import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { newStack, ofType, Resources, resourcesOf } from './_fixtures';
import { AddOnVersion, AmiTracking, ClusterUpgrades, EksAmiType, ManagedAddOn } from '../../src';
import { importedVpc, instanceTypes } from '../node-group/_fixtures';

/* "Import what exists" in docs/adopt.md: the CLI adds the chosen resource to the deployed template, and nothing else */

function app(add: (upgrades: ClusterUpgrades) => void): Resources {
  const stack = newStack();
  add(ClusterUpgrades.ofImported(stack, 'Upgrades', {
    clusterName: 'prod', version: eks.KubernetesVersion.of('1.36'), vpc: importedVpc(stack, 'Vpc'),
  }));
  return resourcesOf(stack);
}

/** The logical IDs to which a resource refers and that are not deployed. */
function missing(add: (upgrades: ClusterUpgrades) => void, type: string): string[] {
  const [deployed, wanted] = [app(() => {}), app(add)];
  const [resource] = Object.values(ofType(wanted, type));
  const text = JSON.stringify({ ...resource, Metadata: undefined });
  const named = [...text.matchAll(/"(?:Ref|Fn::GetAtt)":\[?"(\w+)"/g)].map(([, id]) => id);
  return [...named, ...[resource.DependsOn ?? []].flat()].filter((id) => !(id in deployed)).map((id) => wanted[id].Type);
}

test.each<[string, string[], ManagedAddOn]>([
  ['pinned', [], ManagedAddOn.coreDns({ version: AddOnVersion.pinned('v1.13.2-eksbuild.1') })],
  ['not pinned', ['Custom::EksAddOnVersions'], ManagedAddOn.coreDns()],
  ['without the role that is made', [], ManagedAddOn.ebsCsiDriver({ version: AddOnVersion.pinned('v1.50.1-eksbuild.1'), podIdentities: [] })],
  ['with the role that is made', ['AWS::IAM::Role'], ManagedAddOn.ebsCsiDriver({ version: AddOnVersion.pinned('v1.50.1-eksbuild.1') })],
])('an add-on %s lacks %j for an import', (_, lacks, addOn) => {
  expect(missing((upgrades) => upgrades.addManagedAddOn(addOn), 'AWS::EKS::Addon')).toEqual(lacks);
});

test.each([[true, []], [false, ['AWS::IAM::Role']]])('a node group of a role that exists (%j) lacks %j for an import', (hasRole, lacks) => {
  expect(missing((upgrades) => upgrades.addManagedNodeGroup('Workers', {
    nodegroupName: 'workers',
    eksAmiType: EksAmiType.AL2023_X86_64_STANDARD,
    instanceTypes: instanceTypes('m7i.large'),
    kubernetesVersion: eks.KubernetesVersion.of('1.36'),
    amiTracking: AmiTracking.pinned('1.36.2-20260714'),
    ...hasRole && { nodeRole: iam.Role.fromRoleArn(upgrades, 'Role', 'arn:aws:iam::111122223333:role/nodes') },
  }), 'AWS::EKS::Nodegroup')).toEqual(lacks);
});
