import { Stack } from 'aws-cdk-lib';
import { CfnLaunchTemplate, InstanceType } from 'aws-cdk-lib/aws-ec2';
import type { CfnNodegroup } from 'aws-cdk-lib/aws-eks';
import { requireFit, requireOneArchitecture } from './ami-type-choice';
import { driversMissing } from './ami-type-concerns';
import { requireArchitecture } from './golden-node-group';
import { needsOf } from './instance-needs';
import { instanceTypesOf } from './launch-template';
import { hasGoldenImage, LATEST_VERSION, templateIn } from './launch-template-image';
import { says } from './messages';
import { NodeGroupPlan } from './node-group-plan';
import { refusedByEks } from './refused-launch-template';
import { warn } from '../diagnostics/annotations';
import { isOverridden, renderedProperties } from '../diagnostics/rendered-properties';
import { resourcesOfApp } from '../diagnostics/resources-of-app';
import { EksAmiType } from '../engine/ami/eks-ami-type';
import { Said } from '../engine/messages/message';
import { UpgradeError } from '../engine/messages/refusal';
import { sentence } from '../engine/messages/sentence';
import { LAUNCH_TEMPLATE_TYPE } from '../engine/state/deployed-stack';
import { CUSTOM_AMI_TYPE } from '../engine/state/node-group-state';

/** A node group, what was decided for it, and its resource and its launch template as the template has them. */
interface RenderedGroup {
  readonly resource: CfnNodegroup;
  readonly plan: NodeGroupPlan;
  /** The release that was found, or the image. */
  readonly releaseVersion: string;
  readonly properties: Record<string, any>;
  /** The launch template, where it is one of this app. */
  readonly template?: CfnLaunchTemplate;
  readonly data: Record<string, any>;
}

/**
 * Refuses, when the app is synthesised, a node group or a launch template that is rendered otherwise than it was planned: an
 * escape hatch, an Aspect or a later statement comes too late for the release, which is of one AMI type and one Kubernetes version.
 */
export function requireLastingPlan(resource: CfnNodegroup, plan: NodeGroupPlan, releaseVersion: string): void {
  resource.node.addValidation({
    validate: () => {
      const group = rendered(resource, plan, releaseVersion);
      const contradictions = [
        ...plan.golden ? ofGolden(group) : ofTracked(group),
        ...ofRollout(group),
        ...refusedByEks({ ...group, family: plan.choice.amiType?.family }),
        ...misfits(group),
      ];
      return contradictions.map((said) => `${sentence(said)} [${resource.node.scope!.node.path}]`);
    },
  });
}

function rendered(resource: CfnNodegroup, plan: NodeGroupPlan, releaseVersion: string): RenderedGroup {
  const properties = isOverridden(resource) ? renderedProperties(resource) : ownProperties(resource);
  const template = renderedTemplate(resource, properties.LaunchTemplate?.Id);
  const data = template && renderedProperties(template).LaunchTemplateData;
  return { resource, plan, releaseVersion, properties, template, data: data ?? {} };
}

/** What is looked at here of a resource without overrides: to render the whole of it takes its time in a large app. */
function ownProperties(resource: CfnNodegroup): Record<string, any> {
  const { amiType, version, releaseVersion, instanceTypes, diskSize, remoteAccess, launchTemplate } = resource;
  return {
    ...resource.stack.resolve({
      AmiType: amiType,
      Version: version,
      ReleaseVersion: releaseVersion,
      InstanceTypes: instanceTypes,
      DiskSize: diskSize,
      RemoteAccess: remoteAccess,
    }),
    LaunchTemplate: launchTemplate && ownTemplate(resource.stack, launchTemplate),
  };
}

/** The launch template of this app that a node group is rendered with: another one than it was given, if an override says so. */
function renderedTemplate({ stack, node, launchTemplate }: CfnNodegroup, id: any): CfnLaunchTemplate | undefined {
  const given = templateIn(launchTemplate);
  const { Id: givenId } = given ? ownTemplate(stack, launchTemplate) : { Id: undefined };
  if (given && JSON.stringify(id) === JSON.stringify(givenId)) return given; // by whatever leads to another stack, too
  const logicalId: unknown = id?.Ref ?? id?.['Fn::GetAtt']?.[0];
  const isIt = (template: CfnLaunchTemplate) => template.stack === stack && stack.resolve(template.logicalId) === logicalId;
  return logicalId === undefined ? undefined : (resourcesOfApp(node.scope!, LAUNCH_TEMPLATE_TYPE) as CfnLaunchTemplate[]).find(isIt);
}

function ownTemplate(stack: Stack, launchTemplate: CfnNodegroup['launchTemplate']): { readonly Id: unknown; readonly Version: unknown } {
  const { id, version } = stack.resolve(launchTemplate);
  return { Id: id, Version: version };
}

/** EKS looks for the release among those of the AMI type and the Kubernetes version, and takes none of the three with an image. */
function ofTracked({ resource, plan, releaseVersion, properties, template, data }: RenderedGroup): Said[] {
  const { stack } = resource;
  const chosenByEks = EksAmiType.AL2023_X86_64_STANDARD.apiName;
  const isRefused = template && data.ImageId !== undefined && !hasGoldenImage(template);
  const { id, scope } = resource.node.scope!.node;
  const named = () => says.imageInLaunchTemplate({ id, scope: scope!.node.path });
  // this is what EKS takes of a launch template that names an image
  if (properties.LaunchTemplate && (properties.Version ?? properties.ReleaseVersion) === undefined) return [named()];
  return [
    ...difference(stack, 'AmiType', properties.AmiType ?? chosenByEks, plan.choice.rendered ?? chosenByEks, 'eksAmiType'),
    ...difference(
      stack, 'Version', properties.Version, plan.group.kubernetesVersion, 'kubernetesVersion, or as the version of its cluster',
    ),
    ...difference(
      stack, 'ReleaseVersion', properties.ReleaseVersion, releaseVersion, "amiTracking, as in AmiTracking.pinned('1.36.2-20260714')",
    ),
    ...isRefused ? [named()] : [],
  ];
}

function ofGolden({ releaseVersion, properties, template, data }: RenderedGroup): Said[] {
  const besides = ['AmiType', 'Version', 'ReleaseVersion'].filter((property) =>
    properties[property] !== undefined && properties[property] !== CUSTOM_AMI_TYPE);
  return [
    ...besides.map((prop) => says.besideGoldenImage({ prop, value: textOf(properties[prop]) })),
    ...template ? difference(template.stack, 'LaunchTemplateData.ImageId', data.ImageId, releaseVersion, 'goldenImage') : [],
  ];
}

function difference(stack: Stack, property: string, value: unknown, planned: string, prop: string): Said[] {
  const wanted: unknown = stack.resolve(planned);
  if (JSON.stringify(value) === JSON.stringify(wanted)) return [];
  return [says.renderedOtherwise({ property, rendered: textOf(value), planned: textOf(wanted), prop })];
}

/** Nodes roll on purpose for a new version of the launch template only. */
function ofRollout({ plan: { props: { rollout } }, properties: { LaunchTemplate: given } }: RenderedGroup): Said[] {
  const isSeen = rollout === undefined || JSON.stringify(given ?? null).includes(LATEST_VERSION);
  return isSeen ? [] : [says.rolloutOfFixedVersion({ rollout })];
}

/** What the instance types that are rendered refuse; of those that only the deployment knows, nothing is said. */
function misfits({ resource, plan: { golden, choice: { amiType }, group, props }, properties, data }: RenderedGroup): Said[] {
  const types: unknown[] = [properties.InstanceTypes ?? data.InstanceType ?? []].flat();
  const needs = needsOf(types.filter((type): type is string => typeof type === 'string').map((type) => new InstanceType(type)));
  const isSaid = amiType && driversMissing(amiType, needsOf(instanceTypesOf(props))).length > 0;
  if (amiType && !isSaid) driversMissing(amiType, needs).forEach((concern) => warn(resource.node.scope!, concern));
  try {
    if (golden) requireArchitecture(golden.image, needs);
    else requireOneArchitecture(needs);
    if (amiType) requireFit(amiType, needs, group.kubernetesVersion);
    return [];
  } catch (error) {
    if (!(error instanceof UpgradeError)) throw error;
    return [error.said];
  }
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value) ?? 'nothing';
}
