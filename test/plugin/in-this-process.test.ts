import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { App, CfnResource, Stack } from 'aws-cdk-lib';
import { CfnAddon, CfnNodegroup } from 'aws-cdk-lib/aws-eks';
import { DefaultCapacityType, KubernetesVersion } from 'aws-cdk-lib/aws-eks-v2';
import { previewOf, synthesize } from './_in-this-process';
import { INCOMPLETE } from './_incomplete';
import {
  AmiFamily, AmiTracking, EksAmiType, GoldenImage, ManagedAddOn, TrackedGoldenImage, UpgradableCluster, UpgradeGuard,
} from '../../src';
import { MANIFEST_TYPE } from '../../src/engine/change/applied-objects';
import { sentence } from '../../src/engine/messages/sentence';
import { flagsOfImageInUse } from '../../src/engine/state/image-state';
import { warnings } from '../../src/preview/messages';
import { headingOf } from '../../src/preview/preview-text';
import { PREVIEW_CONTEXT_KEY, PREVIEW_PROTOCOL } from '../../src/preview/question';
import { LocalAws } from '../aws/aws-server';
import { withLocalAws } from '../aws/with-local-aws';
import { ENV, importedVpc } from '../node-group/_fixtures';

interface Changes {
  readonly version?: string;
  readonly clusterName?: string;
  readonly maxSize?: number;
  readonly ignore?: string[];
  readonly account?: string;
  readonly tags?: Record<string, string>;
}

/** One cluster with an add-on and a node group. */
const prod = ({ version = '1.35', clusterName = 'prod', maxSize = 9, ignore = [], account = ENV.account, tags }: Changes = {}) => (app: App): void => {
  const stack = new Stack(app, 'Prod', { env: { ...ENV, account }, tags });
  const cluster = new UpgradableCluster(stack, 'Cluster', {
    version: KubernetesVersion.of(version),
    clusterName,
    upgradeGuard: UpgradeGuard.enforce({ ignore }),
    vpc: importedVpc(stack, 'Vpc'),
    defaultCapacityType: DefaultCapacityType.NODEGROUP,
    defaultCapacity: 0,
    managedAddOns: [ManagedAddOn.vpcCni()],
  });
  cluster.addManagedNodeGroup('Workers', {
    nodegroupName: 'workers',
    eksAmiType: EksAmiType.AL2023_X86_64_STANDARD,
    maxSize,
    amiTracking: AmiTracking.pinned(
      `${version}.2-20260714`,
    ),
  });
};

const NEXT = prod({ version: '1.36' });

let aws: LocalAws;

withLocalAws((local) => {
  aws = local;
  aws.publishAmis({ minors: ['1.35', '1.36', '1.37'], date: '2026-07-14' });
  aws.deploy('Prod', synthesize(prod()).getStackByName('Prod').template);
}, new Date());

test('nothing changes and nothing is wrong: nothing is said', async () => {
  expect((await previewOf(prod())).said).toEqual([]);
});

test('the template is what it is without a preview', async () => {
  const { assembly, said } = await previewOf(NEXT);

  expect(said.join()).toContain(headingOf('prod'));
  expect(readFileSync(assembly.getStackByName('Prod').templateFullPath, 'utf8')).toBe(
    readFileSync(synthesize(NEXT).getStackByName('Prod').templateFullPath, 'utf8'),
  );
});

test('what the app applies is judged with the rest, and refused where the guard would', async () => {
  const applying = (app: App): void => {
    NEXT(app);
    new CfnResource(app.node.findChild('Prod') as Stack, 'Budget', {
      type: MANIFEST_TYPE,
      properties: { ClusterName: 'prod', Manifest: JSON.stringify([{ apiVersion: 'policy/v1beta1', kind: 'PodDisruptionBudget', metadata: { name: 'web' } }]) },
    });
  };

  const { said } = await previewOf(applying, { mode: 'strict' });

  expect(said).toContainEqual(expect.stringMatching(/^error previewRefused: [^]*removed-api:Prod\/Budget\b/));
});

test('without a plugin nothing is asked, and the app runs once', () => {
  expect(synthesize(NEXT).manifest.missing).toBeUndefined();
});

test('a property beside the version is named, and deploying it alone is fine', async () => {
  expect((await previewOf(prod({ maxSize: 10 }))).said.join()).not.toContain('node-group-combined-update');

  const [block] = (await previewOf(prod({ version: '1.36', maxSize: 10 }))).said;
  expect(block).toContain('[node-group-combined-update:workers]');
  expect(block).toMatch(/\[node-group-combined-update:workers\][^[]*\bScalingConfig\b/);
});

test('a tag of the stack beside a version is named, since it reaches the node group', async () => {
  const [block] = (await previewOf(prod({ version: '1.36', tags: { sha: '1a2b' } }))).said;
  expect(block).toMatch(/\[node-group-combined-update:workers\][^[]*\bTags\b/);
  expect((await previewOf(prod({ tags: { sha: '1a2b' } }))).said.join()).not.toContain('node-group-combined-update');
});

describe('a cluster whose name CloudFormation has made up', () => {
  const withClusters = (...ids: string[]) => withNamed(undefined, ...ids);
  const withNamed = (clusterName: string | undefined, ...ids: string[]) => (app: App): void => {
    const stack = new Stack(app, 'Made', { env: ENV });
    const vpc = importedVpc(stack, 'Vpc');
    const capacity = { defaultCapacityType: DefaultCapacityType.NODEGROUP, defaultCapacity: 0 };
    ids.forEach((id) => new UpgradableCluster(stack, id, { clusterName, version: KubernetesVersion.of('1.35'), vpc, ...capacity }));
  };

  beforeEach(() => aws.deploy('Made', synthesize(withClusters('Cluster')).getStackByName('Made').template, 'made-up'));

  test('is replaced when its construct is renamed, which is named', async () => {
    const [block] = (await previewOf(withClusters('Main'))).said;
    expect(block).toMatch(/^ERROR cluster made-up \[cluster-replacement\]$/m);
  });

  test('is replaced when it is given a name', async () => {
    const { said } = await previewOf(withNamed('prod-2', 'Cluster'), { mode: 'strict' });
    expect(said[0]).toMatch(/^ERROR cluster made-up \[cluster-replacement\]$/m);
    expect(said[1]).toMatch(/^error previewRefused: .*\bcluster-replacement\b/);
  });

  test('stays where another one comes beside it', async () => {
    expect((await previewOf(withClusters('Cluster', 'Main'))).said.join()).not.toContain('cluster-replacement');
  });
});

test('a cluster that is given another name is replaced, which is refused', async () => {
  const { said } = await previewOf(prod({ clusterName: 'prod-2' }), { mode: 'strict' });
  expect(said[0]).toMatch(/^ERROR cluster prod \[cluster-replacement\]$/m);
  expect(said[1]).toMatch(/^error previewRefused: .*\bcluster-replacement\b/);
});

test('drift: what runs otherwise than deployed, with the way out', async () => {
  aws.eks.cluster('prod').version = '1.36';
  aws.eks.cluster('prod').nodegroups.get('workers')!.releaseVersion = '1.35.1-20260630';

  const [block] = (await previewOf(prod())).said;
  expect(block).toMatch(/^warning preview: /);
  expect(block).toMatch(/^drift +node group workers .*\b1\.35\.1-20260630\b.*\b1\.35\.2-20260714\b/m);
  expect(block).toContain('[version-drift]');
  expect(block).toMatch(/\[version-drift\][^[]*\b1\.36\b/);
  expect((await previewOf(NEXT)).said[0]).toMatch(
    /^drift +control plane .*\b1\.36\b.*\b1\.35\b/m,
  );
});

test('after a rolled back upgrade one more add-on, which nothing declares, comes in a version for what the cluster runs', async () => {
  aws.eks.cluster('prod').version = '1.36';
  aws.eks.catalog.addonVersions = [
    ...aws.eks.catalog.addonVersions.filter(({ addonName }) => addonName !== 'coredns'),
    { addonName: 'coredns', addonVersion: 'v1.13.0-eksbuild.1', clusterVersions: ['1.36'], defaultFor: ['1.36'] },
  ];
  const withAddOn = (addonVersion?: string) => (app: App) => {
    prod()(app);
    new CfnAddon(app.node.findChild('Prod') as Stack, 'Dns', { clusterName: 'prod', addonName: 'coredns', addonVersion });
  };
  const blockOf = async (addonVersion?: string) => (await previewOf(withAddOn(addonVersion))).said[0];

  expect(await blockOf()).toMatch(/^add-ons +coredns +new, v1\.13\.0-eksbuild\.1$/m);
  expect(await blockOf()).toMatch(/^stays +control plane 1\.36\b/m);
  expect(await blockOf()).not.toMatch(/^not known/m);
  expect(await blockOf('v1.12.4-eksbuild.1')).toMatch(/^ERROR add-on coredns \[add-on-compatibility:coredns\]$/m);
});

test('the last node group of a stack, which leaves it, is removed', async () => {
  const nodes = (isThere: boolean) => (app: App): void => {
    prod()(app);
    const stack = new Stack(app, 'Nodes', { env: ENV });
    const properties = { clusterName: 'prod', nodegroupName: 'plain', nodeRole: 'arn:role', subnets: ['subnet-0123456789abcdef0'] };
    if (isThere) new CfnNodegroup(stack, 'Plain', properties);
  };
  aws.cloudFormation.putStack({
    name: 'Nodes',
    template: synthesize(nodes(true)).getStackByName('Nodes').template,
    resources: [{ logicalId: 'Plain', type: 'AWS::EKS::Nodegroup', physicalId: 'prod/plain' }],
  });
  aws.eks.cluster('prod').nodegroups.set('plain', { ...aws.eks.cluster('prod').nodegroups.get('workers')!, name: 'plain' });

  const [block] = (await previewOf(nodes(false))).said;
  expect(block).toMatch(/^node groups +plain .* → removed$/m);
  expect(block).toContain('[node-group-removed:plain]');
});

test('a plain node group that is new is held against the AMIs that EKS publishes, though no other group has its AMI type', async () => {
  const findings = async (amiType: string, releaseVersion?: string) => (await previewOf((app) => {
    prod()(app);
    new CfnNodegroup(app.node.findChild('Prod') as Stack, 'Plain', {
      clusterName: 'prod', nodegroupName: 'plain', nodeRole: 'arn:role', subnets: ['subnet-0123456789abcdef0'], amiType, version: '1.35', releaseVersion,
    });
  })).said[0].match(/\[\w+-published:plain\]/g);

  expect(await findings('AL2_ARM_64')).toEqual(['[ami-published:plain]']);
  expect(await findings('AL2023_ARM_64_STANDARD', '1.35.2-20260713')).toEqual(['[release-published:plain]']);
  expect(await findings('AL2023_ARM_64_STANDARD', '1.35.2-20260714')).toBeNull();
});

test('a finding that the guard accepts is no reason to refuse', async () => {
  aws.eks.cluster('prod').nodegroups.get('workers')!.status = 'UPDATING';
  const refused = expect.stringMatching(
    /^error previewRefused: .*\bprod\b.*\bnode-group-health:workers\b/,
  );

  expect((await previewOf(NEXT, { mode: 'strict' })).said).toContainEqual(refused);
  // strict is asked for
  expect((await previewOf(NEXT)).said).toEqual([expect.stringMatching(/^warning preview: [^]*\[node-group-health:workers\]/)]);
  const { said } = await previewOf(prod({ version: '1.36', ignore: ['node-group-health'] }), { mode: 'strict' });
  expect(said).toEqual([expect.stringMatching(/^accepted +node-group-health:workers$/m)]);
});

test('a cluster that does not exist yet: nothing is said', async () => {
  aws.eks.clusters.delete('prod');

  expect((await previewOf(NEXT)).said).toEqual([]);
});

describe('a golden image without a node group', () => {
  const IMAGE = 'ami-0123456789abcdef0';
  const karpenter = (app: App) => void new TrackedGoldenImage(new Stack(app, 'Prod', { env: ENV }), 'Image', {
    goldenImage: GoldenImage.pinned(IMAGE, { family: AmiFamily.AMAZON_LINUX_2023 }),
  });

  test('that exists: nothing is said', async () => {
    aws.ec2.images.put(IMAGE, { name: 'golden', createdAt: new Date('2026-07-14') });
    expect((await previewOf(karpenter)).said).toEqual([]);
  });

  test('that is gone: a warning, and an information where a warning would end the command', async () => {
    const [text] = flagsOfImageInUse(IMAGE, undefined, new Date());
    expect((await previewOf(karpenter)).said).toEqual([`warning previewImage: ${text}`]);
    expect((await previewOf(karpenter, { mode: 'calm' })).said).toEqual([expect.stringContaining('info')]);
  });
});

describe('faults', () => {
  /** The one warning. */
  async function warningOf(patienceMillis?: number): Promise<string> {
    const { said } = await previewOf(NEXT, { mode: 'strict', patienceMillis });
    expect(said).toEqual([expect.stringContaining(`warning previewIncomplete: ${INCOMPLETE}`)]);
    return said[0];
  }

  test.each([
    ['sts', undefined, 'accessDenied', 'sts:GetCallerIdentity'],
    ['eks', 'DescribeCluster', 'accessDenied', 'eks:DescribeCluster'],
    ['eks', 'DescribeCluster', 'throttled', 'eks:DescribeCluster.*Rate exceeded'],
    ['eks', 'DescribeCluster', 'malformed', 'eks:DescribeCluster'],
    ['cloudformation', 'ListStackResources', 'accessDenied', 'cloudformation:ListStackResources'],
    ['cloudformation', 'GetTemplate', 'accessDenied', 'cloudformation:GetTemplate'],
  ] as const)('%s %s, %s: one warning that names the action', async (service, action, fault, message) => {
    aws.fail({ service, action, fault });
    expect(await warningOf()).toMatch(new RegExp(message));
  });

  test('of a stack that cannot be read nothing is new, and no drift is a rollback', async () => {
    aws.eks.cluster('prod').version = '1.36';
    aws.fail({ service: 'cloudformation', action: 'GetTemplate', fault: 'accessDenied' });

    expect((await previewOf(prod(), { mode: 'strict' })).said).toEqual([expect.stringMatching(/^warning previewIncomplete: /)]);
  });

  test('nobody listens: one warning', async () => {
    aws.fail({ service: 'eks', fault: 'connectionRefused' });

    expect(await warningOf()).toMatch(/eks:DescribeCluster.*ECONNREFUSED/);
  });

  test('no credentials: one warning', async () => {
    delete process.env.AWS_ACCESS_KEY_ID;

    expect(await warningOf()).toContain('Could not load credentials from any providers');
  });

  test('a cluster that does not answer is not waited for endlessly', async () => {
    aws.fail({ service: 'eks', action: 'DescribeCluster', fault: 'slow', delayMillis: 60_000 });

    expect(await warningOf(500)).toMatch(/\bprod\b.*\b0\.5 seconds/);
  });

  test('a part that cannot be read is said in the block', async () => {
    aws.fail({ service: 'eks', action: 'ListInsights', fault: 'accessDenied' });

    expect((await previewOf(NEXT)).said[0].replace(/\s+/g, ' ')).toMatch(/ not known [^:]*: [^:]*eks:ListInsights/);
  });

  test('a passing fault is survived', async () => {
    aws.fail({ service: 'eks', action: 'DescribeCluster', fault: 'throttled', times: 2 });

    expect((await previewOf(NEXT)).said[0]).toContain(headingOf('prod'));
  });

  test('a plugin of another version: one warning', async () => {
    const { said } = await previewOf(NEXT); // warms up what is loaded on demand
    expect(said).toHaveLength(1);
    process.env.CDK_EKS_UPGRADES_PREVIEW_PLUGIN = 'on';
    const assembly = synthesize(NEXT, { [PREVIEW_CONTEXT_KEY]: { failure: 'of different versions' } });
    delete process.env.CDK_EKS_UPGRADES_PREVIEW_PLUGIN;

    expect(JSON.stringify(assembly.getStackByName('Prod').messages)).toContain(sentence(warnings.previewIncomplete({ why: 'of different versions' })));
  });
});

test('the look-up role reads; where it cannot be assumed, the own credentials do, if they are of the account', async () => {
  await previewOf(NEXT);
  expect(aws.requests.find(({ action }) => action === 'AssumeRole')?.input.RoleArn)
    .toBe('arn:aws:iam::111122223333:role/cdk-hnb659fds-lookup-role-111122223333-us-west-2');

  aws.fail({ service: 'sts', action: 'AssumeRole', fault: 'accessDenied' });
  expect((await previewOf(NEXT)).said[0]).toContain(headingOf('prod'));

  aws.clearRequests();
  const { said } = await previewOf(prod({ version: '1.36', account: '444455556666' }));
  expect(said).toEqual([expect.stringMatching(/^warning previewIncomplete: .*\b111122223333\b.*\b444455556666\b/)]);
  expect(aws.requests.filter(({ service }) => service === 'eks')).toEqual([]);
});

const ANSWER = `
  const { answer } = require(process.argv[1]);
  answer(JSON.parse(process.argv[2]), { patienceMillis: 300 }).then(({ clusters }) => console.log(clusters[0].state.why));
`;

test('the process of the CLI ends when the answer is there, whatever is still under way', async () => {
  aws.fail({ service: 'eks', action: 'DescribeCluster', fault: 'slow', delayMillis: 60_000 });
  const cluster = {
    path: 'P',
    ...ENV,
    stackName: 'Prod',
    clusterName: 'prod',
    guard: { mode: 'enforce', ignore: [], maxInsightAgeMinutes: 60 },
    nodeGroups: [],
    addOns: [],
    bakes: [],
  };
  const question = {
    protocol: PREVIEW_PROTOCOL, clusters: [cluster], releases: [], environments: { '111122223333/us-west-2': { ...ENV, stacks: [] } },
  };
  const bundle = join(__dirname, '../../assets/plugin/preview/answer.js');

  const { stdout } = await promisify(execFile)(
    process.execPath, ['-e', ANSWER, bundle, JSON.stringify(question)], { env: aws.environment, timeout: 20_000 },
  );

  expect(stdout.trim()).toMatch(/\bprod\b.*\b0\.3 seconds$/);
});
