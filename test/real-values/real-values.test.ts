/**
 * What AWS has published and said, as it is spelt there, read by this library.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AddonIssueCode, AMITypes, ErrorCode, NodegroupIssueCode } from '@aws-sdk/client-eks';
import {
  ADDON_CONFIGURATION_OF_NOTHING, ADDON_CONFIGURATION_OF_THE_GUIDE, ADDON_CONFIGURATION_OF_VPC_CNI, ADDON_VERSIONS,
  CONFIGURATIONS_OF_THE_GUIDE, REFUSED_CONFIGURATIONS,
} from './answers';
import { ADDON_ISSUES, CURABLE_NODE_GROUP_ISSUES, NODE_GROUP_ISSUES, TOLERATED_NODE_GROUP_ISSUES, UPDATE_ERRORS } from './issue-codes';
import { EksAmiType } from '../../src/engine/ami/eks-ami-type';
import { imageIdParameterOfRelease } from '../../src/engine/ami/release-image';
import { nodeGroupHealth } from '../../src/engine/judgement/checks/node-group-health';
import { known } from '../../src/engine/state/known';
import { readAddOnConfigurationOffer, objectionsToConfiguration } from '../../src/live/add-on-configuration';
import { readAddOnOffer } from '../../src/live/add-on-offer';
import { awsClients } from '../../src/live/aws-clients';
import { LocalAws } from '../aws/aws-server';
import { aCluster, aNodeGroup, findings } from '../engine/a-cluster';
import { enterEnvironment } from '../live/sdk-environment';

const linesOf = (name: string) => readFileSync(join(__dirname, name), 'utf8').split('\n').filter((line) => line && !line.startsWith('#'));

/** The AMI types by the letters of the table, and how the names of their images begin. */
const VARIANTS: Record<string, [string, string]> = {
  s: ['AL2023_x86_64_STANDARD', 'amazon-eks-node-al2023-x86_64-standard'],
  S: ['AL2023_ARM_64_STANDARD', 'amazon-eks-node-al2023-arm64-standard'],
  n: ['AL2023_x86_64_NVIDIA', 'amazon-eks-node-al2023-x86_64-nvidia'],
  5: ['AL2023_x86_64_NVIDIA', 'amazon-eks-node-al2023-x86_64-nvidia-560'],
  N: ['AL2023_ARM_64_NVIDIA', 'amazon-eks-node-al2023-arm64-nvidia'],
  e: ['AL2023_x86_64_NEURON', 'amazon-eks-node-al2023-x86_64-neuron'],
  2: ['AL2_x86_64', 'amazon-eks-node'],
  a: ['AL2_ARM_64', 'amazon-eks-arm64-node'],
  g: ['AL2_x86_64_GPU', 'amazon-eks-gpu-node'],
};

describe('releases of Amazon Linux', () => {
  const releases = linesOf('amazon-linux-releases.txt').flatMap((line) => {
    const [day, ...groups] = line.split(' ');
    return groups.map(
      (group) => group.split(':'),
    ).flatMap(([letters, versions]) => versions.split(',').flatMap((version) => [...letters].map((letter) => {
      const [amiType, prefix] = VARIANTS[letter];
      const minor = version.split('.').slice(0, 2).join('.');
      return { type: EksAmiType._find(amiType)!, minor, releaseVersion: `${version}-${day}`, image: `${prefix}-${minor}-v${day}` };
    })));
  });

  test('are hundreds, of all AMI types', () => {
    expect(releases.length).toBeGreaterThan(3000);
    expect(new Set(releases.map(({ type }) => type.apiName)).size).toBe(8);
  });

  test('are read as what they are', () => {
    const misread = releases.filter(({ type, minor, releaseVersion }) => {
      const release = type.parseRelease(releaseVersion);
      return !type.isRelease(releaseVersion) || release.kubernetesVersion !== minor || release.toString() === ''
        || `${release.kubernetesPatchVersion}-${release.date?.replaceAll('-', '')}` !== releaseVersion;
    });
    expect(misread).toEqual([]);
  });

  test('are found in SSM by the names of their images', () => {
    const misnamed = releases.filter(
      ({ type, minor, releaseVersion, image }) => imageIdParameterOfRelease(type, minor, releaseVersion)?.split('/').at(-2) !== image,
    );
    expect(misnamed.map(({ releaseVersion, image }) => [releaseVersion, image])).toEqual([]);
  });

  test('of a minor are in the order of the changelog, the newest first', () => {
    const standard = releases.filter(({ type, minor }) => type.apiName === 'AL2023_x86_64_STANDARD' && minor === '1.31');
    const inOrder = [...standard].sort((a, b) => b.type.parseRelease(b.releaseVersion).compareTo(a.type.parseRelease(a.releaseVersion)));
    expect(standard.length).toBeGreaterThan(30);
    expect(inOrder).toEqual(standard);
  });
});

describe('codes', () => {
  test.each<[string, readonly string[], object]>([
    ['of issues of node groups', NODE_GROUP_ISSUES, NodegroupIssueCode],
    ['of issues of add-ons', ADDON_ISSUES, AddonIssueCode],
    ['of errors of updates', UPDATE_ERRORS, ErrorCode],
  ])('%s are those that the SDK knows', (_, codes, enumeration) => {
    expect(Object.values(enumeration).sort()).toEqual([...codes].sort());
  });

  test.each(NODE_GROUP_ISSUES)('an untouched group with %s is refused unless EKS itself tolerates it', (code) => {
    const group = aNodeGroup({ status: 'DEGRADED', healthIssues: [{ code, message: 'as EKS says', resourceIds: [] }] });
    expect(findings(nodeGroupHealth, aCluster({ nodeGroups: known([group]) })).map(({ severity }) => severity))
      .toEqual([TOLERATED_NODE_GROUP_ISSUES.includes(code) ? 'warning' : 'error']);
  });

  test.each(NODE_GROUP_ISSUES)('a group with %s is refused its new release unless that may be the cure', (code) => {
    const group = aNodeGroup({ status: 'DEGRADED', healthIssues: [{ code, message: 'as EKS says', resourceIds: [] }] });
    const roll = { nodeGroups: { workers: { releaseVersion: '1.35.4-20261118' } } };
    expect(findings(nodeGroupHealth, aCluster({ nodeGroups: known([group]) }), roll).map(({ severity }) => severity))
      .toEqual([CURABLE_NODE_GROUP_ISSUES.includes(code) ? 'warning' : 'error']);
  });

  test('of AMI types are known to this library, but for custom ones', () => {
    expect(Object.values(AMITypes).filter((name) => name !== 'CUSTOM' && !EksAmiType._find(name))).toEqual([]);
  });
});

describe('answers', () => {
  let aws: LocalAws;
  let leave: () => void;

  beforeEach(async () => {
    aws = await LocalAws.start();
    leave = enterEnvironment(aws);
  });

  afterEach(async () => {
    leave();
    await aws.stop();
  });

  /** Lets EKS answer as it was seen to. */
  function answering(action: 'DescribeAddonVersions' | 'DescribeAddonConfiguration', answer: object) {
    Object.assign(aws.eks.actions, { [action]: () => answer });
    return awsClients({ maxAttempts: 1 }).eks;
  }

  test('DescribeAddonVersions', async () => {
    const eks = answering('DescribeAddonVersions', ADDON_VERSIONS);
    expect(await readAddOnOffer(eks, 'aws-ebs-csi-driver', '1.30')).toEqual({
      kubernetesVersion: '1.30',
      versions: ['v1.31.0-eksbuild.1'],
      defaultVersion: 'v1.31.0-eksbuild.1',
      traits: { 'v1.31.0-eksbuild.1': { requiresIamPermissions: true } },
    });
  });

  test('DescribeAddonConfiguration of an add-on of which nothing can be set', async () => {
    const offer = (await readAddOnConfigurationOffer(
      answering('DescribeAddonConfiguration', ADDON_CONFIGURATION_OF_NOTHING), 'datadog_operator', 'v0.1.13-eksbuild.1',
    ))!;
    expect(await objectionsToConfiguration({ values: '{}' }, offer)).toEqual([]);
    expect(await objectionsToConfiguration({ values: '{"site":"x"}', serviceAccounts: ['operator'] }, offer)).toEqual([
      'site is not known to it', expect.stringContaining('which this version does not support'),
    ]);
  });

  test.each(REFUSED_CONFIGURATIONS)('DescribeAddonConfiguration of vpc-cni, by which EKS said: $said', async ({
    values, serviceAccount, at,
  }) => {
    const offer = (await readAddOnConfigurationOffer(
      answering('DescribeAddonConfiguration', ADDON_CONFIGURATION_OF_VPC_CNI), 'vpc-cni', 'v1.18.6-eksbuild.1',
    ))!;
    const serviceAccounts = serviceAccount === undefined ? undefined : [serviceAccount];
    expect(await objectionsToConfiguration({ values, serviceAccounts }, offer)).toEqual([expect.stringContaining(at)]);
  });

  test.each(CONFIGURATIONS_OF_THE_GUIDE)('DescribeAddonConfiguration of the guide, with which %j works', async (values) => {
    const eks = answering('DescribeAddonConfiguration', ADDON_CONFIGURATION_OF_THE_GUIDE);
    const offer = (await readAddOnConfigurationOffer(eks, 'vpc-cni', 'v1.12.0-eksbuild.1'))!;
    expect(await objectionsToConfiguration({ values }, offer)).toEqual([]);
    expect(await objectionsToConfiguration({ values: '{"env":{"AWS_VPC_K8S_CNI_EXTERNALSNAT":true}}' }, offer)).toEqual([
      'env.AWS_VPC_K8S_CNI_EXTERNALSNAT is true, and must be string',
    ]);
  });

  test('of the same, what is right', async () => {
    const offer = (await readAddOnConfigurationOffer(
      answering('DescribeAddonConfiguration', ADDON_CONFIGURATION_OF_VPC_CNI), 'vpc-cni', 'v1.18.6-eksbuild.1',
    ))!;
    const values = 'affinity: null\nenv:\n  ANNOTATE_POD_IP: "true"\neniConfig:\n  create: true\n  region: us-west-2\n  subnets:\n    a: {id: subnet-1}\n';
    expect(await objectionsToConfiguration({ values, serviceAccounts: ['aws-node'] }, offer)).toEqual([]);
  });
});
