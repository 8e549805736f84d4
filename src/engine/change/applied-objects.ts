import { controllerOfChart, controllerOfImage } from '../kubernetes/controllers';
import { removalOf } from '../kubernetes/removed-apis';
import { AppObjects, ControllerUse, RemovedApiUse } from '../state/app-objects';

/** The custom resources of `aws-eks` and `aws-eks-v2` that apply manifests and install charts. */
export const MANIFEST_TYPE = 'Custom::AWSCDK-EKS-KubernetesResource';
export const CHART_TYPE = 'Custom::AWSCDK-EKS-HelmChart';

/** A value of a manifest or a chart, which is looked into part by part; what only the deployment knows is nothing. */
export interface AppliedValue {
  /** The parts of a list; none of anything else. */
  readonly items: readonly AppliedValue[];
  /** The texts of a list. */
  readonly texts: readonly string[];
  readonly text: string | undefined;
  /** The names of what an object holds. */
  readonly names: readonly string[];
  readonly isObject: boolean;
  readonly isList: boolean;
  /** What is found there; nothing where there is nothing. */
  at(...path: readonly string[]): AppliedValue;
}

/** An object of a manifest, and what it says of the pods that it makes; nothing for one that makes none. */
export interface AppliedObject {
  readonly object: AppliedValue;
  readonly kind?: string;
  readonly pod: AppliedValue;
  /** The containers of the pod, those that initialise it included. */
  readonly containers: readonly AppliedValue[];
}

/** A manifest or a chart. */
export interface Applied {
  /** The objects of a manifest, those in lists included. */
  readonly objects: readonly AppliedObject[];
  /** Of a Helm chart. */
  readonly chart?: { readonly name: string; readonly version?: string; readonly values: AppliedValue };
}

/** The objects of a manifest. */
export function appliedManifest(value: AppliedValue): Applied {
  return { objects: objectsIn(value) };
}

/** A chart, where its name is known. */
export function appliedChart(name: unknown, version: unknown, values: AppliedValue): Applied {
  return {
    objects: [],
    chart: typeof name !== 'string' ? undefined : { name, version: typeof version === 'string' ? version : undefined, values },
  };
}

function objectsIn(value: AppliedValue): AppliedObject[] {
  if (value.isList) return value.items.flatMap(objectsIn);
  if (!value.isObject) return [];
  const kind = value.at('kind').text;
  const items = kind?.endsWith('List') ? value.at('items') : undefined;
  return items?.isList ? objectsIn(items) : [objectOf(value, kind)];
}

function objectOf(object: AppliedValue, kind: string | undefined): AppliedObject {
  const pod = kind === 'Pod' ? object : kind === 'CronJob' ? object.at(
    'spec', 'jobTemplate', 'spec', 'template',
  ) : object.at('spec', 'template');
  return { object, kind, pod, containers: [...pod.at('spec', 'containers').items, ...pod.at('spec', 'initContainers').items] };
}

/**
 * What of a manifest or a chart says something about Kubernetes versions.
 *
 * @param construct its construct path
 */
export function appObjectsOf(construct: string, applied: Applied): AppObjects {
  return { removedApis: removedApisOf(construct, applied), controllers: controllersOf(construct, applied) };
}

function removedApisOf(construct: string, { objects }: Applied): RemovedApiUse[] {
  return objects.flatMap(({ object, kind }) => {
    const apiVersion = object.at('apiVersion').text;
    const removal = apiVersion !== undefined && kind !== undefined ? removalOf(apiVersion, kind) : undefined;
    return removal ? [{ construct, apiVersion: apiVersion!, kind: kind!, name: object.at('metadata', 'name').text, ...removal }] : [];
  });
}

function controllersOf(construct: string, { objects, chart }: Applied): ControllerUse[] {
  const images = objects.flatMap(({ containers }) => containers).flatMap((container) => container.at('image').text ?? []);
  const ofImages = images.flatMap((image) => controllerOfImage(image) ?? []).map((found) => ({ construct, ...found }));
  return [...new Map(
    [...ofImages, ...chart ? controllersOfChart(construct, chart) : []].map((use) => [`${use.controller} ${use.version}`, use]),
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
