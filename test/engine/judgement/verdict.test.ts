import * as fc from 'fast-check';
import { evaluate } from '../../../src/engine/judgement/verdict';
import { known, notKnown } from '../../../src/engine/state/known';
import { aCatalog, aCluster, aNodeGroup, anInsight, anUpgradedCluster } from '../a-cluster';
import { catalogOf, eksWorld, observe, RUNS, wantedVersion } from '../eks-world';

const UP = { version: '1.36' };
const failingInsight = anInsight({ name: 'Cluster health issues', status: 'ERROR', reason: 'KMS key is gone' });

const troubled = aCluster({
  insights: known([anInsight(), failingInsight]),
  nodeGroups: known([
    aNodeGroup({ name: 'workers', status: 'DEGRADED' }),
    aNodeGroup({ name: 'batch', status: 'DEGRADED', version: known('1.34') }),
  ]),
  subnets: known([{ id: 'subnet-a', zone: 'use1-az1', freeAddresses: 2 }]),
});

describe('a verdict', () => {
  test('passes a cluster that is ready', () => {
    expect(evaluate(aCluster(), aCatalog(), UP)).toMatchObject({
      cluster: 'prod',
      currentVersion: '1.35',
      targetVersion: '1.36',
      direction: 'up',
      passed: true,
      findings: [
        { id: 'support-period' },
      ],
      accepted: [],
      unmatchedIgnores: [],
    });
  });

  test('passes a cluster that is ready to go back', () => {
    expect(evaluate(anUpgradedCluster(), aCatalog(), { version: '1.35' })).toMatchObject({ direction: 'down', passed: true });
  });

  test('passes in silence when nothing changes, whatever state the cluster is in', () => {
    expect(evaluate({ ...troubled, status: 'UPDATING', insights: notKnown('throttled') }, aCatalog(), { version: '1.35' }))
      .toMatchObject({ direction: 'none', passed: true, findings: [] });
  });

  test('puts errors first, then goes by check and by subject', () => {
    expect(evaluate(troubled, aCatalog(), UP).findings.map(({ id }) => id)).toEqual([
      'insight-cluster-health-issues',
      'node-group-health:batch',
      'node-group-health:workers',
      'free-addresses',
      'node-group-current:batch',
      'support-period',
    ]);
  });

  test('keeps what EKS lists of one subject in the order of EKS', () => {
    const healthIssues = ['KmsKeyDisabled', 'Ec2SubnetNotFound', 'Other'].map((code) => ({ code, message: '', resourceIds: [] }));
    const { findings } = evaluate(aCluster({ healthIssues }), aCatalog(), UP);
    expect(findings.map(({ message }) => message).slice(0, 3)).toEqual([
      'EKS reports KmsKeyDisabled', 'EKS reports Ec2SubnetNotFound', 'EKS reports Other',
    ]);
  });

  test('fails for a single error', () => {
    expect(evaluate(aCluster({ subnets: known([]) }), aCatalog(), UP).passed).toBe(false);
  });

  test('fails closed for every input that could not be read', () => {
    const nothing = notKnown('not allowed to');
    const blind = aCluster({
      supportType: nothing,
      updatesInProgress: nothing,
      versionHistory: nothing,
      nodeGroups: nothing,
      addOns: nothing,
      insights: nothing,
      subnets: nothing,
      fargateProfiles: nothing,
    });
    const errors = evaluate(blind, aCatalog({ offeredVersions: nothing }), UP).findings.filter(
      ({ severity }) => severity === 'error',
    ).map(({ id }) => id);
    expect(errors).toEqual([
      'target-supported:unknown', 'update-in-progress:unknown', 'upgrade-insights:unknown', 'node-group-readable:unknown', 'add-on-readable:unknown',
      'free-addresses:unknown',
    ]);
  });

  test('fails for insights that are older than allowed', () => {
    expect(evaluate(aCluster(), aCatalog(), UP, { maxInsightAgeHours: 6 }).passed).toBe(true);
    expect(evaluate(aCluster(), aCatalog(), UP, { maxInsightAgeHours: 5 }).findings).toMatchObject([
      { id: 'insight-age' }, { id: 'support-period' },
    ]);
  });

  test('fails for a version that is none', () => {
    expect(() => evaluate(aCluster(), aCatalog(), { version: 'latest' })).toThrow("'latest' is not a Kubernetes version of EKS");
  });
});

describe('accepting findings', () => {
  test('takes a single one by its id', () => {
    const { findings, accepted, passed } = evaluate(troubled, aCatalog(), UP, { ignore: ['node-group-health:batch'] });
    expect(accepted).toMatchObject([{ id: 'node-group-health:batch', severity: 'error', acceptedBy: 'node-group-health:batch' }]);
    expect(findings.map(({ id }) => id)).toContain('node-group-health:workers');
    expect(passed).toBe(false);
  });

  test('takes all of a check by its id', () => {
    expect(
      evaluate(troubled, aCatalog(), UP, { ignore: ['node-group-health'] }).accepted.map(({ id, acceptedBy }) => [id, acceptedBy]),
    ).toEqual([
      ['node-group-health:batch', 'node-group-health'], ['node-group-health:workers', 'node-group-health'],
    ]);
  });

  test('takes an insight by its name', () => {
    const state = aCluster({ insights: known([failingInsight]) });
    expect(evaluate(state, aCatalog(), UP).passed).toBe(false);
    expect(evaluate(state, aCatalog(), UP, { ignore: ['insight-cluster-health-issues'] })).toMatchObject({
      passed: true, accepted: [{ check: 'upgrade-insights' }],
    });
  });

  test('takes what could not be read apart from what was read', () => {
    const ignore = ['upgrade-insights:unknown'];
    expect(evaluate(aCluster({ insights: notKnown('not allowed to') }), aCatalog(), UP, { ignore }).passed).toBe(true);
    expect(evaluate(aCluster({ insights: known([failingInsight]) }), aCatalog(), UP, { ignore }).passed).toBe(false);
  });

  test('names entries that match nothing, but not checks that are content', () => {
    expect(evaluate(
      troubled, aCatalog(), UP, { ignore: ['free-adresses', 'insight-of-last-year', 'minor-step', 'free-addresses'] },
    ).unmatchedIgnores)
      .toEqual(['free-adresses', 'insight-of-last-year']);
  });
});

describe('any verdict', () => {
  const anyChange = eksWorld.chain((world) => fc.record({
    state: fc.constant(observe(world)), catalog: fc.constant(catalogOf(world)), version: wantedVersion(world),
  }));

  test('says of an accepted insight that EKS may block for it, unless it is forced', () => {
    const blocked = aCluster({ insights: known([anInsight({ status: 'ERROR', name: 'Kubelet version skew' })]) });
    const remarksOf = (more: object) => evaluate(
      blocked, aCatalog(), { ...UP, ...more }, { ignore: ['upgrade-insights', 'node-group-current'] },
    )
      .accepted.map(({ remark }) => remark);
    expect(remarksOf({})).toEqual([expect.stringContaining('InvalidStateException')]);
    expect(remarksOf({ isForced: true })).toEqual([undefined]);
  });

  test('says so of nothing else', () => {
    const ill = aCluster({
      insights: notKnown('eks:ListInsights is denied'), nodeGroups: known([aNodeGroup({ status: 'CREATE_FAILED' })]),
    });
    const { accepted } = evaluate(ill, aCatalog(), UP, { ignore: ['upgrade-insights', 'insight-age', 'node-group-health'] });
    expect(accepted.length).toBeGreaterThan(1);
    expect(accepted.every(({ remark }) => remark === undefined)).toBe(true);
  });

  test('drops no finding that was accepted', () => {
    fc.assert(fc.property(anyChange, fc.func(fc.boolean()), ({ state, catalog, version }, choose) => {
      const all = evaluate(state, catalog, { version }).findings;
      const ignore = all.map(({ id }) => id).filter((id) => choose(id));
      const { findings, accepted, unmatchedIgnores } = evaluate(state, catalog, { version }, { ignore });
      expect(findings).toEqual(all.filter(({ id }) => !ignore.includes(id)));
      expect(accepted.map(({ acceptedBy, remark, ...finding }) => finding)).toEqual(all.filter(({ id }) => ignore.includes(id)));
      expect(unmatchedIgnores).toEqual([]);
    }), RUNS);
  });

  test('is the same for a state that went through JSON', () => {
    fc.assert(fc.property(anyChange, ({ state, catalog, version }) => {
      const verdict = evaluate(state, catalog, { version });
      expect(evaluate(JSON.parse(JSON.stringify(state)), JSON.parse(JSON.stringify(catalog)), { version })).toEqual(verdict);
      expect(JSON.parse(JSON.stringify(verdict))).toEqual(verdict);
    }), RUNS);
  });

  test('does not depend on the order in which EKS lists things', () => {
    const worldAndVersion = eksWorld.chain((world) => fc.record({ world: fc.constant(world), version: wantedVersion(world) }));
    fc.assert(fc.property(worldAndVersion, ({ world, version }) => {
      const { cluster } = world;
      const mirrored = {
        ...world, cluster: { ...cluster, nodegroups: [...cluster.nodegroups].reverse(), addons: [...cluster.addons].reverse() },
      };
      expect(evaluate(observe(mirrored), catalogOf(mirrored), { version })).toEqual(
        evaluate(observe(world), catalogOf(world), { version }),
      );
    }), RUNS);
  });
});
