import { Template } from 'aws-cdk-lib/assertions';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { CfnParameter, Lazy } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { AmiTracking, AmiTrackingMode, EksAmiType } from '../../src';
import { says as saysOfAmi } from '../../src/engine/ami/messages';
import { sentence } from '../../src/engine/messages/sentence';
import { says as saysOfNodeGroup } from '../../src/node-group/messages';
import { says as saysOfTracking } from '../../src/tracking/messages';
import { errorsOn, instanceTypes, propertiesOf, World } from '../node-group/_fixtures';

test.each([
  [AmiTracking.recommended(), AmiTrackingMode.RECOMMENDED],
  [AmiTracking.pinned('1.36.2-20260714'), AmiTrackingMode.PINNED],
  [AmiTracking.recommendedAtDeployment(), AmiTrackingMode.RECOMMENDED_AT_DEPLOYMENT],
  [AmiTracking.fromParameter('/platform/eks/1.36/workers'), AmiTrackingMode.FROM_PARAMETER],
])('a policy tells its mode', (tracking, mode) => {
  expect(tracking.mode).toBe(mode);
});

describe('pinned', () => {
  test('renders the release beside its Kubernetes version, in any environment and without a look-up', () => {
    const world = new World({ env: null });
    const group = world.group({ amiTracking: AmiTracking.pinned('1.36.2-20260714') });
    expect(propertiesOf(group)).toMatchObject({ Version: '1.36', ReleaseVersion: '1.36.2-20260714' });
    expect(world.app.synth().manifest.missing).toBeUndefined();
  });

  test('is what the inherited releaseVersion means', () => {
    const group = new World({ env: null }).group({ releaseVersion: '1.36.2-20260714' });
    expect(propertiesOf(group)).toMatchObject({ Version: '1.36', ReleaseVersion: '1.36.2-20260714' });
  });

  test('names a release of nodes that lag behind their cluster', () => {
    const group = new World().group({ kubernetesVersion: eks.KubernetesVersion.of('1.35'), releaseVersion: '1.35.4-20260714' });
    expect(propertiesOf(group)).toMatchObject({ Version: '1.35', ReleaseVersion: '1.35.4-20260714' });
  });

  test('takes a Bottlerocket release, which carries no Kubernetes version', () => {
    const group = new World().group({ eksAmiType: EksAmiType.BOTTLEROCKET_X86_64, releaseVersion: '1.20.5-20181231' });
    expect(propertiesOf(group)).toMatchObject({ Version: '1.36', ReleaseVersion: '1.20.5-20181231' });
  });

  test('fails with a release of Amazon Linux for Bottlerocket, although it could be a build of digits', () => {
    expect(() => new World().group({ eksAmiType: EksAmiType.BOTTLEROCKET_X86_64, releaseVersion: '1.36.2-20260714' })).toThrow(
      `${sentence(saysOfAmi.amazonLinuxRelease({ releaseVersion: '1.36.2-20260714', amiType: 'BOTTLEROCKET_x86_64', form: "the Bottlerocket version and its build, such as '1.34.0-18d04e52'" }))} [Stack/Group]`,
    );
  });

  test('on Bottlerocket, a build that is a day since 2019 is refused', () => {
    const releaseVersion = '1.36.2-20190101';
    const form = "the Bottlerocket version and its build, such as '1.34.0-18d04e52'";
    expect(() => new World().group({ eksAmiType: EksAmiType.BOTTLEROCKET_X86_64, releaseVersion }))
      .toThrow(sentence(saysOfAmi.amazonLinuxRelease({ releaseVersion, amiType: 'BOTTLEROCKET_x86_64', form })));
  });

  test.each(['1.36.2-2026071', '1.36.2-20261332'])('on Bottlerocket, the build of %s is no day, and passes', (releaseVersion) => {
    expect(() => new World().group({ eksAmiType: EksAmiType.BOTTLEROCKET_X86_64, releaseVersion })).not.toThrow();
  });

  test('lets a token through', () => {
    const group = new World().group({ releaseVersion: Lazy.string({ produce: () => '1.36.2-20260714' }) });
    expect(propertiesOf(group).ReleaseVersion).toBe('1.36.2-20260714');
    expect(group.releaseNotesUrl).toBeUndefined();
  });

  test('checks nothing against a Kubernetes version that is a token', () => {
    const world = new World();
    const version = new CfnParameter(world.stack, 'Version').valueAsString;
    const group = world.group({ kubernetesVersion: eks.KubernetesVersion.of(version), releaseVersion: '1.30.1-20250714' });
    expect(propertiesOf(group)).toMatchObject({ Version: { Ref: 'Version' }, ReleaseVersion: '1.30.1-20250714' });
  });

  test('fails for a release of another minor', () => {
    expect(() => new World().group({ releaseVersion: '1.35.4-20260714' })).toThrow(
      sentence(saysOfTracking.releaseOfOtherVersion({ releaseVersion: '1.35.4-20260714', minor: '1.35', kubernetesVersion: '1.36' })),
    );
  });

  test('fails for a Windows release of another minor', () => {
    expect(() => new World().group({ eksAmiType: EksAmiType.WINDOWS_CORE_2022_X86_64, releaseVersion: '1.35-2026.04.18' })).toThrow(
      sentence(saysOfTracking.releaseOfOtherVersion({ releaseVersion: '1.35-2026.04.18', minor: '1.35', kubernetesVersion: '1.36' })),
    );
  });

  test.each(['latest', '', '1.36', '20260714', '1.34.0-18d04e52'])('fails for %j, which is no release of AL2023', (releaseVersion) => {
    expect(() => new World().group({ releaseVersion })).toThrow(
      `'${releaseVersion}' is not a release version of AL2023_x86_64_STANDARD: write the Kubernetes patch version and the release date`);
  });

  test('fails for a release of another AMI family, told apart by the instance types', () => {
    expect(() => new World().group({ instanceTypes: instanceTypes('m7g.large'), releaseVersion: '1.34.0-18d04e52' })).toThrow(
      sentence(saysOfAmi.notARelease({ releaseVersion: '1.34.0-18d04e52', amiType: 'AL2023_ARM_64_STANDARD', form: "the Kubernetes patch version and the release date, such as '1.36.2-20260714'" })),
    );
  });

  test('fails together with releaseVersion', () => {
    expect(() => new World().group({ releaseVersion: '1.36.2-20260714', amiTracking: AmiTracking.recommended() })).toThrow(
      sentence(saysOfNodeGroup.twoReleases({ releaseVersion: '1.36.2-20260714', mode: 'recommended' })),
    );
  });
});

describe('recommended at deployment', () => {
  const PARAMETER = { Type: 'AWS::SSM::Parameter::Value<String>' };

  test('lets CloudFormation resolve the parameter, in any environment', () => {
    const world = new World({ env: null });
    const group = world.group({ amiTracking: AmiTracking.recommendedAtDeployment() });
    const [[id, parameter]] = Object.entries(parametersOf(world));
    expect(parameter).toEqual({ ...PARAMETER, Default: group.amiParameterName });
    expect(propertiesOf(group)).toMatchObject({ Version: '1.36', ReleaseVersion: { Ref: id } });
    expect(group.releaseNotesUrl).toBeUndefined();
    expect(errorsOn(group)).toEqual([]);
  });

  test('shares one template parameter among all groups of a stack that need the same one', () => {
    const world = new World();
    const types = [EksAmiType.AL2023_X86_64_STANDARD, EksAmiType.AL2023_ARM_64_STANDARD];
    const defaults = new Set<string | undefined>();
    for (let i = 0; i < 40; i++) {
      const group = world.group(
        { eksAmiType: types[i % 2], amiTracking: AmiTracking.recommendedAtDeployment() }, new Construct(world.stack, `Team${i}`),
      );
      defaults.add(group.amiParameterName);
    }
    expect(Object.values(parametersOf(world)).map((parameter) => parameter.Default).sort()).toEqual([...defaults].sort());
    expect(defaults.size).toBe(2);
  });

  test.each(EksAmiType.all().filter(
    (type) => type.apiName.startsWith('WINDOWS'),
  ))('fails for %s with the reason, before anything is built', (type) => {
    const world = new World();
    expect(() => world.group({ eksAmiType: type, amiTracking: AmiTracking.recommendedAtDeployment() })).toThrow(
      sentence(saysOfTracking.notAtDeployment({ amiType: type })));
    expect(world.stack.node.tryFindChild('Group')).toBeUndefined();
  });

  test('fails for an AMI type that is a token', () => {
    const amiType = Lazy.string({ produce: () => 'AL2023_x86_64_STANDARD' }) as eks.NodegroupAmiType;
    expect(() => new World().group({ amiType, amiTracking: AmiTracking.recommendedAtDeployment() })).toThrow(sentence(saysOfTracking.releaseOfToken({ culprit: 'AMI type' })));
  });
});

/** The template's parameters but for the one of the bootstrap version. */
function parametersOf({ stack }: World): Record<string, { Default: string }> {
  const { BootstrapVersion, ...parameters } = Template.fromStack(stack).toJSON().Parameters;
  return parameters;
}
