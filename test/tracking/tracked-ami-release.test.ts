import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { App, CfnParameter, Stack } from 'aws-cdk-lib/core';
import { AmiTracking, EksAmiType, TrackedAmiRelease, TrackedAmiReleaseProps } from '../../src';
import { says as saysOfAmi } from '../../src/engine/ami/messages';
import { sentence } from '../../src/engine/messages/sentence';
import { errors, says as saysOfTracking } from '../../src/tracking/messages';
import { reported } from '../diagnostics/_said';
import { AL2023_PARAMETER, contextKey, ENV, errorsOn, lookedUp } from '../node-group/_fixtures';

const RELEASE = '1.36.2-20260714';
const IMAGES = '/aws/service/eks/optimized-ami/1.36/amazon-linux-2023';
const IMAGE_PARAMETER = `${IMAGES}/x86_64/standard/amazon-eks-node-al2023-x86_64-standard-1.36-v20260714/image_id`;

function tracked(props: Partial<TrackedAmiReleaseProps> = {}, context: Record<string, unknown> = {}): TrackedAmiRelease {
  const stack = new Stack(new App({ context }), 'Stack', { env: ENV });
  return new TrackedAmiRelease(stack, 'Release', {
    eksAmiType: EksAmiType.AL2023_X86_64_STANDARD, kubernetesVersion: eks.KubernetesVersion.of('1.36'), ...props,
  });
}

function missingKeys(construct: TrackedAmiRelease): string[] {
  return ((construct.node.root as App).synth().manifest.missing ?? []).map(({ key }) => key);
}

describe('the recommended release', () => {
  test('is looked up with its image, and moves with it', () => {
    const release = tracked({}, { ...lookedUp(RELEASE), ...lookedUp('ami-0123456789abcdef0', IMAGE_PARAMETER) });
    expect(release.releaseVersion).toBe(RELEASE);
    expect(release.imageId).toBe('ami-0123456789abcdef0');
    expect(release.karpenterAlias).toBe('al2023@v20260714');
    expect(release.releaseNotesUrl).toBe('https://github.com/awslabs/amazon-eks-ami/releases/tag/v20260714');
    expect(release.amiParameterName).toBe(AL2023_PARAMETER);
    expect(missingKeys(release)).toEqual([]);
  });

  test('asks for the release in the first pass, and for its image in the second', () => {
    const first = tracked();
    expect([first.imageId, first.karpenterAlias]).toEqual(['dummy-value-for-the-image-of-AL2023_x86_64_STANDARD', 'al2023@v0']);
    expect(missingKeys(first)).toEqual([contextKey(AL2023_PARAMETER)]);

    const second = tracked({}, lookedUp(RELEASE));
    expect(second.imageId).toBe(`dummy-value-for-${IMAGE_PARAMETER}`);
    expect(missingKeys(second)).toEqual([contextKey(IMAGE_PARAMETER)]);
  });

  test('asks for no image unless somebody wants it', () => {
    expect(missingKeys(tracked({}, lookedUp(RELEASE)))).toEqual([]);
  });

  test('reports an image that cannot be looked up, and what to do about it', () => {
    const failure = { $providerError: 'SSM parameter not available', $dontSaveContext: true };
    const release = tracked({}, { ...lookedUp(RELEASE), ...lookedUp(failure, IMAGE_PARAMETER) });
    expect(release.imageId).toBe(`dummy-value-for-${IMAGE_PARAMETER}`);
    expect(errorsOn(release)).toEqual([reported(errors['imageLookupFailed:release']({
      parameterName: IMAGE_PARAMETER, account: '111122223333', region: 'us-west-2', failure: failure.$providerError,
    }))]);
  });

  test('leaves the metadata of a tracked node group', () => {
    const release = tracked({}, lookedUp(RELEASE));
    const [{ data }] = (release.node.root as App).synth().getStackArtifact('Stack').findMetadataByType('cdk-eks-upgrades:node-group');
    expect(data).toEqual({
      tracking: 'recommended',
      amiType: 'AL2023_x86_64_STANDARD',
      kubernetesVersion: '1.36',
      releaseVersion: RELEASE,
      parameterName: AL2023_PARAMETER,
      contextKey: contextKey(AL2023_PARAMETER),
    });
  });
});

test.each([
  [
    EksAmiType.AL2023_ARM_64_NVIDIA, RELEASE, 'al2023@v20260714',
    `${IMAGES}/arm64/nvidia/amazon-eks-node-al2023-arm64-nvidia-1.36-v20260714/image_id`,
  ],
  [
    EksAmiType.BOTTLEROCKET_ARM_64, '1.34.0-18d04e52', 'bottlerocket@v1.34.0',
    '/aws/service/bottlerocket/aws-k8s-1.36/arm64/1.34.0-18d04e52/image_id',
  ],
])('%s: alias and image of a pinned release', (eksAmiType, releaseVersion, alias, imageParameter) => {
  const release = tracked({ eksAmiType, amiTracking: AmiTracking.pinned(releaseVersion) }, lookedUp('ami-12345678', imageParameter));
  expect(release.karpenterAlias).toBe(alias);
  expect(release.imageId).toBe('ami-12345678');
});

test('another build of the same version of Bottlerocket has another image: none that is looked up already stands for it', () => {
  const eksAmiType = EksAmiType.BOTTLEROCKET_ARM_64;
  const parameterOf = (build: string) => `/aws/service/bottlerocket/aws-k8s-1.36/arm64/${build}/image_id`;
  const context = {
    ...lookedUp('1.34.0-64a91eb3', eksAmiType.releaseVersionParameter('1.36')),
    ...lookedUp('ami-12345678', parameterOf('1.34.0')),
    ...lookedUp('ami-12345678', parameterOf('1.34.0-18d04e52')),
  };
  const rebuilt = tracked({ eksAmiType }, context);
  expect(rebuilt.imageId).toBe(`dummy-value-for-${parameterOf('1.34.0-64a91eb3')}`);
  expect(missingKeys(rebuilt)).toEqual([contextKey(parameterOf('1.34.0-64a91eb3'))]);
  expect(tracked({ eksAmiType }, { ...context, ...lookedUp('ami-87654321', parameterOf('1.34.0-64a91eb3')) }).imageId).toBe('ami-87654321');
});

test('Amazon Linux 2 has its images under other names', () => {
  const parameter = '/aws/service/eks/optimized-ami/1.32/amazon-linux-2-gpu/amazon-eks-gpu-node-1.32-v20251120/image_id';
  const release = tracked({
    eksAmiType: EksAmiType.AL2_X86_64_GPU, kubernetesVersion: eks.KubernetesVersion.of('1.32'), amiTracking: AmiTracking.pinned('1.32.9-20251120'),
  }, lookedUp('ami-12345678', parameter));
  expect(release.imageId).toBe('ami-12345678');
});

test('of a release known at deployment, the image is, too; it has no alias', () => {
  const release = tracked({ amiTracking: AmiTracking.recommendedAtDeployment() });
  const [parameter] = Object.values<any>(Stack.of(release).resolve(release.imageId) as object);
  expect(parameter).toContain('imageid');
  expect(() => release.karpenterAlias).toThrow(sentence(saysOfTracking.aliasAtDeployment({})));
});

test.each([
  ['a token', () => new CfnParameter(new Stack(), 'Named').valueAsString],
  ['a dynamic reference', () => '{{resolve:ssm:/platform/eks/release}}'],
])('of a pinned release that is %s, neither alias nor image is known', (_, releaseVersion) => {
  const release = tracked({ amiTracking: AmiTracking.pinned(releaseVersion()) });
  expect(() => release.karpenterAlias).toThrow(sentence(saysOfTracking.aliasAtDeployment({})));
  expect(() => release.imageId).toThrow(
    `${sentence(saysOfTracking.imageAtDeployment({ eksAmiType: 'AL2023_x86_64_STANDARD', culprit: 'release version' }))} [Stack/Release]`,
  );
});

test.each([
  ['a token', () => new CfnParameter(new Stack(), 'Version').valueAsString],
  ['a dynamic reference', () => '{{resolve:ssm:/platform/eks/version}}'],
])('of a Kubernetes version that is %s, the image cannot be looked up; the alias is known', (_, version) => {
  const release = tracked({ kubernetesVersion: eks.KubernetesVersion.of(version()), amiTracking: AmiTracking.pinned(RELEASE) });
  expect(release.karpenterAlias).toBe('al2023@v20260714');
  expect(() => release.imageId).toThrow(
    sentence(saysOfTracking.imageAtDeployment({ eksAmiType: 'AL2023_x86_64_STANDARD', culprit: 'Kubernetes version' })),
  );
});

test('in a stack without environment, the image cannot be looked up; alias, and the image at deployment, are known', () => {
  const stack = new Stack(new App(), 'Stack');
  const of = (id: string, amiTracking: AmiTracking) => new TrackedAmiRelease(stack, id, {
    eksAmiType: EksAmiType.AL2023_X86_64_STANDARD, kubernetesVersion: eks.KubernetesVersion.of('1.36'), amiTracking,
  });
  const release = of('Release', AmiTracking.pinned(RELEASE));
  expect(release.karpenterAlias).toBe('al2023@v20260714');
  expect(() => release.imageId).toThrow(`${sentence(saysOfTracking.lookUpWithoutEnvironment({
    what: 'an image', stackName: 'Stack', missing: ['account', 'region'], otherwise: 'let CloudFormation resolve it with AmiTracking.recommendedAtDeployment()',
  }))} [Stack/Release]`);
  expect(stack.resolve(of('Other', AmiTracking.recommendedAtDeployment()).imageId)).toEqual({ Ref: expect.stringContaining('imageid') });
});

describe('Windows', () => {
  const eksAmiType = EksAmiType.WINDOWS_CORE_2022_X86_64;
  const parameter = '/aws/service/ami-windows-latest/Windows_Server-2022-English-Core-EKS_Optimized-1.36';

  test('has the image that is recommended', () => {
    const release = tracked({ eksAmiType }, {
      ...lookedUp('1.36-2026.07.14', parameter), ...lookedUp('ami-12345678', `${parameter}/image_id`),
    });
    expect(release.imageId).toBe('ami-12345678');
  });

  test('fails for the image of a pinned release', () => {
    expect(() => tracked({ eksAmiType, amiTracking: AmiTracking.pinned('1.36-2026.07.14') }).imageId).toThrow(
      sentence(saysOfTracking.imageUnknown({ releaseVersion: '1.36-2026.07.14', eksAmiType: 'WINDOWS_CORE_2022_x86_64' })),
    );
  });

  test('fails for an alias, and names the image', () => {
    expect(() => tracked({ eksAmiType }).karpenterAlias).toThrow(
      `${sentence(saysOfAmi.noAliasOfRelease({ amiType: 'WINDOWS_CORE_2022_x86_64' }))} [Stack/Release]`,
    );
  });
});

test('fails for an alias of FIPS, and names the image', () => {
  expect(() => tracked({ eksAmiType: EksAmiType.BOTTLEROCKET_X86_64_FIPS }).karpenterAlias).toThrow(sentence(saysOfAmi.noAlias({ amiType: 'BOTTLEROCKET_x86_64_FIPS' })));
});

test('fails for a type that the Kubernetes version does not have', () => {
  expect(() => tracked({ eksAmiType: EksAmiType.AL2_X86_64 })).toThrow(
    sentence(saysOfTracking.amiTypeNotForVersion({ amiType: 'AL2_x86_64', kubernetesVersion: '1.36' })),
  );
});

test('fails for a pinned release of another minor', () => {
  expect(() => tracked({ amiTracking: AmiTracking.pinned('1.35.1-20260714') })).toThrow(
    sentence(saysOfTracking.releaseOfOtherVersion({ releaseVersion: '1.35.1-20260714', minor: '1.35', kubernetesVersion: '1.36' })),
  );
});

test('fails to look up for a Kubernetes version that is a token', () => {
  const version = new CfnParameter(new Stack(), 'Version').valueAsString;
  expect(() => tracked({ kubernetesVersion: eks.KubernetesVersion.of(version) })).toThrow(sentence(saysOfTracking.releaseOfToken({ culprit: 'Kubernetes version' })));
});
