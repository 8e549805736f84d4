import { PreviewChanges } from './a-preview';
import { ClusterDeclaration } from '../../src/engine/declaration/cluster-declaration';
import { known, notKnown } from '../../src/engine/state/known';
import { OfferedVersion } from '../../src/engine/state/region-catalog';
import { anAddOn, aNodeGroup } from '../engine/a-cluster';

const releases = (release: string, ...ids: string[]) => Object.fromEntries(ids.map((id) => [
  id, { Version: '1.35', ReleaseVersion: `1.35.3-${release}` },
]));
const sized = (desiredSize: number) => ({ minSize: 1, maxSize: 3, desiredSize });
const canaries = { nodeGroups: known([aNodeGroup({ scaling: sized(2) }), aNodeGroup({ name: 'canary', scaling: sized(1) })]) };
const baking = (seconds: number | undefined, { alarms = [] as string[], onCreation = false } = {}) => (
  { nodeGroups: [workers] }: ClusterDeclaration,
) => ({
  nodeGroups: [{ ...workers, upgradeAfter: ['Prod/Canary/Bake'] }, { ...workers, path: 'Prod/Canary', logicalId: 'Canary' }],
  bakes: [{ path: 'Prod/Canary/Bake', stackName: 'Prod', logicalId: 'Bake', bakes: 'Prod/Canary', seconds, alarms, onCreation }],
});
const rolling = { deployed: { ...releases('20261104', 'Canary'), Bake: {} }, wanted: releases('20261111', 'Canary', 'Workers'), state: canaries };
const unbaked = { ...rolling, deployed: releases('20261104', 'Canary'), wanted: { ...rolling.wanted, Bake: {} } };

const next = { Cluster: { Version: '1.36' }, Versions: { KubernetesVersion: '1.36' } };
const rolled = { ...next, Workers: { Version: '1.36', ReleaseVersion: '1.36.2-20261104' } };
const rolledByVersion = { Cluster: { Version: '1.36' }, Workers: { Version: '1.36' } };
const another = { Workers: { ReleaseVersion: '1.35.3-20261111' } };
const rocket = { AmiType: 'BOTTLEROCKET_x86_64', Version: '1.35', ReleaseVersion: '1.50.0-64a91eb3' };
const onRocket = { nodeGroups: known([aNodeGroup({ amiType: 'BOTTLEROCKET_x86_64', releaseVersion: '1.50.0-64a91eb3' })]) };
const launched = { LaunchTemplate: { Id: { Ref: 'Template' }, Version: { 'Fn::GetAtt': ['Template', 'LatestVersionNumber'] } } };
const newer = {
  amiOffers: {
    AL2023_x86_64_STANDARD: known([
      { kubernetesVersion: '1.35', published: true, recommendedRelease: '1.35.3-20261118', recommendedSince: '2026-11-18T13:00:00Z' },
    ]),
  },
};
const newWorkers = { deployed: { Workers: undefined }, wanted: releases('20261104', 'Workers') };
const tracked = { AddonName: 'coredns', AddonVersion: 'v1.12.4-eksbuild.1' };
const supported = (status: OfferedVersion['status']) => ({
  wanted: another, catalog: { offeredVersions: known([{ version: '1.35', status, endOfExtendedSupport: '2026-12-20' }]) },
});
const controlPlaneBake = {
  path: 'Prod/Cluster/ControlPlaneBake', stackName: 'Prod', logicalId: 'Bake', bakes: 'control plane', seconds: 90, alarms: ['Prod/Errors'],
};

const onNext = { version: '1.36', nodeGroups: known([aNodeGroup({ version: known('1.36'), releaseVersion: '1.36.2-20261104' })]) };
const dns = { AddonName: 'coredns', AddonVersion: { 'Fn::GetAtt': ['Versions', 'CorednsVersion'] } };
const offered = (...defaults: readonly (readonly [minor: string, version: string])[]) => ({
  addOnOffers: {
    coredns: known(defaults.map(([kubernetesVersion, version]) => ({ kubernetesVersion, versions: [version], defaultVersion: version }))),
  },
});

/** An upgrade to 1.36 whose stack was rolled back, and then one more add-on. */
export const ONE_MORE_ADD_ON: PreviewChanges = {
  state: { version: '1.36', addOns: known([]) },
  deployed: { CoreDns: undefined, Versions: undefined },
  wanted: { CoreDns: dns, Versions: { KubernetesVersion: '1.35' } },
  catalog: offered(['1.35', 'v1.12.4-eksbuild.1'], ['1.36', 'v1.13.0-eksbuild.1']),
};

/** Previews that say everything that a block can say, each with its title. */
export const PREVIEW_SAMPLES: ReadonlyArray<readonly [title: string, changes: PreviewChanges]> = [
  ['drift of the control plane', { wanted: { Cluster: { Version: '1.36' } }, deployed: { Cluster: { Version: '1.34' } } }],
  ['an upgrade whose stack was rolled back', { state: onNext }],
  ['one more add-on after that', ONE_MORE_ADD_ON],
  ['drift of a node group', { state: { nodeGroups: known([aNodeGroup({ releaseVersion: '1.35.1-20260901' })]) } }],
  ['drift of a node group whose last update failed', {
    failed: ['Workers'], state: { nodeGroups: known([aNodeGroup({ releaseVersion: '1.35.1-20260901' })]) },
  }],
  ['drift of a node group with Bottlerocket', {
    deployed: { Workers: { ...rocket, Version: '1.34', ReleaseVersion: '1.51.0-0badcafe' } }, state: onRocket,
  }],
  ['drift of an add-on', {
    policy: 'pinned', deployed: { CoreDns: tracked }, state: { addOns: known([anAddOn({ version: 'v1.12.3-eksbuild.1' })]) },
  }],
  ['a node group that is replaced', { isNameMadeUp: true, wanted: { Workers: { AmiType: 'AL2023_ARM_64_STANDARD' } } }],
  ['a node group of a fixed name that is to be replaced', { wanted: { Workers: { AmiType: 'AL2023_ARM_64_STANDARD' } } }],
  ['an add-on that is to be replaced', {
    policy: 'pinned', deployed: { CoreDns: tracked }, wanted: { CoreDns: { ...tracked, NamespaceConfig: { Namespace: 'dns' } } },
  }],
  ['a cluster that is replaced', { wanted: { Cluster: { RoleArn: 'arn:aws:iam::111122223333:role/Other' } } }],
  ['a node group without a release that gets another minor', {
    plain: true, deployed: { Workers: { Version: '1.35', ReleaseVersion: undefined } }, wanted: rolledByVersion,
  }],
  ['a roll', {
    wanted: another,
    state: {
      nodeGroups: known([aNodeGroup({ scaling: { minSize: 1, maxSize: 20, desiredSize: 12 }, update: { maxUnavailablePercentage: 25 } })]),
    },
  }],
  ['nodes that are exchanged for their launch template', {
    deployed: { Workers: launched, Template: { LaunchTemplateData: { ImageId: 'a' } } },
    wanted: { Template: { LaunchTemplateData: { ImageId: 'b' } } },
    state: { nodeGroups: known([aNodeGroup({ scaling: sized(2), update: { maxUnavailable: 1 } })]) },
  }],
  ['a node group that is new', { ...newWorkers, state: { nodeGroups: known([]) } }],
  ['a node group that is new, of whose versions nothing is known', {
    plain: true, deployed: { Workers: undefined }, wanted: { Workers: { ClusterName: 'prod' } }, state: { nodeGroups: known([]) },
  }],
  ['waves with a bake', { ...rolling, declares: baking(1800, { alarms: ['Prod/Errors', 'Prod/Slow'] }) }],
  ['a bake that is new', { ...unbaked, declares: baking(1800) }],
  ['a bake that is new and lasts', { ...unbaked, declares: baking(1800, { onCreation: true }) }],
  ['a bake of unknown length', { ...rolling, declares: baking(undefined) }],
  ['a bake of the control plane', { deployed: { Bake: {} }, declares: () => ({ bakes: [controlPlaneBake] }), wanted: { Cluster: { Version: '1.36' } } }],
  ['a bake of the control plane that is new', { declares: () => ({ bakes: [controlPlaneBake] }), wanted: { Cluster: { Version: '1.36' }, Bake: {} } }],
  ['Bottlerocket with another minor', { deployed: { Workers: rocket }, wanted: { Workers: { ...rocket, Version: '1.34' } }, state: onRocket }],
  ['Bottlerocket with another minor and release', {
    deployed: { Workers: rocket }, wanted: { Workers: { ...rocket, Version: '1.34', ReleaseVersion: '1.51.0-0badcafe' } }, state: onRocket,
  }],
  ...(['recommended', 'pinned', 'from-parameter'] as const).map(
    (tracking) => [`a newer release, tracked as ${tracking}`, { tracking, catalog: newer }] as const,
  ),
  ['a newer add-on', {
    policy: 'tracked',
    deployed: { CoreDns: tracked },
    wanted: { CoreDns: tracked },
    declares: ({ addOns }) => ({ addOns: addOns.map((addOn) => ({ ...addOn, choice: 'latest', version: tracked.AddonVersion })) }),
  }],
  ['an add-on that moves', { wanted: next, state: { addOns: known([anAddOn({ version: 'v1.12.3-eksbuild.1' })]) } }],
  ['an add-on that is new', {
    policy: 'pinned', deployed: { CoreDns: undefined }, wanted: { CoreDns: { AddonName: 'coredns', AddonVersion: 'v1.13.0-eksbuild.1' } }, state: { addOns: known([]) },
  }],
  ['parts that somebody has deleted', { state: { nodeGroups: known([]), addOns: known([]) } }],
  ['an add-on that goes', { wanted: { CoreDns: undefined } }],
  ['an add-on whose version nobody knows', { wanted: next, catalog: { addOnOffers: {} } }],
  ['a way back', { wanted: next }],
  ['a way back after nodes', { wanted: rolled }],
  ['a way back after nodes, old ones and new ones', {
    wanted: { ...rolled, Canary: { Version: '1.36', ReleaseVersion: '1.36.2-20261104', ClusterName: 'prod' } },
  }],
  ['extended support, if it is allowed', { wanted: another, state: { supportType: known('EXTENDED') } }],
  ['extended support', supported('EXTENDED_SUPPORT')],
  ['no support', supported('UNSUPPORTED')],
  ['an imported cluster', { imported: true, wanted: another }],
  ['what could not be read', { wanted: next, state: { insights: notKnown('not allowed to call eks:ListInsights') } }],
  ['a name that CloudFormation has made up', {
    physicalName: 'Prod-ClusterNodegroupWorkersA3EA85B0-257895A2D6BD',
    isNameMadeUp: true,
    wanted: another,
    state: {
      nodeGroups: known([aNodeGroup({ name: 'Prod-ClusterNodegroupWorkersA3EA85B0-257895A2D6BD' })]),
    },
  }],
];
