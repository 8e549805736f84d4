import { outsideWindow } from '../../../../src/engine/judgement/checks/outside-window';
import { known, notKnown } from '../../../../src/engine/state/known';
import { CalendarSignal, Schedule, WeeklyWindow } from '../../../../src/engine/state/schedule';
import { aCatalog, aCluster, anAddOn, aNodeGroup, anUpgradedCluster, findings } from '../../a-cluster';

// Sunday
const INSIDE = '2026-11-22T12:00:00Z';
const OUTSIDE = '2026-11-22T17:00:00Z';

const WINDOW: WeeklyWindow = { days: ['SUN'], start: '12:00', minutes: 300, timeZone: 'Europe/Berlin', exclude: [] }; // 11:00 to 16:00 UTC
const DEPLOYED: Schedule = { windows: [WINDOW], isDeployment: true };

function judge(
  observedAt: string, intent = {}, {
    state = aCluster(), schedule = DEPLOYED,
  }: { state?: ReturnType<typeof aCluster>; schedule?: Schedule } = {},
) {
  return findings(outsideWindow, { ...state, observedAt }, intent, aCatalog(), schedule);
}

const errors = (...args: Parameters<typeof judge>) => judge(...args).filter(({ severity }) => severity === 'error');

describe('outside of the window', () => {
  test('a version is refused, and the next opening is named', () => {
    expect(judge(OUTSIDE, { version: '1.36' })).toMatchObject([{
      id: 'outside-window',
      severity: 'error',
      reason: 'closed',
      data: {
        moving: ['the control plane'],
        now: 'Sunday, 2026-11-22, 18:00 Europe/Berlin',
        next: 'Sunday, 2026-11-29, 12:00 Europe/Berlin',
      },
    }]);
  });

  test.each([
    ['a release', { nodeGroups: { workers: { releaseVersion: '1.35.4-20261118' } } }, 'node group workers'],
    ['a version of nodes', { nodeGroups: { workers: { version: '1.36' } } }, 'node group workers'],
    [
      'nodes that roll for their launch template alone',
      { nodeGroups: { workers: { previous: {}, otherChanges: ['LaunchTemplate'] } } }, 'node group workers',
    ],
    ['nodes whose roll is rehearsed', { nodeGroups: { workers: { isRolled: true } } }, 'node group workers'],
    ['an add-on', { addOns: { coredns: { version: 'v1.13.0-eksbuild.1' } } }, 'add-on coredns'],
    ['a release that has no order', { nodeGroups: { workers: { releaseVersion: 'custom' } } }, 'node group workers'],
  ])('%s is refused', (_, intent, moving) => {
    expect(errors(OUTSIDE, intent)).toMatchObject([
      { reason: 'closed', data: { moving: [moving] } },
    ]);
  });

  test('another build of the same release of Bottlerocket is refused: nobody can tell that it is older', () => {
    const state = aCluster({ nodeGroups: known([aNodeGroup({ amiType: 'BOTTLEROCKET_x86_64', releaseVersion: '1.50.0-64a91eb3' })]) });
    expect(judge(OUTSIDE, { nodeGroups: { workers: { releaseVersion: '1.50.0-0badcafe' } } }, { state })).toMatchObject([{ reason: 'closed' }]);
  });

  test.each([
    ['what the cluster has', {
      version: '1.35',
      nodeGroups: { workers: { version: '1.35', releaseVersion: '1.35.3-20261104' } },
      addOns: { coredns: { version: 'v1.12.4-eksbuild.1' } },
    }],
    ['an older release', { nodeGroups: { workers: { releaseVersion: '1.35.3-20261021' } } }],
    ['an older version of nodes', { nodeGroups: { workers: { version: '1.34', releaseVersion: '1.34.6-20261118' } } }],
    ['an older add-on', { addOns: { coredns: { version: 'v1.11.0-eksbuild.1' } } }],
    ['other changes of a node group', { nodeGroups: { workers: { otherChanges: ['ScalingConfig', 'Tags'] } } }],
    [
      'a new node group and a new add-on',
      { nodeGroups: { gpu: { version: '1.35' } }, addOns: { 'vpc-cni': { version: 'v1.20.0-eksbuild.1' } } },
    ],
    ['what is removed', { nodeGroups: { workers: { removed: true } }, addOns: { coredns: { removed: true } } }],
  ])('%s passes', (_, intent) => {
    expect(judge(OUTSIDE, intent)).toEqual([]);
  });

  test('the way back passes', () => {
    expect(judge(OUTSIDE, { version: '1.35' }, { state: anUpgradedCluster() })).toEqual([]);
  });

  test('is information for those who review', () => {
    expect(judge(OUTSIDE, { version: '1.36' }, { schedule: { windows: [WINDOW] } })).toMatchObject([
      { severity: 'info', reason: 'closed', data: { next: 'Sunday, 2026-11-29, 12:00 Europe/Berlin' } },
      { severity: 'info', reason: 'fits', data: { end: 'Sunday, 2026-11-29, 12:40 Europe/Berlin' } },
    ]);
  });

  test('a window that never opens again is to be corrected', () => {
    expect(errors(
      OUTSIDE, { version: '1.36' }, { schedule: { windows: [{ ...WINDOW, exclude: ['2026-01-01/9999-12-31'] }], isDeployment: true } },
    ))
      .toMatchObject([
        { reason: 'neverOpen' },
      ]);
  });
});

describe('in the window', () => {
  const rolling = (maxUnavailable: number) => aCluster({
    addOns: known([anAddOn()]),
    nodeGroups: known([
      aNodeGroup({ scaling: { minSize: 1, maxSize: 10, desiredSize: 6 }, update: { maxUnavailable } }),
      aNodeGroup({ name: 'canary', scaling: { minSize: 1, maxSize: 1, desiredSize: 1 } }),
    ]),
  });
  const intent = {
    version: '1.36',
    nodeGroups: { workers: { version: '1.36' }, canary: { version: '1.36' } },
    addOns: { coredns: { version: 'v1.13.0-eksbuild.1' } },
  };

  test('what has ended before it closes fits', () => {
    // 40 of the control plane, 62 of the nodes (3 + 15 + 2 × 17 + 10), 10 of coredns
    expect(judge(INSIDE, intent, { state: rolling(3) })).toMatchObject([{
      severity: 'info',
      reason: 'fits',
      data: { end: 'Sunday, 2026-11-22, 14:52 Europe/Berlin', closes: 'Sunday, 2026-11-22, 17:00 Europe/Berlin' },
    }]);
  });

  test('what may not have ended is warned of', () => {
    expect(judge('2026-11-22T15:00:00Z', intent, { state: rolling(3) })).toMatchObject([{
      severity: 'warning',
      reason: 'endsTooLate',
    }]);
    expect(judge(INSIDE, intent, { state: rolling(1) })).toMatchObject([{ severity: 'info' }]);
    expect(judge('2026-11-22T13:30:00Z', intent, { state: rolling(1) })).toMatchObject([{ severity: 'warning' }]);
  });

  test('waves and bakes come one after the other', () => {
    const schedule = {
      ...DEPLOYED,
      order: { canary: { after: [], bakeSeconds: 1800 }, workers: { after: ['canary'], bakeSeconds: 90 } },
      controlPlaneBakeSeconds: 600,
    };
    // 40 + 10 of the control plane, 45 + 30 of the canary, 62 + 2 of the workers, 10 of coredns
    expect(judge(INSIDE, intent, { state: rolling(3), schedule })).toMatchObject([
      { reason: 'fits', data: { end: 'Sunday, 2026-11-22, 16:19 Europe/Berlin' } },
    ]);
    const canaryStays = { nodeGroups: { workers: { version: '1.36' } } };
    expect(judge(INSIDE, canaryStays, { state: rolling(3), schedule })).toMatchObject([
      { reason: 'fits', data: { end: 'Sunday, 2026-11-22, 14:04 Europe/Berlin' } },
    ]);
  });

  test('an add-on goes on beside others of its place in the order, which the app may choose', () => {
    const both = aCluster({ nodeGroups: known([]), addOns: known([anAddOn(), anAddOn({ name: 'vpc-cni' })]) });
    const endWith = (isNeededByNodes?: boolean) => judge(INSIDE, {
      addOns: { 'coredns': { version: 'v1.13.0-eksbuild.1', isNeededByNodes }, 'vpc-cni': { version: 'v1.99.0-eksbuild.1' } },
    }, { state: both })[0].data.end;
    expect(endWith()).toBe('Sunday, 2026-11-22, 13:20 Europe/Berlin');
    expect(endWith(true)).toBe('Sunday, 2026-11-22, 13:10 Europe/Berlin');
  });

  test('is judged by the next window where the change comes after others', () => {
    expect(judge('2026-11-22T15:50:00Z', { version: '1.36' })).toMatchObject([{ severity: 'warning' }]);
  });
});

describe('a change calendar', () => {
  const calendar = (signal: Partial<CalendarSignal>) => aCluster({
    signals: { calendar: known({ name: 'freezes', isOpen: true, ...signal }) },
  });
  const schedule = { isDeployment: true };

  test('that is closed refuses what moves, and tells until when', () => {
    const state = calendar({ isOpen: false, nextTransition: '2027-01-04T08:00:00Z' });
    expect(judge(OUTSIDE, { version: '1.36' }, { state, schedule })).toMatchObject([{
      id: 'outside-window',
      severity: 'error',
      reason: 'calendarClosed',
      data: {
        calendar: 'freezes',
        until: 'Monday, 2027-01-04, 08:00 UTC',
        moving: ['the control plane'],
      },
    }]);
    expect(judge(OUTSIDE, { version: '1.36' }, { state, schedule: {} })).toMatchObject([{ severity: 'info' }]);
    expect(judge(OUTSIDE, { nodeGroups: { workers: { releaseVersion: '1.35.3-20261021' } } }, { state, schedule })).toEqual([]);
  });

  test('that is closed for ever says no time', () => {
    expect(judge(OUTSIDE, { version: '1.36' }, { state: calendar({ isOpen: false }), schedule }))
      .toMatchObject([{
        reason: 'calendarClosed', data: { calendar: 'freezes', moving: ['the control plane'] },
      }]);
  });

  test('that is open says nothing, unless it closes before the deployment has ended', () => {
    expect(judge(OUTSIDE, { version: '1.36' }, { state: calendar({}), schedule })).toEqual([]);
    expect(judge(
      OUTSIDE, { version: '1.36' }, { state: calendar({ nextTransition: '2026-11-22T17:30:00Z' }), schedule },
    )).toMatchObject([{ severity: 'warning' }]);
    expect(
      judge(OUTSIDE, { version: '1.36' }, { state: calendar({ nextTransition: '2026-11-22T17:40:00Z' }), schedule }),
    ).toMatchObject([{ severity: 'info' }]);
  });

  test('that closes before the next window opens says nothing of that', () => {
    const state = calendar({ nextTransition: '2026-11-23T08:00:00Z' });
    expect(judge(OUTSIDE, { version: '1.36' }, { state, schedule: { windows: [WINDOW] } })).toMatchObject([
      { severity: 'info', reason: 'closed' },
      { severity: 'info', reason: 'fits', data: { closes: 'Sunday, 2026-11-29, 17:00 Europe/Berlin' } },
    ]);
  });

  test('that closes within the window ends it', () => {
    const state = calendar({ nextTransition: '2026-11-22T12:30:00Z' });
    expect(judge(INSIDE, { version: '1.36' }, { state })).toMatchObject([
      { severity: 'warning', reason: 'endsTooLate', data: { closes: 'Sunday, 2026-11-22, 13:30 Europe/Berlin' } },
    ]);
  });

  test('that cannot be read weighs like one that is closed', () => {
    const state = aCluster({ signals: { calendar: notKnown('not allowed to call ssm:GetCalendarState') } });
    expect(judge(OUTSIDE, { version: '1.36' }, { state, schedule }))
      .toMatchObject([
        { id: 'outside-window:unknown', severity: 'error', unknown: true, reason: 'calendarUnread', data: { why: expect.stringContaining('ssm:GetCalendarState') } },
      ]);
  });
});

test('without windows and calendar anything moves at any time', () => {
  expect(judge(OUTSIDE, { version: '1.36' }, { schedule: { isDeployment: true } })).toEqual([]);
});

test('outside of the window, a launch template that cannot be read may hide a roll', () => {
  const state = aCluster({ launchTemplates: { workers: notKnown('throttled') } });
  expect(judge(OUTSIDE, {}, { state })).toMatchObject([
    { id: 'outside-window:unknown', severity: 'error', reason: 'launchTemplateUnread', data: { nodeGroup: 'workers', why: 'throttled' } },
  ]);
  expect(judge(INSIDE, {}, { state })).toEqual([]);
});
