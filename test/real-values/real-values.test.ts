/**
 * What AWS has published and said, as it is spelt there, read by this library.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AddonIssueCode, AMITypes, ErrorCode, NodegroupIssueCode } from '@aws-sdk/client-eks';
import * as fc from 'fast-check';
import {
  ADDON_CONFIGURATION_OF_NOTHING, ADDON_CONFIGURATION_OF_VPC_CNI, ADDON_VERSIONS, OTHER_RELEASES, REFUSED_CONFIGURATIONS,
} from './answers';
import { ADDON_ISSUES, NODE_GROUP_ISSUES, TOLERATED_NODE_GROUP_ISSUES, UPDATE_ERRORS } from './issue-codes';
import { AddOnVersion } from '../../src';
import { EksAmiType } from '../../src/engine/ami/eks-ami-type';
import { imageIdParameterOfRelease } from '../../src/engine/ami/release-image';
import { preparationOf } from '../../src/engine/eks/add-on-preparation';
import { compareAddOnVersions, newestAddOnVersion } from '../../src/engine/eks/add-on-version';
import { considerAddOnVersions } from '../../src/engine/eks/add-on-version-choice';
import { nodeGroupHealth } from '../../src/engine/judgement/checks/node-group-health';
import { known } from '../../src/engine/state/known';
import { AddOnOffer } from '../../src/engine/state/region-catalog';
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

describe.each(OTHER_RELEASES)('the image $image', ({ amiType, kubernetesVersion, releaseVersion, image }) => {
  const type = EksAmiType._find(amiType)!;

  test('has the release', () => {
    expect(image.endsWith(releaseVersion)).toBe(true);
    expect(type.isRelease(releaseVersion)).toBe(true);
    expect(type.parseRelease(releaseVersion).kubernetesVersion).toBe(amiType.startsWith('WINDOWS') ? kubernetesVersion : undefined);
  });

  test('is published below a parameter of its kind', () => {
    const words = image.replace('aarch64', 'arm64').split(`-v${releaseVersion}`)[0].split('-').filter((word) => word !== 'bottlerocket');
    const parameter = type.releaseVersionParameter(kubernetesVersion);
    if (amiType.startsWith('WINDOWS')) expect(parameter.split('/').at(-1)).toBe(image.replace(/-\d{4}\.\d\d\.\d\d$/, ''));
    else expect(parameter.split('/').slice(4, 6).join('-').split('-').sort()).toEqual(words.sort());
  });
});

describe('versions of vpc-cni', () => {
  const listed = linesOf('vpc-cni-versions.txt').map((line) => line.split(' '));
  const minorOf = (version: string) => Number(version.split('.')[1]);
  const fits = (minor: string, from: string, to: string) => minorOf(from) <= minorOf(minor) && minorOf(minor) <= minorOf(to);
  const offerFor = (kubernetesVersion: string): AddOnOffer => ({
    kubernetesVersion,
    versions: listed.filter(([, from, to]) => fits(kubernetesVersion, from, to)).map(([version]) => version),
  });
  const versions = listed.map(([version]) => version);

  test('are in the order in which EKS lists them, the newest first', () => {
    expect([...versions].sort(compareAddOnVersions).reverse()).toEqual(versions);
    expect(newestAddOnVersion(versions)).toBe(versions[0]);
  });

  test.each(versions)('%s can be pinned', (version) => {
    expect(AddOnVersion.pinned(version).version).toBe(version);
  });

  test('from v1.17.1 on Kubernetes 1.34 the way to 1.35 leads over v1.18, before the control plane moves', () => {
    const addOn = { name: 'vpc-cni', policy: 'recommended' as const, installed: 'v1.17.1-eksbuild.1' };
    expect(considerAddOnVersions(addOn, offerFor('1.35')).objection).toBeDefined();
    expect(preparationOf(addOn, { today: offerFor('1.34'), next: offerFor('1.35') })).toEqual([
      expect.stringMatching(/^v1\.18\.\d+-eksbuild\.\d+$/),
    ]);
  });

  test('whatever is installed and offered, what is chosen is offered, not older, and at most one minor away', () => {
    fc.assert(fc.property(fc.constantFrom(...versions), fc.constantFrom(
      '1.30', '1.31', '1.32', '1.33', '1.34', '1.35', '1.36',
    ), (installed, minor) => {
      const offer = offerFor(minor);
      const { version } = considerAddOnVersions({ name: 'vpc-cni', policy: 'latest', installed }, offer);
      if (version === undefined) return;
      expect(offer.versions).toContain(version);
      expect(compareAddOnVersions(version, installed)).toBeGreaterThanOrEqual(0);
      expect(minorOf(version.slice(1)) - minorOf(installed.slice(1))).toBeLessThanOrEqual(1);
    }));
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
    expect(objectionsToConfiguration({ values: '{}' }, offer)).toEqual([]);
    expect(objectionsToConfiguration({ values: '{"site":"x"}', serviceAccounts: ['operator'] }, offer)).toEqual([
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
    expect(objectionsToConfiguration({ values, serviceAccounts }, offer)).toEqual([expect.stringContaining(at)]);
  });

  test('of the same, what is right', async () => {
    const offer = (await readAddOnConfigurationOffer(
      answering('DescribeAddonConfiguration', ADDON_CONFIGURATION_OF_VPC_CNI), 'vpc-cni', 'v1.18.6-eksbuild.1',
    ))!;
    const values = 'affinity: null\nenv:\n  ANNOTATE_POD_IP: "true"\neniConfig:\n  create: true\n  region: us-west-2\n  subnets:\n    a: {id: subnet-1}\n';
    expect(objectionsToConfiguration({ values, serviceAccounts: ['aws-node'] }, offer)).toEqual([]);
  });
});
