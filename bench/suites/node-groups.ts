/**
 * 1 to 2,000 node groups: the resource by hand, the plain L2 and this library.
 */
import { phaseTable, totalRatio as ratioOfTotals } from './phases';
import { GROUPS_PER_STACK, KINDS, lookedUpReleases } from '../apps/node-group-kinds';
import { measure, timesOf, type Sample, type Samples } from '../measure';
import { atMost, percent, ratio, type Aim, type Section } from '../section';
import { ratioOf, type Spread } from '../statistics';
import type { Workshop } from '../workshop';

const OURS = ['node-groups-pinned', 'node-groups-looked-up'] as const;
const COMPARED = ['node-groups-l2', ...OURS] as const;
const ALL = ['node-groups-l1', ...COMPARED] as const;

const TITLES: Record<typeof ALL[number], string> = {
  'node-groups-l1': 'L1, `CfnNodegroup`',
  'node-groups-l2': 'L2, `eks.Nodegroup`',
  'node-groups-pinned': 'this library, pinned releases',
  'node-groups-looked-up': 'this library, looked-up releases',
};

const { 'node-groups-l1': _l1, ...VALIDATED_TITLES } = TITLES;

const SIZES = [1, 100, 1000, 2000];

export interface Rounds {
  readonly plain: number;
  /** Template validation takes the CDK seconds. */
  readonly validated: number;
}

export async function measureNodeGroups(workshop: Workshop, rounds: Rounds): Promise<Section> {
  const common = { context: lookedUpReleases(), sameResources: true };
  const plain = await measure(workshop, { ...common, apps: ALL, sizes: SIZES, rounds: rounds.plain });
  const validated = await measure(workshop, {
    ...common, apps: COMPARED, sizes: [1000], rounds: rounds.validated, validateTemplates: true,
  });

  return {
    title: 'Node groups',
    text: [
      `Every app synthesises the same resources, which is checked: node groups of ${KINDS.length} AMI types in turn `
      + `(${KINDS.map(({ amiType, instanceType }) => `${amiType} on ${instanceType}`).join(', ')}), Kubernetes version and release version set, `
      + 'one imported node role, two subnets of an imported VPC, an imported cluster, the L2\'s default scaling, no forced updates, '
      + `up to ${GROUPS_PER_STACK} groups in a stack; no feature flags; the same context. The L2 has no property for the Kubernetes version: `
      + 'its app sets it on the resource. A node role for each group would be the same work in all apps and would flatter the ratios.',
      'Loading is what `aws-cdk-lib` (App, Stack), `aws-ec2`, `aws-iam` and `aws-eks-v2` take until their classes are there, '
      + 'then what the library takes on top. Total is from the first line of the app to the end of its synthesis, without the start of Node.js. '
      + 'Times are milliseconds, median (min–max); ratios are formed within each round.',
      'Template validation, which the CDK does by default, is off but in the last table: it takes seconds in every app alike and would hide the rest.',
    ],
    tables: [
      ...[...plain].map(([size, samples]) => phaseTable(
        `Node groups: ${size.toLocaleString('en')}; rounds: ${rounds.plain}`, samples, TITLES, 'node-groups-l2',
      )),
      phaseTable(
        `Node groups: 1,000, templates validated by the CDK; rounds: ${rounds.validated}`, validated.get(1000)!,
        VALIDATED_TITLES, 'node-groups-l2',
      ),
    ],
    aims: [
      ...OURS.map((app) => atMost(
        `1,000 groups, total: ${TITLES[app]} / L2`, totalRatio(plain.get(1000)!, app), 1.04, ratio)),
      ...OURS.map((app) => atMost(
        `1,000 groups, total with the CDK's template validation: ${TITLES[app]} / L2`, totalRatio(validated.get(1000)!, app), 1.01, ratio)),
      ...OURS.map((app) => growthAim(app, plain)),
      atMost('loading the library, of loading aws-cdk-lib', loadRatio(plain.get(1)!['node-groups-pinned']), 0.08, percent),
    ],
  };
}

type Compared = Samples<typeof COMPARED[number]>;

function totalRatio(samples: Compared, app: typeof COMPARED[number]): Spread {
  return ratioOfTotals(samples[app], samples['node-groups-l2']);
}

function loadRatio(samples: readonly Sample[]): Spread {
  return ratioOf(timesOf(samples, 'loadLibrary'), timesOf(samples, 'loadCdk'));
}

/** Between large apps: in small ones Node.js has not optimised the code yet, which would hide a growth that is not linear. */
function growthAim(app: typeof OURS[number], plain: ReadonlyMap<number, Compared>): Aim {
  const timePerGroup = (size: number) => plain.get(size)![app].map(({ times }) => (times.construct + times.synthesise) / size);
  return atMost(`growth: construction and synthesis for each group, 2,000 / 1,000 groups: ${TITLES[app]}`,
    ratioOf(timePerGroup(2000), timePerGroup(1000)), 1.1, ratio);
}
