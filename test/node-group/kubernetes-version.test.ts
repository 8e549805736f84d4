import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { CfnParameter, NestedStack, Stack } from 'aws-cdk-lib/core';
import { ENV, importedCluster, importedVpc, propertiesOf, World } from './_fixtures';
import { AmiTracking } from '../../src';
import { says as saysOfVersions } from '../../src/engine/kubernetes/messages';
import { sentence } from '../../src/engine/messages/sentence';
import { says as saysOfNodeGroup } from '../../src/node-group/messages';

const version = (text: string) => eks.KubernetesVersion.of(text);

describe("by default the cluster's", () => {
  test('for a cluster of the same stack', () => {
    const group = new World({ version: '1.34' }).group();
    expect(propertiesOf(group).Version).toBe('1.34');
    expect(group.kubernetesVersion).toBe('1.34');
  });

  test('for a cluster of another stack, as a literal', () => {
    const world = new World({ version: '1.34' });
    const group = world.group({}, new Stack(world.app, 'Nodes', { env: ENV }));
    expect(propertiesOf(group).Version).toBe('1.34');
  });

  test('for a cluster whose nodes live in a nested stack', () => {
    const world = new World({ version: '1.34' });
    expect(propertiesOf(world.group({}, new NestedStack(world.stack, 'Nodes'))).Version).toBe('1.34');
  });

  test('for a Fargate cluster', () => {
    const world = new World();
    const cluster = new eks.FargateCluster(world.stack, 'Fargate', {
      version: version('1.35'), vpc: importedVpc(world.stack, 'Vpc'), coreDnsComputeType: eks.CoreDnsComputeType.EC2,
    });
    expect(propertiesOf(world.group({ cluster })).Version).toBe('1.35');
  });

  test('also when it is a token', () => {
    const world = new World();
    const parameter = new CfnParameter(world.stack, 'Version');
    const cluster = new eks.Cluster(world.stack, 'Parametrised', {
      version: version(
        parameter.valueAsString,
      ),
      vpc: importedVpc(world.stack, 'Vpc'),
      defaultCapacityType: eks.DefaultCapacityType.NODEGROUP,
      defaultCapacity: 0,
    });
    expect(propertiesOf(world.group({ cluster, releaseVersion: '1.36.2-20260714' })).Version).toEqual({ Ref: 'Version' });
  });

  test('fails for an imported cluster, which does not tell it', () => {
    const world = new World();
    expect(() => world.group({ cluster: importedCluster(world.stack) })).toThrow(
      `${sentence(saysOfNodeGroup.versionMissing({}))} [Stack/Group]`,
    );
  });
});

describe('given', () => {
  test('for an imported cluster it is taken as it is', () => {
    const world = new World();
    expect(propertiesOf(world.group({ cluster: importedCluster(world.stack), kubernetesVersion: version('1.35') })).Version).toBe('1.35');
  });

  test.each(['1.36', '1.35', '1.34', '1.33'])('nodes of %s may stand behind a cluster of 1.36', (text) => {
    expect(propertiesOf(new World().group({ kubernetesVersion: version(text) })).Version).toBe(text);
  });

  test('as a token it is let through', () => {
    const world = new World();
    const parameter = new CfnParameter(world.stack, 'Version');
    const group = world.group({ kubernetesVersion: version(parameter.valueAsString), amiTracking: AmiTracking.pinned('1.36.2-20260714') });
    expect(propertiesOf(group).Version).toEqual({ Ref: 'Version' });
    expect(group.amiParameterName).toBeUndefined();
  });

  test('fails when it is newer than the cluster', () => {
    expect(() => new World({ version: '1.35' }).group({ kubernetesVersion: version('1.36') })).toThrow(
      sentence(saysOfNodeGroup.newerThanCluster({ prop: 'kubernetesVersion', nodes: '1.36', controlPlane: '1.35' })),
    );
  });

  test('fails when it is beyond the kubelet skew', () => {
    expect(() => new World().group({ kubernetesVersion: version('1.32') })).toThrow(
      sentence(saysOfNodeGroup.tooFarBehindCluster({ prop: 'kubernetesVersion', nodes: '1.32', skew: 3, controlPlane: '1.36', oldest: '1.33' })),
    );
  });

  test('fails when it is beyond the narrower skew of old clusters', () => {
    expect(() => new World({ version: '1.27' }).group({ kubernetesVersion: version('1.24') })).toThrow(
      sentence(saysOfNodeGroup.tooFarBehindCluster({ prop: 'kubernetesVersion', nodes: '1.24', skew: 2, controlPlane: '1.27', oldest: '1.25' })),
    );
  });

  test('fails for 1.3, which YAML makes of 1.30', () => {
    const world = new World();
    expect(() => world.group({ cluster: importedCluster(world.stack), kubernetesVersion: version('1.3') })).toThrow(sentence(saysOfVersions.numberOfYaml({ text: '1.3', first: '1.10', minor: 3 })));
  });

  test.each(['1.36.2', 'latest', 'v1.36', '1.036'])('fails for %s, even with an imported cluster', (text) => {
    const world = new World();
    expect(() => world.group({ cluster: importedCluster(world.stack), kubernetesVersion: version(text) })).toThrow(
      `'${text}' is not a Kubernetes version of EKS: give major and minor only, such as '1.36'`);
  });
});
