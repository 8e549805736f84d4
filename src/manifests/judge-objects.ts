import { IConstruct } from 'constructs';
import { Applied } from './kubernetes-objects';
import { notes, warnings } from './messages';
import { behavioursOfObject } from './object-behaviours';
import { inform, warn } from '../diagnostics/annotations';
import { behaviourChange, ChangedBehaviour } from '../engine/kubernetes/behaviour-changes';
import { controllerMisfit, controllerOfChart, controllerOfImage } from '../engine/kubernetes/controllers';
import { KubernetesMinor } from '../engine/kubernetes/kubernetes-minor';
import { API_REMOVALS_URL, isGoneIn, removalOf } from '../engine/kubernetes/removed-apis';
import { AppObjects, ControllerUse, RemovedApiUse } from '../engine/state/app-objects';

/** What of a manifest or chart says something about Kubernetes versions. */
export interface Shown extends AppObjects {
  readonly construct: IConstruct;
  readonly behaviours: ReadonlySet<ChangedBehaviour>;
}

export function shownBy(applied: Applied): Shown {
  return {
    construct: applied.construct,
    removedApis: removedApisOf(applied),
    controllers: controllersOf(applied),
    behaviours: behavioursOf(applied),
  };
}

function removedApisOf({ construct, objects }: Applied): RemovedApiUse[] {
  return objects.flatMap(({ object, kind }) => {
    const apiVersion = object.at('apiVersion').text;
    const removal = apiVersion !== undefined && kind !== undefined ? removalOf(apiVersion, kind) : undefined;
    return removal ? [
      { construct: construct.node.path, apiVersion: apiVersion!, kind: kind!, name: object.at('metadata', 'name').text, ...removal },
    ] : [];
  });
}

function controllersOf({ construct, objects, chart }: Applied): ControllerUse[] {
  const path = construct.node.path;
  const images = objects.flatMap(({ containers }) => containers).flatMap((container) => container.at('image').text ?? []);
  const ofImages = images.flatMap((image) => controllerOfImage(image) ?? []).map((found) => ({ construct: path, ...found }));
  return [...new Map(
    [...ofImages, ...chart ? controllersOfChart(path, chart) : []].map((use) => [`${use.controller} ${use.version}`, use]),
  ).values()];
}

/** The version of a chart is that of its controller, or the values name its image. */
function controllersOfChart(construct: string, { name, version, values }: NonNullable<Applied['chart']>): ControllerUse[] {
  const tag = values.at('image', 'tag').text;
  const ofImage = tag === undefined ? undefined : controllerOfImage(`${name.slice(name.lastIndexOf('/') + 1)}:${tag}`);
  if (ofImage) return [{ construct, ...ofImage }];
  const controller = controllerOfChart(name);
  return controller !== undefined && version !== undefined ? [{ construct, controller, version: version.replace(/^v/, '') }] : [];
}

/** Says of a manifest or chart, on its construct, what does not fit the Kubernetes version that the app wants, or the next one. */
export function reportShown({ construct, removedApis, controllers, behaviours }: Shown, kubernetesVersion: string): void {
  reportRemovedApis(construct, removedApis, kubernetesVersion);
  reportControllers(construct, controllers, kubernetesVersion);
  behaviours.forEach((behaviour) => reportBehaviour(construct, behaviour, kubernetesVersion));
}

function reportRemovedApis(construct: IConstruct, uses: readonly RemovedApiUse[], kubernetesVersion: string): void {
  const next = KubernetesMinor.parse(kubernetesVersion).plus(1).toString();
  const gone = uses.filter(({ removedIn }) => isGoneIn(next, removedIn));
  if (gone.length === 0) return;
  const said = gone.map(({
    apiVersion, kind, name, removedIn, replacement,
  }) => `${apiVersion} ${kind}${name === undefined ? '' : ` '${name}'`}, gone in ${removedIn}, `
    + (replacement === undefined ? 'for which Kubernetes names no replacement' : `use ${replacement}`));
  const isNext = !gone.some(({ removedIn }) => isGoneIn(kubernetesVersion, removedIn));
  warn(construct, warnings.removedApi({ version: isNext ? next : kubernetesVersion, isNext, uses: said, source: API_REMOVALS_URL }));
}

function reportControllers(construct: IConstruct, uses: readonly ControllerUse[], kubernetesVersion: string): void {
  for (const { controller, version } of uses) {
    const misfit = controllerMisfit(controller, version, kubernetesVersion);
    if (misfit) {
      const { why, consequence, source, asOf } = misfit;
      warn(construct, warnings.controllerVersion({ controller, version, kubernetesVersion, why, consequence, source, asOf }));
    }
  }
}

/** Says what Kubernetes treats otherwise in a version. */
export function reportBehaviour(construct: IConstruct, behaviour: ChangedBehaviour, kubernetesVersion: string): void {
  const change = behaviourChange(behaviour, kubernetesVersion);
  if (change !== undefined) inform(construct, notes.changedBehaviour({ change }));
}

function behavioursOf({ objects, chart }: Applied): ReadonlySet<ChangedBehaviour> {
  return new Set([
    ...objects.flatMap(behavioursOfObject), ...chart && /(^|\/)ingress-nginx$/.test(chart.name) ? ['ingress-nginx' as const] : [],
  ]);
}
