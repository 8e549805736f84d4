import { PreviewChanges, previewOf, textOf } from './a-preview';
import { ONE_MORE_ADD_ON } from './preview-samples';
import { ClusterDeclaration, TrackingMode } from '../../src/engine/declaration/cluster-declaration';
import { known, notKnown } from '../../src/engine/state/known';
import { OfferedVersion } from '../../src/engine/state/region-catalog';
import { isWorthSaying } from '../../src/preview/cluster-preview';
import { releaseNewerThan } from '../../src/preview/newer-release';
import { timeOf, Wave } from '../../src/preview/wave';
import { aCatalog, anAddOn, anInsight, aNodeGroup } from '../engine/a-cluster';

/** Of each wave what rolls, and what bakes: for how long, by which alarms, and whether it passes at once. */
const inShort = (waves: readonly Wave[]) => waves.map(({ nodeGroups, bakes }) => ({
  rolls: nodeGroups.map(({ name }) => name),
  bakes: bakes.map(({ nodeGroup, seconds, alarms, passesAtOnce }) => [nodeGroup, seconds, alarms, passesAtOnce]),
}));

test('nothing changes and nothing is wrong: not worth a word', () => {
  expect(isWorthSaying(previewOf())).toBe(false);
});

test('a cluster of aws-eks: its version alone, with the warning of its rollback, and not beside anything else', () => {
  const deployed = { Cluster: { Config: { version: '1.35', logging: { clusterLogging: [] } } } };
  const next = previewOf({ deployed, wanted: { Cluster: { Config: { version: '1.36', logging: { clusterLogging: [] } } } } });
  const both = previewOf({ deployed, wanted: { Cluster: { Config: { version: '1.36' } } } });

  expect(next.refusals).toEqual([]);
  expect(next.findings.map(({ id }) => id)).toContain('stack-rollback');
  expect(both.refusals).toMatchObject([
    { id: 'cluster-combined-update', reason: 'versionCombined', data: { kinds: ['Logging'] } },
  ]);
});

describe('is worth a word:', () => {
  test.each([
    ['another version', previewOf({ wanted: { Cluster: { Version: '1.36' } } })],
    ['another release', previewOf({ wanted: { Workers: { ReleaseVersion: '1.35.3-20261111' } } })],
    ['a node group that goes', previewOf({ wanted: { Workers: undefined } })],
    ['drift', previewOf({ state: { nodeGroups: known([aNodeGroup({ releaseVersion: '1.35.1-20260901' })]) } })],
    ['what could not be read', previewOf({ wanted: { Cluster: { Version: '1.36' } }, state: { insights: notKnown('no permission') } })],
    ['a newer release', previewOf({
      catalog: {
        amiOffers: {
          AL2023_x86_64_STANDARD: known([
            { kubernetesVersion: '1.35', published: true, recommendedRelease: '1.35.3-20261118', recommendedSince: '2026-11-18T12:00:00Z' },
          ]),
        },
      },
    })],
  ])('%s', (_, preview) => {
    expect(isWorthSaying(preview)).toBe(true);
  });
});

test('a closed window is information, a deployment that may not fit is a warning, and neither is a refusal', () => {
  const windows = [{ days: ['SUN'], start: '02:00', minutes: 30, timeZone: 'UTC', exclude: [] }];
  const preview = previewOf({ wanted: { Cluster: { Version: '1.36' } }, guard: { windows } });
  expect(preview.findings.filter(({ check }) => check === 'outside-window').map(({ severity }) => severity)).toEqual(['warning', 'info']);
  expect(preview.refusals).toEqual([]);
});

describe('the block', () => {
  test('the control plane: from what is live, not from what was deployed', () => {
    const { version, drift } = previewOf({ wanted: { Cluster: { Version: '1.36' } }, deployed: { Cluster: { Version: '1.34' } } });

    expect(version).toEqual({ live: '1.35', wanted: '1.36' });
    expect(drift).toMatchObject([{ subject: 'control plane', live: '1.35', deployed: '1.34' }]);
  });

  test('a node group: how many nodes, how many at a time, how many more meanwhile, how long', () => {
    const scaled = aNodeGroup({ scaling: { minSize: 1, maxSize: 20, desiredSize: 12 }, update: { maxUnavailablePercentage: 25 } });

    expect(previewOf({ wanted: { Workers: { ReleaseVersion: '1.35.3-20261111' } }, state: { nodeGroups: known([scaled]) } }).nodeGroups)
      .toMatchObject([{
        name: 'workers',
        from: { release: '1.35.3-20261104' },
        to: { release: '1.35.3-20261111' },
        roll: { nodes: 12, atOnce: 3, surge: 4, leastMinutes: expect.any(Number), mostMinutes: expect.any(Number) },
      }]);
  });

  test('a node group whose nodes roll for their launch template alone, as for another rollout', () => {
    const launched = { LaunchTemplate: { Id: { Ref: 'Template' }, Version: { 'Fn::GetAtt': ['Template', 'LatestVersionNumber'] } } };
    const template = (value: string) => ({
      LaunchTemplateData: { TagSpecifications: [{ ResourceType: 'instance', Tags: [{ Key: 'cdk-eks-upgrades:rollout', Value: value }] }] },
    });
    const state = {
      nodeGroups: known([aNodeGroup({ scaling: { minSize: 1, maxSize: 3, desiredSize: 2 }, update: { maxUnavailable: 1 } })]),
    };
    const rolling = (value: string) => previewOf({
      deployed: { Workers: launched, Template: template('ca-2026') }, wanted: { Template: template(value) }, state,
    });

    expect(rolling('ca-2028').nodeGroups).toMatchObject([{ name: 'workers', relaunches: true, roll: { nodes: 2, atOnce: 1 } }]);
    expect(isWorthSaying(rolling('ca-2028'))).toBe(true);
    expect(isWorthSaying(rolling('ca-2026'))).toBe(false);
    expect(rolling('ca-2026').nodeGroups).toEqual([expect.not.objectContaining({ relaunches: true })]);
  });

  test('a node group that is new, or goes', () => {
    const groupsOf = (changes: PreviewChanges) => previewOf(changes).nodeGroups;
    const endsOf = (changes: PreviewChanges) => groupsOf(changes).map(({ name, from, to }) => [name, from?.release, to?.release]);
    const wanted = { Workers: { Version: '1.35', ReleaseVersion: '1.35.3-20261104' } };
    const isNew = { deployed: { Workers: undefined }, wanted };
    expect(endsOf({ ...isNew, state: { nodeGroups: known([]) } })).toEqual([['workers', undefined, '1.35.3-20261104']]);
    expect(endsOf({ wanted: { Workers: undefined } })).toEqual([['workers', '1.35.3-20261104', undefined]]);
  });

  describe('a node group or an add-on that somebody has deleted', () => {
    const coreDns = { AddonName: 'coredns', AddonVersion: 'v1.12.4-eksbuild.1' };
    const gone: PreviewChanges = { policy: 'pinned', deployed: { CoreDns: coreDns }, state: { nodeGroups: known([]), addOns: known([]) } };
    const next = {
      Cluster: { Version: '1.36' },
      Workers: { Version: '1.36', ReleaseVersion: '1.36.2-20261104' },
      CoreDns: { AddonVersion: 'v1.13.0-eksbuild.1' },
    };

    test.each<[string, PreviewChanges]>([
      ['when nothing changes', {}],
      ['when it is updated', { wanted: next }],
      ['when its last update failed', { failed: ['Workers', 'CoreDns'] }],
      ['when nothing declares it', { plain: true, wanted: next }],
    ])('does not come back %s: that is drift', (_, changes) => {
      const preview = previewOf({ ...gone, ...changes });
      expect([...preview.nodeGroups, ...preview.addOns]).toEqual([{ name: 'workers' }, { name: 'coredns' }]);
      expect(preview.drift).toEqual([
        { subject: 'node group workers', deployed: '1.35.3-20261104', wayOut: expect.stringContaining('remove it') },
        { subject: 'add-on coredns', deployed: 'v1.12.4-eksbuild.1', wayOut: expect.stringContaining('remove it') },
      ]);
      expect(isWorthSaying(preview)).toBe(true);
      const text = textOf({ ...gone, ...changes });
      expect(text).toMatch(/^drift +node group workers is gone\b.*\b1\.35\.3-20261104:/m);
      expect(text).not.toMatch(/\bnew\b/);
      expect(text).not.toMatch(/^(node groups|add-ons)/m);
    });

    test('whose version the deployed template does not name', () => {
      expect(textOf({ state: { addOns: known([]) } })).toMatch(/^drift +add-on coredns is gone, the deployed template has it:/m);
    });

    test('comes back where it is replaced, and is no matter where it is removed', () => {
      const replaced = previewOf({ ...gone, wanted: { Workers: { AmiType: 'AL2023_ARM_64_STANDARD' }, CoreDns: undefined } });
      expect(replaced).toMatchObject({ nodeGroups: [{ name: 'workers', to: { release: '1.35.3-20261104' } }], drift: [] });
    });
  });

  describe('what could not be read is not new', () => {
    const why = 'eks:Describe: no permission';
    const nextRelease = { Version: '1.36', ReleaseVersion: '1.36.2-20261104' };
    const pinned = (version: string) => ({ CoreDns: { AddonName: 'coredns', AddonVersion: version } });
    const states: [string, PreviewChanges['state']][] = [
      ['a part', {
        nodeGroups: known([]), unreadNodeGroups: [{ name: 'workers', why }], addOns: known([]), unreadAddOns: [{ name: 'coredns', why }],
      }],
      ['the list', { nodeGroups: notKnown(why), addOns: notKnown(why) }],
    ];

    test.each(states)('%s: where it goes is told, and the way back names it, or nothing', (_, state) => {
      const wanted = { Cluster: { Version: '1.36' }, Workers: nextRelease };
      const deployed = pinned('v1.12.4-eksbuild.1');
      const changes: PreviewChanges = { policy: 'pinned', deployed, wanted, state };
      expect(textOf(changes)).toMatch(/^node groups +workers +not known → 1\.36\.2-20261104$/m);
      expect(textOf(changes)).toMatch(/^way back .*\bworkers$/m);
      expect(textOf(changes)).not.toMatch(/^add-ons/m);
      expect(previewOf(changes).wayBack).toEqual({ to: '1.35', after: ['workers'], created: [] });

      const withAddOn: PreviewChanges = { ...changes, wanted: { ...wanted, ...pinned('v1.13.0-eksbuild.1') } };
      expect(textOf(withAddOn)).toMatch(/^add-ons +coredns +not known → v1\.13\.0-eksbuild\.1$/m);
      expect(previewOf(withAddOn).wayBack).toBeUndefined();
      const tracked: PreviewChanges = { wanted: { ...wanted, Versions: { KubernetesVersion: '1.36' } }, state };
      expect(textOf(tracked)).toMatch(/^add-ons +coredns +not known: /m);
      expect(previewOf(tracked).wayBack).toBeUndefined();
    });

    test('is told with its name', () => {
      const [[, state]] = states;
      const { unread } = previewOf({ wanted: { Cluster: { Version: '1.36' } }, state });
      expect(unread).toContain(`node group workers: it could not be read: ${why}`);
      expect(unread).toContain(`add-on coredns: it could not be read: ${why}`);
    });

    test.each(states)('%s: what stays is not told, and what goes is', (_, state) => {
      const deployed = pinned('v1.12.4-eksbuild.1');
      expect(textOf({ policy: 'pinned', deployed, state })).not.toMatch(/^(add-ons|node groups)/m);
      const text = textOf({ policy: 'pinned', deployed, state, wanted: { Workers: undefined, CoreDns: undefined } });
      expect(text).toMatch(/^add-ons +coredns +not known → removed$/m);
      expect(text).toMatch(/^node groups +workers +not known → removed$/m);
    });
  });

  test('after an upgrade whose stack was rolled back the control plane stays, and one more add-on comes for what it runs', () => {
    const { version, addOns, findings } = previewOf(ONE_MORE_ADD_ON);

    expect(version).toEqual({ live: '1.36', wanted: '1.36' });
    expect(addOns).toMatchObject([{ name: 'coredns', from: undefined, to: 'v1.13.0-eksbuild.1' }]);
    expect(findings).toContainEqual(expect.objectContaining({ id: 'version-drift', severity: 'warning' }));
    expect(previewOf({ state: { version: '1.36' } }).version).toEqual({ live: '1.36', wanted: '1.36' });
    expect(previewOf({ state: { version: '1.36' }, failed: ['Cluster'] }).version).toEqual({ live: '1.36', wanted: '1.35' }); // sent again
  });

  test('nodes that run something else than both templates say stay as they are, unless their last update failed', () => {
    const scaling = { minSize: 1, maxSize: 3, desiredSize: 2 };
    const nodeGroups = known([aNodeGroup({ version: known('1.36'), releaseVersion: '1.36.2-20261104', scaling })]);
    const groupOf = (changes: PreviewChanges) => previewOf({ ...changes, state: { version: '1.36', nodeGroups } });
    const [from, to] = [{ version: '1.36', release: '1.36.2-20261104' }, { version: '1.35', release: '1.35.3-20261104' }];

    expect(groupOf({}).nodeGroups).toMatchObject([{ name: 'workers', from, to: from, roll: undefined }]);
    expect(groupOf({}).drift).toMatchObject([{ wayOut: expect.stringContaining('leave it so') }]);
    expect(groupOf({ failed: ['Workers'] }).nodeGroups).toMatchObject([{ name: 'workers', from, to, roll: expect.anything() }]);
    expect(groupOf({ failed: ['Workers'] }).drift).toMatchObject([{ wayOut: expect.stringContaining('moves it to 1.35.3-20261104') }]);
    expect(groupOf({ wanted: { Workers: { Version: '1.36', ReleaseVersion: '1.36.2-20261104' } } }).drift).toMatchObject(
      [{ wayOut: expect.stringContaining('settles it') }],
    );
  });

  test('nodes of Bottlerocket that run another minor and release: both are told, and settled only together', () => {
    const deployed = { Workers: { AmiType: 'BOTTLEROCKET_x86_64', Version: '1.36', ReleaseVersion: '1.50.0-64a91eb3' } };
    const rocket = { amiType: 'BOTTLEROCKET_x86_64', releaseVersion: '1.49.0-64a91eb3' };
    const driftOf = (Workers: Record<string, unknown>, running: Partial<typeof rocket> = {}) => previewOf({
      deployed, wanted: { Workers }, state: { version: '1.36', nodeGroups: known([aNodeGroup({ ...rocket, ...running })]) },
    }).drift.filter(({ subject }) => subject === 'node group workers');
    const both = { live: '1.35 with release 1.49.0-64a91eb3', deployed: '1.36 with release 1.50.0-64a91eb3' };

    expect(driftOf({})).toMatchObject([
      { ...both, wayOut: expect.stringContaining('leave it so: name the version 1.35 and the release 1.49.0-64a91eb3 and') },
    ]);
    expect(driftOf({ ReleaseVersion: '1.49.0-64a91eb3' })).toMatchObject([
      { ...both, wayOut: 'this deployment moves it to 1.36 with release 1.49.0-64a91eb3' },
    ]);
    expect(driftOf({ Version: '1.35', ReleaseVersion: '1.49.0-64a91eb3' })).toMatchObject([{ ...both, wayOut: 'this deployment settles it' }]);
    expect(driftOf({}, { releaseVersion: '1.50.0-64a91eb3' })).toMatchObject([
      { live: '1.35', deployed: '1.36', wayOut: expect.stringContaining('name the version 1.35 and deploy') },
    ]);
  });

  test('nodes of Amazon Linux that run another minor: their release tells it, and both are to be named', () => {
    const { drift } = previewOf({
      deployed: { Workers: { Version: '1.36', ReleaseVersion: '1.36.2-20261104' } }, state: { version: '1.36' },
    });
    expect(drift).toContainEqual({
      subject: 'node group workers',
      live: '1.35.3-20261104',
      deployed: '1.36.2-20261104',
      wayOut: expect.stringContaining('name the version 1.35 and the release 1.35.3-20261104 and deploy'),
    });
  });

  test('versions that CloudFormation resolves while it deploys are compared with nothing that runs', () => {
    const given = '{{resolve:ssm:/platform/version}}';
    const deployed = { Workers: { Version: '1.35', ReleaseVersion: given }, CoreDns: { AddonName: 'coredns', AddonVersion: given } };
    expect(previewOf({ deployed, policy: 'pinned' }).drift).toEqual([]);
  });

  test('nodes that run an older release than the app has: a refresh would take nothing', () => {
    const state = { nodeGroups: known([aNodeGroup({ releaseVersion: '1.35.1-20260901' })]) };

    expect(previewOf({ state }).nodeGroups).toMatchObject([{ to: { release: '1.35.1-20260901' }, newer: undefined }]);
  });

  test('an add-on that both templates pin stays at what is installed, unless its last update failed', () => {
    const pinned = (version: string) => ({ CoreDns: { AddonName: 'coredns', AddonVersion: version } });
    const [live, pin, next] = ['v1.12.3-eksbuild.1', 'v1.12.4-eksbuild.1', 'v1.13.0-eksbuild.1'];
    const addOnOf = (changes: PreviewChanges) => {
      const { addOns: [{ from, to }], drift: [{ wayOut }] } = previewOf({
        policy: 'pinned', deployed: pinned(pin), state: { addOns: known([anAddOn({ version: live })]) }, ...changes,
      });
      return { from, to, wayOut };
    };

    expect(addOnOf({})).toEqual({ from: live, to: live, wayOut: expect.stringContaining(`leave it so: pin ${live}`) });
    expect(addOnOf({ failed: ['CoreDns'] })).toEqual({ from: live, to: pin, wayOut: expect.stringContaining(`moves it to ${pin}`) });
    expect(addOnOf({ wanted: pinned(next) })).toEqual({ from: live, to: next, wayOut: expect.stringContaining(`moves it to ${next}`) });
    expect(addOnOf({ wanted: pinned(live) })).toEqual({ from: live, to: live, wayOut: expect.stringContaining('settles it') });
  });

  test('a node group that is replaced: its nodes are exchanged, by no update', () => {
    const preview = previewOf({ wanted: { Workers: { AmiType: 'AL2023_ARM_64_STANDARD' } } });

    expect(preview.nodeGroups).toMatchObject([{ name: 'workers', isReplaced: true, roll: undefined }]);
    expect(isWorthSaying(preview)).toBe(true);
  });

  test('what is replaced does not stay: a node group and an add-on whose names are taken cannot be replaced', () => {
    const arm = { Workers: { AmiType: 'AL2023_ARM_64_STANDARD' } };
    expect(textOf({ wanted: arm })).toMatch(/^node groups +workers +1\.35\.3-20261104 cannot be replaced$/m);
    expect(textOf({ wanted: arm, isNameMadeUp: true })).toMatch(/^node groups .* → a new node group in its place,$/m);

    const coreDns = { AddonName: 'coredns', AddonVersion: 'v1.12.4-eksbuild.1' };
    const replaced = (CoreDns: Record<string, unknown>) => textOf({
      policy: 'pinned', deployed: { CoreDns: coreDns }, wanted: { CoreDns: { ...coreDns, ...CoreDns } },
    });
    const inOther = { NamespaceConfig: { Namespace: 'dns' } };
    for (const text of [replaced(inOther), replaced({ ...inOther, AddonVersion: 'v1.13.0-eksbuild.1' })]) {
      expect(text).toMatch(/^add-ons +coredns +v1\.12\.4-eksbuild\.1 cannot be replaced$/m);
      expect(text).toMatch(/^stays +control plane 1\.35, workers 1\.35\.3-20261104$/m);
    }
  });

  test('nothing stays of a cluster that is replaced', () => {
    const wanted = { Cluster: { RoleArn: 'arn:aws:iam::111122223333:role/Other' } };
    expect(previewOf({ wanted })).toMatchObject({ isReplaced: true, refusals: [{ id: 'cluster-replacement' }] });
    expect(textOf({ wanted })).not.toMatch(/^stays/m);
    expect(previewOf().isReplaced).toBe(false);
  });

  describe('a node group without a release gets the one that EKS recommends for its minor', () => {
    const unversioned = { Workers: { Version: undefined, ReleaseVersion: undefined } };
    const rowOf = (changes: PreviewChanges) => /^node groups +workers +(.*)$/m.exec(textOf({ plain: true, isNameMadeUp: true, ...changes }))?.[1];
    const offering = (recommendedRelease?: string) => ({
      amiOffers: {
        AL2023_x86_64_STANDARD: known([{ kubernetesVersion: '1.36', published: true, recommendedRelease }]),
        BOTTLEROCKET_x86_64: known([{ kubernetesVersion: '1.36', published: true, recommendedRelease }]),
      },
    });

    test('when its minor changes', () => {
      const changes = {
        deployed: { Workers: { Version: '1.35', ReleaseVersion: undefined } }, wanted: { Cluster: { Version: '1.36' }, Workers: { Version: '1.36' } },
      };
      expect(rowOf(changes)).toBe('1.35.3-20261104 → 1.36.2-20261104');
      expect(rowOf({ ...changes, catalog: { amiOffers: {} } })).toBe('1.35.3-20261104 → 1.36');
      const state = { nodeGroups: known([aNodeGroup({ amiType: 'BOTTLEROCKET_x86_64', releaseVersion: '1.49.0-64a91eb3' })]) };
      expect(rowOf({ ...changes, state, catalog: offering('1.50.0-0badcafe') })).toBe('1.35, 1.49.0-64a91eb3 → 1.36, 1.50.0-0badcafe');
      expect(rowOf({ ...changes, state, catalog: offering() })).toBe('1.35, 1.49.0-64a91eb3 → 1.36');
    });

    test('when it is replaced, with the minor of the control plane if it has no version', () => {
      const state = { version: '1.36' };
      const replaced = (Workers: Record<string, unknown>, changes: PreviewChanges = {}) => rowOf({
        state, deployed: { Cluster: { Version: '1.36' }, ...unversioned }, wanted: { Workers }, ...changes,
      });
      const next = '1.35.3-20261104 → a new node group in its place';
      expect(replaced({ InstanceTypes: ['m7i.large'] })).toBe(`${next}, 1.36.2-20261104`);
      expect(replaced({ InstanceTypes: ['m7i.large'] }, { catalog: { amiOffers: {} } })).toBe(`${next}, 1.36`);
      expect(replaced({ AmiType: 'BOTTLEROCKET_x86_64' }, { catalog: offering('1.50.0-0badcafe') })).toMatch(/, 1\.36, 1\.50\.0-0badcafe$/);
      expect(replaced({ AmiType: 'BOTTLEROCKET_x86_64' }, { catalog: offering() })).toBe(`${next}, 1.36`);
      expect(replaced({ AmiType: undefined }, { deployed: { Workers: { ...unversioned.Workers, AmiType: 'AL2023_x86_64_STANDARD' } } })).toBe(next);
      const custom = known([aNodeGroup({ amiType: 'CUSTOM', version: notKnown('EKS does not tell'), releaseVersion: 'ami-0123456789abcdef0' })]);
      expect(replaced({ InstanceTypes: ['m7i.large'] }, { state: { ...state, nodeGroups: custom } })).toMatch(
        /^(ami-0123456789abcdef0.*) → a new node group in its place, \1$/,
      );
    });

    test('when it is new, also if nothing is known of its image', () => {
      const isNew = (Workers: Record<string, unknown>, changes: PreviewChanges = {}): PreviewChanges => ({
        plain: true, deployed: { Workers: undefined }, wanted: { Workers }, state: { nodeGroups: known([]) }, physicalName: 'workers', ...changes,
      });
      const rowOfNew = (changes: PreviewChanges) => /^node groups +(.*)$/m.exec(textOf(changes))?.[1];
      const standard = { AmiType: 'AL2023_x86_64_STANDARD', ClusterName: 'prod' };
      expect(rowOfNew(isNew(standard))).toBe('workers  new, 1.35.3-20261104');
      expect(rowOfNew(isNew(standard, { wanted: { Cluster: { Version: '1.36' }, Workers: standard } }))).toBe('workers  new, 1.36.2-20261104');
      expect(rowOfNew(isNew(standard, { catalog: { amiOffers: {} } }))).toBe('workers  new, 1.35');
      expect(rowOfNew(isNew({ ClusterName: 'prod' }))).toBe('workers  new');
      expect(isWorthSaying(previewOf(isNew({ ClusterName: 'prod' })))).toBe(true);
      expect(textOf(isNew(standard))).not.toMatch(/^stays .*workers/m);
    });

    test('and one of whose image EKS tells nothing stays by its name', () => {
      const nodeGroups = known([aNodeGroup({ amiType: 'CUSTOM', version: notKnown('EKS does not tell'), releaseVersion: undefined })]);
      const text = textOf({ plain: true, deployed: unversioned, wanted: { Cluster: { Version: '1.36' } }, state: { nodeGroups } });
      expect(text).toMatch(/^stays .*\bworkers$/m);
    });

    test('and keeps the one that runs when neither changes', () => {
      const preview = previewOf({ plain: true, deployed: unversioned, wanted: { Cluster: { Version: '1.36' } } });
      expect(preview.nodeGroups).toMatchObject([{ from: { release: '1.35.3-20261104' }, to: { version: '1.35', release: '1.35.3-20261104' } }]);
    });
  });

  describe('waves of node groups', () => {
    const releases = (release: string, ...ids: string[]) => Object.fromEntries(ids.map((id) => [
      id, { Version: '1.35', ReleaseVersion: `1.35.3-${release}` },
    ]));
    const sized = (desiredSize: number) => ({ minSize: 1, maxSize: 3, desiredSize });
    const before = releases('20261104', 'Canary');
    const next = releases('20261111', 'Canary', 'Workers');
    const state = { nodeGroups: known([aNodeGroup({ scaling: sized(2) }), aNodeGroup({ name: 'canary', scaling: sized(1) })]) };
    const declares = (seconds?: number, alarms: string[] = []) => ({ nodeGroups: [workers] }: ClusterDeclaration) => ({
      nodeGroups: [
        { ...workers, upgradeAfter: ['Prod/Canary/Bake', 'Prod/Elsewhere'] }, { ...workers, path: 'Prod/Canary', logicalId: 'Canary' },
      ],
      bakes: [{ path: 'Prod/Canary/Bake', stackName: 'Prod', logicalId: 'Bake', bakes: 'Prod/Canary', seconds, alarms }],
    });

    test('which wait for which, how long each bakes, what ends it, and how long all of it takes', () => {
      const { waves } = previewOf({
        deployed: { ...before, Bake: {} }, wanted: next, state, declares: declares(1800, ['Prod/Errors', 'Prod/Slow']),
      });

      expect(inShort(waves)).toEqual([
        { rolls: ['canary'], bakes: [['canary', 1800, ['Prod/Errors', 'Prod/Slow'], false]] }, { rolls: ['workers'], bakes: [] },
      ]);
      expect(timeOf(waves)).toEqual({ leastMinutes: 44, mostMinutes: 137 });
    });

    test('a bake that the deployment makes does not last in it', () => {
      const { waves } = previewOf({ deployed: before, wanted: { ...next, Bake: {} }, state, declares: declares(1800) });

      expect(inShort(waves)).toEqual([{ rolls: ['canary'], bakes: [['canary', 1800, [], true]] }, { rolls: ['workers'], bakes: [] }]);
      expect(timeOf(waves)).toEqual({ leastMinutes: 14, mostMinutes: 107 });
    });

    describe('a bake that the deployment makes, and that lasts on creation', () => {
      const lasting = (declaration: ClusterDeclaration) => {
        const declared = declares(1800)(declaration);
        return { ...declared, bakes: declared.bakes.map((bake) => ({ ...bake, onCreation: true })) };
      };

      test('lasts in it', () => {
        const { waves } = previewOf({ deployed: before, wanted: { ...next, Bake: {} }, state, declares: lasting });

        expect(inShort(waves)).toEqual([{ rolls: ['canary'], bakes: [['canary', 1800, [], false]] }, { rolls: ['workers'], bakes: [] }]);
        expect(timeOf(waves)).toEqual({ leastMinutes: 44, mostMinutes: 137 });
      });

      test('lasts for a node group that is new as well, which nothing rolls: what waits for it rolls later', () => {
        const { waves } = previewOf({
          deployed: releases('20261104', 'Workers'),
          wanted: { ...next, Bake: {} },
          state: { nodeGroups: known([aNodeGroup({ scaling: sized(2) })]) },
          declares: lasting,
        });

        expect(inShort(waves)).toEqual([{ rolls: ['canary'], bakes: [['canary', 1800, [], false]] }, { rolls: ['workers'], bakes: [] }]);
        expect(timeOf(waves)).toBeUndefined();
      });

      test('a new node group whose bake does nothing is in no wave', () => {
        expect(previewOf({
          deployed: releases('20261104', 'Workers'),
          wanted: { ...next, Bake: {} },
          state: { nodeGroups: known([aNodeGroup({ scaling: sized(2) })]) },
          declares: declares(1800),
        }).waves).toEqual([]);
      });
    });

    test('also without bakes, and with a single wave that bakes', () => {
      const deployed = { ...before, Bake: {} };
      const withoutBakes = (declaration: ClusterDeclaration) => ({ ...declares()(declaration), bakes: [] });
      const inOrder = ({ nodeGroups: [workers] }: ClusterDeclaration) => (
        { nodeGroups: [{ ...workers, upgradeAfter: ['Prod/Canary'] }, { ...workers, path: 'Prod/Canary', logicalId: 'Canary' }] });

      expect(inShort(previewOf({ deployed, wanted: next, state, declares: inOrder }).waves)).toEqual([
        { rolls: ['canary'], bakes: [] }, { rolls: ['workers'], bakes: [] },
      ]);
      expect(inShort(previewOf({ deployed, wanted: releases('20261111', 'Canary'), state, declares: declares(60) }).waves)).toEqual([
        { rolls: ['canary'], bakes: [['canary', 60, [], false]] },
      ]);
      expect(previewOf({ deployed, wanted: releases('20261111', 'Canary'), state, declares: withoutBakes }).waves).toEqual([]);
    });

    test('what goes back does not bake, what moves on does', () => {
      const deployed = { ...next, Bake: {} };
      const older = releases('20261104', 'Canary', 'Workers');
      const groups = ['workers', 'canary'].map((name) => aNodeGroup({ name, releaseVersion: '1.35.3-20261111', scaling: sized(2) }));
      const live = { nodeGroups: known(groups) };

      const declared = declares(1800);
      expect(inShort(previewOf({ deployed, wanted: older, state: live, declares: declared }).waves)).toEqual([
        { rolls: ['canary'], bakes: [] }, { rolls: ['workers'], bakes: [] },
      ]);
      expect(inShort(previewOf({
        deployed, wanted: releases('20261118', 'Canary'), state: live, declares: declared,
      }).waves)).toEqual([{ rolls: ['canary'], bakes: [['canary', 1800, [], false]] }]);
    });

    test('a bake whose length only the deployment knows', () => {
      const { waves } = previewOf({ deployed: { ...before, Bake: {} }, wanted: next, state, declares: declares() });

      expect(inShort(waves)[0]).toEqual({ rolls: ['canary'], bakes: [['canary', undefined, [], false]] });
      expect(timeOf(waves)).toBeUndefined();
    });

    test('what does not roll is in no wave, and does not bake', () => {
      const { nodeGroups, waves } = previewOf(
        { deployed: { ...before, Bake: {} }, wanted: releases('20261111', 'Workers'), state, declares: declares(1800) },
      );

      expect(nodeGroups).toContainEqual(expect.objectContaining({ name: 'workers', to: expect.objectContaining({ release: '1.35.3-20261111' }) }));
      expect(waves).toEqual([]);
    });

    test('the control plane, before anything else moves', () => {
      const bake = {
        path: 'Prod/Cluster/ControlPlaneBake',
        stackName: 'Prod',
        logicalId: 'Bake',
        bakes: 'control plane',
        seconds: 90,
        alarms: ['Prod/Errors'],
      };
      const changes = { deployed: { Bake: {} }, declares: () => ({ bakes: [bake] }) };

      const bakeOf = (more: PreviewChanges) => previewOf({ ...changes, ...more }).bake;
      const watched = { seconds: 90, alarms: ['Prod/Errors'] };
      expect(bakeOf({ wanted: { Cluster: { Version: '1.36' } } })).toEqual({ ...watched, passesAtOnce: false });
      expect(bakeOf({ deployed: {}, wanted: { Cluster: { Version: '1.36' }, Bake: {} } })).toEqual({ ...watched, passesAtOnce: true });
      expect(bakeOf({ wanted: { Cluster: { Version: '1.34' } } })).toBeUndefined();
      expect(textOf({ ...changes, wanted: { Workers: { ReleaseVersion: '1.35.3-20261111' } } })).not.toContain('bake');
    });
  });

  test('Bottlerocket, whose release does not tell the minor', () => {
    const rocket = { AmiType: 'BOTTLEROCKET_x86_64', Version: '1.35', ReleaseVersion: '1.50.0-64a91eb3' };
    const state = { nodeGroups: known([aNodeGroup({ amiType: 'BOTTLEROCKET_x86_64', releaseVersion: '1.50.0-64a91eb3' })]) };

    const groupsOf = (Workers: object) => previewOf(
      { deployed: { Workers: rocket }, wanted: { Workers: { ...rocket, ...Workers } }, state },
    ).nodeGroups;
    expect(groupsOf({ Version: '1.34' })).toMatchObject([
      { from: { version: '1.35', release: '1.50.0-64a91eb3' }, to: { version: '1.34', release: '1.50.0-64a91eb3' } },
    ]);
    expect(groupsOf({ Version: '1.34', ReleaseVersion: '1.51.0-0badcafe' })).toMatchObject([
      { from: { version: '1.35', release: '1.50.0-64a91eb3' }, to: { version: '1.34', release: '1.51.0-0badcafe' } },
    ]);
  });

  test.each<[TrackingMode, string]>([
    ['recommended', 'npx cdk-eks-upgrades refresh --only Prod/Cluster/NodegroupWorkers'],
    ['pinned', "AmiTracking.pinned('1.35.3-20261118')"],
    ['from-parameter', 'npx cdk-eks-upgrades refresh --only Prod/Cluster/NodegroupWorkers, once your parameter holds it'],
  ])('a newer release for a %s one, its age, and how to take it', (tracking, wayOut) => {
    const offers = [
      { kubernetesVersion: '1.35', published: true, recommendedRelease: '1.35.3-20261118', recommendedSince: '2026-11-18T13:00:00Z' },
    ];

    expect(previewOf({ tracking, catalog: { amiOffers: { AL2023_x86_64_STANDARD: known(offers) } } }).nodeGroups).toMatchObject([{
      name: 'workers', from: { release: '1.35.3-20261104' }, newer: { release: '1.35.3-20261118', days: 3, takenBy: wayOut },
    }]);
  });

  test('a newer release, and the command that takes it for a construct whose name has spaces', () => {
    const offers = known([{ kubernetesVersion: '1.35', published: true, recommendedRelease: '1.35.3-20261118' }]);
    const tracked = { path: 'Prod/My Cluster/NodegroupWorkers', amiType: 'AL2023_x86_64_STANDARD', tracking: 'recommended' } as const;
    const running = { version: '1.35', release: '1.35.3-20261104' };
    expect(releaseNewerThan(running, tracked, aCatalog({ amiOffers: { AL2023_x86_64_STANDARD: offers } }), new Date(0))).toMatchObject({
      takenBy: 'npx cdk-eks-upgrades refresh --only "Prod/My Cluster/NodegroupWorkers"',
    });
  });

  test('an older recommended release is no news', () => {
    const offers = [{ kubernetesVersion: '1.35', published: true, recommendedRelease: '1.35.3-20261001' }];

    expect(isWorthSaying(previewOf({ catalog: { amiOffers: { AL2023_x86_64_STANDARD: known(offers) } } }))).toBe(false);
  });

  test('a version that the app tracks, where EKS offers a newer one, and how to take it', () => {
    const tracks = (choice: 'latest' | 'recommended', version = 'v1.12.4-eksbuild.1') => {
      const coreDns = { AddonName: 'coredns', AddonVersion: version };
      return {
        policy: 'tracked' as const,
        deployed: { CoreDns: coreDns },
        wanted: { CoreDns: coreDns },
        declares: ({ addOns }: ClusterDeclaration) => ({ addOns: addOns.map((addOn) => ({ ...addOn, choice, version })) }),
      };
    };
    expect(previewOf(tracks('latest')).addOns).toMatchObject([{
      name: 'coredns',
      from: 'v1.12.4-eksbuild.1',
      newer: { version: 'v1.13.0-eksbuild.1', takenBy: 'npx cdk-eks-upgrades refresh --only Prod/Cluster/AddOnCoredns' },
    }]);
    expect(isWorthSaying(previewOf(tracks('latest')))).toBe(true);
    const { declares, ...others } = tracks('latest');
    const inMyCluster = (cluster: ClusterDeclaration) => (
      { addOns: declares(cluster).addOns.map((addOn) => ({ ...addOn, path: 'Prod/My Cluster/AddOnCoredns' })) });
    expect(previewOf({ ...others, declares: inMyCluster }).addOns).toMatchObject([{
      newer: { takenBy: 'npx cdk-eks-upgrades refresh --only "Prod/My Cluster/AddOnCoredns"' },
    }]);
    expect(isWorthSaying(previewOf(tracks('recommended')))).toBe(false);
  });

  describe('a version that the app tracks, beside another one that is installed', () => {
    const from = (installed: string, wanted: string, name = 'coredns', declared: object = { choice: 'latest' }): PreviewChanges => ({
      deployed: { CoreDns: { AddonName: name, AddonVersion: installed } },
      wanted: { CoreDns: { AddonName: name, AddonVersion: wanted } },
      declares: ({ addOns }: ClusterDeclaration) => ({ addOns: addOns.map((addOn) => ({ ...addOn, name, version: wanted, ...declared })) }),
      state: { addOns: known([anAddOn({ name, version: installed })]) },
    });
    const reasonsOf = (changes: PreviewChanges) => previewOf(changes).findings.map(({ reason }) => reason);

    test('that it is older is a warning, and a choice where it is pinned', () => {
      const [older, newer] = ['v1.12.4-eksbuild.1', 'v1.13.0-eksbuild.1'];
      expect(reasonsOf(from(newer, older))).toContain('goesBack');
      expect(reasonsOf(from(older, newer))).not.toContain('goesBack');
      expect(reasonsOf(from(newer, older, 'coredns', {}))).not.toContain('goesBack');
    });

    test('the next minor of vpc-cni is no news before the one in between is deployed', () => {
      const versions = ['v1.20.1-eksbuild.3', 'v1.21.1-eksbuild.1', 'v1.22.0-eksbuild.1'];
      const catalog = { addOnOffers: { 'vpc-cni': known([{ kubernetesVersion: '1.35', versions }]) } };
      const newerOf = (installed: string) => previewOf({
        ...from(installed, versions[1], 'vpc-cni'), deployed: { CoreDns: undefined }, catalog,
      }).addOns.find(({ name }) => name === 'vpc-cni')?.newer;
      expect(newerOf(versions[0])).toBeUndefined();
      expect(newerOf(versions[1])).toMatchObject({ version: versions[2] });
    });
  });

  test('what the app applies and the wanted version does not serve', () => {
    const use = { construct: 'Prod/Web', apiVersion: 'policy/v1beta1', kind: 'PodDisruptionBudget', removedIn: '1.25' };
    const declares = () => ({ objects: { removedApis: [use], controllers: [] } });
    expect(previewOf({ declares, wanted: { Cluster: { Version: '1.36' } } }).refusals).toMatchObject([{ id: 'removed-api:Prod/Web' }]);
    expect(previewOf({ declares }).refusals).toEqual([]);
  });

  test('a tracked add-on: what the resolver would choose, when the deployment asks it', () => {
    const state = { addOns: known([anAddOn({ version: 'v1.12.3-eksbuild.1' })]) };

    expect(previewOf({ wanted: { Cluster: { Version: '1.36' }, Versions: { KubernetesVersion: '1.36' } }, state }).addOns)
      .toMatchObject([{ name: 'coredns', from: 'v1.12.3-eksbuild.1', to: 'v1.12.4-eksbuild.1' }]);
    expect(isWorthSaying(previewOf({ state }))).toBe(false);
  });

  test('an add-on that is pinned, new, removed, or not offered', () => {
    const pinned = { AddonName: 'coredns', AddonVersion: 'v1.13.0-eksbuild.1' };

    const addOnsOf = (changes: PreviewChanges) => previewOf(changes).addOns.map(({ from, to, why }) => ({ from, to, why }));
    expect(addOnsOf({ policy: 'pinned', wanted: { CoreDns: pinned } })).toEqual([{ from: 'v1.12.4-eksbuild.1', to: 'v1.13.0-eksbuild.1' }]);
    expect(addOnsOf({
      policy: 'pinned', deployed: { CoreDns: undefined }, wanted: { CoreDns: pinned }, state: { addOns: known([]) },
    })).toEqual([{ to: 'v1.13.0-eksbuild.1' }]);
    expect(addOnsOf({ wanted: { CoreDns: undefined } })).toEqual([{ from: 'v1.12.4-eksbuild.1' }]);
    expect(addOnsOf({ wanted: { Cluster: { Version: '1.36' }, Versions: { KubernetesVersion: '1.36' } }, catalog: { addOnOffers: {} } }))
      .toEqual([{ from: 'v1.12.4-eksbuild.1', why: expect.any(String) }]);
  });

  test('plain node groups and add-ons, which nothing declares, as the templates have them', () => {
    const wanted = { Workers: { ReleaseVersion: '1.35.3-20261111' }, CoreDns: { AddonVersion: 'v1.13.0-eksbuild.1' } };

    expect(previewOf({ plain: true, wanted })).toMatchObject({
      addOns: [{ name: 'coredns', from: 'v1.12.4-eksbuild.1', to: 'v1.13.0-eksbuild.1' }],
      nodeGroups: [{ name: 'workers', from: { release: '1.35.3-20261104' }, to: { release: '1.35.3-20261111' } }],
    });
    expect(isWorthSaying(previewOf({ plain: true }))).toBe(false);
    const { addOns, nodeGroups } = previewOf({ plain: true, wanted: { Workers: undefined, CoreDns: undefined } });
    expect(addOns.map(({ name, from, to }) => [name, from, to])).toEqual([['coredns', 'v1.12.4-eksbuild.1', undefined]]);
    expect(nodeGroups.map(({ name, from, to }) => [name, from?.release, to])).toEqual([['workers', '1.35.3-20261104', undefined]]);
  });

  test('drift of plain node groups and add-ons, once they are deployed', () => {
    const coreDns = { AddonName: 'coredns', AddonVersion: 'v1.12.4-eksbuild.1', ClusterName: 'prod' };
    const state = {
      nodeGroups: known([aNodeGroup({ releaseVersion: '1.35.1-20260901' })]), addOns: known([anAddOn({ version: 'v1.12.3-eksbuild.1' })]),
    };
    const plain: PreviewChanges = { plain: true, deployed: { CoreDns: coreDns }, state };
    expect(previewOf(plain).drift).toEqual([
      {
        subject: 'node group workers',
        live: '1.35.1-20260901',
        deployed: '1.35.3-20261104',
        wayOut: expect.stringContaining('name the release 1.35.1-20260901'),
      },
      {
        subject: 'add-on coredns',
        live: 'v1.12.3-eksbuild.1',
        deployed: 'v1.12.4-eksbuild.1',
        wayOut: expect.stringContaining('pin v1.12.3-eksbuild.1'),
      },
    ]);
    const next = { Workers: { ReleaseVersion: '1.35.3-20261111' }, CoreDns: { AddonVersion: 'v1.13.0-eksbuild.1' } };
    expect(previewOf({ ...plain, wanted: next }).drift).toMatchObject([
      { wayOut: expect.stringContaining('moves it to 1.35.3-20261111') }, { wayOut: expect.stringContaining('moves it to v1.13.0-eksbuild.1') },
    ]);
    expect(previewOf({ ...plain, wanted: { Workers: undefined, CoreDns: undefined } }).drift).toEqual([]);
    expect(previewOf({ ...plain, deployed: { Workers: undefined, CoreDns: undefined } }).drift).toEqual([]);
  });

  test('the way back: how long, and what has to go back before the control plane can', () => {
    const next = { Cluster: { Version: '1.36' }, Versions: { KubernetesVersion: '1.36' } };
    const rolled = { ...next, Workers: { Version: '1.36', ReleaseVersion: '1.36.2-20261104' } };
    const offering = (...versions: string[]) => ({
      addOnOffers: {
        coredns: known([
          { kubernetesVersion: '1.35', versions: ['v1.12.4-eksbuild.1'], defaultVersion: 'v1.12.4-eksbuild.1' },
          { kubernetesVersion: '1.36', versions, defaultVersion: versions[0] },
        ]),
      },
    });

    const wayBackOf = (changes: PreviewChanges) => previewOf(changes).wayBack;
    expect(wayBackOf({ wanted: next })).toEqual({ to: '1.35', after: [], created: [] });
    expect(wayBackOf({ wanted: rolled })).toEqual({ to: '1.35', after: ['workers'], created: [] });
    expect(wayBackOf({ wanted: rolled, catalog: offering('v1.13.0-eksbuild.1', 'v1.12.4-eksbuild.1') })).toEqual({
      to: '1.35', after: ['workers', 'coredns'], created: [],
    });
    expect(textOf({ wanted: rolled })).not.toContain('[way-back');

    const without = previewOf({ wanted: rolled, catalog: offering('v1.13.0-eksbuild.1') });
    expect(without.findings).toContainEqual(expect.objectContaining({ id: 'way-back:coredns', severity: 'warning' }));
    expect(without.wayBack).toBeUndefined();
    expect(wayBackOf({ wanted: { Workers: { ReleaseVersion: '1.35.3-20261111' } } })).toBeUndefined();
    expect(wayBackOf({ wanted: { Cluster: { Version: '1.37' } } })).toBeUndefined();
    expect(wayBackOf({ wanted: next, catalog: { offeredVersions: known([{ version: '1.35', status: 'UNSUPPORTED' }]) } })).toBeUndefined();
  });

  test('the way back after node groups that the deployment creates at the new minor', () => {
    const canary = { Version: '1.36', ReleaseVersion: '1.36.2-20261104', ClusterName: 'prod' };
    const wanted = { Cluster: { Version: '1.36' }, Canary: canary };
    const rolled = { ...wanted, Workers: { Version: '1.36', ReleaseVersion: '1.36.2-20261104' } };
    const created = { to: '1.35', after: [], created: ['canary'] };
    expect(previewOf({ wanted }).wayBack).toEqual(created);
    expect(textOf({ wanted })).toMatch(/^way back .* 7 days, after rolling back or removing canary$/m);
    const unversioned = { AmiType: 'AL2023_x86_64_STANDARD', ClusterName: 'prod' };
    expect(previewOf({ wanted: { ...wanted, Canary: unversioned } }).wayBack).toEqual(created);
    expect(previewOf({ wanted: rolled }).wayBack).toEqual({ ...created, after: ['workers'] });
    expect(textOf({ wanted: rolled }).replaceAll(/\n +/g, ' ')).toMatch(
      /^way back .* 7 days, after rolling back workers, and rolling back or removing canary$/m,
    );
  });

  test('what stays is named, but not twice', () => {
    const text = textOf({ wanted: { Workers: { ReleaseVersion: '1.35.3-20261111' } } });

    const [, stays] = /^stays +(.*)$/m.exec(text)!;
    expect(stays).toMatch(/\b1\.35, coredns v1\.12\.4-eksbuild\.1$/);
    expect(stays).not.toContain('workers');
  });

  test('support: when it ends, and what staying costs; or what EKS does then', () => {
    const moved = { wanted: { Workers: { ReleaseVersion: '1.35.3-20261111' } } };

    const supportOf = (changes: PreviewChanges) => previewOf({ ...moved, ...changes }).support;
    const standard = { kind: 'standard', ends: '2027-03-27', days: 125 };
    expect(supportOf({ state: { supportType: known('EXTENDED') } })).toEqual({ ...standard, extraUsdPerYear: 4380, movedByEks: false });
    expect(supportOf({})).toEqual({ ...standard, extraUsdPerYear: 0, movedByEks: true });
    const offering = (status: OfferedVersion['status'], supportType: 'STANDARD' | 'EXTENDED' = 'STANDARD') => supportOf({
      state: { supportType: known(supportType) },
      catalog: { offeredVersions: known([{ version: '1.35', status, endOfExtendedSupport: '2026-12-20' }]) },
    });
    expect(offering('EXTENDED_SUPPORT', 'EXTENDED')).toEqual(
      { kind: 'extended', ends: '2026-12-20', days: 28, extraUsdPerYear: 4380, movedByEks: false },
    );
    expect(offering('UNSUPPORTED')).toMatchObject({ kind: 'none', movedByEks: true });
    expect(offering('STANDARD_SUPPORT')).not.toHaveProperty('ends');
  });

  test('an imported cluster: its control plane is moved elsewhere', () => {
    expect(previewOf({ imported: true, wanted: { Workers: { ReleaseVersion: '1.35.3-20261111' } } })).toMatchObject({
      ownsControlPlane: false, version: { live: '1.35', wanted: '1.35' },
    });
  });

  test('a node group whose name CloudFormation has made up goes by its construct, as in the diff below', () => {
    const physicalName = 'Prod-ClusterNodegroupWorkersA3EA85B0-257895A2D6BD';
    const before = { Canary: { Version: '1.35', ReleaseVersion: '1.35.3-20261104' } };
    const text = textOf({
      physicalName,
      isNameMadeUp: true,
      deployed: before,
      wanted: { Workers: { ReleaseVersion: '1.35.3-20261111', Tags: { sha: '1' } } },
      state: { nodeGroups: known([aNodeGroup({ name: physicalName }), aNodeGroup({ name: 'canary' })]) },
      declares: ({ nodeGroups: [workers] }) => ({
        nodeGroups: [workers, { ...workers, path: 'Prod/Canary', logicalId: 'Canary', upgradeAfter: [workers.path] }],
      }),
    });

    expect(text).toMatch(
      /^node groups    Cluster\/NodegroupWorkers  1\.35\.3-20261104 → 1\.35\.3-20261111\n[^]*^ +Prod-ClusterNodegroupWorkersA3EA85B0-257895A2D6BD in EKS$/m,
    );
    expect(text).toContain('Canary 1.35.3-20261104');
    expect(text).toContain(`ERROR node group Cluster/NodegroupWorkers (${physicalName})\n  [node-group-combined-update:${physicalName}]`);
  });

  test('fits 100 columns, but for names that are longer', () => {
    const name = `workers-${'x'.repeat(50)}`;
    const scaled = aNodeGroup({ name, scaling: { minSize: 1, maxSize: 20, desiredSize: 12 } });
    const text = textOf({
      physicalName: name,
      wanted: { Cluster: { Version: '1.36' }, Workers: { ReleaseVersion: '1.36.2-20261104', Version: '1.36', Tags: { sha: '1' } } },
      state: { nodeGroups: known([scaled]), insights: known([anInsight({ status: 'ERROR', reason: 'word '.repeat(60) })]) },
    });

    expect(text.split('\n').filter((line) => line.length > 100 && !line.includes(name))).toEqual([]);
    expect(text).toContain(`node groups    ${name}\n                   1.35.3-20261104 → 1.36.2-20261104`);
  });
});

describe('findings', () => {
  test('those of the engine by ID; errors would be refused', () => {
    const preview = previewOf({ wanted: { Cluster: { Version: '1.37' } } });

    expect(preview.refusals.map(({ id }) => id)).toContain('minor-step');
  });

  test.each(['warn', 'disabled'] as const)('with the guard in mode %s nothing would be refused', (mode) => {
    const preview = previewOf({ guard: { mode }, wanted: { Cluster: { Version: '1.37' } } });

    expect(preview.findings.map(({ id }) => id)).toContain('minor-step');
    expect(preview.refusals).toEqual([]);
  });

  test('accepted ones are listed and not refused', () => {
    const input = { guard: { ignore: ['minor-step'] }, wanted: { Cluster: { Version: '1.37' } } };

    expect(previewOf(input).refusals.map(({ id }) => id)).not.toContain('minor-step');
    expect(textOf(input)).toMatch(/^accepted       minor-step/m);
  });

  test('of accepted insights it says once what EKS may do all the same', () => {
    const insights = known(['A', 'B'].map((name) => anInsight({ name, status: 'ERROR' })));
    const shown = textOf({ guard: { ignore: ['upgrade-insights'] }, wanted: { Cluster: { Version: '1.36' } }, state: { insights } });
    expect(shown).toContain('insight-a, insight-b');
    expect(shown.match(/EKS may still block/g)).toHaveLength(1);
  });

  test('what the preview may not read says nothing about the guard, which has its own permissions', () => {
    const preview = previewOf({
      wanted: { Cluster: { Version: '1.36' } }, state: { insights: notKnown('not allowed to call eks:ListInsights') },
    });

    expect(preview.refusals.filter(({ unknown }) => unknown)).toEqual([]);
    expect(preview.unread.join()).toContain('eks:ListInsights');
  });

  test('insights are judged by the age that the guard allows, as `check` judges them', () => {
    const ageOf = (maxInsightAgeMinutes: number, lastRefreshedAt: string) => {
      const { findings: found, refusals, unread } = previewOf({
        guard: { maxInsightAgeMinutes }, wanted: { Cluster: { Version: '1.36' } }, state: { insights: known([anInsight({ lastRefreshedAt })]) },
      });
      const [severities, refused] = [found, refusals].map((list) => list.filter(({ check }) => check === 'insight-age').map(({ severity }) => severity));
      return { severities, refused, unread: unread.length };
    };
    const [fiveHoursAgo, thirtyHoursAgo] = ['2026-11-22T07:00:00Z', '2026-11-21T06:00:00Z'];

    expect(ageOf(6 * 60, fiveHoursAgo)).toEqual({ severities: [], refused: [], unread: 0 });
    expect(ageOf(4 * 60, fiveHoursAgo)).toEqual({ severities: [], refused: [], unread: 1 }); // the guard lets EKS look again
    expect(ageOf(4 * 60, thirtyHoursAgo)).toEqual({ severities: ['error'], refused: ['error'], unread: 0 });
    expect(ageOf(48 * 60, thirtyHoursAgo)).toEqual({ severities: [], refused: [], unread: 0 });
  });

  test('other properties beside a release are named', () => {
    const [finding] = previewOf({ wanted: { Workers: { ReleaseVersion: '1.35.3-20261111', ScalingConfig: { MaxSize: 4 } } } }).findings
      .filter(({ check }) => check === 'node-group-combined-update');

    expect(finding).toMatchObject({ data: { others: ['ScalingConfig'] } });
  });

  test('other properties beside a release are named of a plain node group, too', () => {
    const ids = previewOf({
      plain: true, wanted: { Workers: { ReleaseVersion: '1.35.3-20261111', Tags: { sha: '1' } } },
    }).findings.map(({ id }) => id);

    expect(ids).toContain('node-group-combined-update:workers');
  });
});
