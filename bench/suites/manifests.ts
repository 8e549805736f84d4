/**
 * What it takes to look at the manifests of an app.
 */
import { phaseTable } from './phases';
import { measure, timesOf } from '../measure';
import { atMost, ratio, type Section } from '../section';
import { ratioOf } from '../statistics';
import type { Workshop } from '../workshop';

const APPS = ['manifests-not-judged', 'manifests-judged'] as const;

const TITLES: Record<typeof APPS[number], string> = {
  'manifests-not-judged': 'this library, without the look at them',
  'manifests-judged': 'this library',
};

const MANIFESTS = 300;

export async function measureManifests(workshop: Workshop, rounds: number): Promise<Section> {
  const samples = (await measure(workshop, { apps: APPS, sizes: [MANIFESTS], rounds, sameResources: true })).get(MANIFESTS)!;
  const [totals, looks] = [timesOf(samples['manifests-judged'], 'total'), timesOf(samples['manifests-judged'], 'part')];
  return {
    title: 'Manifests',
    text: [
      `A cluster with ${MANIFESTS} manifests of two objects each, a Deployment and a PodDisruptionBudget, 3 kB of JSON with a value that only the deployment knows: what it takes to `
      + 'look for APIs that Kubernetes stops serving, for versions of controllers, and for changes of behaviour. The aim is held against a clock around these looks, in the same run: '
      + 'two apps, as in the table, are further apart by chance than by the looks.',
    ],
    tables: [phaseTable(`Manifests: ${MANIFESTS}; rounds: ${rounds}`, samples, TITLES, 'manifests-not-judged', 'without')],
    aims: [atMost(
      `${MANIFESTS} manifests, total: with a look at them / without`,
      ratioOf(totals, totals.map((total, round) => total - looks[round])), 1.02, ratio,
    )],
  };
}
