import { previewOf, textOf } from './a-preview';
import { ClusterDeclaration } from '../../src/engine/declaration/cluster-declaration';
import { known, notKnown } from '../../src/engine/state/known';
import { OfferedVersion } from '../../src/engine/state/region-catalog';
import { isWorthSaying } from '../../src/preview/cluster-preview';
import { renderPreview } from '../../src/preview/preview-text';
import { anAddOn, anInsight, aNodeGroup } from '../engine/a-cluster';

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
    { id: 'cluster-combined-update', message: expect.stringContaining('its version and Logging change') },
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
    const text = textOf({ wanted: { Cluster: { Version: '1.36' } }, deployed: { Cluster: { Version: '1.34' } } });

    expect(text).toMatch(/^control plane  1\.35 → 1\.36$/m);
    expect(text).toMatch(/^drift +control plane runs 1\.35, the deployed template has 1\.34: set version to 1\.35 and\n +deploy/m);
  });

  test('a node group: how many nodes, how many at a time, how many more meanwhile, how long', () => {
    const scaled = aNodeGroup({ scaling: { minSize: 1, maxSize: 20, desiredSize: 12 }, update: { maxUnavailablePercentage: 25 } });

    expect(textOf({ wanted: { Workers: { ReleaseVersion: '1.35.3-20261111' } }, state: { nodeGroups: known([scaled]) } }))
      .toMatch(
        /^node groups    workers  1\.35\.3-20261104 → 1\.35\.3-20261111\n +12 nodes, 3 at a time, up to 4 more meanwhile: .* minutes/m,
      );
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
    const text = renderPreview(rolling('ca-2028'));

    expect(text).toMatch(
      /^node groups    workers  stays at 1\.35\.3-20261104; its nodes are exchanged for a new version of its\n +launch template\n +2 nodes, 1 at a time/m,
    );
    expect(text).not.toMatch(/^stays .*workers/m);
    expect(isWorthSaying(rolling('ca-2028'))).toBe(true);
    expect(isWorthSaying(rolling('ca-2026'))).toBe(false);
    expect(rolling('ca-2026').nodeGroups).toEqual([expect.not.objectContaining({ relaunches: true })]);
  });

  test('a node group that is new, or goes', () => {
    expect(textOf({ state: { nodeGroups: known([]) } })).toMatch(/workers  new, 1\.35\.3-20261104$/m);
    expect(textOf({ wanted: { Workers: undefined } })).toMatch(/workers  1\.35\.3-20261104 → removed$/m);
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
      const text = textOf({
        deployed: { ...before, Bake: {} }, wanted: next, state, declares: declares(1800, ['Prod/Errors', 'Prod/Slow']),
      });

      expect(text).toMatch(
        /^waves          1\.  canary\n +then canary bakes for 30 minutes \(alarms Prod\/Errors, Prod\/Slow\)\n +2\.  workers\n +in all 44 minutes to 2\.3 hours$/m,
      );
    });

    test('a bake that the deployment makes does not last in it', () => {
      const text = textOf({ deployed: before, wanted: { ...next, Bake: {} }, state, declares: declares(1800) });

      expect(text).toMatch(
        /1\.  canary\n +the bake of canary is new: it does nothing in the deployment that creates it\n +2\.  workers\n +in all 14 minutes to 1\.8 hours$/m,
      );
    });

    describe('a bake that the deployment makes, and that lasts on creation', () => {
      const lasting = (declaration: ClusterDeclaration) => {
        const declared = declares(1800)(declaration);
        return { ...declared, bakes: declared.bakes.map((bake) => ({ ...bake, onCreation: true })) };
      };

      test('lasts in it', () => {
        const text = textOf({ deployed: before, wanted: { ...next, Bake: {} }, state, declares: lasting });

        expect(text).toMatch(/1\.  canary\n +then canary bakes for 30 minutes\n +2\.  workers\n +in all 44 minutes to 2\.3 hours$/m);
      });

      test('lasts for a node group that is new as well, which nothing rolls: what waits for it rolls later', () => {
        const text = textOf({
          deployed: releases('20261104', 'Workers'),
          wanted: { ...next, Bake: {} },
          state: { nodeGroups: known([aNodeGroup({ scaling: sized(2) })]) },
          declares: lasting,
        });

        expect(text).toMatch(/^waves          1\.  canary\n +then canary bakes for 30 minutes\n +2\.  workers$/m);
      });

      test('a new node group whose bake does nothing is in no wave', () => {
        const text = textOf({
          deployed: releases('20261104', 'Workers'),
          wanted: { ...next, Bake: {} },
          state: { nodeGroups: known([aNodeGroup({ scaling: sized(2) })]) },
          declares: declares(1800),
        });

        expect(text).not.toContain('waves');
      });
    });

    test('also without bakes, and with a single wave that bakes', () => {
      const deployed = { ...before, Bake: {} };
      const withoutBakes = (declaration: ClusterDeclaration) => ({ ...declares()(declaration), bakes: [] });
      const inOrder = ({ nodeGroups: [workers] }: ClusterDeclaration) => (
        { nodeGroups: [{ ...workers, upgradeAfter: ['Prod/Canary'] }, { ...workers, path: 'Prod/Canary', logicalId: 'Canary' }] });

      expect(textOf({ deployed, wanted: next, state, declares: inOrder })).toMatch(
        /^waves          1\.  canary\n +2\.  workers\n +in all 14 minutes to 1\.8 hours$/m,
      );
      expect(textOf({ deployed, wanted: releases('20261111', 'Canary'), state, declares: declares(60) })).toMatch(
        /^waves          1\.  canary\n +then canary bakes for 60 seconds$/m,
      );
      expect(textOf({ deployed, wanted: releases('20261111', 'Canary'), state, declares: withoutBakes })).not.toContain('waves');
    });

    test('a bake whose length only the deployment knows', () => {
      const text = textOf({ deployed: { ...before, Bake: {} }, wanted: next, state, declares: declares() });

      expect(text).toMatch(/^ +then canary bakes$/m);
      expect(text).not.toContain('in all');
    });

    test('what does not roll is in no wave, and does not bake', () => {
      const text = textOf({ deployed: { ...before, Bake: {} }, wanted: releases('20261111', 'Workers'), state, declares: declares(1800) });

      expect(text).toMatch(/^node groups    workers  1\.35\.3-20261104 →/m);
      expect(text).not.toMatch(/waves|bake/);
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

      expect(textOf({ ...changes, wanted: { Cluster: { Version: '1.36' } } }))
        .toMatch(/^control plane  1\.35 → 1\.36\n +then the control plane bakes for 90 seconds \(alarm Prod\/Errors\)$/m);
      expect(textOf({ ...changes, wanted: { Workers: { ReleaseVersion: '1.35.3-20261111' } } })).not.toContain('bake');
      expect(textOf({
        ...changes, deployed: {}, wanted: { Cluster: { Version: '1.36' }, Bake: {} },
      })).toContain('the bake of the control plane is new');
    });
  });

  test('Bottlerocket, whose release does not tell the minor', () => {
    const rocket = { AmiType: 'BOTTLEROCKET_x86_64', Version: '1.35', ReleaseVersion: '1.50.0-64a91eb3' };
    const state = { nodeGroups: known([aNodeGroup({ amiType: 'BOTTLEROCKET_x86_64', releaseVersion: '1.50.0-64a91eb3' })]) };

    expect(textOf({ deployed: { Workers: rocket }, wanted: { Workers: { ...rocket, Version: '1.34' } }, state }))
      .toContain('1.35 → 1.34, release 1.50.0-64a91eb3 as before');
    expect(textOf({
      deployed: { Workers: rocket },
      wanted: { Workers: { ...rocket, Version: '1.34', ReleaseVersion: '1.51.0-0badcafe' } },
      state,
    }))
      .toContain('1.35, 1.50.0-64a91eb3 → 1.34, 1.51.0-0badcafe');
  });

  test.each([
    ['recommended', 'npx cdk-eks-upgrades refresh --only Prod/Cluster/NodegroupWorkers'],
    ['pinned', "AmiTracking.pinned('1.35.3-20261118')"],
    [
      'from-parameter',
      'npx cdk-eks-upgrades refresh --only Prod/Cluster/NodegroupWorkers, once your\n                        parameter holds it',
    ],
  ])('a newer release for a %s one, its age, and how to take it', (tracking, wayOut) => {
    const offers = [
      { kubernetesVersion: '1.35', published: true, recommendedRelease: '1.35.3-20261118', recommendedSince: '2026-11-18T13:00:00Z' },
    ];

    const text = textOf({ tracking, catalog: { amiOffers: { AL2023_x86_64_STANDARD: known(offers) } } });

    expect(text).toMatch(/workers  stays at 1\.35\.3-20261104\n +AWS recommends 1\.35\.3-20261118, for 3 days; take it with\n/);
    expect(text).toContain(`                        ${wayOut}`);
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
    expect(
      textOf(tracks('latest')),
    ).toMatch(new RegExp('coredns  stays at v1\\.12\\.4-eksbuild\\.1\n +EKS offers v1\\.13\\.0-eksbuild\\.1; take it with\n'
      + ' +npx cdk-eks-upgrades refresh --only Prod/Cluster/AddOnCoredns'));
    expect(isWorthSaying(previewOf(tracks('latest')))).toBe(true);
    expect(isWorthSaying(previewOf(tracks('recommended')))).toBe(false);
  });

  test('what the app applies and the wanted version does not serve', () => {
    const use = { construct: 'Prod/Web', apiVersion: 'policy/v1beta1', kind: 'PodDisruptionBudget', removedIn: '1.25' };
    const declares = () => ({ objects: { removedApis: [use], controllers: [] } });
    expect(previewOf({ declares, wanted: { Cluster: { Version: '1.36' } } }).refusals).toMatchObject([{ id: 'removed-api:Prod/Web' }]);
    expect(previewOf({ declares }).refusals).toEqual([]);
  });

  test('a tracked add-on: what the resolver would choose, when the deployment asks it', () => {
    const state = { addOns: known([anAddOn({ version: 'v1.12.3-eksbuild.1' })]) };

    expect(textOf({ wanted: { Cluster: { Version: '1.36' }, Versions: { KubernetesVersion: '1.36' } }, state }))
      .toMatch(/^add-ons        coredns  v1\.12\.3-eksbuild\.1 → v1\.12\.4-eksbuild\.1$/m);
    expect(isWorthSaying(previewOf({ state }))).toBe(false);
  });

  test('an add-on that is pinned, new, removed, or not offered', () => {
    const pinned = { AddonName: 'coredns', AddonVersion: 'v1.13.0-eksbuild.1' };

    expect(textOf({ policy: 'pinned', wanted: { CoreDns: pinned } })).toContain('coredns  v1.12.4-eksbuild.1 → v1.13.0-eksbuild.1');
    expect(textOf({
      policy: 'pinned', wanted: { CoreDns: pinned }, state: { addOns: known([]) },
    })).toContain('coredns  new, v1.13.0-eksbuild.1');
    expect(textOf({ wanted: { CoreDns: undefined } })).toContain('coredns  v1.12.4-eksbuild.1 → removed');
    expect(textOf({ wanted: { Cluster: { Version: '1.36' }, Versions: { KubernetesVersion: '1.36' } }, catalog: { addOnOffers: {} } }))
      .toMatch(/coredns  v1\.12\.4-eksbuild\.1 → not known/);
  });

  test('plain node groups and add-ons, which nothing declares, as the templates have them', () => {
    const wanted = { Workers: { ReleaseVersion: '1.35.3-20261111' }, CoreDns: { AddonVersion: 'v1.13.0-eksbuild.1' } };
    const text = textOf({ plain: true, wanted });

    expect(text).toMatch(/^add-ons        coredns  v1\.12\.4-eksbuild\.1 → v1\.13\.0-eksbuild\.1$/m);
    expect(text).toMatch(/^node groups    workers  1\.35\.3-20261104 → 1\.35\.3-20261111$/m);
    expect(isWorthSaying(previewOf({ plain: true }))).toBe(false);
    expect(textOf({ plain: true, wanted: { Workers: undefined, CoreDns: undefined } })).toMatch(
      /coredns  v1.12.4-eksbuild.1 → removed\n.*workers  1.35.3-20261104 → removed/,
    );
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

    expect(textOf({ wanted: next })).toMatch(/^way back       you can roll back to 1\.35 for 7 days$/m);
    expect(textOf({ wanted: rolled })).toMatch(/^way back       you can roll back to 1\.35 for 7 days, after rolling back workers$/m);
    expect(textOf({ wanted: rolled, catalog: offering('v1.13.0-eksbuild.1', 'v1.12.4-eksbuild.1') })).toMatch(
      /^way back       you can roll back to 1\.35 for 7 days, after rolling back workers and coredns$/m,
    );
    expect(textOf({ wanted: rolled })).not.toContain('[way-back');

    const without = textOf({ wanted: rolled, catalog: offering('v1.13.0-eksbuild.1') });
    expect(without).toContain('WARNING add-on coredns [way-back:coredns]');
    expect(without).not.toMatch(/^way back/m);
    expect(textOf({ wanted: { Workers: { ReleaseVersion: '1.35.3-20261111' } } })).not.toContain('way back');
  });

  test('what stays is named, but not twice', () => {
    const text = textOf({ wanted: { Workers: { ReleaseVersion: '1.35.3-20261111' } } });

    expect(text).toMatch(/^stays          control plane 1\.35, coredns v1\.12\.4-eksbuild\.1$/m);
  });

  test('support: when it ends, and what staying costs; or what EKS does then', () => {
    const moved = { wanted: { Workers: { ReleaseVersion: '1.35.3-20261111' } } };

    expect(textOf({ ...moved, state: { supportType: known('EXTENDED') } }).replace(/\s+/g, ' '))
      .toContain('standard support of 1.35 ends on 2027-03-27, in 125 days; then staying costs 4,380 USD a year more');
    expect(textOf(moved).replace(/\s+/g, ' ')).toContain('in 125 days; then EKS upgrades the control plane by itself');
    const offering = (status: OfferedVersion['status']) => textOf(
      { ...moved, catalog: { offeredVersions: known([{ version: '1.35', status, endOfExtendedSupport: '2026-12-20' }]) } },
    ).replace(/\s+/g, ' ');
    expect(offering('EXTENDED_SUPPORT')).toContain(
      'extended support of 1.35 ends on 2026-12-20, in 28 days, and costs 4,380 USD a year more until then; then EKS upgrades',
    );
    expect(offering('UNSUPPORTED')).toContain('1.35 is no longer supported: EKS upgrades the control plane by itself');
    expect(offering('STANDARD_SUPPORT')).not.toContain('support ');
  });

  test('an imported cluster: its control plane is moved elsewhere', () => {
    const text = textOf({ imported: true, wanted: { Workers: { ReleaseVersion: '1.35.3-20261111' } } });

    expect(text).toContain('control plane 1.35 (not upgraded by this app)');
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

  test('other properties beside a release are named', () => {
    const [finding] = previewOf({ wanted: { Workers: { ReleaseVersion: '1.35.3-20261111', ScalingConfig: { MaxSize: 4 } } } }).findings
      .filter(({ check }) => check === 'node-group-combined-update');

    expect(finding.message).toContain('ScalingConfig');
  });

  test('other properties beside a release are named of a plain node group, too', () => {
    const ids = previewOf({
      plain: true, wanted: { Workers: { ReleaseVersion: '1.35.3-20261111', Tags: { sha: '1' } } },
    }).findings.map(({ id }) => id);

    expect(ids).toContain('node-group-combined-update:workers');
  });
});
