import { Applied, appliedChart, appliedManifest, appObjectsOf, CHART_TYPE, MANIFEST_TYPE } from './applied-objects';
import { TemplateJson } from './template-json';
import { AppObjects } from '../state/app-objects';
import { Template } from '../state/deployed-stack';

/**
 * What the manifests and charts of a template put into a cluster. Those without the path of a construct are told in the metadata of
 * the template.
 *
 * @param isOfCluster whether the name of a cluster, as a resource gives it, is that of the cluster
 */
export function objectsInTemplate({ Resources = {} }: Template, isOfCluster: (clusterName: unknown) => boolean): AppObjects {
  const found = Object.values(Resources).flatMap(({ Type, Properties = {}, Metadata }) => {
    const path = Metadata?.['aws:cdk:path'];
    const applied = path !== undefined && isOfCluster(Properties.ClusterName) ? appliedBy(Type, Properties) : undefined;
    return applied ? [appObjectsOf(constructAt(path!), applied)] : [];
  });
  return joined(found);
}

/** All objects of several places. */
export function joined(objects: readonly AppObjects[]): AppObjects {
  return { removedApis: objects.flatMap(({ removedApis }) => removedApis), controllers: objects.flatMap(({ controllers }) => controllers) };
}

function appliedBy(type: string, { Manifest, Chart, Version, Values }: Readonly<Record<string, unknown>>): Applied | undefined {
  switch (type) {
    case MANIFEST_TYPE: return appliedManifest(TemplateJson.of(Manifest));
    case CHART_TYPE: return appliedChart(Chart, Version, TemplateJson.of(Values));
    default: return undefined;
  }
}

/** The construct that people know: a custom resource stands between. */
function constructAt(path: string): string {
  return path.split('/').slice(0, -2).join('/');
}
