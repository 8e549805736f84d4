import { NodegroupAmiType } from 'aws-cdk-lib/aws-eks-v2';
import { AmiAccelerator, AmiArchitecture, AmiFamily, EksAmiType, ReleaseVersionScheme } from '../../../src';

const X86 = AmiArchitecture.X86_64;
const ARM = AmiArchitecture.ARM_64;
const { NONE, NVIDIA, NEURON } = AmiAccelerator;

/** Type, architecture, accelerator, parameter of the release version and of the image id; all for Kubernetes 1.36. */
type Row = [EksAmiType, string, AmiArchitecture, AmiAccelerator, string, string];

const AMAZON_LINUX_2023: Row[] = [
  [EksAmiType.AL2023_X86_64_STANDARD, 'AL2023_x86_64_STANDARD', X86, NONE,
    '/aws/service/eks/optimized-ami/1.36/amazon-linux-2023/x86_64/standard/recommended/release_version',
    '/aws/service/eks/optimized-ami/1.36/amazon-linux-2023/x86_64/standard/recommended/image_id'],
  [EksAmiType.AL2023_ARM_64_STANDARD, 'AL2023_ARM_64_STANDARD', ARM, NONE,
    '/aws/service/eks/optimized-ami/1.36/amazon-linux-2023/arm64/standard/recommended/release_version',
    '/aws/service/eks/optimized-ami/1.36/amazon-linux-2023/arm64/standard/recommended/image_id'],
  [EksAmiType.AL2023_X86_64_NVIDIA, 'AL2023_x86_64_NVIDIA', X86, NVIDIA,
    '/aws/service/eks/optimized-ami/1.36/amazon-linux-2023/x86_64/nvidia/recommended/release_version',
    '/aws/service/eks/optimized-ami/1.36/amazon-linux-2023/x86_64/nvidia/recommended/image_id'],
  [EksAmiType.AL2023_ARM_64_NVIDIA, 'AL2023_ARM_64_NVIDIA', ARM, NVIDIA,
    '/aws/service/eks/optimized-ami/1.36/amazon-linux-2023/arm64/nvidia/recommended/release_version',
    '/aws/service/eks/optimized-ami/1.36/amazon-linux-2023/arm64/nvidia/recommended/image_id'],
  [EksAmiType.AL2023_X86_64_NEURON, 'AL2023_x86_64_NEURON', X86, NEURON,
    '/aws/service/eks/optimized-ami/1.36/amazon-linux-2023/x86_64/neuron/recommended/release_version',
    '/aws/service/eks/optimized-ami/1.36/amazon-linux-2023/x86_64/neuron/recommended/image_id'],
];

const AMAZON_LINUX_2: Row[] = [
  [EksAmiType.AL2_X86_64, 'AL2_x86_64', X86, NONE,
    '/aws/service/eks/optimized-ami/1.36/amazon-linux-2/recommended/release_version',
    '/aws/service/eks/optimized-ami/1.36/amazon-linux-2/recommended/image_id'],
  [EksAmiType.AL2_ARM_64, 'AL2_ARM_64', ARM, NONE,
    '/aws/service/eks/optimized-ami/1.36/amazon-linux-2-arm64/recommended/release_version',
    '/aws/service/eks/optimized-ami/1.36/amazon-linux-2-arm64/recommended/image_id'],
  [EksAmiType.AL2_X86_64_GPU, 'AL2_x86_64_GPU', X86, NVIDIA,
    '/aws/service/eks/optimized-ami/1.36/amazon-linux-2-gpu/recommended/release_version',
    '/aws/service/eks/optimized-ami/1.36/amazon-linux-2-gpu/recommended/image_id'],
];

const BOTTLEROCKET: Row[] = [
  [EksAmiType.BOTTLEROCKET_X86_64, 'BOTTLEROCKET_x86_64', X86, NONE,
    '/aws/service/bottlerocket/aws-k8s-1.36/x86_64/latest/image_version', '/aws/service/bottlerocket/aws-k8s-1.36/x86_64/latest/image_id'],
  [EksAmiType.BOTTLEROCKET_ARM_64, 'BOTTLEROCKET_ARM_64', ARM, NONE,
    '/aws/service/bottlerocket/aws-k8s-1.36/arm64/latest/image_version', '/aws/service/bottlerocket/aws-k8s-1.36/arm64/latest/image_id'],
  [EksAmiType.BOTTLEROCKET_X86_64_NVIDIA, 'BOTTLEROCKET_x86_64_NVIDIA', X86, NVIDIA,
    '/aws/service/bottlerocket/aws-k8s-1.36-nvidia/x86_64/latest/image_version',
    '/aws/service/bottlerocket/aws-k8s-1.36-nvidia/x86_64/latest/image_id'],
  [EksAmiType.BOTTLEROCKET_ARM_64_NVIDIA, 'BOTTLEROCKET_ARM_64_NVIDIA', ARM, NVIDIA,
    '/aws/service/bottlerocket/aws-k8s-1.36-nvidia/arm64/latest/image_version',
    '/aws/service/bottlerocket/aws-k8s-1.36-nvidia/arm64/latest/image_id'],
  [EksAmiType.BOTTLEROCKET_X86_64_FIPS, 'BOTTLEROCKET_x86_64_FIPS', X86, NONE,
    '/aws/service/bottlerocket/aws-k8s-1.36-fips/x86_64/latest/image_version',
    '/aws/service/bottlerocket/aws-k8s-1.36-fips/x86_64/latest/image_id'],
  [EksAmiType.BOTTLEROCKET_ARM_64_FIPS, 'BOTTLEROCKET_ARM_64_FIPS', ARM, NONE,
    '/aws/service/bottlerocket/aws-k8s-1.36-fips/arm64/latest/image_version',
    '/aws/service/bottlerocket/aws-k8s-1.36-fips/arm64/latest/image_id'],
  [EksAmiType.BOTTLEROCKET_X86_64_NVIDIA_FIPS, 'BOTTLEROCKET_x86_64_NVIDIA_FIPS', X86, NVIDIA,
    '/aws/service/bottlerocket/aws-k8s-1.36-nvidia-fips/x86_64/latest/image_version',
    '/aws/service/bottlerocket/aws-k8s-1.36-nvidia-fips/x86_64/latest/image_id'],
  [EksAmiType.BOTTLEROCKET_ARM_64_NVIDIA_FIPS, 'BOTTLEROCKET_ARM_64_NVIDIA_FIPS', ARM, NVIDIA,
    '/aws/service/bottlerocket/aws-k8s-1.36-nvidia-fips/arm64/latest/image_version',
    '/aws/service/bottlerocket/aws-k8s-1.36-nvidia-fips/arm64/latest/image_id'],
];

const WINDOWS: Row[] = [
  [EksAmiType.WINDOWS_CORE_2019_X86_64, 'WINDOWS_CORE_2019_x86_64', X86, NONE,
    '/aws/service/ami-windows-latest/Windows_Server-2019-English-Core-EKS_Optimized-1.36',
    '/aws/service/ami-windows-latest/Windows_Server-2019-English-Core-EKS_Optimized-1.36/image_id'],
  [EksAmiType.WINDOWS_FULL_2019_X86_64, 'WINDOWS_FULL_2019_x86_64', X86, NONE,
    '/aws/service/ami-windows-latest/Windows_Server-2019-English-Full-EKS_Optimized-1.36',
    '/aws/service/ami-windows-latest/Windows_Server-2019-English-Full-EKS_Optimized-1.36/image_id'],
  [EksAmiType.WINDOWS_CORE_2022_X86_64, 'WINDOWS_CORE_2022_x86_64', X86, NONE,
    '/aws/service/ami-windows-latest/Windows_Server-2022-English-Core-EKS_Optimized-1.36',
    '/aws/service/ami-windows-latest/Windows_Server-2022-English-Core-EKS_Optimized-1.36/image_id'],
  [EksAmiType.WINDOWS_FULL_2022_X86_64, 'WINDOWS_FULL_2022_x86_64', X86, NONE,
    '/aws/service/ami-windows-latest/Windows_Server-2022-English-Full-EKS_Optimized-1.36',
    '/aws/service/ami-windows-latest/Windows_Server-2022-English-Full-EKS_Optimized-1.36/image_id'],
  [EksAmiType.WINDOWS_CORE_2025_X86_64, 'WINDOWS_CORE_2025_x86_64', X86, NONE,
    '/aws/service/ami-windows-latest/Windows_Server-2025-English-Core-EKS_Optimized-1.36',
    '/aws/service/ami-windows-latest/Windows_Server-2025-English-Core-EKS_Optimized-1.36/image_id'],
  [EksAmiType.WINDOWS_FULL_2025_X86_64, 'WINDOWS_FULL_2025_x86_64', X86, NONE,
    '/aws/service/ami-windows-latest/Windows_Server-2025-English-Full-EKS_Optimized-1.36',
    '/aws/service/ami-windows-latest/Windows_Server-2025-English-Full-EKS_Optimized-1.36/image_id'],
];

const EVERY: Row[] = [...AMAZON_LINUX_2023, ...AMAZON_LINUX_2, ...BOTTLEROCKET, ...WINDOWS];

test.each(EVERY)('%s is named %s, runs on %s with accelerator %s', (type, apiName, architecture, accelerator, release, image) => {
  expect({ ...type, parameter: type.releaseVersionParameter('1.36'), imageParameter: type.imageIdParameter('1.36') })
    .toMatchObject({ apiName, architecture, accelerator, parameter: release, imageParameter: image });
});

test.each([
  [AmiFamily.AMAZON_LINUX_2023, ReleaseVersionScheme.AMAZON_LINUX, undefined, AMAZON_LINUX_2023],
  [AmiFamily.AMAZON_LINUX_2, ReleaseVersionScheme.AMAZON_LINUX, undefined, AMAZON_LINUX_2],
  [AmiFamily.BOTTLEROCKET, ReleaseVersionScheme.BOTTLEROCKET, undefined, BOTTLEROCKET],
  [AmiFamily.WINDOWS, ReleaseVersionScheme.WINDOWS, 'release_version', WINDOWS],
])('types of family %s share release version scheme %s and field %s', (family, releaseVersionScheme, releaseVersionField, rows) => {
  for (const [type] of rows) {
    expect(type).toMatchObject({ family, releaseVersionScheme, releaseVersionField });
  }
});

test('all 22 types are listed, each once', () => {
  expect(EVERY).toHaveLength(22);
  expect(new Set(EksAmiType.all())).toEqual(new Set(EVERY.map(([type]) => type)));
});

test.each(EVERY)('%s is found by its API name and is called alike in code', (type, apiName) => {
  expect(EksAmiType.fromApiName(apiName)).toBe(type);
  expect(type.toString()).toBe(apiName);
  expect((EksAmiType as unknown as Record<string, EksAmiType>)[apiName.toUpperCase()]).toBe(type);
});

test.each(Object.values(NodegroupAmiType))("the L2's %s is found", (amiType) => {
  expect(EksAmiType.fromNodegroupAmiType(amiType).apiName).toBe(amiType);
});
