import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { CfnParameter, Duration, Stack } from 'aws-cdk-lib/core';
import { KubectlV36Layer, newStack, ofType, resourcesOf, saidOn, theOnly, upgradableCluster, warningsOn } from './_fixtures';
import { AmiTracking, ManagedNodeGroupWithAmiTracking, SupportType } from '../../src';
import { says as saysOfCluster, notes } from '../../src/cluster/messages';
import { says as saysOfVersions } from '../../src/engine/kubernetes/messages';
import { sentence } from '../../src/engine/messages/sentence';
import { says as saysOfNodeGroup } from '../../src/node-group/messages';
import { acknowledgeable } from '../diagnostics/_said';

const of = (version: string) => eks.KubernetesVersion.of(version);

function nodeVersions(stack: Stack): string[] {
  return Object.values(ofType(resourcesOf(stack), 'AWS::EKS::Nodegroup')).map(({ Properties }) => Properties.Version);
}

describe('version', () => {
  test.each(['1.36.2', 'v1.36', '1', 'latest', '', '1.036', '1.36 '])("fails with '%s'", (version) => {
    expect(() => upgradableCluster(newStack(), { version: of(version) }))
      .toThrow(`${sentence(saysOfVersions.notAMinor({ text: version }))} [Stack/Cluster]`);
  });

  test('fails with 1.3, which YAML makes of 1.30, and guesses so', () => {
    const message = sentence(saysOfVersions.numberOfYaml({ text: '1.3', first: '1.10', minor: 3 }));
    expect(() => upgradableCluster(newStack(), { version: of('1.3') })).toThrow(message);
    expect(() => upgradableCluster(newStack(), { nodeKubernetesVersion: of('1.3') })).toThrow(message);
    expect(() => upgradableCluster(newStack(), { version: of('1.0') })).toThrow(sentence(saysOfVersions.olderThanEks({ text: '1.0', first: '1.10' })));
  });

  test('one that the CDK does not name yet works, for nodes and add-ons as well', () => {
    const stack = newStack();
    const cluster = upgradableCluster(stack, { version: of('1.38') });
    const group = cluster.addManagedNodeGroup('Workers');
    expect(theOnly(resourcesOf(stack), 'AWS::EKS::Cluster').Properties.Version).toBe('1.38');
    expect(group.kubernetesVersion).toBe('1.38');
    expect(group.amiParameterName).toContain('/1.38/');
    expect(warningsOn(cluster)).toEqual([]);
  });

  test('a token is let through', () => {
    const stack = newStack();
    const version = of(new CfnParameter(stack, 'Version').valueAsString);
    const cluster = upgradableCluster(stack, { version, nodeKubernetesVersion: of('1.35'), defaultCapacity: 0 });
    cluster.addManagedNodeGroup('Workers');
    cluster.addManagedNodeGroup('Newest', { kubernetesVersion: version, amiTracking: AmiTracking.pinned('1.36.2-20260714') });
    expect(nodeVersions(stack)).toEqual(['1.35', { Ref: 'Version' }]);
    expect(warningsOn(cluster)).toEqual([]);
  });

  test('every node group follows it: added, overridden, default, and elsewhere', () => {
    const stack = newStack();
    const cluster = upgradableCluster(stack, { defaultCapacity: undefined, version: of('1.35') });
    cluster.addManagedNodeGroup('Added');
    expect(cluster.addNodegroupCapacity('Overridden')).toBeInstanceOf(ManagedNodeGroupWithAmiTracking);
    new ManagedNodeGroupWithAmiTracking(stack, 'Elsewhere', { cluster });
    expect(nodeVersions(stack)).toEqual(['1.35', '1.35', '1.35', '1.35']);
    expect(cluster.defaultNodegroup).toBeInstanceOf(ManagedNodeGroupWithAmiTracking);
  });

  test('a node group of the L2 for the cluster stays what it is', () => {
    const stack = newStack();
    new eks.Nodegroup(stack, 'Plain', { cluster: upgradableCluster(stack) });
    expect(nodeVersions(stack)).toEqual([undefined]);
  });
});

describe('nodeKubernetesVersion', () => {
  test.each([
    ['1.35', 1], ['1.34', 2], ['1.33', 3],
  ])('%s holds all nodes back, and a note says so', (version, behind) => {
    const stack = newStack();
    const cluster = upgradableCluster(stack, { defaultCapacity: 1, nodeKubernetesVersion: of(version) });
    cluster.addManagedNodeGroup('Added');
    cluster.addNodegroupCapacity('Overridden');
    new ManagedNodeGroupWithAmiTracking(stack, 'ByItself', { cluster });
    expect(nodeVersions(stack)).toEqual([version, version, version, version]);
    expect(saidOn(cluster, 'info')).toContain(acknowledgeable(notes.nodesHeldBack({ nodes: version, behind, version: '1.36', skew: 3 })));
  });

  test('the note can be acknowledged by its ID', () => {
    const cluster = upgradableCluster(newStack(), { nodeKubernetesVersion: of('1.35') });
    cluster.addManagedNodeGroup('Workers');
    expect(saidOn(cluster, 'info').join()).toContain('cdk-eks-upgrades:nodesHeldBack');
  });

  test('there is no note without node groups that are held, as on Auto Mode', () => {
    const autoMode = { defaultCapacityType: eks.DefaultCapacityType.AUTOMODE, defaultCapacity: undefined };
    expect(saidOn(upgradableCluster(newStack(), { ...autoMode, nodeKubernetesVersion: of('1.35') }), 'info')).toEqual([]);
    const cluster = upgradableCluster(newStack(), { nodeKubernetesVersion: of('1.35') });
    cluster.addManagedNodeGroup('Workers', { kubernetesVersion: of('1.36') });
    expect(saidOn(cluster, 'info')).toEqual([]);
  });

  test("the cluster's own version is no news", () => {
    expect(saidOn(upgradableCluster(newStack(), { nodeKubernetesVersion: of('1.36') }), 'info')).toEqual([]);
  });

  test("a group's own version wins", () => {
    const stack = newStack();
    const cluster = upgradableCluster(stack, { nodeKubernetesVersion: of('1.34') });
    cluster.addManagedNodeGroup('Canary', { kubernetesVersion: of('1.36') });
    cluster.addManagedNodeGroup('Rest');
    expect(nodeVersions(stack)).toEqual(['1.36', '1.34']);
  });

  test.each([
    [
      'beyond the skew', '1.36', '1.32',
      "nodeKubernetesVersion is 1.32, more than 3 minors behind the cluster's 1.36: give at least 1.33 [Stack/Cluster]",
    ],
    [
      'beyond the skew of old control planes', '1.27', '1.24',
      "nodeKubernetesVersion is 1.24, more than 2 minors behind the cluster's 1.27: give at least 1.25",
    ],
    ['ahead', '1.35', '1.36', "nodeKubernetesVersion is 1.36, newer than the cluster's 1.35: nodes never lead their control plane"],
    ['malformed', '1.36', '1.35.1', "'1.35.1' is not a Kubernetes version of EKS"],
  ])('fails %s', (_, version, nodes, message) => {
    expect(() => upgradableCluster(newStack(), { version: of(version), nodeKubernetesVersion: of(nodes) })).toThrow(message);
  });

  test('fails malformed below a version that is a token', () => {
    const stack = newStack();
    const version = of(new CfnParameter(stack, 'Version').valueAsString);
    expect(() => upgradableCluster(stack, { version, nodeKubernetesVersion: of('newest') })).toThrow(sentence(saysOfVersions.notAMinor({ text: 'newest' })));
  });

  test('fails for a group whose own version is beyond the skew', () => {
    const cluster = upgradableCluster(newStack());
    expect(() => cluster.addManagedNodeGroup('Old', { kubernetesVersion: of('1.31') }))
      .toThrow(
        `${sentence(saysOfNodeGroup.tooFarBehindCluster({ prop: 'kubernetesVersion', nodes: '1.31', skew: 3, controlPlane: '1.36', oldest: '1.33' }))} [Stack/Cluster/NodegroupOld]`,
      );
  });
});

test.each([true, false, undefined])('deletionProtection %s is rendered as it is given', (deletionProtection) => {
  const stack = newStack();
  upgradableCluster(stack, { deletionProtection });
  expect(theOnly(resourcesOf(stack), 'AWS::EKS::Cluster').Properties.DeletionProtection).toBe(deletionProtection);
});

describe('supportType and rollbackTimeout', () => {
  test.each([SupportType.STANDARD, SupportType.EXTENDED])('support type %s is rendered', (supportType) => {
    const stack = newStack();
    upgradableCluster(stack, { supportType });
    expect(theOnly(resourcesOf(stack), 'AWS::EKS::Cluster').Properties.UpgradePolicy).toEqual({ SupportType: supportType });
  });

  test.each([
    [Duration.hours(2), 120], [Duration.minutes(121), 121], [Duration.days(7), 10_080],
  ])('a rollback timeout of %s is rendered in minutes', (rollbackTimeout, minutes) => {
    const stack = newStack();
    upgradableCluster(stack, { rollbackTimeout });
    expect(theOnly(resourcesOf(stack), 'AWS::EKS::Cluster').Properties.RollbackConfig).toEqual({ TimeoutMinutes: minutes });
  });

  test.each([
    [Duration.hours(36), false], [Duration.minutes(36 * 60 + 1), true], [Duration.days(7), true],
  ])('%s is longer than CloudFormation waits: %s', (rollbackTimeout, warns) => {
    const stack = newStack();
    const cluster = upgradableCluster(stack, { rollbackTimeout });
    expect(JSON.stringify(warningsOn(cluster)).includes('rollbackTimeoutTooLong')).toBe(warns);
  });

  test('nothing is rendered unless wanted', () => {
    const stack = newStack();
    upgradableCluster(stack);
    const { Properties } = theOnly(resourcesOf(stack), 'AWS::EKS::Cluster');
    expect(Properties).not.toHaveProperty('UpgradePolicy');
    expect(Properties).not.toHaveProperty('RollbackConfig');
  });

  test.each([
    [Duration.minutes(119), '1 hour 59 minutes'], [Duration.minutes(10_081), '7 days 1 minute'], [
      Duration.seconds(7230), '2 hours 30 seconds',
    ],
  ])('fails with a rollback timeout of %s', (rollbackTimeout, text) => {
    expect(() => upgradableCluster(newStack(), { rollbackTimeout }))
      .toThrow(`${sentence(saysOfCluster.rollbackTimeout({ rollbackTimeout: text }))} [Stack/Cluster]`);
  });
});

describe('kubectl layer', () => {
  function warningsWith(version: string, makeLayer: (stack: Stack) => lambda.ILayerVersion): string[] {
    const stack = newStack();
    return warningsOn(upgradableCluster(stack, { version: of(version), kubectlProviderOptions: { kubectlLayer: makeLayer(stack) } }));
  }
  const layer36 = (stack: Stack) => new KubectlV36Layer(stack, 'Kubectl');

  test.each(['1.35', '1.36', '1.37'])('one within a minor of %s is fine', (version) => {
    expect(warningsWith(version, layer36)).toEqual([]);
  });

  test.each(['1.38', '1.40'])('one more than a minor away from %s is warned about, with an ID to acknowledge', (version) => {
    expect(warningsWith(version, layer36)).toEqual([
      `the kubectl layer is for Kubernetes 1.36, more than one minor away from the cluster's ${version}: use the layer of the package `
      + `@aws-cdk/lambda-layer-kubectl-v${version.slice(2)} [ack: cdk-eks-upgrades:kubectlLayerSkew]`,
    ]);
  });

  test('nothing is said about a layer of which nothing is known', () => {
    const imported = (stack: Stack) => lambda.LayerVersion.fromLayerVersionArn(
      stack, 'Layer', 'arn:aws:lambda:us-west-2:111122223333:layer:kubectl:1',
    );
    expect(warningsWith('1.38', imported)).toEqual([]);
  });
});
