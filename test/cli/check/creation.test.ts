import { rm } from 'node:fs/promises';
import { CfnParameter } from 'aws-cdk-lib';
import { CfnNodegroup } from 'aws-cdk-lib/aws-eks';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { App } from 'aws-cdk-lib/core';
import { AddOnVersion, AmiTracking, EksAmiType, ManagedAddOn, UpgradableCluster, UpgradeGuard } from '../../../src';
import { Finding } from '../../../src/engine/judgement/finding';
import { renderRefusedCreation } from '../../../src/preview/preview-text';
import { LocalAws } from '../../aws/aws-server';
import { withLocalAws } from '../../aws/with-local-aws';
import { ENV, importedVpc } from '../../node-group/_fixtures';
import { previewOf } from '../../plugin/_in-this-process';
import { NOW } from '../_cluster-app';
import { runCommand } from '../_command-line';
import { folderOf, stackIn, synthesizeTo } from '../_tracked-app';
import { readJsonOutput } from '../json-schema';

let aws: LocalAws;
let cwd: string;

withLocalAws(async (local) => {
  aws = local;
  aws.publishAmis({ minors: ['1.36'], date: '2026-07-14', patch: 2 });
  cwd = await folderOf();
});

afterEach(async () => rm(cwd, { recursive: true, force: true }));

interface Wanted {
  readonly addOns?: readonly ManagedAddOn[];
  readonly release?: string;
  /** Of a node group that nothing declares. */
  readonly plainAmiType?: string;
  readonly ignore?: string[];
}

/** An app with a cluster that nobody has deployed. */
function appWith({ addOns = [], release, plainAmiType, ignore = [] }: Wanted): (app: App) => void {
  return (app) => {
    const stack = stackIn(app, 'Prod', ENV);
    const cluster = new UpgradableCluster(stack, 'Cluster', {
      version: eks.KubernetesVersion.V1_36,
      clusterName: 'prod',
      vpc: importedVpc(stack, 'Vpc'),
      defaultCapacityType: eks.DefaultCapacityType.NODEGROUP,
      defaultCapacity: 0,
      managedAddOns: [...addOns],
      upgradeGuard: UpgradeGuard.enforce({ ignore }),
    });
    if (release) {
      cluster.addManagedNodeGroup('Workers', { eksAmiType: EksAmiType.AL2023_X86_64_STANDARD, amiTracking: AmiTracking.pinned(release) });
    }
    if (plainAmiType !== undefined) {
      new CfnNodegroup(stack, 'Plain', {
        clusterName: 'prod', nodegroupName: 'plain', nodeRole: 'arn:role', subnets: ['subnet-0123456789abcdef0'], amiType: plainAmiType,
      });
    }
  };
}

async function check(wanted: Wanted) {
  synthesizeTo(cwd, appWith(wanted));
  return checkJson();
}

async function checkJson() {
  const { exitCode, stdout } = await runCommand(['check', '--json'], { cwd, now: NOW });
  return { exitCode, ...readJsonOutput(stdout).clusters[0] };
}

test.each([
  ['core-dns', 'coredns'], ['CoreDNS', 'coredns'], ['coredn', 'coredns'], ['aws-vpc-cni', 'vpc-cni'], [
    'ebs-csi-driver', 'aws-ebs-csi-driver',
  ],
  ['pod-identity-agent', 'eks-pod-identity-agent'],
])('finds the misspelt add-on %s of a cluster that does not exist yet, and names %s', async (name, meant) => {
  expect(await check({ addOns: [ManagedAddOn.of(name)] })).toMatchObject({
    exitCode: 1,
    verdict: {
      findings: [{
        id: `add-on-compatibility:${name}`, severity: 'error', about: { kind: 'add-on', name }, reason: 'misspelt', data: { target: '1.36', meant },
      }],
    },
  });
});

test('names none where none is near', async () => {
  expect(await check({ addOns: [ManagedAddOn.of('something-else')] })).toMatchObject({
    exitCode: 1, verdict: { findings: [{ id: 'add-on-compatibility:something-else', severity: 'error', reason: 'notOffered' }] },
  });
});

test.each<[string, Wanted, string]>([
  [
    'a pinned version that EKS does not offer',
    { addOns: [ManagedAddOn.coreDns({ version: AddOnVersion.pinned('v1.11.4-eksbuild.22') })] },
    'add-on-compatibility:coredns',
  ],
  [
    'a configuration that the default does not take',
    { addOns: [ManagedAddOn.coreDns({ configurationValues: { replicas: 3 } })] }, 'add-on-configuration:coredns',
  ],
  ['a plain node group whose AMI type is not published', { plainAmiType: 'AL2_x86_64' }, 'ami-published:plain'],
  ['a release that AWS does not publish', { release: '1.36.2-20260715' }, 'release-published:'],
])('finds %s', async (_, wanted, id) => {
  expect(await check(wanted)).toMatchObject({
    exitCode: 1, verdict: { findings: [expect.objectContaining({ severity: 'error', id: expect.stringMatching(new RegExp(`^${id}`)) })] },
  });
});

test('has nothing to say of what EKS offers, nor of what is accepted', async () => {
  const fine = {
    addOns: [ManagedAddOn.coreDns({ configurationValues: { replicaCount: 3 } }), ManagedAddOn.vpcCni()], release: '1.36.2-20260714',
  };
  expect(await check(fine)).toMatchObject({ exitCode: 0, toBeCreated: true });
  expect(await check({
    addOns: [ManagedAddOn.of('core-dns')], ignore: ['add-on-compatibility:core-dns', 'free-addresses'],
  })).toMatchObject({ exitCode: 0 });
});

test('asks for the names of all add-ons only where one is not offered', async () => {
  const listings = () => aws.requests.filter(({ action, input }) => action === 'DescribeAddonVersions' && !input.addonName);
  await check({ addOns: [ManagedAddOn.coreDns()] });
  expect(listings()).toEqual([]);
  await check({ addOns: [ManagedAddOn.of('core-dns'), ManagedAddOn.of('kubeproxy')] });
  expect(listings()).toHaveLength(1);
});

describe('the preview', () => {
  test('warns of it, and makes an error of it where it is strict', async () => {
    const { said } = await previewOf(appWith({ addOns: [ManagedAddOn.of('core-dns')] }), { mode: 'strict' });
    expect(said).toEqual([
      expect.stringMatching(/^warning preview: [^]*\[add-on-compatibility:core-dns\]/),
      `error previewRefused: ${renderRefusedCreation('prod', [{ id: 'add-on-compatibility:core-dns', severity: 'error' } as Finding])}`,
    ]);
  });

  test('says nothing of what EKS offers', async () => {
    expect((await previewOf(appWith({ addOns: [ManagedAddOn.coreDns()], release: '1.36.2-20260714' }))).said).toEqual([]);
  });

  test('says what it could not read', async () => {
    aws.fail({ service: 'eks', action: 'DescribeAddonVersions', fault: 'accessDenied' });
    expect((await previewOf(appWith({ addOns: [ManagedAddOn.of('core-dns')] }))).said).toEqual([
      expect.stringMatching(/^warning previewIncomplete: .*eks:DescribeAddonVersions/),
    ]);
  });
});

test('a cluster whose version only the deployment knows is left alone', async () => {
  synthesizeTo(cwd, (app) => {
    const stack = stackIn(app, 'Prod', ENV);
    const version = new CfnParameter(stack, 'Version').valueAsString;
    new UpgradableCluster(stack, 'Cluster', {
      version: eks.KubernetesVersion.of(version),
      clusterName: 'prod',
      vpc: importedVpc(stack, 'Vpc'),
      defaultCapacityType: eks.DefaultCapacityType.NODEGROUP,
      defaultCapacity: 0,
      managedAddOns: [ManagedAddOn.of('core-dns')],
    });
  });
  expect(await checkJson()).toMatchObject({ exitCode: 0, toBeCreated: true });
});
