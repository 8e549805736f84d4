import { CfnAddon, type CfnCluster } from 'aws-cdk-lib/aws-eks';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Annotations, App, CfnParameter, RemovalPolicy, Stack, Stage } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import {
  ENV, KubectlV36Layer, newStack, NO_STAGING, ofType, Resources, resourcesOf, theOnly, upgradableCluster, warningsOn,
} from './_fixtures';
import {
  AddOnConflictPolicy, AddOnVersion, AmiTracking, ManagedAddOn, ManagedAddOnOptions, ManagedNodeGroupWithAmiTracking, UpgradableCluster,
  UpgradeGuard,
} from '../../src';
import { says as saysOfCluster, warnings, says } from '../../src/cluster/messages';
import { sentence } from '../../src/engine/messages/sentence';
import { acknowledgeable } from '../diagnostics/_said';

const RESOLVER = 'Custom::EksAddOnVersions';
const PINNED = AddOnVersion.pinned('v1.20.0-eksbuild.1');

function addOnNamed(resources: Resources, name: string): Resources[string] {
  const found = Object.values(ofType(resources, 'AWS::EKS::Addon')).filter(({ Properties }) => Properties.AddonName === name);
  expect(found).toHaveLength(1);
  return found[0];
}

/** Properties of an add-on on a cluster that has the Pod Identity agent by EKS Auto Mode. */
function propertiesOf(make: (scope: Construct) => ManagedAddOn): any {
  const stack = newStack();
  const cluster = upgradableCluster(stack, { defaultCapacityType: eks.DefaultCapacityType.AUTOMODE, defaultCapacity: undefined });
  const addOn = make(stack);
  cluster.addManagedAddOn(addOn);
  return addOnNamed(resourcesOf(stack), addOn.name).Properties;
}

function podRole(scope: Construct, id = 'PodRole'): iam.Role {
  return new iam.Role(scope, id, { assumedBy: new iam.SessionTagsPrincipal(new iam.ServicePrincipal('pods.eks.amazonaws.com')) });
}

describe('which add-on', () => {
  test.each<[string, boolean, (options?: ManagedAddOnOptions) => ManagedAddOn]>([
    ['vpc-cni', true, ManagedAddOn.vpcCni],
    ['kube-proxy', true, ManagedAddOn.kubeProxy],
    ['eks-pod-identity-agent', true, ManagedAddOn.podIdentityAgent],
    ['coredns', false, ManagedAddOn.coreDns],
    ['aws-ebs-csi-driver', false, ManagedAddOn.ebsCsiDriver],
    ['aws-efs-csi-driver', false, (options) => ManagedAddOn.of('aws-efs-csi-driver', options)],
  ])('%s (needed by nodes: %s)', (name, neededByNodes, make) => {
    expect(make().name).toBe(name);
    expect(make().neededByNodes).toBe(neededByNodes);
    expect(make({ neededByNodes: !neededByNodes }).neededByNodes).toBe(!neededByNodes);
    expect(make().version.policy).toBe('recommended');
    expect(propertiesOf(() => make({ preserveOnDelete: true }))).toMatchObject({
      AddonName: name,
      ResolveConflicts: 'PRESERVE',
      PreserveOnDelete: true,
      AddonVersion: {
        'Fn::GetAtt': [expect.any(String), expect.stringMatching(/Version$/)],
      },
    });
  });

  test.each(['', '-cni', 'vpc cni', 'vpc.cni'])("fails with the name '%s'", (name) => {
    expect(() => ManagedAddOn.of(name)).toThrow(
      sentence(saysOfCluster.notAnAddOn({ name })),
    );
  });

  test('fails when it is added twice, however it is made', () => {
    const stack = newStack();
    const cluster = upgradableCluster(stack, { managedAddOns: [ManagedAddOn.vpcCni()] });
    expect(() => cluster.addManagedAddOn(ManagedAddOn.of('vpc-cni', { scope: stack })))
      .toThrow(`${sentence(says.addOnTwice({ name: 'vpc-cni' }))} [Stack/Cluster]`);
  });

  test('the same description serves two clusters', () => {
    const stack = newStack();
    const managedAddOns = [ManagedAddOn.vpcCni(), ManagedAddOn.ebsCsiDriver(), ManagedAddOn.podIdentityAgent()];
    ['Blue', 'Green'].forEach((id) => upgradableCluster(stack, { id, managedAddOns }));
    expect(Object.keys(ofType(resourcesOf(stack), 'AWS::EKS::Addon'))).toHaveLength(6);
  });
});

describe('version', () => {
  test.each(['1.20.0', '1.20.0-eksbuild.1', 'v1.20-eksbuild.1', 'v1.20.0', 'latest', ''])("fails pinned to '%s'", (version) => {
    expect(() => AddOnVersion.pinned(version)).toThrow(
      sentence(saysOfCluster.notAnAddOnVersion({ version, example: 'v1.20.0-eksbuild.1' })),
    );
  });

  test.each([
    ['the tag of an image', 'v1.31.2-minimal-eksbuild.3', 'v1.31.2-eksbuild.3'],
    ['a version without its v', '1.20.0-eksbuild.2', 'v1.20.0-eksbuild.2'],
    ['more than a version', 'v1.20.0-eksbuild.1-arm64', 'v1.20.0-eksbuild.1'],
  ])('fails pinned to %s, and guesses what is meant', (_, version, guess) => {
    expect(() => AddOnVersion.pinned(version)).toThrow(sentence(saysOfCluster.notAnAddOnVersion({ version, example: guess })));
  });

  test.each([
    'v1.20.0-eksbuild.1', 'v1.11.4-eksbuild.24', 'v2.0.1-eksbuild.3', 'v0.109.0-eksbuild.2',
  ])('%s can be pinned, as a literal in the template', (version) => {
    expect(propertiesOf(() => ManagedAddOn.coreDns({ version: AddOnVersion.pinned(version) })).AddonVersion).toBe(version);
  });

  const policyOf = (addOn: ManagedAddOn, nodeKubernetesVersion?: eks.KubernetesVersion) => {
    const stack = newStack();
    upgradableCluster(stack, { managedAddOns: [addOn], nodeKubernetesVersion });
    return theOnly(resourcesOf(stack), RESOLVER).Properties.AddOns[0].Policy;
  };

  test('of kube-proxy is held while nodes are, unless one is wanted; no other is', () => {
    expect(policyOf(ManagedAddOn.kubeProxy(), eks.KubernetesVersion.of('1.35'))).toBe('keep-while-compatible');
    expect(policyOf(ManagedAddOn.kubeProxy({ version: AddOnVersion.recommended() }), eks.KubernetesVersion.of('1.35'))).toBe('recommended');
    expect(policyOf(ManagedAddOn.kubeProxy(), eks.KubernetesVersion.of('1.36'))).toBe('recommended');
    expect(policyOf(ManagedAddOn.kubeProxy())).toBe('recommended');
    expect(policyOf(ManagedAddOn.vpcCni(), eks.KubernetesVersion.of('1.35'))).toBe('recommended');
  });

  test('is kept while EKS offers it where that is wanted', () => {
    expect(policyOf(ManagedAddOn.vpcCni({ version: AddOnVersion.keepWhileCompatible() }))).toBe('keep-while-compatible');
  });

  test('all others are asked for once, for the Kubernetes version, by one custom resource', () => {
    const stack = newStack();
    upgradableCluster(stack, {
      managedAddOns: [
        ManagedAddOn.vpcCni(),
        ManagedAddOn.coreDns({ version: AddOnVersion.latest() }),
        ManagedAddOn.kubeProxy({ version: PINNED }),
        ManagedAddOn.podIdentityAgent(),
      ],
    });
    const resources = resourcesOf(stack);
    const { logicalId, Properties } = theOnly(resources, RESOLVER);
    expect(Properties).toMatchObject({
      ClusterName: { Ref: theOnly(resources, 'AWS::EKS::Cluster').logicalId },
      KubernetesVersion: '1.36',
      AddOns: [
        { Name: 'coredns', Policy: 'latest', Attribute: 'CorednsVersion' },
        { Name: 'eks-pod-identity-agent', Policy: 'recommended', Attribute: 'EksPodIdentityAgentVersion' },
        { Name: 'vpc-cni', Policy: 'recommended', Attribute: 'VpcCniVersion' },
      ],
    });
    expect(addOnNamed(resources, 'vpc-cni').Properties.AddonVersion).toEqual({ 'Fn::GetAtt': [logicalId, 'VpcCniVersion'] });
    expect(addOnNamed(resources, 'coredns').Properties.AddonVersion).toEqual({ 'Fn::GetAtt': [logicalId, 'CorednsVersion'] });
    expect(addOnNamed(resources, 'kube-proxy').Properties.AddonVersion).toBe('v1.20.0-eksbuild.1');
  });

  test('the order of the code changes nothing of the custom resource', () => {
    const [one, other] = [
      [ManagedAddOn.vpcCni(), ManagedAddOn.coreDns()], [ManagedAddOn.coreDns(), ManagedAddOn.vpcCni()],
    ].map((managedAddOns) => {
      const stack = newStack();
      upgradableCluster(stack, { managedAddOns });
      return theOnly(resourcesOf(stack), RESOLVER);
    });
    expect(one).toEqual(other);
  });

  test('with pinned ones only there is no custom resource, and without the guard no function', () => {
    const stack = newStack();
    upgradableCluster(stack, { managedAddOns: [ManagedAddOn.vpcCni({ version: PINNED })] });
    expect(ofType(resourcesOf(stack), RESOLVER)).toEqual({});
  });
});

describe('options', () => {
  test('an object of configuration values is rendered as JSON, tokens in it resolved at deployment', () => {
    const { ConfigurationValues } = propertiesOf((scope) => ManagedAddOn.vpcCni({
      configurationValues: { env: { WARM_IP_TARGET: new CfnParameter(scope, 'Warm').valueAsString, ENABLE_PREFIX_DELEGATION: 'true' } },
    }));
    expect(ConfigurationValues).toEqual({
      'Fn::Join': ['', ['{"env":{"ENABLE_PREFIX_DELEGATION":"true","WARM_IP_TARGET":"', { Ref: 'Warm' }, '"}}']],
    });
    expect(
      propertiesOf(() => ManagedAddOn.coreDns({ configurationValues: { replicaCount: 3 } })).ConfigurationValues,
    ).toBe('{"replicaCount":3}');
    expect(propertiesOf(() => ManagedAddOn.coreDns())).not.toHaveProperty('ConfigurationValues');
  });

  test.each(Object.values(AddOnConflictPolicy))('conflict policy %s', (conflictPolicy) => {
    expect(propertiesOf(() => ManagedAddOn.coreDns({ conflictPolicy })).ResolveConflicts).toBe(conflictPolicy);
  });

  test('an IRSA role, without Pod Identity', () => {
    const properties = propertiesOf((scope) => ManagedAddOn.ebsCsiDriver({ serviceAccountRole: podRole(scope) }));
    expect(properties.ServiceAccountRoleArn).toEqual({ 'Fn::GetAtt': [expect.stringMatching(/^PodRole/), 'Arn'] });
    expect(properties).not.toHaveProperty('PodIdentityAssociations');
  });

  test('Pod Identity roles, instead of the one that would be made', () => {
    const properties = propertiesOf(
      (scope) => ManagedAddOn.ebsCsiDriver({ podIdentities: [{ serviceAccount: 'controller', role: podRole(scope) }] }),
    );
    expect(properties.PodIdentityAssociations).toEqual([
      { ServiceAccount: 'controller', RoleArn: { 'Fn::GetAtt': [expect.stringMatching(/^PodRole/), 'Arn'] } },
    ]);
  });

  test('fails with both kinds of roles', () => {
    const stack = newStack();
    const role = podRole(stack);
    expect(() => ManagedAddOn.ebsCsiDriver({ serviceAccountRole: role, podIdentities: [{ serviceAccount: 'controller', role }] }))
      .toThrow(sentence(says.twoRolesOfAddOn({ name: 'aws-ebs-csi-driver' })));
  });

  test('the EBS CSI driver gets a role that its controller may use by Pod Identity', () => {
    const stack = newStack();
    upgradableCluster(stack, { managedAddOns: [ManagedAddOn.ebsCsiDriver(), ManagedAddOn.podIdentityAgent()] });
    const resources = resourcesOf(stack);
    const [{ ServiceAccount, RoleArn }] = addOnNamed(resources, 'aws-ebs-csi-driver').Properties.PodIdentityAssociations;
    expect(ServiceAccount).toBe('ebs-csi-controller-sa');
    const { AssumeRolePolicyDocument, ManagedPolicyArns } = resources[RoleArn['Fn::GetAtt'][0]].Properties;
    expect(AssumeRolePolicyDocument.Statement).toEqual([
      { Action: ['sts:AssumeRole', 'sts:TagSession'], Effect: 'Allow', Principal: { Service: 'pods.eks.amazonaws.com' } },
    ]);
    expect(ManagedPolicyArns).toEqual([
      { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::aws:policy/service-role/AmazonEBSCSIDriverPolicy']] },
    ]);
  });
});

describe('the Pod Identity agent', () => {
  const MISSING = acknowledgeable(warnings.podIdentityAgentMissing({ name: 'aws-ebs-csi-driver' }));
  const needsAgent = (stack: Stack, id = 'Cluster', clusterName?: string) => upgradableCluster(stack, {
    id, clusterName, managedAddOns: [ManagedAddOn.ebsCsiDriver()],
  });

  test('is warned of when it is missing', () => {
    expect(warningsOn(needsAgent(newStack()))).toEqual([MISSING]);
  });

  test.each<[string, boolean, (scope: Construct) => ManagedAddOnOptions]>([
    ['a role by Pod Identity', true, (scope) => ({ podIdentities: [{ serviceAccount: 'controller', role: podRole(scope) }] })],
    ['no Pod Identity', false, () => ({ podIdentities: [] })],
    ['an IRSA role', false, (scope) => ({ serviceAccountRole: podRole(scope) })],
  ])('is needed by an add-on with %s: %s', (_, isNeeded, optionsIn) => {
    const stack = newStack();
    const cluster = upgradableCluster(stack, { managedAddOns: [ManagedAddOn.ebsCsiDriver(optionsIn(stack))] });
    expect(warningsOn(cluster)).toEqual(isNeeded ? [MISSING] : []);
  });

  test('installed elsewhere, the warning can be acknowledged', () => {
    const cluster = needsAgent(newStack());
    Annotations.of(cluster).acknowledgeWarning('cdk-eks-upgrades:podIdentityAgentMissing');
    expect(warningsOn(cluster)).toEqual([]);
  });

  test('is warned of when another cluster has it', () => {
    const stack = newStack();
    const blue = needsAgent(stack, 'Blue');
    const green = upgradableCluster(stack, { id: 'Green', managedAddOns: [ManagedAddOn.podIdentityAgent()] });
    expect([warningsOn(blue), warningsOn(green)]).toEqual([[MISSING], []]);
  });

  test('may be added later', () => {
    const cluster = needsAgent(newStack());
    cluster.addManagedAddOn(ManagedAddOn.podIdentityAgent());
    expect(warningsOn(cluster)).toEqual([]);
  });

  test.each<[string, (stack: Stack) => UpgradableCluster]>([
    ['by EKS Auto Mode', (stack) => upgradableCluster(stack, {
      defaultCapacityType: undefined, defaultCapacity: undefined, managedAddOns: [ManagedAddOn.ebsCsiDriver()],
    })],
    ["as the L2's add-on", (stack) => {
      const cluster = needsAgent(stack);
      new eks.Addon(stack, 'Agent', { cluster, addonName: 'eks-pod-identity-agent' });
      return cluster;
    }],
    ['as a resource that names the cluster', (stack) => {
      new CfnAddon(
        newStack({ app: stack.node.root as App, id: 'Other' }), 'Agent', { clusterName: 'prod', addonName: 'eks-pod-identity-agent' },
      );
      return needsAgent(stack, 'Cluster', 'prod');
    }],
    ['as a resource that refers to the cluster', (stack) => {
      const cluster = needsAgent(stack);
      new CfnAddon(stack, 'Agent', { clusterName: (cluster.node.defaultChild as CfnCluster).ref, addonName: 'eks-pod-identity-agent' });
      return cluster;
    }],
    ['in another stack', (stack) => {
      const cluster = needsAgent(stack);
      new eks.Addon(newStack({ app: stack.node.root as App, id: 'Other' }), 'Agent', { cluster, addonName: 'eks-pod-identity-agent' });
      return cluster;
    }],
    ['for a service account', (stack) => {
      const cluster = needsAgent(stack);
      expect(cluster.eksPodIdentityAgent).toBeDefined();
      return cluster;
    }],
  ])('is found %s', (_, make) => {
    expect(warningsOn(make(newStack()))).toEqual([]);
  });

  test.each(['before', 'after'])('is the one of service accounts that are made %s it', (when) => {
    const stack = newStack();
    const cluster = upgradableCluster(stack, { kubectlProviderOptions: { kubectlLayer: new KubectlV36Layer(stack, 'Kubectl') } });
    const account = () => cluster.addServiceAccount('Account', { identityType: eks.IdentityType.POD_IDENTITY });
    if (when === 'before') account();
    const addOn = cluster.addManagedAddOn(ManagedAddOn.podIdentityAgent({ version: PINNED }));
    if (when === 'after') account();
    expect(addOn).toBe(cluster.eksPodIdentityAgent);
    expect(addOn.node.path).toBe('Stack/Cluster/EksPodIdentityAgentAddon');
    expect(theOnly(resourcesOf(stack), 'AWS::EKS::Addon').Properties).toMatchObject({
      AddonVersion: 'v1.20.0-eksbuild.1', ResolveConflicts: 'PRESERVE',
    });
  });

  test('fails with a scope of its own, where service accounts would not find it', () => {
    const stack = newStack();
    expect(() => upgradableCluster(stack).addManagedAddOn(ManagedAddOn.podIdentityAgent({ scope: stack })))
      .toThrow(sentence(says.scopeOfAgent({ name: 'eks-pod-identity-agent', scope: 'Stack' })));
  });
});

describe('in another stack', () => {
  function twoStacks() {
    const stack = newStack();
    return { stack, nodes: newStack({ app: stack.node.root as App, id: 'Nodes' }) };
  }

  test('an add-on is resolved there, by a function and permissions of that stack', () => {
    const { stack, nodes } = twoStacks();
    const cluster = upgradableCluster(stack);
    const addOn = cluster.addManagedAddOn(ManagedAddOn.coreDns({ scope: nodes }));
    const resources = resourcesOf(nodes);
    expect(addOn.stack).toBe(nodes);
    theOnly(resources, 'AWS::Lambda::Function');
    expect(theOnly(resources, RESOLVER).Properties.ClusterName).toHaveProperty('Fn::ImportValue');
    expect(JSON.stringify(theOnly(resources, 'AWS::IAM::Policy').Properties.PolicyDocument)).toContain('"Fn::ImportValue":"Stack:');
    expect(ofType(resourcesOf(stack), RESOLVER)).toEqual({});
  });

  test('two clusters of the same name share a stack', () => {
    const { stack, nodes } = twoStacks();
    const other = newStack({ app: stack.node.root as App, id: 'Green' });
    [stack, other].forEach((scope) => upgradableCluster(scope, {
      managedAddOns: [ManagedAddOn.coreDns({ scope: nodes }), ManagedAddOn.of('adot', { scope: nodes })],
    }));
    const resources = resourcesOf(nodes);
    expect(Object.keys(ofType(resources, 'AWS::EKS::Addon'))).toHaveLength(4);
    expect(Object.keys(ofType(resources, RESOLVER))).toHaveLength(2);
    theOnly(resources, 'AWS::Lambda::Function');
  });

  test('an app that moves into a stage renames what EKS has once only to the IDs that are deployed, as the docs say', () => {
    const nodesIn = (scope: Construct, renamed: [string, string][] = []) => {
      const [stack, nodes] = ['Clusters', 'Nodes'].map((id) => new Stack(scope, id, { env: ENV, stackName: id }));
      const cluster = upgradableCluster(stack, { upgradeGuard: UpgradeGuard.enforce({ workloads: true }) });
      cluster.addManagedAddOn(ManagedAddOn.coreDns({ scope: nodes }));
      new ManagedNodeGroupWithAmiTracking(nodes, 'Workers', { cluster, amiTracking: AmiTracking.pinned('1.36.2-20261104') });
      renamed.forEach(([from, to]) => nodes.renameLogicalId(from, to));
      const resources = resourcesOf(nodes);
      return ['AWS::EKS::Addon', 'AWS::EKS::AccessEntry'].map((type) => theOnly(resources, type).logicalId);
    };
    const stage = () => new Stage(new App({ context: NO_STAGING }), 'Prod');
    const deployed = nodesIn(new App({ context: NO_STAGING }));
    const moved = nodesIn(stage());

    moved.forEach((id) => expect(deployed).not.toContain(id));
    expect(moved[1]).toMatch(/NodeGroupGuardAccess$/);
    expect(nodesIn(stage(), moved.map((id, index) => [id, deployed[index]]))).toEqual(deployed);
  });
});

test('what is kept when the cluster is removed includes its add-ons', () => {
  const stack = newStack();
  upgradableCluster(stack, { removalPolicy: RemovalPolicy.RETAIN, managedAddOns: [ManagedAddOn.vpcCni()] });
  expect(addOnNamed(resourcesOf(stack), 'vpc-cni')).toHaveProperty('DeletionPolicy', 'Retain');
});

describe('the namespace', () => {
  test('is given to EKS, and nothing without it', () => {
    expect(propertiesOf(() => ManagedAddOn.of('cert-manager', { namespace: 'certificates' })).NamespaceConfig).toEqual({
      Namespace: 'certificates',
    });
    expect(propertiesOf(() => ManagedAddOn.coreDns())).not.toHaveProperty('NamespaceConfig');
  });

  test.each(['Kube-System', 'kube_system', '', '-a', 'a'.repeat(64)])("fails for '%s'", (namespace) => {
    expect(() => ManagedAddOn.coreDns({ namespace })).toThrow(
      sentence(saysOfCluster.notANamespace({ name: 'coredns', namespace })),
    );
  });
});
