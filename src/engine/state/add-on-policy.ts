/**
 * Which of an add-on's versions is wanted: the one that EKS installs by default, the newest, or the installed one for as long as EKS
 * offers it for the control plane, and then the default.
 */
export type AddOnVersionPolicy = 'recommended' | 'latest' | 'keep-while-compatible';

/** Which of the versions that EKS offers is tracked: the one that EKS installs by default, or the newest. */
export type TrackedChoice = Extract<AddOnVersionPolicy, 'recommended' | 'latest'>;

/** How an app chooses the version of an add-on: at deployment, by its code, or by what `cdk.context.json` holds. */
export type AddOnPolicy = AddOnVersionPolicy | 'pinned' | 'tracked';
