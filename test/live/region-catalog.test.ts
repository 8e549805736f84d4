import { CatalogNeeds } from '../../src/engine/change/catalog-needs';
import { awsClients } from '../../src/live/aws-clients';
import { readRegionCatalog } from '../../src/live/region-catalog';
import type { LocalAws } from '../aws/aws-server';
import { withLocalAws } from '../aws/with-local-aws';

const NOW = new Date('2026-11-22T12:00:00Z');

let aws: LocalAws;

withLocalAws((local) => { aws = local; }, NOW);

async function read(needs: Partial<CatalogNeeds> = {}, clients = awsClients({ maxAttempts: 1 })) {
  return readRegionCatalog(clients, { kubernetesVersions: [], addOns: [], amiTypes: [], ...needs });
}

test('what EKS publishes of AMI types, for every wanted version', async () => {
  aws.publishAmis({ minors: ['1.32', '1.33'], date: '2026-11-04' });

  const { amiOffers } = await read({
    kubernetesVersions: ['1.32', '1.33'], amiTypes: ['AL2_x86_64', 'CUSTOM', 'AL2029_x86_64', 'WINDOWS_CORE_2022_x86_64'],
  });

  expect(amiOffers).toMatchObject({
    AL2_x86_64: {
      known: true,
      value: [
        { kubernetesVersion: '1.32', published: true, recommendedRelease: '1.32.2-20261104' },
        { kubernetesVersion: '1.33', published: false },
      ],
    },
    CUSTOM: { known: true, value: [] },
    AL2029_x86_64: { known: false, why: expect.stringContaining('AL2029_x86_64 is newer') },
    WINDOWS_CORE_2022_x86_64: { known: true, value: [expect.anything(), { published: true, recommendedRelease: '1.33-2026.11.04' }] },
  });
});

test('an AMI is published even when its release version cannot be read', async () => {
  aws.ssm.put('/aws/service/eks/optimized-ami/1.36/amazon-linux-2023/x86_64/standard/recommended/release_version', 'soon');
  expect(await read({ kubernetesVersions: ['1.36'], amiTypes: ['AL2023_x86_64_STANDARD'] }))
    .toMatchObject({ amiOffers: { AL2023_x86_64_STANDARD: { value: [{ published: true, recommendedRelease: undefined }] } } });
});

test('what EKS offers of add-ons, for every wanted version', async () => {
  const { addOnOffers } = await read({ kubernetesVersions: ['1.36', '1.37'], addOns: ['coredns', 'no-such-add-on'] });

  expect(addOnOffers).toEqual({
    'coredns': {
      known: true,
      value: [
        {
          kubernetesVersion: '1.36',
          versions: expect.arrayContaining(['v1.12.4-eksbuild.1', 'v1.13.2-eksbuild.3']),
          defaultVersion: 'v1.12.4-eksbuild.1',
        },
        { kubernetesVersion: '1.37', versions: ['v1.13.2-eksbuild.3'], defaultVersion: 'v1.13.2-eksbuild.3' },
      ],
    },
    'no-such-add-on': { known: true, value: [{ kubernetesVersion: '1.36', versions: [] }, { kubernetesVersion: '1.37', versions: [] }] },
  });
});

test('the versions that EKS lists, with the last days of their support', async () => {
  expect((await read()).offeredVersions).toMatchObject({
    known: true,
    value: expect.arrayContaining([
      { version: '1.36', status: 'STANDARD_SUPPORT', endOfStandardSupport: '2027-08-02', endOfExtendedSupport: '2028-08-02' },
      expect.objectContaining({ version: '1.30', status: 'UNSUPPORTED' }),
    ]),
  });
});

test('what cannot be read is unknown, with the reason', async () => {
  aws.fail({ service: 'eks', fault: 'throttled', action: 'DescribeAddonVersions' });
  aws.fail({ service: 'eks', fault: 'serverError', action: 'DescribeClusterVersions' });
  expect(await read({ kubernetesVersions: ['1.36'], addOns: ['coredns'] })).toMatchObject({
    addOnOffers: { coredns: { known: false, why: 'eks:DescribeAddonVersions failed: ThrottlingException: Rate exceeded' } },
    offeredVersions: { known: false, why: 'eks:DescribeClusterVersions failed: ServerException: An internal error occurred' },
  });
});

test('one add-on that cannot be read does not hide the others', async () => {
  aws.fail({ service: 'eks', fault: 'throttled', action: 'DescribeAddonVersions', times: 1 });
  const { addOnOffers } = await read({ kubernetesVersions: ['1.36'], addOns: ['coredns', 'vpc-cni'] });
  expect(Object.values(addOnOffers).map((offers) => offers.known).sort()).toEqual([false, true]);
});

test.each(['throttled', 'serverError', 'accessDenied'] as const)('%s is not taken for an AMI that is not published', async (fault) => {
  aws.publishAmis({ minors: ['1.36'], date: '2026-11-04' });
  aws.fail({ service: 'ssm', fault });
  expect((await read({ kubernetesVersions: ['1.36'], amiTypes: ['AL2023_x86_64_STANDARD'] })).amiOffers)
    .toEqual({ AL2023_x86_64_STANDARD: { known: false, why: expect.stringContaining('ssm:GetParameter') } });
});

test('an add-on that is offered for one of the versions has its right name: no others are asked for', async () => {
  const needs = { kubernetesVersions: ['1.36', '1.37'], addOns: ['old', 'coredns'] };
  aws.eks.catalog.addonVersions.push({ addonName: 'old', addonVersion: 'v1.0.0-eksbuild.1', clusterVersions: ['1.36'], defaultFor: [] });
  expect((await read(needs)).addOnNames).toBeUndefined();
});

test('the names of the newest version are those that may be meant', async () => {
  aws.eks.catalog.addonVersions.push(
    { addonName: 'old', addonVersion: 'v1.0.0-eksbuild.1', clusterVersions: ['1.36'], defaultFor: [] },
    { addonName: 'new', addonVersion: 'v1.0.0-eksbuild.1', clusterVersions: ['1.37'], defaultFor: [] },
  );
  const { addOnNames } = await read({ kubernetesVersions: ['1.36', '1.37'], addOns: ['nwe'] });
  expect(addOnNames).toMatchObject({ value: expect.arrayContaining(['new']) });
  expect(addOnNames).toMatchObject({ value: expect.not.arrayContaining(['old']) });
});

test('an answer that tells more Kubernetes versions than were asked for is read for the one', async () => {
  const compatibilities = [['1.35', true], ['1.36', false]].map(([clusterVersion, defaultVersion]) => (
    { clusterVersion, defaultVersion, platformVersions: ['*'] }));
  Object.assign(aws.eks.actions, {
    DescribeAddonVersions: () => ({ addons: [{ addonName: 'coredns', addonVersions: [{ addonVersion: 'v1.0.0-eksbuild.1', compatibilities }] }] }),
  });
  const { addOnOffers } = await read({ kubernetesVersions: ['1.35', '1.36', '1.37'], addOns: ['coredns'] });
  expect(addOnOffers.coredns).toEqual({
    known: true,
    value: [
      { kubernetesVersion: '1.35', versions: ['v1.0.0-eksbuild.1'], defaultVersion: 'v1.0.0-eksbuild.1' },
      { kubernetesVersion: '1.36', versions: ['v1.0.0-eksbuild.1'], defaultVersion: undefined },
      { kubernetesVersion: '1.37', versions: [], defaultVersion: undefined },
    ],
  });
});

test('when AWS moved a recommendation', async () => {
  aws.publishAmis({ minors: ['1.36'], date: '2026-11-04' });
  const { amiOffers } = await read({ kubernetesVersions: ['1.36'], amiTypes: ['AL2023_x86_64_STANDARD'] });
  expect(amiOffers.AL2023_x86_64_STANDARD).toMatchObject({ value: [{ recommendedSince: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/) }] });
});

test('all pages of versions and of add-on versions', async () => {
  const whole = await read({ kubernetesVersions: ['1.36'], addOns: ['vpc-cni'] });
  aws.eks.largestPage = 1;
  const inPages = await read({ kubernetesVersions: ['1.36'], addOns: ['vpc-cni'] });
  expect(inPages).toEqual(whole);
  expect(whole).toMatchObject({
    offeredVersions: { value: { length: 8 } }, addOnOffers: { 'vpc-cni': { value: [{ versions: { length: 4 } }] } },
  });
});

test('no more than eight questions at a time, over all add-ons and versions', async () => {
  const clients = awsClients({ maxAttempts: 1 });
  let [now, most] = [0, 0];
  clients.eks.middlewareStack.add((next, { commandName }) => async (args) => {
    if (commandName !== 'DescribeAddonVersionsCommand') return next(args);
    most = Math.max(most, ++now);
    return next(args).finally(() => { now--; });
  }, { step: 'initialize' });

  await read({
    kubernetesVersions: ['1.34', '1.35', '1.36'], addOns: ['coredns', 'vpc-cni', 'kube-proxy', 'aws-ebs-csi-driver', 'a', 'b'],
  }, clients);

  expect(most).toBe(8);
});

test('a service that does not answer is not waited for endlessly', async () => {
  aws.fail({ service: 'ssm', fault: 'slow', delayMillis: 2_000, times: 1 });
  const clients = awsClients({ maxAttempts: 1, answerMillis: 100 });
  expect((await read({ kubernetesVersions: ['1.36'], amiTypes: ['AL2023_x86_64_STANDARD'] }, clients)).amiOffers)
    .toEqual({ AL2023_x86_64_STANDARD: { known: false, why: expect.stringMatching(/^ssm:GetParameter failed: .*100/) } });
});

test('what a version of an add-on needs of the cluster is told where it is anything out of the ordinary', async () => {
  aws.eks.catalog.addonVersions = [
    { addonName: 'plain', addonVersion: 'v1.0.0-eksbuild.1', clusterVersions: ['1.36'], defaultFor: [] },
    { addonName: 'choosy', addonVersion: 'v1.0.0-eksbuild.1', clusterVersions: ['1.36'], defaultFor: [] },
    {
      addonName: 'choosy', addonVersion: 'v1.1.0-eksbuild.1', clusterVersions: ['1.36'], defaultFor: [], platformVersions: ['eks.9+'], requiresConfiguration: true,
    },
  ];
  const { addOnOffers } = await read({ kubernetesVersions: ['1.36'], addOns: ['plain', 'choosy'] });
  const traitsOf = (name: string) => addOnOffers[name].known ? addOnOffers[name].value[0].traits : undefined;
  expect(traitsOf('plain')).toBeUndefined();
  expect(traitsOf('choosy')).toEqual({ 'v1.1.0-eksbuild.1': { platformVersions: ['eks.9+'], requiresConfiguration: true } });
});

describe('a release', () => {
  const standingOf = async (amiType: string, releaseVersion: string, kubernetesVersion = '1.36') => {
    const needs = {
      kubernetesVersions: [kubernetesVersion], amiTypes: [amiType], releases: [{ amiType, kubernetesVersion, releaseVersion }],
    };
    return (await read(needs)).releases![0].standing;
  };
  const BOTTLEROCKET = /^1\.\d+\.0-[0-9a-f]{8}$/;

  beforeEach(() => {
    aws.publishAmis({ minors: ['1.36'], date: '2026-07-14', patch: 2 });
    aws.publishAmis({ minors: ['1.36'], date: '2026-11-04', patch: 2 });
  });

  test.each([
    ['the recommended one', '1.36.2-20261104', true],
    ['an older one', '1.36.2-20260714', true],
    ['one a day off', '1.36.2-20261105', false],
    ['one with a wrong patch of the recommended', '1.36.1-20261104', false],
  ])('of Amazon Linux: %s', async (_, releaseVersion, published) => {
    expect(await standingOf('AL2023_x86_64_STANDARD', releaseVersion)).toMatchObject({ value: { published } });
  });

  test('of Amazon Linux, whose version AWS tells beside the image: a wrong patch', async () => {
    const image = '/aws/service/eks/optimized-ami/1.36/amazon-linux-2023/x86_64/standard/amazon-eks-node-al2023-x86_64-standard-1.36-v20260714';
    aws.ssm.put(`${image}/release_version`, '1.36.2-20260714');
    expect(await standingOf('AL2023_x86_64_STANDARD', '1.36.9-20260714')).toEqual({
      known: true, value: { published: false, near: ['1.36.2-20260714'] },
    });
    expect(await standingOf('AL2023_x86_64_STANDARD', '1.36.2-20260714')).toMatchObject({ value: { published: true } });
  });

  test('of Bottlerocket, by version and build', async () => {
    const recommended = aws.ssm.valueOf('/aws/service/bottlerocket/aws-k8s-1.36/x86_64/latest/image_version')!;
    expect(recommended).toMatch(BOTTLEROCKET);
    expect(await standingOf('BOTTLEROCKET_x86_64', recommended)).toMatchObject({ value: { published: true } });
    expect(await standingOf('BOTTLEROCKET_x86_64', `${recommended.split('-')[0]}-00000000`)).toEqual({
      known: true, value: { published: false, near: [recommended] },
    });
    expect(await standingOf('BOTTLEROCKET_x86_64', '1.99.0-18d04e52')).toMatchObject({ value: { published: false } });
  });

  test('of Bottlerocket, an older one: its build has to be right, too', async () => {
    const [, older] = aws.ssm.names.flatMap((name) => /^\/aws\/service\/bottlerocket\/aws-k8s-1.36\/x86_64\/(1\.\d+\.0-\w+)\/image_id$/.exec(name)?.slice(0, 2) ?? []);
    const recommended = aws.ssm.valueOf('/aws/service/bottlerocket/aws-k8s-1.36/x86_64/latest/image_version');
    expect(older).toMatch(BOTTLEROCKET);
    expect(older).not.toBe(recommended);
    expect(await standingOf('BOTTLEROCKET_x86_64', older)).toMatchObject({ value: { published: true } });
    expect(await standingOf('BOTTLEROCKET_x86_64', `${older.split('-')[0]}-00000000`)).toEqual({
      known: true, value: { published: false, near: [older] },
    });
  });

  test.each([['alone', []], ['beside another build of the version', ['1.40.0/image_version']]])(
    'of Bottlerocket that is published by version and build, %s', async (_, others) => {
      const path = '/aws/service/bottlerocket/aws-k8s-1.36/x86_64';
      aws.ssm.put(`${path}/1.40.0-18d04e52/image_id`, 'ami-0123456789abcdef0');
      for (const other of others) aws.ssm.put(`${path}/${other}`, '1.40.0-99999999');
      expect(await standingOf('BOTTLEROCKET_x86_64', '1.40.0-18d04e52')).toMatchObject({ value: { published: true } });
      expect(await standingOf('BOTTLEROCKET_x86_64', '1.40.0-18d04e53')).toMatchObject({ value: { published: false } });
    });

  test('of Windows cannot be told unless it is the latest', async () => {
    expect(await standingOf('WINDOWS_CORE_2022_x86_64', '1.36-2026.11.04')).toMatchObject({ value: { published: true } });
    expect(await standingOf('WINDOWS_CORE_2022_x86_64', '1.36-2026.10.01')).toEqual({ known: true, value: { near: ['1.36-2026.11.04'] } });
  });

  describe.each(['us-gov-west-1', 'cn-north-1', 'us-iso-east-1', 'us-isof-south-1', 'eu-isoe-west-1', 'eusc-de-east-1'])('in %s', (region) => {
    const standingThere = async (releaseVersion: string) => {
      const release = { amiType: 'AL2023_x86_64_STANDARD', kubernetesVersion: '1.36', releaseVersion };
      const needs = { kubernetesVersions: ['1.36'], amiTypes: [release.amiType], releases: [release] };
      return (await read(needs, awsClients({ maxAttempts: 1, region }))).releases![0].standing;
    };

    test('that is not found by its name cannot be told', async () => {
      expect(await standingThere('1.36.2-20261105')).toEqual({ known: true, value: { near: ['1.36.2-20261104'] } });
    });

    test('that is found by its name is published; a wrong patch of the recommended is not', async () => {
      expect(await standingThere('1.36.2-20260714')).toMatchObject({ value: { published: true } });
      expect(await standingThere('1.36.1-20261104')).toMatchObject({ value: { published: false } });
    });
  });

  describe('that only the parent of its parameters tells', () => {
    const standard = '/aws/service/eks/optimized-ami/1.36/amazon-linux-2023/x86_64/standard';

    test('is recommended all the same', async () => {
      aws.ssm.remove(`${standard}/recommended/release_version`);
      expect(await standingOf('AL2023_x86_64_STANDARD', '1.36.2-20261104')).toMatchObject({ value: { published: true } });
      expect(await standingOf('AL2023_x86_64_STANDARD', '1.36.2-20261105')).toEqual({
        known: true, value: { published: false, near: ['1.36.2-20261104'] },
      });
    });

    test('is recommended all the same, of Bottlerocket, too', async () => {
      const latest = '/aws/service/bottlerocket/aws-k8s-1.36/x86_64/latest';
      const release = aws.ssm.valueOf(`${latest}/image_version`)!;
      aws.ssm.remove(`${latest}/image_version`);
      aws.ssm.put(latest, JSON.stringify({ image_id: 'ami-0123456789abcdef0', image_version: release }));
      expect((await read({ kubernetesVersions: ['1.36'], amiTypes: ['BOTTLEROCKET_x86_64'] })).amiOffers).toMatchObject({
        BOTTLEROCKET_x86_64: { value: [{ published: true, recommendedRelease: release }] },
      });
    });

    test('is published by its name all the same, and its version is the one that counts', async () => {
      aws.ssm.put(
        `${standard}/amazon-eks-node-al2023-x86_64-standard-1.36-v20260923`,
        JSON.stringify({ image_id: 'ami-1', release_version: '1.36.4-20260923' }),
      );
      expect(await standingOf('AL2023_x86_64_STANDARD', '1.36.4-20260923')).toMatchObject({ value: { published: true } });
      expect(await standingOf('AL2023_x86_64_STANDARD', '1.36.3-20260923')).toEqual({
        known: true, value: { published: false, near: ['1.36.4-20260923'] },
      });
    });

    test.each(['no JSON', 'null', '{"release_version":3}'])('is not published by %s', async (value) => {
      aws.ssm.put(`${standard}/amazon-eks-node-al2023-x86_64-standard-1.36-v20260923`, value);
      expect(await standingOf('AL2023_x86_64_STANDARD', '1.36.4-20260923')).toMatchObject({ value: { published: false } });
    });
  });

  test('is not known where AWS may not be asked', async () => {
    aws.fail({ service: 'ssm', fault: 'accessDenied', action: 'GetParameter' });
    expect(await standingOf('AL2023_x86_64_STANDARD', '1.36.2-20261105')).toMatchObject({
      known: false, why: expect.stringContaining('not allowed to call ssm:GetParameter'),
    });
  });
});
