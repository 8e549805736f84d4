import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { App, InjectionContext, IPropertyInjector, PropertyInjectors, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { clusterIn, ENV, importedCluster } from './_fixtures';
import { EksAmiType, ManagedNodeGroupWithAmiTracking, UpgradableCluster } from '../../src';
import { upgradableCluster } from '../cluster/_fixtures';

/** Gives everything of a class a role of its own, made beside it: a second time it would throw. */
class RoleInjector implements IPropertyInjector {
  readonly injected: string[] = [];

  constructor(readonly constructUniqueId: string, private readonly prop: string, private readonly others: object = {}) {}

  inject(props: any, { scope, id }: InjectionContext): any {
    this.injected.push(id);
    return {
      ...props, ...this.others, [this.prop]: new iam.Role(scope, `${id}InjectedRole`, { assumedBy: new iam.AccountRootPrincipal() }),
    };
  }
}

function stackWith(...propertyInjectors: IPropertyInjector[]): Stack {
  return new Stack(new App({ propertyInjectors }), 'Stack', { env: ENV });
}

test('an injector that makes a role is asked once for each node group', () => {
  const injector = new RoleInjector(eks.Nodegroup.PROPERTY_INJECTION_ID, 'nodeRole', { amiType: eks.NodegroupAmiType.BOTTLEROCKET_X86_64 });
  const stack = stackWith(injector);
  const cluster = clusterIn(stack, '1.36');
  const groups = ['One', 'Two'].map((id) => new ManagedNodeGroupWithAmiTracking(stack, id, { cluster }));
  new eks.Nodegroup(stack, 'Plain', { cluster });
  expect(injector.injected).toEqual(['One', 'Two', 'Plain']);
  expect(groups.map(({ role }) => role.node.id)).toEqual(['OneInjectedRole', 'TwoInjectedRole']);
  expect(groups[0].amiParameterName).toBe(EksAmiType.BOTTLEROCKET_X86_64.releaseVersionParameter('1.36'));
});

test('an injector that makes a role is asked once for a cluster', () => {
  const injector = new RoleInjector(eks.Cluster.PROPERTY_INJECTION_ID, 'role');
  const cluster: UpgradableCluster = upgradableCluster(stackWith(injector));
  expect(injector.injected).toEqual(['Cluster']);
  expect(cluster.role.node.id).toBe('ClusterInjectedRole');
});

test('the nearest injector is asked, also one that was put there later', () => {
  const [far, near, later] = [1, 2, 3].map(
    (minSize) => new RoleInjector(eks.Nodegroup.PROPERTY_INJECTION_ID, 'nodeRole', { minSize, maxSize: 9 }),
  );
  const stack = stackWith(far);
  const cluster = importedCluster(stack);
  const team = new Construct(stack, 'Team');
  PropertyInjectors.of(team).add(near);
  const make = (scope: Construct, id: string) => {
    const group = new ManagedNodeGroupWithAmiTracking(scope, id, { cluster, kubernetesVersion: eks.KubernetesVersion.of('1.36') });
    return ((group.node.defaultChild as eks.CfnNodegroup).scalingConfig as eks.CfnNodegroup.ScalingConfigProperty).minSize;
  };
  expect([make(stack, 'A'), make(team, 'B')]).toEqual([1, 2]);
  PropertyInjectors.of(team).add(later);
  expect(make(team, 'C')).toBe(3);
});
