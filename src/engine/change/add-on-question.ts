import { isDeepStrictEqual } from 'node:util';
import { AddOnVersionsProperties, TrackedAddOn } from './resource-properties';

/**
 * What the resolver of add-on versions is told, as far as it decides whether an add-on moves; as CloudFormation knows it, or as
 * a template says it.
 */
export type AddOnQuestion = { readonly [Name in keyof AddOnVersionsProperties]?: unknown };

/**
 * Whether a deployment asks anew which version an add-on is to have: when the Kubernetes version, the cluster or its own policy changes,
 * not because another add-on comes or goes.
 *
 * @param before absent when the resolver is new
 */
export function asksAnew(name: string, now: AddOnQuestion, before: AddOnQuestion | undefined): boolean {
  return !before
    || !isDeepStrictEqual(now.ClusterName, before.ClusterName)
    || !isDeepStrictEqual(now.KubernetesVersion, before.KubernetesVersion)
    || policyIn(now, name) !== policyIn(before, name);
}

function policyIn({ AddOns }: AddOnQuestion, name: string): string | undefined {
  return Array.isArray(AddOns) ? (AddOns as TrackedAddOn[]).find((addOn) => addOn.Name === name)?.Policy : undefined;
}
