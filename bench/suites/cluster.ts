/**
 * A whole cluster: written by hand on the L2s, and with this library.
 */
import { phaseTable, totalRatio } from './phases';
import { ADD_ONS } from '../apps/cluster-parts';
import { lookedUpReleases } from '../apps/node-group-kinds';
import { AssemblyFacts } from '../cloud-assembly';
import { measure, type Samples } from '../measure';
import { atMost, kilobytes, ratio, type Section, type Table } from '../section';
import { spreadOf } from '../statistics';
import type { Workshop } from '../workshop';

const APPS = ['cluster-l2', 'cluster-l2-function', 'cluster-upgradable'] as const;

const TITLES: Record<typeof APPS[number], string> = {
  'cluster-l2': 'by hand on the L2',
  'cluster-l2-function': 'by hand on the L2, and a Lambda function',
  'cluster-upgradable': 'this library',
};

/** What is judged; the others show that it does not depend on the number of node groups. */
const JUDGED = 20;
const LARGEST = 100;
const SIZES = [1, JUDGED, LARGEST];

export interface ClusterRounds {
  readonly plain: number;
  readonly validated: number;
}

export async function measureCluster(workshop: Workshop, rounds: ClusterRounds): Promise<Section> {
  const common = { apps: APPS, context: lookedUpReleases() };
  const plain = await measure(workshop, { ...common, sizes: SIZES, rounds: rounds.plain });
  const validated = await measure(workshop, { ...common, sizes: [JUDGED], rounds: rounds.validated, validateTemplates: true });
  const judged = plain.get(JUDGED)!;

  return {
    title: 'A cluster',
    text: [
      `One cluster with node groups of several AMI types and ${ADD_ONS.length} add-ons (${ADD_ONS.join(', ')}). By hand: Kubernetes version and release `
      + 'version of each group, the version of each add-on, and the dependencies between them written out. This library: its defaults, that '
      + 'is, looked-up releases, add-on versions resolved at deployment, and the guard.',
      'The row with a Lambda function of its own shows what `lambda.Function` and its asset take: the CDK loads a good part of itself and its table of '
      + 'regions. The function of this library is an L1.',
    ],
    tables: [
      phaseTable(`Node groups: ${JUDGED}; rounds: ${rounds.plain}`, judged, TITLES, 'cluster-l2'),
      phaseTable(
        `Node groups: ${JUDGED}, templates validated by the CDK; rounds: ${rounds.validated}`, validated.get(JUDGED)!,
        TITLES, 'cluster-l2',
      ),
      sizeTable(plain),
    ],
    aims: [
      atMost(`${JUDGED} groups, total: this library / L2`, totalRatio(judged['cluster-upgradable'], judged['cluster-l2']), 1.1, ratio),
      atMost(`${JUDGED} groups, total with the CDK's template validation: this library / L2`,
        totalRatio(validated.get(JUDGED)!['cluster-upgradable'], validated.get(JUDGED)!['cluster-l2']), 1.03, ratio),
      atMost(`${LARGEST} groups: template, kB more`, spreadOf([difference(plain.get(LARGEST)!, 'templateBytes') / 1000]), 25, kilobytes),
      ...[...plain].flatMap(([size, samples]) => [
        atMost(`${size} groups: resources more`, spreadOf([difference(samples, 'resources')]), 10, String),
        atMost(`${size} groups: Lambda functions more`, spreadOf([difference(samples, 'lambdaFunctions')]), 1, String),
      ]),
    ],
  };
}

type ClusterSamples = Samples<typeof APPS[number]>;

function difference(samples: ClusterSamples, fact: 'resources' | 'lambdaFunctions' | 'templateBytes'): number {
  return factsOf(samples, 'cluster-upgradable')[fact] - factsOf(samples, 'cluster-l2')[fact];
}

/** The same in every round. */
function factsOf(samples: ClusterSamples, app: typeof APPS[number]): AssemblyFacts {
  return samples[app][0].assembly;
}

function sizeTable(plain: ReadonlyMap<number, ClusterSamples>): Table {
  return {
    caption: 'What is synthesised',
    header: ['node groups', '', 'template, kB', 'resources', 'Lambda functions'],
    rows: [...plain].flatMap(([size, samples]) => APPS.map((app) => {
      const { templateBytes, resources, lambdaFunctions } = factsOf(samples, app);
      return [String(size), TITLES[app], kilobytes(templateBytes / 1000), String(resources), String(lambdaFunctions)];
    })),
  };
}
