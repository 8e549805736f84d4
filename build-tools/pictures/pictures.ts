import { clusterChoice } from './cluster-choice';
import { folderMap } from './folder-map';
import { planChart } from './plan-chart';
import { quickstartDiff } from './quickstart-diff';
import { rehearsal } from './rehearsal';
import { stackStates } from './stack-states';
import { terminal } from './terminal';
import { upgradeOrder } from './upgrade-order';

/** The pictures of `docs/pictures`, by name. */
export const PICTURES: Readonly<Record<string, () => string | Promise<string>>> = {
  'upgrade-order': upgradeOrder,
  'cluster-choice': clusterChoice,
  'stack-states': stackStates,
  'rehearsal': rehearsal,
  'folders': folderMap,
  'cdk-diff': async () => terminal(await quickstartDiff(), 'cdk diff of the quickstart with the preview above it: Kubernetes 1.35 to 1.36'),
  'plan': async () => planChart({
    example: 'quickstart', stack: 'Quickstart', to: '1.37', label: 'The chart of a plan: each step as a bar from its start to its end',
  }),
  'canary': async () => planChart({
    example: 'canary-node-group', stack: 'Platform', to: '1.37', label: 'A canary rolls and bakes for half an hour, then all other node groups roll side by side',
  }),
};
