import { NodegroupAmiType } from 'aws-cdk-lib/aws-eks-v2';
import { AmiAccelerator, AmiArchitecture, AmiFamily, EksAmiType, EksAmiTypeOptions, ReleaseVersionScheme } from '../../../src';
import { says as saysOfAmi } from '../../../src/engine/ami/messages';
import { says as saysOfVersions } from '../../../src/engine/kubernetes/messages';
import { sentence } from '../../../src/engine/messages/sentence';

const NEW_TYPE: EksAmiTypeOptions = {
  apiName: 'AL2027_x86_64_STANDARD',
  architecture: AmiArchitecture.X86_64,
  releaseVersionScheme: ReleaseVersionScheme.AMAZON_LINUX,
  releaseVersionParameter: '/aws/service/eks/optimized-ami/{kubernetesVersion}/amazon-linux-2027/recommended/release_version',
};

describe('availability', () => {
  test.each([
    [EksAmiType.AL2_X86_64, '1.32', true],
    [EksAmiType.AL2_X86_64, '1.33', false],
    [EksAmiType.AL2_X86_64_GPU, '1.33', false],
    [EksAmiType.AL2_ARM_64, '1.33', false],
    [EksAmiType.AL2023_X86_64_STANDARD, '1.30', true],
    [EksAmiType.AL2023_X86_64_NEURON, '1.99', true],
    [EksAmiType.BOTTLEROCKET_X86_64, '1.28', true],
    [EksAmiType.BOTTLEROCKET_X86_64_FIPS, '1.28', false],
    [EksAmiType.BOTTLEROCKET_ARM_64_FIPS, '1.29', true],
    [EksAmiType.BOTTLEROCKET_ARM_64_NVIDIA_FIPS, '1.28', false],
    [EksAmiType.BOTTLEROCKET_X86_64_NVIDIA_FIPS, '1.29', true],
    [EksAmiType.WINDOWS_CORE_2022_X86_64, '1.30', true],
    [EksAmiType.WINDOWS_CORE_2025_X86_64, '1.34', false],
    [EksAmiType.WINDOWS_FULL_2025_X86_64, '1.35', true],
  ])('%s for Kubernetes %s: %s', (type, version, available) => {
    expect(type.isAvailableFor(version)).toBe(available);
  });

  test('fails for a Kubernetes version that is none', () => {
    expect(() => EksAmiType.AL2_X86_64.isAvailableFor('1.32.1')).toThrow(sentence(saysOfVersions.notAMinor({ text: '1.32.1' })));
  });
});

describe('finding a type', () => {
  test('fails for a name that is not known, and lists those that are', () => {
    expect(() => EksAmiType.fromApiName('AL2023_RISCV_STANDARD')).toThrow(sentence(saysOfAmi.unknownAmiType({ apiName: 'AL2023_RISCV_STANDARD', known: EksAmiType.all().map(String) })));
  });

  test('fails for a name in the wrong case', () => {
    expect(() => EksAmiType.fromApiName('al2023_x86_64_standard')).toThrow(sentence(saysOfAmi.unknownAmiType({ apiName: 'al2023_x86_64_standard', known: EksAmiType.all().map(String) })));
  });

  test('fails for CUSTOM with the reason', () => {
    expect(() => EksAmiType.fromNodegroupAmiType('CUSTOM' as NodegroupAmiType)).toThrow(sentence(saysOfAmi.customAmi({})));
  });
});

describe('a type that does not exist yet', () => {
  test('is taken as described, with modest assumptions for the rest', () => {
    const type = EksAmiType.of(NEW_TYPE);
    expect(type).toMatchObject({ apiName: 'AL2027_x86_64_STANDARD', family: AmiFamily.OTHER, accelerator: AmiAccelerator.NONE });
    expect(type.releaseVersionParameter('1.40')).toBe('/aws/service/eks/optimized-ami/1.40/amazon-linux-2027/recommended/release_version');
    expect(type.imageIdParameter('1.40')).toBeUndefined();
    expect(type.isAvailableFor('1.12')).toBe(true);
    expect(type.releaseNotesUrl('1.40.0-20270401')).toBeUndefined();
  });

  test('can be bound to Kubernetes versions on both sides', () => {
    const type = EksAmiType.of({ ...NEW_TYPE, firstKubernetesVersion: '1.38', lastKubernetesVersion: '1.40' });
    expect(['1.37', '1.38', '1.40', '1.41'].map((version) => type.isAvailableFor(version))).toEqual([false, true, true, false]);
  });

  test('can name the Kubernetes version in its parameters more than once', () => {
    const type = EksAmiType.of({
      ...NEW_TYPE,
      releaseVersionParameter: '/eks/{kubernetesVersion}/node-{kubernetesVersion}/release',
      imageIdParameter: '/eks/{kubernetesVersion}/node-{kubernetesVersion}/image',
    });
    expect(type.releaseVersionParameter('1.40')).toBe('/eks/1.40/node-1.40/release');
    expect(type.imageIdParameter('1.40')).toBe('/eks/1.40/node-1.40/image');
  });

  test('does not join the known ones', () => {
    EksAmiType.of(NEW_TYPE);
    expect(EksAmiType.all().map(String)).not.toContain('AL2027_x86_64_STANDARD');
  });

  test.each([
    ['lacks the placeholder', { releaseVersionParameter: '/aws/service/eks/1.36/release_version' }],
    ['is not absolute', { releaseVersionParameter: 'eks/{kubernetesVersion}/release_version' }],
    ['misspells the placeholder', { imageIdParameter: '/eks/{version}/image_id' }],
  ])('fails when a parameter name %s', (_, wrong) => {
    expect(() => EksAmiType.of({ ...NEW_TYPE, ...wrong })).toThrow(
      sentence(saysOfAmi.parameterOfOneVersion({ name: Object.values(wrong)[0], placeholder: '{kubernetesVersion}' })));
  });

  test.each([{ firstKubernetesVersion: 'v1.36' }, { lastKubernetesVersion: '1.36.0' }])('fails for %j', (wrong) => {
    expect(() => EksAmiType.of({ ...NEW_TYPE, ...wrong })).toThrow('is not a Kubernetes version of EKS');
  });
});

describe('the value of a Windows parameter', () => {
  const windows = EksAmiType.WINDOWS_CORE_2022_X86_64;

  test('is JSON with the release version in it', () => {
    const value = JSON.stringify({ image_id: 'ami-0123456789abcdef0', image_name: 'Windows', release_version: '1.36-2026.04.18' });
    expect(windows.releaseFromParameterValue(value).releaseVersion).toBe('1.36-2026.04.18');
  });

  test('may be the plain release version', () => {
    expect(windows.releaseFromParameterValue('1.36-2026.04.18').releaseVersion).toBe('1.36-2026.04.18');
  });

  test.each([
    ['JSON without the field', '{"image_id":"ami-0123456789abcdef0"}'],
    ['JSON with an empty field', '{"release_version":""}'],
    ['a release of another kind', '{"release_version":"1.36.2-20260714"}'],
    ['null', 'null'],
    ['a number', '42'],
    ['an image id', 'ami-0123456789abcdef0'],
    ['nothing', ''],
  ])('fails when it is %s', (_, value) => {
    expect(() => windows.releaseFromParameterValue(value)).toThrow('is not a release version of WINDOWS_CORE_2022_x86_64');
  });
});

test('fails when a plain parameter of Amazon Linux holds JSON', () => {
  expect(() => EksAmiType.AL2023_X86_64_STANDARD.releaseFromParameterValue('{"release_version":"1.36.2-20260714"}'))
    .toThrow(
      sentence(saysOfAmi.notARelease({ releaseVersion: '{"release_version":"1.36.2-20260714"}', amiType: 'AL2023_x86_64_STANDARD', form: "the Kubernetes patch version and the release date, such as '1.36.2-20260714'" })),
    );
});

describe('release notes', () => {
  test.each([
    [EksAmiType.AL2023_ARM_64_NVIDIA, '1.36.2-20260714', 'https://github.com/awslabs/amazon-eks-ami/releases/tag/v20260714'],
    [EksAmiType.AL2_X86_64, '1.32.9-20251209', 'https://github.com/awslabs/amazon-eks-ami/releases/tag/v20251209'],
    [EksAmiType.BOTTLEROCKET_X86_64_FIPS, '1.34.0-18d04e52', 'https://github.com/bottlerocket-os/bottlerocket/releases/tag/v1.34.0'],
    [
      EksAmiType.WINDOWS_FULL_2025_X86_64, '1.35-2026.04.18',
      'https://docs.aws.amazon.com/eks/latest/userguide/eks-ami-versions-windows.html',
    ],
  ])('of %s %s are at %s', (type, release, url) => {
    expect(type.releaseNotesUrl(release)).toBe(url);
  });

  test('fails for a release of another kind', () => {
    expect(() => EksAmiType.BOTTLEROCKET_X86_64.releaseNotesUrl('1.36-2026.07.14')).toThrow(
      sentence(saysOfAmi.notARelease({ releaseVersion: '1.36-2026.07.14', amiType: 'BOTTLEROCKET_x86_64', form: "the Bottlerocket version and its build, such as '1.34.0-18d04e52'" })),
    );
  });
});
