import { UpgradeError } from '../../../src/engine/messages/refusal';
import { sentence } from '../../../src/engine/messages/sentence';
import { says } from '../../../src/engine/plan/messages';
import { ClusterPath, PathStep, pathOf, pinnedStepOf, upgradePathFile, upgradePathsIn } from '../../../src/engine/plan/upgrade-path-file';

const step = (version: string, rest: Partial<PathStep> = {}): PathStep => ({
  does: [], version, nodesHeldAt: {}, releases: {}, addOns: {}, ...rest,
});
const PATH: ClusterPath = {
  cluster: 'Prod/Cluster', account: '111122223333', region: 'us-west-2', appVersion: '1.35', steps: [step('1.35'), step('1.36')],
};
const FILE = 'way.json';

test('a file is read as it was written', () => {
  expect(upgradePathsIn(upgradePathFile([PATH]), FILE)).toEqual([PATH]);
});

test.each([
  ['nothing', undefined], ['of another schema', { schemaVersion: 2, paths: [PATH] }], ['without paths', { schemaVersion: 1 }],
])('a file that holds %s is none', (_, value) => {
  expect(() => upgradePathsIn(value, FILE)).toThrow(sentence(says.noPath({ file: FILE })));
});

describe('a file that somebody has edited', () => {
  const refused = (paths: unknown) => {
    try {
      return upgradePathsIn({ schemaVersion: 1, paths }, FILE);
    } catch (error) {
      return (error as UpgradeError).said;
    }
  };
  const withStep = (second: unknown) => refused([{ ...PATH, steps: [PATH.steps[0], second] }]);

  test.each([
    ['null', [null]], ['a text', ['Prod/Cluster']], ['one without steps', [{ ...PATH, steps: [] }]], ['steps of null', [{ ...PATH, steps: null }]],
  ])('is refused with the path %s', (_, paths) => {
    expect(refused(paths)).toMatchObject({ reason: 'pathIncomplete' });
  });

  test.each<[unknown, string, string]>([
    [null, 'the step', 'null'],
    ['1.34', 'the step', '"1.34"'],
    [{}, 'version', 'missing'],
    [{ version: 1.34 }, 'version', '1.34'],
    [{ version: '1.34', nodesHeldAt: null }, 'nodesHeldAt', 'null'],
    [{ version: '1.34', nodesHeldAt: ['1.33'] }, 'nodesHeldAt', '["1.33"]'],
    [{ version: '1.34', nodesHeldAt: { Workers: 1.33 } }, 'nodesHeldAt', '{"Workers":1.33}'],
    [{ version: '1.34', releases: { Workers: null } }, 'releases', '{"Workers":null}'],
    [{ version: '1.34', addOns: 'kube-proxy' }, 'addOns', '"kube-proxy"'],
  ])('is refused with the step %j', (second, part, value) => {
    expect(withStep(second)).toMatchObject({ reason: 'stepMalformed', data: { index: 1, cluster: PATH.cluster, part, value } });
  });

  test('is refused with two paths of one cluster, as a merge leaves them', () => {
    expect(refused([PATH, { ...PATH, region: 'eu-west-1' }, { ...PATH, appVersion: '1.30' }])).toMatchObject({
      reason: 'pathTwice', data: { cluster: PATH.cluster, region: PATH.region },
    });
  });
});

test('the path of a cluster is told by name, account and Region', () => {
  expect(pathOf([PATH], PATH)).toBe(PATH);
  for (const other of [{ cluster: 'Prod/Other' }, { account: '444455556666' }, { region: 'eu-west-1' }]) {
    expect(pathOf([PATH], { ...PATH, ...other })).toBeUndefined();
  }
});

describe('the step that the context pins', () => {
  const pinned = (value: unknown) => pinnedStepOf(PATH, value, 'key', FILE);

  test('is its number, or none', () => {
    expect(pinned({ step: 1, version: '1.36' })).toBe(1);
    expect(pinned({ step: 0, version: '1.35' })).toBe(0);
    expect(pinned(undefined)).toBeUndefined();
  });

  test.each([
    ['beyond the path', { step: 2, version: '1.37' }], ['of a path that was written anew', { step: 1, version: '1.35' }],
    ['without a number', { version: '1.35' }], ['null', null],
  ])('is refused: %s', (_, value) => {
    expect(() => pinned(value)).toThrow(sentence(says.stepOfNone({ step: JSON.stringify(value), key: 'key', file: FILE })));
  });
});
