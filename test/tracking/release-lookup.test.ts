import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import { CfnParameter, Lazy, NestedStack, Stack, Stage } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { AmiTracking, EksAmiType, ReleaseVersionScheme } from '../../src';
import { says as ami } from '../../src/engine/ami/messages';
import { formOf } from '../../src/engine/ami/release-version-scheme';
import { sentence } from '../../src/engine/messages/sentence';
import { errors, says } from '../../src/tracking/messages';
import { reported } from '../diagnostics/_said';
import { AL2023_PARAMETER, clusterIn, contextKey, ENV, errorsOn, lookedUp, propertiesOf, World } from '../node-group/_fixtures';

const OWN_PARAMETER = '/platform/eks/1.36/workers';
const WINDOWS_PARAMETER = '/aws/service/ami-windows-latest/Windows_Server-2022-English-Core-EKS_Optimized-1.36';

describe('the first pass', () => {
  test('asks the CLI for the parameter and goes on with a dummy value', () => {
    const world = new World();
    const group = world.group();
    expect(world.app.synth().manifest.missing).toEqual([expect.objectContaining({
      key: contextKey(AL2023_PARAMETER),
      provider: 'ssm',
      props: expect.objectContaining({ account: '111122223333', region: 'us-west-2', parameterName: AL2023_PARAMETER }),
    })]);
    expect(propertiesOf(group)).toMatchObject({ Version: '1.36', ReleaseVersion: `dummy-value-for-${AL2023_PARAMETER}` });
    expect(errorsOn(group)).toEqual([]);
    expect(group.releaseNotesUrl).toBeUndefined();
  });

  test.each(EksAmiType.all().filter((type) => type.isAvailableFor('1.36')))('%s: the dummy value is let through', (type) => {
    const group = new World().group({ eksAmiType: type });
    expect(group.releaseVersion).toBe(`dummy-value-for-${type.releaseVersionParameter('1.36')}`);
    expect(errorsOn(group)).toEqual([]);
  });

  test('of an AMI type that is looked up itself, the release is asked for once the type is known', () => {
    const lookUp = (context = {}) => {
      const world = new World({ context });
      world.group({ amiType: ssm.StringParameter.valueFromLookup(world.stack, '/platform/eks/ami-type') as eks.NodegroupAmiType });
      return world.app.synth().manifest.missing?.map(({ key }) => key);
    };
    expect(lookUp()).toEqual([contextKey('/platform/eks/ami-type')]);
    expect(lookUp(lookedUp('BOTTLEROCKET_ARM_64', '/platform/eks/ami-type')))
      .toEqual([contextKey(EksAmiType.BOTTLEROCKET_ARM_64.releaseVersionParameter('1.36'))]);
    expect(() => EksAmiType.fromApiName('dummy-value-for-/platform/eks/ami-type')).toThrow(/is not a known EKS AMI type/);
  });

  test('1,000 groups in nested scopes and stacks ask for each distinct parameter once', () => {
    const world = new World();
    const types = [EksAmiType.AL2023_X86_64_STANDARD, EksAmiType.BOTTLEROCKET_ARM_64, EksAmiType.WINDOWS_CORE_2022_X86_64];
    const stacks = [world.stack, new Stack(world.app, 'Other', { env: ENV }), new NestedStack(world.stack, 'Nested')];
    for (let i = 0; i < 1_000; i++) {
      world.group({ eksAmiType: types[i % 3], nodeRole: world.cluster.role }, new Construct(stacks[Math.floor(i / 3) % 3], `Team${i}`));
    }
    const missing = world.app.synth({ validateOnSynthesis: false }).manifest.missing ?? [];
    expect(missing.map(({ key }) => key).sort()).toEqual(types.map((type) => contextKey(type.releaseVersionParameter('1.36'))).sort());
  });

  test('a group in a nested stack of a stage asks in the environment of the stage', () => {
    const world = new World();
    const stage = new Stage(world.app, 'Prod', { env: { account: '111122223333', region: 'eu-west-1' } });
    const stack = new Stack(stage, 'Stack');
    world.group({ cluster: clusterIn(stack, '1.36') }, new NestedStack(stack, 'Nodes'));
    expect(stage.synth().manifest.missing?.map(({ key }) => key))
      .toEqual([`ssm:account=111122223333:parameterName=${AL2023_PARAMETER}:region=eu-west-1`]);
  });
});

describe('a looked-up release', () => {
  test('is a literal in the template and needs no further look-up', () => {
    const world = new World({ context: lookedUp('1.36.2-20260714') });
    const group = world.group();
    expect(propertiesOf(group)).toMatchObject({ Version: '1.36', ReleaseVersion: '1.36.2-20260714' });
    expect(group.releaseNotesUrl).toBe('https://github.com/awslabs/amazon-eks-ami/releases/tag/v20260714');
    expect(errorsOn(group)).toEqual([]);
    expect(world.app.synth().manifest.missing).toBeUndefined();
  });

  test.each([
    ['JSON', '{"image_id":"ami-0123456789abcdef0","release_version":"1.36-2026.04.18"}', '1.36-2026.04.18'],
    ['JSON with an oddly spelt date', '{"release_version":"1.36-2026-04-18"}', '1.36-2026-04-18'],
    ['a plain value', '1.36-2026.04.18', '1.36-2026.04.18'],
  ])('of Windows is taken out of %s', (_, value, release) => {
    const group = new World({ context: lookedUp(value, WINDOWS_PARAMETER) }).group({ eksAmiType: EksAmiType.WINDOWS_CORE_2022_X86_64 });
    expect(propertiesOf(group).ReleaseVersion).toBe(release);
    expect(errorsOn(group)).toEqual([]);
  });

  test('comes from the parameter of the organisation, where one is named', () => {
    const group = new World({ context: lookedUp('1.36.1-20260601', OWN_PARAMETER) }).group({
      amiTracking: AmiTracking.fromParameter(OWN_PARAMETER),
    });
    expect(propertiesOf(group).ReleaseVersion).toBe('1.36.1-20260601');
    expect(group.amiParameterName).toBe(OWN_PARAMETER);
    expect(errorsOn(group)).toEqual([]);
  });

  test("from the organisation's parameter is checked as far as literals go", () => {
    const world = new World({ context: lookedUp('1.30.2-20250601', OWN_PARAMETER) });
    const version = new CfnParameter(world.stack, 'Version').valueAsString;
    const group = world.group({
      kubernetesVersion: eks.KubernetesVersion.of(version), amiTracking: AmiTracking.fromParameter(OWN_PARAMETER),
    });
    expect(propertiesOf(group)).toMatchObject({ Version: { Ref: 'Version' }, ReleaseVersion: '1.30.2-20250601' });
    expect(errorsOn(group)).toEqual([]);
  });

  test('for an AMI type that is a token is taken as it stands', () => {
    const amiType = Lazy.string({ produce: () => 'BOTTLEROCKET_x86_64' }) as eks.NodegroupAmiType;
    const group = new World({ context: lookedUp('1.34.0-18d04e52', OWN_PARAMETER) }).group({
      amiType, amiTracking: AmiTracking.fromParameter(OWN_PARAMETER),
    });
    expect(propertiesOf(group)).toMatchObject({ AmiType: 'BOTTLEROCKET_x86_64', ReleaseVersion: '1.34.0-18d04e52' });
  });
});

describe('a bad answer', () => {
  const foundIn = (parameterName: string) => ({ parameterName, contextKey: contextKey(parameterName) });
  const otherMinor = (parameterName: string) => reported(errors.releaseOfOtherMinor({
    ...foundIn(parameterName), value: '1.35.4-20260714', minor: '1.35', kubernetesVersion: '1.36',
  }));

  test.each(['ami-0123456789abcdef0', '', 'latest', '1.34.0-18d04e52', '{"release_version":"1.36.2-20260714"}'])(
    'fails for %j with parameter, value and remedy', (value) => {
      const why = sentence(ami.notARelease({
        releaseVersion: value, amiType: 'AL2023_x86_64_STANDARD', form: formOf(ReleaseVersionScheme.AMAZON_LINUX),
      }));
      expect(errorsOn(new World({ context: lookedUp(value) }).group())).toEqual([
        reported(errors.releaseMalformed({ ...foundIn(AL2023_PARAMETER), value, why })),
      ]);
    });

  test('is told in one line without control characters', () => {
    const [error] = errorsOn(new World({ context: lookedUp('\u001b[2Jlatest\n::error::tea') }).group());
    expect(error).toContain("holds '[2Jlatest ::error::tea': ");
    expect(error).not.toMatch(/\p{Cc}/u);
  });

  test('fails for a release of another minor', () => {
    expect(errorsOn(new World({ context: lookedUp('1.35.4-20260714') }).group())).toEqual([otherMinor(AL2023_PARAMETER)]);
  });

  test("fails for a release of another minor in the organisation's parameter", () => {
    const world = new World({ context: lookedUp('1.35.4-20260714', OWN_PARAMETER) });
    expect(errorsOn(world.group({ amiTracking: AmiTracking.fromParameter(OWN_PARAMETER) }))).toEqual([otherMinor(OWN_PARAMETER)]);
  });

  test("fails for a release of Amazon Linux in the organisation's parameter for Bottlerocket, but takes the build of digits that AWS publishes", () => {
    const eksAmiType = EksAmiType.BOTTLEROCKET_X86_64;
    const own = new World({ context: lookedUp('1.36.2-20260714', OWN_PARAMETER) }).group({
      eksAmiType, amiTracking: AmiTracking.fromParameter(OWN_PARAMETER),
    });
    const why = sentence(ami.amazonLinuxRelease({
      releaseVersion: '1.36.2-20260714', amiType: 'BOTTLEROCKET_x86_64', form: formOf(ReleaseVersionScheme.BOTTLEROCKET),
    }));
    expect(errorsOn(own)).toEqual([reported(errors.releaseMalformed({ ...foundIn(OWN_PARAMETER), value: '1.36.2-20260714', why }))]);
    const published = new World({ context: lookedUp('1.36.2-20260714', eksAmiType.releaseVersionParameter('1.36')) }).group({ eksAmiType });
    expect(errorsOn(published)).toEqual([]);
    expect(published.releaseVersion).toBe('1.36.2-20260714');
  });

  test('fails when the look-up did, once, with what was wanted and why', () => {
    const failure = {
      $providerError: `SSM parameter not available in account 111122223333, region us-west-2: ${AL2023_PARAMETER}`, $dontSaveContext: true,
    };
    const world = new World({ context: lookedUp(failure) });
    expect(errorsOn(world.group())).toEqual([reported(errors.releaseLookupFailed({
      parameterName: AL2023_PARAMETER,
      amiType: 'AL2023_x86_64_STANDARD',
      kubernetesVersion: '1.36',
      account: '111122223333',
      region: 'us-west-2',
      failure: failure.$providerError,
    }))]);
  });

  test('fails with another remedy where the parameter is the own one', () => {
    const failure = { $providerError: 'SSM parameter not available', $dontSaveContext: true };
    const group = new World({ context: lookedUp(failure, OWN_PARAMETER) }).group({ amiTracking: AmiTracking.fromParameter(OWN_PARAMETER) });
    expect(errorsOn(group)).toEqual([reported(errors['releaseLookupFailed:own']({
      parameterName: OWN_PARAMETER,
      amiType: 'AL2023_x86_64_STANDARD',
      kubernetesVersion: '1.36',
      account: '111122223333',
      region: 'us-west-2',
      failure: failure.$providerError,
    }))]);
  });

  test('does not keep other groups from saying what is wrong with them', () => {
    const world = new World({ context: { ...lookedUp('nonsense'), ...lookedUp('other nonsense', OWN_PARAMETER) } });
    const first = world.group();
    const second = world.group({ amiTracking: AmiTracking.fromParameter(OWN_PARAMETER) }, new Construct(world.stack, 'Team'));
    expect([...errorsOn(first), ...errorsOn(second)]).toHaveLength(2);
  });
});

describe('misuse', () => {
  test.each([
    AmiTracking.recommended(), AmiTracking.fromParameter(OWN_PARAMETER),
  ])('fails in a stack without account and region ($mode)', (amiTracking) => {
    expect(() => new World({ env: null }).group({ amiTracking })).toThrow(
      `${sentence(says.lookUpWithoutEnvironment({ what: 'a release', stackName: 'Stack', missing: ['account', 'region'], otherwise: 'name the release with AmiTracking.pinned(), or let CloudFormation resolve it with AmiTracking.recommendedAtDeployment()' }))} [Stack/Group]`,
    );
  });

  test('fails in a stack with region only', () => {
    expect(() => new World({ env: { region: 'us-west-2' } }).group()).toThrow(
      sentence(says.lookUpWithoutEnvironment({ what: 'a release', stackName: 'Stack', missing: ['account'], otherwise: 'name the release with AmiTracking.pinned(), or let CloudFormation resolve it with AmiTracking.recommendedAtDeployment()' })),
    );
  });

  test('fails for a Kubernetes version that is a token, with what works instead', () => {
    const world = new World();
    const version = new CfnParameter(world.stack, 'Version').valueAsString;
    expect(() => world.group({ kubernetesVersion: eks.KubernetesVersion.of(version) })).toThrow(sentence(says.releaseOfToken({ culprit: 'Kubernetes version' })));
  });

  test('fails for a parameter name that is a token', () => {
    const amiTracking = AmiTracking.fromParameter(Lazy.string({ produce: () => OWN_PARAMETER }));
    expect(() => new World().group({ amiTracking })).toThrow(sentence(says.parameterIsToken({})));
  });

  test.each(['', 'two words', '/platform/{kubernetesVersion}', 'ssm:/x'])('fails for %j, which is no parameter name', (name) => {
    expect(() => AmiTracking.fromParameter(name)).toThrow(
      sentence(says.notAParameter({ parameterName: name, example: OWN_PARAMETER })),
    );
  });
});
