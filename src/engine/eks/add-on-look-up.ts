import { TrackedAddOnPlace } from './tracked-add-on';

/*
 * What an app and the plugin of the CDK's CLI say to each other about a tracked version of an add-on. The CLI keeps the answer,
 * an entry, in `cdk.context.json`.
 */

/** The name by which the CLI finds the plugin's context provider. */
export const ADD_ON_PROVIDER = 'cdk-eks-upgrades-add-on';

/** The environment variable by which the plugin tells an app that it looks up versions of add-ons. */
export const ADD_ON_VARIABLE = 'CDK_EKS_UPGRADES_ADD_ON_PLUGIN';

/** What the app asks. */
export interface AddOnLookUp extends TrackedAddOnPlace {
  /** What the app has tracked for the minor before. */
  readonly before?: string;
  /** Where the cluster is, so that its add-on can be looked at. */
  readonly live: LiveAddOnPlace;
}

/** Where to find the name of a cluster: it is one of these, or there is nothing to find yet. */
export interface LiveAddOnPlace {
  readonly clusterName?: string;
  /** The stack and the logical ID of a cluster whose name CloudFormation makes up. */
  readonly stackName?: string;
  readonly logicalId?: string;
}
