import { nodeGroupInWords } from '../change/construct-names';

/** One act on the way to a version. Acts are done one after the other, each awaited. */
export type PlanStep = ControlPlaneStep | NodeGroupStep | NodeGroupReplacement | AddOnStep;

/** The control plane moves by one minor. */
export interface ControlPlaneStep {
  readonly kind: 'control-plane';
  readonly from: string;
  readonly to: string;
}

/** What may be of somebody else than the app. */
interface OfAnyone {
  /** Whether it is not in the app, whose deployments leave it alone. */
  readonly isExternal?: true;
}

/** A node group is rolled to another Kubernetes version. */
export interface NodeGroupStep extends OfAnyone {
  readonly kind: 'node-group';
  readonly name: string;
  /** Where its construct is, as `cdk diff` shows it; absent where the app names the node group, or is not known. */
  readonly constructPath?: string;
  /** Absent when it is not known. */
  readonly from?: string;
  readonly to: string;
  /** The recommended AMI release, where it is known. */
  readonly releaseVersion?: string;
  /** The image of one's own that the launch template shall name, where it is known; as people know it. */
  readonly image?: { readonly id: string; readonly label: string };
  /** `launch template` with a custom AMI, which only a new version of that changes, and where it changes without a version. */
  readonly by: 'version' | 'launch template';
}

/** A node group gives way to one with another AMI type, since EKS publishes no AMI of its own type for the version. */
export interface NodeGroupReplacement extends OfAnyone {
  readonly kind: 'node-group-replacement';
  readonly name: string;
  /** Where its construct is, as `cdk diff` shows it; absent where the app names the node group, or is not known. */
  readonly constructPath?: string;
  readonly amiType: string;
  readonly to: string;
}

/** An add-on is updated. */
export interface AddOnStep extends OfAnyone {
  readonly kind: 'add-on';
  readonly name: string;
  readonly from: string;
  readonly to: string;
  /** Whether the app gets it there with a pin only, and what it says of the add-on today would not. */
  readonly isPinned?: boolean;
}

/** What has moved is watched, before what waits for it moves. */
export interface BakeStep {
  readonly kind: 'bake';
  /** The node group; absent for the control plane. */
  readonly name?: string;
  /** Where the node group's construct is, as `cdk diff` shows it. */
  readonly constructPath?: string;
  /** Construct paths of the alarms that must not fire meanwhile. */
  readonly alarms: readonly string[];
}

/** Whether nodes are exchanged for another version of the launch template alone, with the versions that they have. */
export function isRelaunch(step: PlanStep | BakeStep): boolean {
  return step.kind === 'node-group' && step.by === 'launch template' && step.image === undefined && step.from === step.to;
}

/** Whether a deployment of the app does not take a step. */
export function isExternal(step: PlanStep | BakeStep): boolean {
  return 'isExternal' in step && step.isExternal === true;
}

/** Whether there are steps, and a deployment of the app takes none of them. */
export function areOfOthers(steps: readonly (PlanStep | BakeStep)[]): boolean {
  return steps.length > 0 && steps.every(isExternal);
}

/** A step as a line of a plan. */
export function describePlanStep(step: PlanStep | BakeStep): string {
  return describeAct(step) + (isExternal(step) ? ' (not in this app: move it where it is made)' : '');
}

function describeAct(step: PlanStep | BakeStep): string {
  switch (step.kind) {
    case 'control-plane':
      return `control plane from ${step.from} to ${step.to}`;
    case 'node-group':
      if (isRelaunch(step)) {
        return `node group ${nodeGroupInWords(step.name, step.constructPath)} at ${step.to}, nodes exchanged by a new version of its launch template`;
      }
      return `node group ${nodeGroupInWords(step.name, step.constructPath)} ${step.from ? `from ${step.from} ` : ''}to `
        + `${step.releaseVersion ? `${step.to}, release ${step.releaseVersion}` : step.to}`
        + (step.image ? `, image ${step.image.label}` : '')
        + (step.by === 'launch template' ? ', by a new version of its launch template' : '');
    case 'node-group-replacement':
      return `node group ${nodeGroupInWords(step.name, step.constructPath)} replaced by one with another AMI type and ${step.to}: `
        + `${step.amiType} is not published for it`;
    case 'add-on':
      return `add-on ${step.name} from ${step.from} to ${step.to}${step.isPinned ? ', pinned' : ''}`;
    case 'bake':
      return `bake of ${
        step.name === undefined ? 'the control plane' : `node group ${nodeGroupInWords(step.name, step.constructPath)}`
      }${describeAlarms(step.alarms)}`;
  }
}

/** What fails a bake, beside what EKS says: ` (alarm Prod/Errors)`. */
export function describeAlarms(alarms: readonly string[]): string {
  return alarms.length === 0 ? '' : ` (${alarms.length === 1 ? 'alarm' : 'alarms'} ${alarms.join(', ')})`;
}
