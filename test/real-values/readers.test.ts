/**
 * The catalogue of add-ons as EKS answers it, in pages, and what else AWS was seen to say, read by this library's own readers and judged.
 */
import { ADD_ON_CATALOGUE, offeredVersions, offerFor } from './_add-on-catalogue';
import { DENIALS, FAILED_LAUNCHES, FAILED_UPDATE, KUBE_PROXY_IMAGES, PLATFORM_VERSION, PLATFORM_VERSIONS } from './answers';
import { AddOnVersion } from '../../src';
import { onPlatform } from '../../src/engine/eks/platform-version';
import { evaluate, Verdict } from '../../src/engine/judgement/verdict';
import { renderReason } from '../../src/engine/judgement/verdict-text';
import { known } from '../../src/engine/state/known';
import { RegionCatalog } from '../../src/engine/state/region-catalog';
import { readAddOnOffer, readAddOnVersions } from '../../src/live/add-on-offer';
import { readAddOnOfferTo } from '../../src/live/add-on-offer-to-cluster';
import { AwsCallError } from '../../src/live/aws-call-error';
import { awsClients } from '../../src/live/aws-clients';
import { readLastUpdate } from '../../src/live/last-update';
import { readLaunches } from '../../src/live/launches';
import { readRegionCatalog } from '../../src/live/region-catalog';
import { launchActivity } from '../aws/auto-scaling';
import { LocalAws } from '../aws/aws-server';
import { withLocalAws } from '../aws/with-local-aws';
import { aCatalog, aCluster, anAddOn } from '../engine/a-cluster';

const NAMES = [...ADD_ON_CATALOGUE.keys()];

let aws: LocalAws;

withLocalAws((local) => {
  aws = local;
  aws.eks.catalog.addonVersions = offeredVersions();
}, new Date());

const clients = () => awsClients({ maxAttempts: 1 });

describe('the catalogue', () => {
  test('is read as it is, in pages of a hundred, for each Kubernetes version', async () => {
    const { addOnOffers } = await readRegionCatalog(clients(), { kubernetesVersions: ['1.35', '1.36'], addOns: NAMES, amiTypes: [] });
    for (const name of NAMES) {
      const read = addOnOffers[name];
      const versions = read.known ? read.value.map((offer) => [offer.kubernetesVersion, ...[...offer.versions].sort()]) : read.why;
      expect(versions).toEqual(['1.35', '1.36'].map((minor) => [minor, ...[...offerFor(name, minor).versions].sort()]));
    }
  });

  test('has 264 versions of kube-proxy, and one that skips a minor', async () => {
    expect(await readAddOnVersions(clients().eks, 'kube-proxy')).toHaveLength(264);
    const offered = async (minor: string) => (await readAddOnOffer(clients().eks, 'kube-proxy', minor)).versions.includes('v1.25.6-eksbuild.1');
    expect([await offered('1.25'), await offered('1.26'), await offered('1.27')]).toEqual([true, false, true]);
  });

  test.each([
    ['core-dns', 'coredns'], ['CoreDNS', 'coredns'], ['aws-vpc-cni', 'vpc-cni'], ['kubeproxy', 'kube-proxy'], ['ebs-csi-driver', 'aws-ebs-csi-driver'],
    ['aws-ebs-csi', 'aws-ebs-csi-driver'], ['pod-identity-agent', 'eks-pod-identity-agent'], ['metric-server', 'metrics-server'],
    ['efs-csi-driver', 'aws-efs-csi-driver'], ['cloudwatch-observability', 'amazon-cloudwatch-observability'], ['node-exporter', 'prometheus-node-exporter'],
  ])('knows what %s means', async (slip, meant) => {
    const catalog = await readRegionCatalog(clients(), { kubernetesVersions: ['1.36'], addOns: [slip], amiTypes: [] });
    const { findings } = evaluate(aCluster(), { ...aCatalog(), ...catalog, amiOffers: aCatalog().amiOffers }, {
      version: '1.36', addOns: { [slip]: { policy: 'recommended' } },
    });
    expect(findings).toContainEqual(expect.objectContaining({
      check: 'add-on-compatibility', severity: 'error', reason: 'misspelt', data: expect.objectContaining({ meant }),
    }));
  });
});

describe('a cluster with all of them', () => {
  const judge = (addOns: readonly [name: string, version: string][], current: string, target: string): Verdict => {
    const catalog: RegionCatalog = {
      ...aCatalog(), addOnOffers: Object.fromEntries(NAMES.map((name) => [name, known([offerFor(name, current), offerFor(name, target)])])),
    };
    const installed = addOns.map(([name, version]) => anAddOn({ name, version }));
    const state = aCluster({ version: current, addOns: known(installed), nodeGroups: known([]) });
    return evaluate(state, catalog, { version: target });
  };

  test('in the newest versions of its own minor moves on, and is told of those that no version for the next one has', () => {
    const installed = NAMES.flatMap((name): [string, string][] => offerFor(name, '1.35').versions.slice(0, 1).map((version) => [name, version]));
    const { findings } = judge(installed, '1.35', '1.36');
    const unmet = installed.filter(([name]) => offerFor(name, '1.36').versions.length === 0).map(([name]) => `add-on ${name}`);
    expect(unmet).toContain('add-on datadog_operator');
    expect(findings.filter(({ reason }) => reason === 'notOffered').map(({ subject, severity }) => [subject, severity]).sort())
      .toEqual(unmet.map((subject) => [subject, 'warning']).sort());
    expect(findings.filter(({ severity, check }) => severity === 'error' && check.startsWith('add-on'))).toEqual([]);
  });

  test('in the oldest versions is refused in 2,000 characters that name what to do first', () => {
    const installed = NAMES.map((name): [string, string] => [name, ADD_ON_CATALOGUE.get(name)!.at(-1)!.version]);
    const verdict = judge(installed, '1.35', '1.36');
    const errors = verdict.findings.filter(({ severity }) => severity === 'error');
    const reason = renderReason(verdict, 2_000);
    expect(errors.length).toBeGreaterThan(1);
    expect(reason.length).toBeLessThanOrEqual(2_000);
    expect(reason).toContain(errors[0].remedy);
    expect(reason).toContain(errors[1].remedy);
    for (const { message } of errors) expect(message.length).toBeLessThan(400);
  });

  test('with vpc-cni v1.17.1 on 1.34 is refused, with the way over v1.18', () => {
    const { findings } = judge([['vpc-cni', 'v1.17.1-eksbuild.1']], '1.34', '1.35');
    expect(findings).toContainEqual(expect.objectContaining({
      id: 'add-on-compatibility:vpc-cni',
      severity: 'error',
      remedy: 'update the add-on to v1.18.6-eksbuild.1 while the control plane is at 1.34, then upgrade to 1.35',
    }));
  });
});

describe('the platform version', () => {
  const { addOnName, addonVersion, clusterVersion, platformVersions, ofCluster } = PLATFORM_VERSION;

  test.each([[ofCluster, []], ['eks.5', [addonVersion]], ['eks.12', [addonVersion]]])('%s is offered %p', async (platformVersion, offered) => {

    aws.eks.catalog.addonVersions = [
      { addonName: addOnName, addonVersion, clusterVersions: [clusterVersion], defaultFor: [], platformVersions },
    ];
    aws.eks.addCluster({ name: 'prod', version: clusterVersion, platformVersion });
    expect((await readAddOnOfferTo(clients(), addOnName, clusterVersion, { clusterName: 'prod' })).versions).toEqual(offered);
  });
});

test.each(PLATFORM_VERSIONS)('of the platform versions of %s, eks.6+ is that and the newer ones', (kubernetesVersion, ...platformVersions) => {
  const offer = { kubernetesVersion, versions: ['v1.0.0-eksbuild.1'], traits: { 'v1.0.0-eksbuild.1': { platformVersions: ['eks.6+'] } } };
  const fitting = platformVersions.filter((platformVersion) => onPlatform(offer, platformVersion).versions.length > 0);
  expect(fitting).toEqual(platformVersions.slice(0, platformVersions.indexOf('eks.6') + 1));
});

test.each(KUBE_PROXY_IMAGES)('%s, the tag of an image, is no version of an add-on', (tag) => {
  const meant = tag.replace('-minimal', '');
  expect(() => AddOnVersion.pinned(tag)).toThrow(`'${tag}' is not an add-on version: write it as EKS does, such as '${meant}'`);
  expect(ADD_ON_CATALOGUE.get('kube-proxy')!.map(({ version }) => version)).toContain(meant);
});

test.each(FAILED_LAUNCHES)('a launch failed: %s', async (message) => {
  aws.autoScaling.group('asg').activities = [
    { ...launchActivity('asg', new Date('2026-11-20T10:00:00Z'), message), Description: `Launching a new EC2 instance.  Status Reason: ${message}` },
  ];
  expect(await readLaunches(clients(), ['asg'])).toEqual([{ successful: false, endedAt: '2026-11-20T10:00:00.000Z', message }]);
});

test.each(DENIALS)('a call is denied %s', (ending, told) => {
  const message = `User: arn:aws:sts::111122223333:assumed-role/guard/session is not authorized to perform: eks:ListInsights on resource: *, ${ending}`;
  const error = new AwsCallError('eks:ListInsights', Object.assign(new Error(message), { name: 'AccessDeniedException' }));
  expect(error.message).toBe(`not allowed to call eks:ListInsights (${told})`);
});

test('the last update of a node group failed', async () => {
  const { id } = FAILED_UPDATE;
  Object.assign(aws.eks.actions, { ListUpdates: () => ({ updateIds: [id] }), DescribeUpdate: () => ({ update: FAILED_UPDATE }) });
  expect(await readLastUpdate(clients().eks, 'prod', 'workers')).toEqual({
    type: 'VersionUpdate',
    status: 'Failed',
    startedAt: '2023-06-03T17:19:38.068Z',
    errors: [{
      code: 'PodEvictionFailure', message: FAILED_UPDATE.errors[0].errorMessage, resourceIds: ['ip-192-168-2-44.eu-west-1.compute.internal'],
    }],
  });
});
