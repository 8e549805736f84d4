import { unsentSteps } from '../../../src/cli/rollback/unsent-steps';
import { AddOnIntent } from '../../../src/engine/change/upgrade-intent';
import { WantedCluster } from '../../../src/engine/judgement/wanted-cluster';
import { leavesOpen } from '../../../src/engine/plan/messages';
import { AddOnStep } from '../../../src/engine/plan/plan-step';
import { known } from '../../../src/engine/state/known';
import { aCluster, anAddOn } from '../../engine/a-cluster';

const [OLDEST, OLDER, LIVE] = ['v1.34.0-eksbuild.1', 'v1.35.0-eksbuild.1', 'v1.36.0-eksbuild.1'];

const back = (from: string, to: string): AddOnStep => ({ kind: 'add-on', name: 'kube-proxy', from, to });

const unsent = (addOn: AddOnIntent, ...steps: AddOnStep[]) => unsentSteps(steps, {
  intent: { addOns: { 'kube-proxy': addOn } },
  state: aCluster({ addOns: known([anAddOn({ name: 'kube-proxy', version: LIVE })]) }),
} as unknown as WantedCluster);

test('an add-on that was moved by hand is not sent where the deployed template pins the older version already', () => {
  expect(unsent({ version: OLDER, previousVersion: OLDER }, back(LIVE, OLDER))).toEqual([
    leavesOpen.pinNotSent({ cluster: aCluster().name, addOn: 'kube-proxy', pinned: OLDER, live: LIVE, next: OLDER, region: 'us-east-1' }),
  ]);
});

test.each<[string, AddOnIntent]>([
  ['pins another version', { version: LIVE, previousVersion: LIVE }],
  ['pins none', { policy: 'recommended' }],
  ['pins it, but the last update failed', { version: OLDER, previousVersion: OLDER, isResent: true }],
])('it is sent where the deployed template %s', (_, addOn) => {
  expect(unsent(addOn, back(LIVE, OLDER))).toEqual([]);
});

test('what an earlier step has sent is sent again', () => {
  expect(unsent({ version: OLDEST, previousVersion: OLDEST }, back(LIVE, OLDER), back(OLDER, OLDEST))).toEqual([]);
});
