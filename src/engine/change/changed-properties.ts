import { isDeepStrictEqual } from 'node:util';
import { withCrossStackReferences } from './cross-stack-references';
import { referencesIn } from './template-references';
import { CREATE_ONLY_PROPERTIES } from '../eks/create-only-properties';
import { AWS_EKS_CLUSTER_TYPE, LAUNCH_TEMPLATE_TYPE, TemplateResource, TemplateResources } from '../state/deployed-stack';

/**
 * The names of the properties in which a resource of a template differs from the same one of another template; none when one of
 * them lacks it.
 *
 * A launch template in the same stack counts as part of the property that follows its latest version: a new version changes the
 * property's value, though not its text. So does another launch template in its place, which has another ID.
 */
export function changedProperties(logicalId: string, before: TemplateResources, after: TemplateResources): string[] {
  const [old, wanted] = [before[logicalId]?.properties, after[logicalId]?.properties];
  if (!old || !wanted) return [];
  return [...new Set([...Object.keys(old), ...Object.keys(wanted)])]
    .filter((name) => !isDeepStrictEqual(withLaunchTemplates(old[name], before), withLaunchTemplates(wanted[name], after)))
    .sort();
}

/**
 * The properties for whose change CloudFormation replaces a resource: nested ones with dots, such as
 * `KubernetesNetworkConfig.IpFamily`.
 */
export function replacingProperties(logicalId: string, before: TemplateResources, after: TemplateResources): string[] {
  const [old, wanted] = [before[logicalId], after[logicalId]];
  if (!old || !wanted || old.type !== wanted.type) return [];
  return (CREATE_ONLY_PROPERTIES[wanted.type] ?? []).filter((path) => !isDeepStrictEqual(valueAt(old, path), valueAt(wanted, path)));
}

/** The custom resource of `aws-eks` takes what it is not told as `true`; CloudFormation knows no defaults. */
function valueAt({ type, properties }: TemplateResource, path: string): unknown {
  const value = path.split('.').reduce<unknown>(
    (inner, name) => (inner as Readonly<Record<string, unknown>> | undefined)?.[name], properties,
  );
  const isSwitch = type === AWS_EKS_CLUSTER_TYPE && /\.bootstrap\w+$/.test(path);
  return isSwitch ? String(value ?? true) : withCrossStackReferences(value);
}

function withLaunchTemplates(value: unknown, resources: TemplateResources): unknown[] {
  const templates = referencesIn(value).filter((id) => resources[id]?.type === LAUNCH_TEMPLATE_TYPE).map((id) => resources[id].properties);
  const followed = followsLatest(value) ? templates : [];
  const [names, data] = [templates.map(({ LaunchTemplateName: name }) => name), followed.map(({ LaunchTemplateData: each }) => each)];
  return [withCrossStackReferences(value), ...names, ...data];
}

/**
 * Whether a launch template specification gives the version as an expression other than the default version, which stays the first.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-launch-templates.html
 */
function followsLatest(value: unknown): boolean {
  const { Version: version } = (value ?? {}) as { readonly Version?: unknown };
  return typeof version === 'object' && version !== null && !JSON.stringify(version).includes('DefaultVersionNumber');
}
