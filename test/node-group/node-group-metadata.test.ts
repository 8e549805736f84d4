import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { App, CfnParameter, Lazy, NestedStack, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { AL2023_PARAMETER, contextKey, lookedUp, World } from './_fixtures';
import { AmiTracking, EksAmiType, ManagedNodeGroupWithAmiTracking } from '../../src';

/** What a tool reads of a group in the cloud assembly. */
function metadataOf(group: ManagedNodeGroupWithAmiTracking): unknown {
  const entries = (group.node.root as App).synth().getStackArtifact(topLevel(group.stack).artifactId).findMetadataByType(
    'cdk-eks-upgrades:node-group',
  );
  expect(entries.map(({ path }) => path)).toEqual([`/${group.node.path}`]);
  return entries[0].data;
}

function idOf(group: ManagedNodeGroupWithAmiTracking): string {
  return group.stack.getLogicalId(group.node.defaultChild as eks.CfnNodegroup);
}

function topLevel(stack: Stack): Stack {
  return stack.nestedStackParent ? topLevel(stack.nestedStackParent) : stack;
}

test('a looked-up release: everything a tool needs to refresh it', () => {
  const world = new World({ context: lookedUp('1.36.2-20260714') });
  const group = world.group();
  expect(metadataOf(group)).toEqual({
    cluster: world.cluster.node.path,
    clusterName: expect.anything(),
    logicalId: idOf(group),
    tracking: 'recommended',
    amiType: 'AL2023_x86_64_STANDARD',
    kubernetesVersion: '1.36',
    releaseVersion: '1.36.2-20260714',
    parameterName: AL2023_PARAMETER,
    contextKey: contextKey(AL2023_PARAMETER),
  });
});

test('a first pass: the context key is known already', () => {
  expect(metadataOf(new World().group())).toMatchObject({
    contextKey: contextKey(AL2023_PARAMETER), releaseVersion: `dummy-value-for-${AL2023_PARAMETER}`,
  });
});

test('a failed look-up: the context key is still known', () => {
  const context = lookedUp({ $providerError: 'access denied' });
  expect(metadataOf(new World({ context }).group())).toMatchObject({ tracking: 'recommended', contextKey: contextKey(AL2023_PARAMETER) });
});

test('a pinned release: the parameter that it could be compared with, and no context key', () => {
  const group = new World({ env: null }).group({ eksAmiType: EksAmiType.BOTTLEROCKET_ARM_64, releaseVersion: '1.34.0-18d04e52' });
  expect(metadataOf(group)).toEqual({
    cluster: expect.any(String),
    clusterName: expect.anything(),
    logicalId: idOf(group),
    tracking: 'pinned',
    amiType: 'BOTTLEROCKET_ARM_64',
    kubernetesVersion: '1.36',
    releaseVersion: '1.34.0-18d04e52',
    parameterName: '/aws/service/bottlerocket/aws-k8s-1.36/arm64/latest/image_version',
  });
});

test('a release resolved at deployment: unresolved', () => {
  expect(metadataOf(new World().group({ amiTracking: AmiTracking.recommendedAtDeployment() }))).toMatchObject({
    tracking: 'recommended-at-deployment',
    releaseVersion: { Ref: expect.stringMatching(/^SsmParameterValueawsserviceeks/) },
    parameterName: AL2023_PARAMETER,
  });
});

test("the organisation's own parameter", () => {
  expect(metadataOf(new World().group({ amiTracking: AmiTracking.fromParameter('/platform/workers') }))).toMatchObject({
    tracking: 'from-parameter', parameterName: '/platform/workers', contextKey: contextKey('/platform/workers'),
  });
});

test('tokens: unresolved, and no parameter', () => {
  const world = new World();
  const version = new CfnParameter(world.stack, 'Version').valueAsString;
  const amiType = Lazy.string({ produce: () => 'BOTTLEROCKET_x86_64' }) as eks.NodegroupAmiType;
  const group = world.group({ amiType, kubernetesVersion: eks.KubernetesVersion.of(version), releaseVersion: '1.34.0-18d04e52' });
  expect(metadataOf(group)).toEqual({
    cluster: expect.any(String),
    clusterName: expect.anything(),
    logicalId: idOf(group),
    tracking: 'pinned',
    amiType: 'BOTTLEROCKET_x86_64',
    kubernetesVersion: { Ref: 'Version' },
    releaseVersion: '1.34.0-18d04e52',
  });
});

test('a group in a nested stack is found in the stack that is deployed', () => {
  const world = new World();
  expect(metadataOf(world.group({}, new NestedStack(world.stack, 'Nodes')))).toMatchObject({ kubernetesVersion: '1.36' });
});

test('each group of a stack has its own', () => {
  const world = new World();
  world.group();
  world.group({ releaseVersion: '1.36.2-20260714' }, new Construct(world.stack, 'Team'));
  const entries = world.app.synth().getStackArtifact('Stack').findMetadataByType('cdk-eks-upgrades:node-group');
  expect(entries.map(({ path }) => path)).toEqual(['/Stack/Group', '/Stack/Team/Group']);
});

test('the construct paths below a group are those of the plain L2', () => {
  const world = new World();
  const group = world.group();
  const plain = new eks.Nodegroup(new Stack(world.app, 'Plain'), 'Group', { cluster: world.cluster });
  const below = (construct: Construct) => construct.node.findAll().map(({ node }) => node.path.slice(construct.node.path.length));
  expect(below(group)).toEqual(below(plain));
});
