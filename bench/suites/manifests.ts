/**
 * What it takes to look at the manifests of an app.
 */
import { phaseTable, totalRatio } from './phases';
import { measure } from '../measure';
import { atMost, ratio, type Section } from '../section';
import type { Workshop } from '../workshop';

const APPS = ['manifests-not-judged', 'manifests-judged'] as const;

const TITLES: Record<typeof APPS[number], string> = {
  'manifests-not-judged': 'this library, without the look at them',
  'manifests-judged': 'this library',
};

const MANIFESTS = 300;

export async function measureManifests(workshop: Workshop, rounds: number): Promise<Section> {
  const samples = (await measure(workshop, { apps: APPS, sizes: [MANIFESTS], rounds, sameResources: true })).get(MANIFESTS)!;
  return {
    title: 'Manifests',
    text: [
      `A cluster with ${MANIFESTS} manifests of two objects each, a Deployment and a PodDisruptionBudget, 3 kB of JSON with a value that only the deployment knows: what it takes to `
      + 'look for APIs that Kubernetes stops serving, and for versions of controllers.',
    ],
    tables: [phaseTable(`Manifests: ${MANIFESTS}; rounds: ${rounds}`, samples, TITLES, 'manifests-not-judged', 'without')],
    aims: [atMost(
      `${MANIFESTS} manifests, total: with a look at them / without`, totalRatio(samples['manifests-judged'], samples['manifests-not-judged']), 1.02, ratio)],
  };
}
