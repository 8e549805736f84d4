/**
 * Releases of Windows and Bottlerocket as AWS spells them, and what SSM and EKS say of releases, read by this library.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { REFUSED_RELEASES, SSM_PARAMETERS } from './answers';
import { AmiFamily, AmiTracking, TrackedAmiRelease } from '../../src';
import { EksAmiType } from '../../src/engine/ami/eks-ami-type';
import { imageIdParameterOfRelease } from '../../src/engine/ami/release-image';
import { awsClients } from '../../src/live/aws-clients';
import { readReleaseStanding } from '../../src/live/release-standing';
import { LocalAws } from '../aws/aws-server';
import { withLocalAws } from '../aws/with-local-aws';

const linesOf = (name: string) => readFileSync(join(__dirname, name), 'utf8').split('\n').filter((line) => line && !line.startsWith('#'));

const WINDOWS: Record<string, string> = {
  C: 'WINDOWS_CORE_2022_x86_64', F: 'WINDOWS_FULL_2022_x86_64', c: 'WINDOWS_CORE_2019_x86_64', f: 'WINDOWS_FULL_2019_x86_64',
};

describe('releases of Windows', () => {
  const lines = linesOf('windows-releases.txt').map((line) => line.split(' '));
  const releases = lines.flatMap(([letters, ...versions]) => [...letters].flatMap((letter) => versions.map((releaseVersion) => ({
    type: EksAmiType._find(WINDOWS[letter])!, releaseVersion,
  }))));

  test('are hundreds, of all AMI types that there were', () => {
    expect(releases).toHaveLength(559);
    expect(new Set(releases.map(({ type }) => type.apiName))).toEqual(new Set(Object.values(WINDOWS)));
  });

  test('are read as what they are, two of them spelt with a dash', () => {
    const misread = releases.filter(({ type, releaseVersion }) => {
      const { kubernetesVersion, date } = type.parseRelease(releaseVersion);
      return `${kubernetesVersion}-${date?.replaceAll('-', '.')}` !== releaseVersion && !['1.28-2023-09.27', '1.27-2023-09.27'].includes(releaseVersion);
    });
    expect(misread).toEqual([]);
    expect(EksAmiType.WINDOWS_CORE_2022_X86_64.parseRelease('1.28-2023-09.27').date).toBe('2023-09-27');
  });

  test('are in the order of the guide, the newest first', () => {
    const [type] = [EksAmiType.WINDOWS_CORE_2022_X86_64];
    for (const [, ...versions] of lines) {
      expect([...versions].sort((a, b) => type.parseRelease(b).compareTo(type.parseRelease(a)))).toEqual(versions);
    }
  });
});

describe.each(linesOf('image-names.txt').map((line) => line.split(' ')))('%s: the image %s', (amiType, image) => {
  const type = EksAmiType._find(amiType)!;
  const isWindows = type.family === AmiFamily.WINDOWS;
  const [, kubernetesVersion] = /-(1\.\d\d)-/.exec(image)!;
  const releaseVersion = isWindows ? image.slice(image.indexOf(kubernetesVersion)) : image.split('-v')[1];

  test('has the release', () => {
    expect(type.isRelease(releaseVersion)).toBe(true);
    expect(type.parseRelease(releaseVersion).kubernetesVersion).toBe(isWindows ? kubernetesVersion : undefined);
  });

  test('is published below a parameter of its kind', () => {
    const words = image.replace('aarch64', 'arm64').split(`-v${releaseVersion}`)[0].split('-').filter((word) => word !== 'bottlerocket');
    const parameter = type.releaseVersionParameter(kubernetesVersion);
    if (isWindows) expect(parameter.split('/').at(-1)).toBe(image.replace(/-\d{4}\.\d\d\.\d\d$/, ''));
    else expect(parameter.split('/').slice(4, 6).join('-').split('-').sort()).toEqual(words.sort());
  });
});

describe('what SSM holds', () => {
  let aws: LocalAws;

  withLocalAws((local) => {
    aws = local;
    for (const [name, value] of Object.entries(SSM_PARAMETERS)) if (value !== undefined) aws.ssm.put(name, value);
  }, new Date());

  const standingOf = async (amiType: string, kubernetesVersion: string, releaseVersion: string, recommended?: string) =>
    readReleaseStanding(awsClients({ maxAttempts: 1 }).ssm, { amiType, kubernetesVersion, releaseVersion }, recommended);

  test('an older release of Amazon Linux is found by the name of its image, a day later is not', async () => {
    expect(imageIdParameterOfRelease(EksAmiType.AL2_X86_64, '1.16', '1.16.13-20200821')).toBe(
      '/aws/service/eks/optimized-ami/1.16/amazon-linux-2/amazon-eks-node-1.16-v20200821/image_id',
    );
    expect(await standingOf('AL2_x86_64', '1.16', '1.16.13-20200821', '1.16.13-20201007')).toMatchObject({ published: true });
    expect(await standingOf('AL2_x86_64', '1.16', '1.16.13-20200822', '1.16.13-20201007')).toEqual({ published: false, near: ['1.16.13-20201007'] });
  });

  test('the recommended release of Bottlerocket is published, another build of it is not', async () => {
    expect(Object.keys(SSM_PARAMETERS)).toContain(EksAmiType.BOTTLEROCKET_X86_64.releaseVersionParameter('1.22'));
    expect(await standingOf('BOTTLEROCKET_x86_64', '1.22', '1.12.0-6ef1139f', '1.12.0-6ef1139f')).toMatchObject({ published: true });
    expect(await standingOf('BOTTLEROCKET_x86_64', '1.22', '1.12.0-6ef11390', '1.12.0-6ef1139f')).toEqual({
      published: false, near: ['1.12.0-6ef1139f'],
    });
  });
});

test.each(REFUSED_RELEASES)('$releaseVersion of $amiType cannot be pinned for Kubernetes $kubernetesVersion, of which EKS said: $said', (refused) => {
  const { amiType, kubernetesVersion, releaseVersion } = refused;
  const stack = new Stack(new App(), 'Stack', { env: { account: '111122223333', region: 'us-west-2' } });
  expect(() => new TrackedAmiRelease(stack, 'Release', {
    eksAmiType: EksAmiType.fromApiName(amiType),
    kubernetesVersion: eks.KubernetesVersion.of(kubernetesVersion),
    amiTracking: AmiTracking.pinned(releaseVersion),
  })).toThrow(releaseVersion);
});
