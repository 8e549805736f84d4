/**
 * Values that only a look-up or the deployment knows: every construct lets them through, and takes none for a literal.
 */
import { KubectlV36Layer } from '@aws-cdk/lambda-layer-kubectl-v36';
import { App, Lazy, Stack, Token } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eksv1 from 'aws-cdk-lib/aws-eks';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import {
  AddOnVersion, AmiFamily, AmiTracking, ClusterUpgrades, EksAmiType, GoldenImage, ManagedAddOn, TrackedAmiRelease, TrackedGoldenImage,
  UpgradableCluster, UpgradeGuard,
  type ManagedNodeGroupOptions, type UpgradableClusterProps,
} from '../../src';
import { awaitsLookUp, isKnownAtSynth } from '../../src/diagnostics/known-at-synth';
import { says as saysOfVersions } from '../../src/engine/kubernetes/messages';
import { sentence } from '../../src/engine/messages/sentence';
import { says as saysOfTracking } from '../../src/tracking/messages';

const ENV = { account: '111122223333', region: 'us-west-2' };
const DYNAMIC_REFERENCE = '{{resolve:ssm:/platform/eks/version}}';

let app: App;
let stack: Stack;
beforeEach(() => {
  app = new App({ context: { '@aws-cdk/aws-eks:defaultToAL2023': true } });
  stack = new Stack(app, 'Stack', { env: ENV });
});

const lookedUp = (name = '/platform/value') => ssm.StringParameter.valueFromLookup(stack, name);

/** What stands for a value that is not known yet. */
const KINDS: [string, () => string][] = [
  ['the dummy of a look-up', () => lookedUp()],
  ['Lazy.string()', () => Lazy.string({ produce: () => '1.36' })],
  ['a dynamic reference', () => DYNAMIC_REFERENCE],
  ['a parameter', () => ssm.StringParameter.valueForStringParameter(stack, '/platform/value')],
];

function cluster(props: Partial<UpgradableClusterProps> = {}): UpgradableCluster {
  return new UpgradableCluster(stack, 'Cluster', {
    version: eks.KubernetesVersion.V1_36,
    defaultCapacityType: eks.DefaultCapacityType.NODEGROUP,
    defaultCapacity: 0,
    ...props,
  });
}

const group = (options: Partial<ManagedNodeGroupOptions> = {}) => cluster().addManagedNodeGroup('Workers', options);

test.each(KINDS)('%s is not known at synthesis', (_, value) => {
  expect(isKnownAtSynth(value())).toBe(false);
});

test.each(['1.36', '', 'dummy', 3, undefined, '{{x}}'])('%j is known', (value) => {
  expect(isKnownAtSynth(value)).toBe(true);
  expect(awaitsLookUp(value)).toBe(false);
});

describe.each(KINDS)('%s passes', (kind, value) => {
  const golden = (parameterName: string, kubernetesVersion?: eks.KubernetesVersion) =>
    GoldenImage.fromParameter(parameterName, { family: AmiFamily.BOTTLEROCKET, kubernetesVersion });
  /** The release cannot be looked up for a version that only the deployment knows. */
  const tracking = () => kind === 'the dummy of a look-up' ? {} : { amiTracking: AmiTracking.pinned('1.36.2-20260714') };
  const version = () => eks.KubernetesVersion.of(value());

  test.each<[string, () => unknown]>([
    [
      'as version of a cluster',
      () => cluster({ version: version(), managedAddOns: [ManagedAddOn.vpcCni()] }).addManagedNodeGroup('Workers', tracking()),
    ],
    ['as nodeKubernetesVersion', () => cluster({ nodeKubernetesVersion: version() }).addManagedNodeGroup('Workers', tracking())],
    ['as version of a node group', () => group({ kubernetesVersion: version(), ...tracking() })],
    ['as pinned release', () => group({ amiTracking: AmiTracking.pinned(value()) })],
    ['as releaseVersion', () => group({ releaseVersion: value() })],
    ['as version of an add-on', () => cluster({ managedAddOns: [ManagedAddOn.vpcCni({ version: AddOnVersion.pinned(value()) })] })],
    ['as AMI type', () => group({ amiType: value() as eks.NodegroupAmiType, ...tracking() })],
    ['as version of a release', () => new TrackedAmiRelease(stack, 'Release', {
      eksAmiType: EksAmiType.AL2023_X86_64_STANDARD, kubernetesVersion: version(), ...tracking(),
    })],
    ['as accepted finding', () => cluster({ upgradeGuard: UpgradeGuard.enforce({ ignore: [value()] }) })],
    ['as version of a cluster of aws-eks', () => {
      const made = new eksv1.Cluster(stack, 'Cluster', {
        version: eksv1.KubernetesVersion.of(value()), defaultCapacity: 0, kubectlLayer: new KubectlV36Layer(stack, 'Kubectl'),
      });
      return ClusterUpgrades.ofAwsEks(stack, 'Upgrades', { cluster: made }).addManagedNodeGroup('Workers', tracking());
    }],
    ['as golden image', () => group({
      goldenImage: GoldenImage.pinned(value(), { family: AmiFamily.BOTTLEROCKET }), instanceTypes: [new ec2.InstanceType('m7i.large')],
    })],
    [
      'as tracked golden image',
      () => new TrackedGoldenImage(stack, 'Image', { goldenImage: GoldenImage.pinned(value(), { family: AmiFamily.BOTTLEROCKET }) }),
    ],
    ['as version of a golden image', () => group({ goldenImage: golden('/golden/image_id', version()) })],
    [
      'as version of a node group with a golden image of another one',
      () => group({ goldenImage: golden('/golden/1.35/image_id'), kubernetesVersion: version() }),
    ],
    ['as version of a cluster whose nodes have a golden image', () => cluster({ version: version() })
      .addManagedNodeGroup('Workers', { goldenImage: golden('/golden/1.35/image_id') })],
    ['as version of an imported cluster', () => ClusterUpgrades.ofImported(stack, 'Upgrades', {
      clusterName: 'prod', vpc: new ec2.Vpc(stack, 'Vpc'), version: version(), nodeKubernetesVersion: version(),
    }).addManagedNodeGroup('Workers', tracking())],
  ])('%s', (_, define) => {
    define();

    app.synth();
  });
});

test('what a first pass makes of dummies is a dummy, and asks for no parameter of that name', () => {
  const node = cluster({ version: eks.KubernetesVersion.of(lookedUp()) }).addManagedNodeGroup('Workers', {
    instanceTypes: [new ec2.InstanceType('m7i.large')],
  });

  expect(awaitsLookUp(node.releaseVersion)).toBe(true);
  expect(node.amiParameterName).toBeUndefined();
  expect(
    app.synth().manifest.missing!.map(({ props }) => (props as { parameterName?: string }).parameterName).filter(Boolean),
  ).toEqual(['/platform/value']);
});

test.each([
  ['an AMI type', () => group({ amiType: lookedUp() as eks.NodegroupAmiType })],
  ['instance types', () => group({ instanceTypes: [new ec2.InstanceType(lookedUp())] })],
  ['the parameter of a channel', () => group({ amiTracking: AmiTracking.fromParameter(lookedUp()) })],
  ['the parameter of a golden image', () => group({
    goldenImage: GoldenImage.fromParameter(lookedUp('/golden/1.36/arm64/name'), {
      family: AmiFamily.BOTTLEROCKET, kubernetesVersion: eks.KubernetesVersion.V1_35,
    }),
  })],
  ['the parameter of a tracked golden image', () => new TrackedGoldenImage(stack, 'Image', {
    goldenImage: GoldenImage.fromParameter(lookedUp(), { family: AmiFamily.BOTTLEROCKET }),
  }).parameterName],
  ['the addresses of services', () => group({
    goldenImage: GoldenImage.fromParameter('/golden/image_id', { family: AmiFamily.AMAZON_LINUX_2023 }),
    nodeLaunch: {
      serviceCidr: lookedUp(),
    },
  })],
  ['the image of a release', () => new TrackedAmiRelease(stack, 'Release', {
    eksAmiType: EksAmiType.AL2023_X86_64_STANDARD, kubernetesVersion: eks.KubernetesVersion.of(lookedUp()),
  }).imageId],
  ['a tracked add-on', () => cluster({
    version: eks.KubernetesVersion.of(lookedUp()), managedAddOns: [ManagedAddOn.vpcCni({ version: AddOnVersion.tracked() })],
  })],
  ['a release at deployment', () => cluster({ version: eks.KubernetesVersion.of(lookedUp()) })
    .addManagedNodeGroup('Workers', { amiTracking: AmiTracking.recommendedAtDeployment() })],
])('%s that is looked up does not stop the first pass', (_, define) => {
  define();

  expect(app.synth().manifest.missing).not.toEqual([]);
});

test('the parameter of a golden image that is looked up is not looked up under its dummy', () => {
  const image = new TrackedGoldenImage(stack, 'Image', {
    goldenImage: GoldenImage.fromParameter(lookedUp(), { family: AmiFamily.BOTTLEROCKET }),
  });

  expect(awaitsLookUp(image.imageId)).toBe(true);
  expect(image.parameterName).toBeUndefined();
  expect(app.synth().manifest.missing!.map(
    ({ props }) => (props as { parameterName?: string }).parameterName,
  )).toEqual(['/platform/value']);
});

test.each<[string, (value: string) => unknown, string]>([
  ['a pinned image', (value) => GoldenImage.pinned(value, { family: AmiFamily.BOTTLEROCKET }), "'one' is not the ID of an image"],
  ['the version of an image', (value) => GoldenImage.fromParameter('/golden/image_id', {
    family: AmiFamily.BOTTLEROCKET, kubernetesVersion: eks.KubernetesVersion.of(value),
  }), "'one' is not a Kubernetes version"],
  ['the addresses of services', (value) => group({
    goldenImage: GoldenImage.fromParameter('/golden/image_id', { family: AmiFamily.AMAZON_LINUX_2023 }), nodeLaunch: { serviceCidr: value },
  }), "nodeLaunch.serviceCidr is 'one', which is not a range of addresses"],
])('once it is looked up, %s is held to its rules', (_, define, message) => {
  stack.node.setContext('ssm:account=111122223333:parameterName=/platform/value:region=us-west-2', 'one');

  expect(() => define(lookedUp())).toThrow(message);
});

test('a golden image by parameter needs a name that is known', () => {
  const goldenImage = GoldenImage.fromParameter(Lazy.string({ produce: () => '/golden/image_id' }), { family: AmiFamily.BOTTLEROCKET });

  expect(() => group({ goldenImage })).toThrow(sentence(saysOfTracking.imageParameterIsToken({})));
});

test('once it is looked up, a wrong value is refused', () => {
  stack.node.setContext('ssm:account=111122223333:parameterName=/platform/value:region=us-west-2', 'one');

  expect(() => cluster({ version: eks.KubernetesVersion.of(lookedUp()) }).addManagedNodeGroup('Workers')).toThrow(sentence(saysOfVersions.notAMinor({ text: 'one' })));
});

test('a dynamic reference reaches the template as it is', () => {
  cluster({ version: eks.KubernetesVersion.of(DYNAMIC_REFERENCE) });

  Template.fromStack(stack).hasResourceProperties('AWS::EKS::Cluster', { Version: DYNAMIC_REFERENCE });
  expect(Token.isUnresolved(DYNAMIC_REFERENCE)).toBe(false);
});
