import {
  CreateAddonCommand, DeleteAddonCommand, DescribeAddonCommand, DescribeAddonVersionsCommand,
  EKSClient, ListAddonsCommand, UpdateAddonCommand,
  paginateDescribeAddonVersions,
} from '@aws-sdk/client-eks';
import { LocalAws } from './aws-server';

let aws: LocalAws;
let client: EKSClient;

beforeEach(async () => {
  aws = await LocalAws.start({ now: new Date('2026-11-01') });
  client = new EKSClient({ ...aws.clientConfig('eks'), maxAttempts: 1 });
  aws.eks.addCluster({ version: '1.36', addons: [{ name: 'coredns' }, { name: 'vpc-cni', version: 'v1.19.6-eksbuild.7' }] });
});

afterEach(async () => {
  client.destroy();
  await aws.stop();
});

async function addon(addonName: string) {
  return (await client.send(new DescribeAddonCommand({ clusterName: 'prod', addonName }))).addon!;
}

async function update(addonName: string, options = {}) {
  return (await client.send(new UpdateAddonCommand({ clusterName: 'prod', addonName, ...options }))).update!;
}

describe('offered versions', () => {
  test('come with the one that EKS installs, unsorted', async () => {
    const { addons } = await client.send(new DescribeAddonVersionsCommand({ addonName: 'vpc-cni', kubernetesVersion: '1.36' }));
    const versions = addons!.flatMap(({ addonVersions }) => addonVersions!);
    const names = versions.map(({ addonVersion }) => addonVersion!);

    expect(addons).toMatchObject([{ addonName: 'vpc-cni', owner: 'aws' }]);
    expect([...names].sort()).toEqual(['v1.20.1-eksbuild.3', 'v1.20.4-eksbuild.2', 'v1.21.1-eksbuild.1', 'v1.22.0-eksbuild.1']);
    expect(names).not.toEqual([...names].sort());
    expect(
      versions.filter(({ compatibilities }) => compatibilities![0].defaultVersion).map(({ addonVersion }) => addonVersion),
    ).toEqual(['v1.21.1-eksbuild.1']);
    expect(versions.flatMap(
      ({ compatibilities }) => compatibilities!.map(({ clusterVersion }) => clusterVersion),
    )).toEqual(Array(4).fill('1.36'));
  });

  test('come in pages that cut through add-ons', async () => {
    const allVersions = async () => {
      const seen: string[] = [];
      for await (const { addons } of paginateDescribeAddonVersions({ client }, { kubernetesVersion: '1.36' })) {
        seen.push(...addons!.flatMap(
          ({ addonName, addonVersions }) => addonVersions!.map(({ addonVersion }) => `${addonName} ${addonVersion}`),
        ));
      }
      return seen.sort();
    };
    const atOnce = await allVersions();
    aws.clearRequests();
    aws.eks.largestPage = 3;

    expect(await allVersions()).toEqual(atOnce);
    expect(aws.requests).toHaveLength(Math.ceil(atOnce.length / 3));
  });

  test('are none for what EKS does not offer', async () => {
    expect(await client.send(new DescribeAddonVersionsCommand({ addonName: 'nothing' }))).toMatchObject({ addons: [] });
    expect(await client.send(new DescribeAddonVersionsCommand({ kubernetesVersion: '1.99' }))).toMatchObject({ addons: [] });
  });
});

describe('an installed add-on', () => {
  test('is listed and described', async () => {
    expect(await client.send(new ListAddonsCommand({ clusterName: 'prod' }))).toMatchObject({ addons: ['coredns', 'vpc-cni'] });
    expect(await addon('coredns')).toMatchObject({ addonVersion: 'v1.12.4-eksbuild.1', status: 'ACTIVE', health: { issues: [] } });
  });

  test('is created, updated and deleted, each in its time', async () => {
    const { addon: created } = await client.send(
      new CreateAddonCommand({ clusterName: 'prod', addonName: 'kube-proxy', configurationValues: '{"mode":"ipvs"}' }),
    );
    expect(created).toMatchObject({ status: 'CREATING', addonVersion: 'v1.36.2-eksbuild.2' });
    aws.eks.finishUpdates();

    await update('kube-proxy', { addonVersion: 'v1.36.2-eksbuild.5' });
    expect(await addon('kube-proxy')).toMatchObject({ status: 'UPDATING', addonVersion: 'v1.36.2-eksbuild.2' });
    aws.eks.finishUpdates();
    expect(await addon('kube-proxy')).toMatchObject({
      status: 'ACTIVE', addonVersion: 'v1.36.2-eksbuild.5', configurationValues: '{"mode":"ipvs"}',
    });

    await client.send(new DeleteAddonCommand({ clusterName: 'prod', addonName: 'kube-proxy' }));
    expect(await addon('kube-proxy')).toMatchObject({ status: 'DELETING' });
    aws.eks.finishUpdates();
    await expect(addon('kube-proxy')).rejects.toMatchObject({ name: 'ResourceNotFoundException', addonName: 'kube-proxy' });
  });

  test('fails to move vpc-cni by more than a minor', async () => {
    await expect(update('vpc-cni', { addonVersion: 'v1.21.1-eksbuild.1' })).rejects.toMatchObject({
      name: 'InvalidParameterException', message: expect.stringContaining('1 minor version at a time'),
    });
    expect(await update('vpc-cni', { addonVersion: 'v1.20.1-eksbuild.3' })).toMatchObject({ type: 'AddonUpdate', status: 'InProgress' });
  });

  test.each([
    ['an add-on that is not installed', 'kube-proxy', 'v1.36.2-eksbuild.2', 'ResourceNotFoundException'],
    ['a version for another Kubernetes version', 'coredns', 'v1.11.4-eksbuild.22', 'InvalidParameterException'],
    ['a version that does not exist', 'coredns', 'v9.9.9-eksbuild.1', 'InvalidParameterException'],
  ])('fails to update %s', async (_case, name, addonVersion, code) => {
    await expect(update(name, { addonVersion })).rejects.toMatchObject({ name: code });
  });

  test('fails to be created twice, or in a version that does not fit', async () => {
    const create = async (addonName: string, addonVersion?: string) =>
      client.send(new CreateAddonCommand({ clusterName: 'prod', addonName, addonVersion }));

    await expect(create('coredns')).rejects.toMatchObject({ name: 'ResourceInUseException', message: 'Addon already exists.' });
    await expect(create('kube-proxy', 'v1.35.3-eksbuild.2')).rejects.toMatchObject({ name: 'InvalidParameterException' });
    await expect(create('nothing')).rejects.toMatchObject({ name: 'InvalidParameterException' });
  });

  test('fails to be updated while it is', async () => {
    await update('coredns', { addonVersion: 'v1.13.2-eksbuild.3' });

    await expect(update('coredns', { addonVersion: 'v1.12.4-eksbuild.1' })).rejects.toMatchObject({ name: 'ResourceInUseException' });
  });
});
