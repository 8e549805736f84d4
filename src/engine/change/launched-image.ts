import { literal } from './cluster-in-templates';
import { referencesIn } from './template-references';
import { LAUNCH_TEMPLATE_TYPE, TemplateResources } from '../state/deployed-stack';

/** The image that the launch template of a node group names, where it is in the same stack and does not leave that to the deployment. */
export function launchedImageIn(resources: TemplateResources, nodeGroupId: string): string | undefined {
  const referred = referencesIn(resources[nodeGroupId]?.properties.LaunchTemplate).map((id) => resources[id]);
  const template = referred.find((resource) => resource?.type === LAUNCH_TEMPLATE_TYPE);
  return literal((template?.properties.LaunchTemplateData as { readonly ImageId?: unknown } | undefined)?.ImageId);
}
