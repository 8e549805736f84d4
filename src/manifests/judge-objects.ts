import { IConstruct } from 'constructs';
import { Applied, KubernetesObject, podSpecOf } from './kubernetes-objects';
import { inform, warn } from '../diagnostics/annotations';
import { behaviourChange, ChangedBehaviour } from '../engine/kubernetes/behaviour-changes';
import { controllerMisfit, controllerOfChart, controllerOfImage } from '../engine/kubernetes/controllers';
import { KubernetesMinor } from '../engine/kubernetes/kubernetes-minor';
import { API_REMOVALS_URL, isGoneIn, removalOf } from '../engine/kubernetes/removed-apis';
import { AppObjects, ControllerUse, RemovedApiUse } from '../engine/state/app-objects';

/** What of the manifests and charts of an app says something about Kubernetes versions. */
export function appObjects(applied: readonly Applied[]): AppObjects {
  return {
    removedApis: applied.flatMap(removedApisOf),
    controllers: applied.flatMap(controllersOf),
  };
}

function removedApisOf({ construct, objects }: Applied): RemovedApiUse[] {
  return objects.flatMap(({ apiVersion, kind, metadata }) => {
    if (typeof apiVersion !== 'string' || typeof kind !== 'string') return [];
    const removal = removalOf(apiVersion, kind);
    const name = (metadata as KubernetesObject | undefined)?.name;
    return removal ? [{ construct: construct.node.path, apiVersion, kind, name: typeof name === 'string' ? name : undefined, ...removal }] : [];
  });
}

function controllersOf({ construct, objects, chart }: Applied): ControllerUse[] {
  const path = construct.node.path;
  const ofImages = objects.flatMap(imagesOf).flatMap((image) => controllerOfImage(image) ?? []).map((found) => ({ construct: path, ...found }));
  return [...new Map([...ofImages, ...chart ? controllersOfChart(path, chart) : []].map((use) => [`${use.controller} ${use.version}`, use])).values()];
}

/** The version of a chart is that of its controller, or the values name its image. */
function controllersOfChart(construct: string, { name, version, values }: NonNullable<Applied['chart']>): ControllerUse[] {
  const { tag } = ((values as KubernetesObject | undefined)?.image ?? {}) as KubernetesObject;
  const ofImage = typeof tag === 'string' ? controllerOfImage(`${name.slice(name.lastIndexOf('/') + 1)}:${tag}`) : undefined;
  if (ofImage) return [{ construct, ...ofImage }];
  const controller = controllerOfChart(name);
  return controller !== undefined && version !== undefined ? [{ construct, controller, version: version.replace(/^v/, '') }] : [];
}

function imagesOf(object: KubernetesObject): string[] {
  const { containers = [], initContainers = [] } = podSpecOf(object) ?? {};
  return [containers, initContainers].flat().map((container) => (container as KubernetesObject | undefined)?.image)
    .filter((image): image is string => typeof image === 'string');
}

/** Says of manifests and charts, each on its construct, what does not fit the Kubernetes version that the app wants, or the next one. */
export function reportObjects(applied: readonly Applied[], kubernetesVersion: string): void {
  for (const one of applied) {
    reportRemovedApis(one.construct, removedApisOf(one), kubernetesVersion);
    reportControllers(one.construct, controllersOf(one), kubernetesVersion);
    behavioursOf(one).forEach((behaviour) => reportBehaviour(one.construct, behaviour, kubernetesVersion));
  }
}

function reportRemovedApis(construct: IConstruct, uses: readonly RemovedApiUse[], kubernetesVersion: string): void {
  const next = KubernetesMinor.parse(kubernetesVersion).plus(1).toString();
  const gone = uses.filter(({ removedIn }) => isGoneIn(next, removedIn));
  if (gone.length === 0) return;
  const said = gone.map(({ apiVersion, kind, name, removedIn, replacement }) => `${apiVersion} ${kind}${name === undefined ? '' : ` '${name}'`}, gone in ${removedIn}, `
    + (replacement === undefined ? 'for which Kubernetes names no replacement' : `use ${replacement}`));
  const version = gone.some(({ removedIn }) => isGoneIn(kubernetesVersion, removedIn)) ? kubernetesVersion : `${next}, the next version,`;
  warn(construct, 'removedApi', `Kubernetes ${version} does not serve what this manifest applies: ${said.join('; ')} (${API_REMOVALS_URL})`);
}

function reportControllers(construct: IConstruct, uses: readonly ControllerUse[], kubernetesVersion: string): void {
  for (const { controller, version } of uses) {
    const misfit = controllerMisfit(controller, version, kubernetesVersion);
    if (misfit) {
      warn(construct, 'controllerVersion', `${controller} ${version} does not fit Kubernetes ${kubernetesVersion}: ${misfit.why}, else ${misfit.consequence} `
        + `(${misfit.source}, as of ${misfit.asOf})`);
    }
  }
}

/** Says what Kubernetes treats otherwise in a version. */
export function reportBehaviour(construct: IConstruct, behaviour: ChangedBehaviour, kubernetesVersion: string): void {
  const change = behaviourChange(behaviour, kubernetesVersion);
  if (change !== undefined) inform(construct, 'changedBehaviour', change);
}

function behavioursOf({ objects, chart }: Applied): ChangedBehaviour[] {
  const volumes = objects.flatMap((object): unknown => podSpecOf(object)?.volumes) as (KubernetesObject | null | undefined)[];
  const hasGitRepo = volumes.some((volume) => volume?.gitRepo !== undefined);
  return [...hasGitRepo ? ['git-repo-volume' as const] : [], ...chart && /(^|\/)ingress-nginx$/.test(chart.name) ? ['ingress-nginx' as const] : []];
}
