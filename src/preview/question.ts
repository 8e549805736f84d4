import { TemplateAddOn } from '../engine/change/add-on-configuration';
import { NodeGroupAmi } from '../engine/change/cluster-in-templates';
import { ClusterDeclaration } from '../engine/declaration/cluster-declaration';
import { LookupRole, QuestionOfStack } from '../engine/declaration/lookup-role';
import { ReleaseDeclaration } from '../engine/declaration/release-declaration';
import { LiveView } from '../engine/state/live-view';

/*
 * What an app and the plugin of the CDK's CLI say to each other: the app asks one question by a context look-up, the plugin
 * answers it in the CLI's process, and the CLI runs the app again with the answer.
 */

/** The name by which the CLI finds the plugin's context provider. */
export const PREVIEW_PROVIDER = 'cdk-eks-upgrades';

/** The key of the answer in the context of the app: one for the whole app, whatever its clusters. */
export const PREVIEW_CONTEXT_KEY = 'cdk-eks-upgrades:preview';

/** The same of what came up in a stage after the question for the whole app. */
export function lateKeyOf(stage: string): string {
  return `${PREVIEW_CONTEXT_KEY}/${stage}`;
}

/** The environment variable by which the plugin tells an app that it is there to be asked; its value is a {@link PreviewMode}. */
export const PREVIEW_VARIABLE = 'CDK_EKS_UPGRADES_PREVIEW_PLUGIN';

/** Raised when question or answer take another form: plugin and library can be of different installations. */
export const PREVIEW_PROTOCOL = 1;

/** `strict` makes errors of what would be refused; `calm` makes no warnings of what would not, where a warning would end the command. */
export type PreviewMode = 'on' | 'strict' | 'calm';

/** What the app asks, by a stack of it. */
export interface PreviewQuestion extends QuestionOfStack {
  readonly protocol: number;
  readonly clusters: readonly ClusterDeclaration[];
  /** Tracked releases without a node group. */
  readonly releases: readonly ReleaseDeclaration[];
  /** By key of the environment. */
  readonly environments: Readonly<Record<string, PreviewEnvironment>>;
}

/** Where clusters live, and by which role the CLI looks things up there. */
export interface PreviewEnvironment {
  readonly account?: string;
  readonly region?: string;
  readonly lookupRole?: LookupRole;
  /** Names of its stacks, of which any may hold node groups or add-ons, or lose them. */
  readonly stacks: readonly string[];
  /** The logical IDs of the clusters in its templates, by name of the stack; unknown to older versions of this library. */
  readonly clusterIds?: Readonly<Record<string, readonly string[]>>;
  /** The add-ons that their templates configure; unknown to older versions of this library. */
  readonly addOns?: readonly TemplateAddOn[];
  /** The names of the add-ons in its templates that nothing declares; unknown to older versions of this library. */
  readonly furtherAddOns?: readonly string[];
  /** What the node groups in its templates are to run that nothing declares; unknown to older versions of this library. */
  readonly furtherAmis?: readonly NodeGroupAmi[];
}

/** What the plugin answers. */
export type PreviewAnswer = LiveView | PreviewFailure;

/** Why there is no preview at all. */
export interface PreviewFailure {
  readonly failure: string;
}
