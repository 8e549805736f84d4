import * as fc from 'fast-check';
import { evaluate } from '../../../src/engine/judgement/verdict';
import { describeVerdictSubject, renderReason, renderVerdict } from '../../../src/engine/judgement/verdict-text';
import { known, notKnown } from '../../../src/engine/state/known';
import { aCatalog, aCluster, aNodeGroup, anUpgradedCluster } from '../a-cluster';
import { catalogOf, eksWorld, observe, wantedVersion } from '../eks-world';

const troubled = aCluster({
  nodeGroups: known([
    aNodeGroup({ status: 'DEGRADED', healthIssues: [{ code: 'NodeCreationFailure', message: 'No node joined.', resourceIds: [] }] }),
  ]),
  subnets: known([{ id: 'subnet-a', zone: 'use1-az1', freeAddresses: 2 }]),
});
const warned = aCluster({ fargateProfiles: known(['default']) });
const refused = evaluate(troubled, aCatalog(), { version: '1.36' });

const FIRST = '[node-group-health:workers] node group workers: the node group is DEGRADED instead of ACTIVE; repair or replace the node group first';
const SECOND = '[free-addresses] cluster prod: no subnet of the cluster has 5 free IP addresses, and the update needs them in 2 availability zones; '
  + 'free addresses in these subnets, or add subnets in the same availability zones to the cluster';
const HEAD = 'upgrade of prod from 1.35 to 1.36 is refused: 2 errors, 1 info';

describe('the reason', () => {
  test('gives every error with its remedy where there is room', () => {
    const reason = `${HEAD} | ${FIRST} | ${SECOND}`;
    expect(renderReason(refused, 1000)).toBe(reason);
    expect(renderReason(refused, reason.length)).toBe(reason);
  });

  test('gives the first errors and how many more there are where there is less', () => {
    const reason = `${HEAD} | ${FIRST} | and 1 more`;
    expect(renderReason(refused, reason.length)).toBe(reason);
    expect(renderReason(refused, `${HEAD} | ${FIRST} | ${SECOND}`.length - 1)).toBe(reason);
  });

  test('shortens long messages before it leaves errors or remedies out', () => {
    const versions = Array.from({ length: 87 }, (_, index) => `v1.${index}.0-eksbuild.1`).join(', ');
    const long = {
      ...refused, findings: refused.findings.map((finding) => ({ ...finding, message: `${finding.message}: EKS offers ${versions}` })),
    };
    const reason = renderReason(long, 2000);
    expect(reason.length).toBeLessThanOrEqual(2000);
    expect(reason).toMatch(
      /: repair or replace the node group first; because the node group is DEGRADED .*… \| \[free-addresses\] cluster prod: free addresses in these subnets, /,
    );
    expect(reason).toMatch(
      /, or add subnets in the same availability zones to the cluster; because no subnet of the cluster has 5 free IP addresses.*…$/,
    );
  });

  test('says once what several checks wanted to know', () => {
    const blind = evaluate(aCluster({ nodeGroups: notKnown('eks:ListNodegroups failed: Rate exceeded') }), aCatalog(), { version: '1.36' });
    expect(renderReason(blind, 1000)).toContain('is refused: 1 error, 1 info | [node-group-readable:unknown] cluster prod: the node groups '
      + 'could not be read: eks:ListNodegroups failed: Rate exceeded; grant the permission if one is missing, then retry');
  });

  test('where not even one error fits, what to do is told before what is the matter', () => {
    const long = {
      ...refused, findings: refused.findings.map((finding) => ({ ...finding, message: `${finding.message} ${'x'.repeat(3000)}` })),
    };
    const reason = renderReason(long, 250);
    expect(reason).toContain(
      '[node-group-health:workers] node group workers: repair or replace the node group first; because the node group is DEGRADED',
    );
    expect(reason).toHaveLength(250);
  });

  test('cuts the first error where there is no room for it, and still says how many more', () => {
    const reason = renderReason(refused, 150);
    expect(reason).toMatch(
      /^upgrade of prod from 1\.35 to 1\.36 is refused: 2 errors, 1 info \| \[node-group-health:workers\] node group workers: repair or repl.*… \| and 1 more$/,
    );
    expect(reason).toHaveLength(150);
  });

  test('of a verdict that passes is its outcome', () => {
    const reason = 'upgrade of prod from 1.35 to 1.36 may go ahead: 1 warning, 1 info';
    expect(renderReason(evaluate(warned, aCatalog(), { version: '1.36' }), reason.length)).toBe(reason);
  });

  test('counts a single error as one', () => {
    expect(renderReason(evaluate({ ...warned, status: 'UPDATING' }, aCatalog(), { version: '1.36' }), 1000)).toMatch(
      /is refused: 1 error, 1 warning, 1 info \| \[cluster-active\]/,
    );
  });

  test('is never longer than allowed and never empty', () => {
    const anyVerdict = eksWorld.chain(
      (world) => wantedVersion(world).map((version) => evaluate(observe(world), catalogOf(world), { version })),
    );
    fc.assert(fc.property(anyVerdict, fc.integer({ min: 1, max: 2000 }), (verdict, maxLength) => {
      const reason = renderReason(verdict, maxLength);
      expect(reason.length).toBeLessThanOrEqual(maxLength);
      expect(reason).not.toBe('');
    }));
  });
});

describe('the full text', () => {
  test('gives every finding with its details and remedy, and how to accept it', () => {
    expect(renderVerdict(refused).split('\n\n')).toEqual([
      HEAD,
      'ERROR node group workers [node-group-health:workers]\n'
        + '  the node group is DEGRADED instead of ACTIVE\n'
        + '  - NodeCreationFailure: No node joined\n'
        + '  what to do: repair or replace the node group first',
      expect.stringMatching(
        /^ERROR cluster prod \[free-addresses\]\n {2}no subnet .*\n {2}- subnet-a \(use1-az1\): 2 free\n {2}what to do: free addresses/,
      ),
      expect.stringMatching(/^INFO cluster prod \[support-period\]/),
      'to accept a finding, add the ID in brackets to ignore',
    ]);
  });

  test('gives what was accepted, by what, and what was not found', () => {
    const verdict = evaluate(
      troubled, aCatalog(), { version: '1.36' }, { ignore: ['node-group-health', 'free-addresses', 'support-period', 'minor-steps'] },
    );
    expect(renderVerdict(verdict).split('\n\n')).toEqual([
      'upgrade of prod from 1.35 to 1.36 may go ahead: 3 accepted',
      "ACCEPTED error node group workers [node-group-health:workers] by 'node-group-health'\n  the node group is DEGRADED instead of ACTIVE",
      expect.stringMatching(/^ACCEPTED error cluster prod \[free-addresses\]\n/),
      expect.stringMatching(/^ACCEPTED info cluster prod \[support-period\]\n/),
      "ignore contains 'minor-steps', which is not the ID of any finding: misspelt, or no longer needed",
    ]);
  });

  test('does not speak of accepting where nothing stands in the way', () => {
    expect(renderVerdict(evaluate(warned, aCatalog(), { version: '1.36' }))).not.toContain('accept');
  });

  test('of a change without findings says so', () => {
    expect(renderVerdict(evaluate(aCluster(), aCatalog(), {}))).toBe('change of prod at 1.35 may go ahead: no findings');
  });
});

test('a rollback is called one', () => {
  expect(describeVerdictSubject(evaluate(anUpgradedCluster(), aCatalog(), { version: '1.35' }))).toBe('rollback of prod from 1.36 to 1.35');
});
