import * as fc from 'fast-check';
import { KubernetesMinor } from '../../../src/engine/kubernetes/kubernetes-minor';
import { isGoneIn, removalOf, replacementIn } from '../../../src/engine/kubernetes/removed-apis';
import { REMOVED_APIS } from '../../../src/engine/kubernetes/removed-apis-data';

/** As the Kubernetes project tells it in its guide to removed APIs, and serves it. */
test.each([
  ['admissionregistration.k8s.io/v1beta1', 'ValidatingAdmissionPolicy', '1.34', 'admissionregistration.k8s.io/v1 ValidatingAdmissionPolicy'],
  ['node.k8s.io/v1beta1', 'RuntimeClass', '1.25', 'node.k8s.io/v1 RuntimeClass'],
  ['networking.k8s.io/v1beta1', 'ServiceCIDR', '1.37', 'networking.k8s.io/v1 ServiceCIDR'],
  ['resource.k8s.io/v1beta2', 'ResourceClaim', '1.39', 'resource.k8s.io/v1 ResourceClaim'],
  ['events.k8s.io/v1beta1', 'Event', '1.25', 'events.k8s.io/v1 Event'],
  ['policy/v1beta1', 'PodDisruptionBudget', '1.25', 'policy/v1 PodDisruptionBudget'],
  ['policy/v1beta1', 'PodSecurityPolicy', '1.25', undefined],
  ['networking.k8s.io/v1beta1', 'IngressClass', '1.22', 'networking.k8s.io/v1 IngressClass'],
  ['extensions/v1beta1', 'Ingress', '1.22', 'networking.k8s.io/v1 Ingress'],
  ['apiextensions.k8s.io/v1beta1', 'CustomResourceDefinition', '1.22', 'apiextensions.k8s.io/v1 CustomResourceDefinition'],
  ['apiregistration.k8s.io/v1beta1', 'APIService', '1.22', 'apiregistration.k8s.io/v1 APIService'],
  ['batch/v1beta1', 'CronJob', '1.25', 'batch/v1 CronJob'],
  ['autoscaling/v2beta2', 'HorizontalPodAutoscaler', '1.26', 'autoscaling/v2 HorizontalPodAutoscaler'],
  ['flowcontrol.apiserver.k8s.io/v1beta2', 'FlowSchema', '1.29', 'flowcontrol.apiserver.k8s.io/v1beta3 FlowSchema'],
  ['flowcontrol.apiserver.k8s.io/v1beta3', 'FlowSchema', '1.32', 'flowcontrol.apiserver.k8s.io/v1 FlowSchema'],
])('%s %s is gone in %s', (apiVersion, kind, removedIn, replacement) => {
  expect(removalOf(apiVersion, kind)).toEqual({ removedIn, replacement });
});

test.each([
  ['v1', 'Pod'], ['policy/v1', 'PodDisruptionBudget'], ['karpenter.sh/v1', 'NodePool'], ['policy/v1beta1', 'Deployment'],
])('%s %s stays', (apiVersion, kind) => {
  expect(removalOf(apiVersion, kind)).toBeUndefined();
});

test('an API is gone in the minor of its removal and in all that follow', () => {
  fc.assert(fc.property(fc.integer({ min: 16, max: 60 }), fc.integer({ min: 16, max: 60 }), (minor, removed) => {
    expect(isGoneIn(KubernetesMinor.parse(`1.${minor}`), `1.${removed}`)).toBe(minor >= removed);
  }));
});

test('what is named instead is served in the minor of the removal', () => {
  for (const [apiVersion, kind] of REMOVED_APIS) {
    const { replacement, removedIn } = removalOf(apiVersion, kind)!;
    const [otherVersion, otherKind] = replacement?.split(' ') ?? [];
    const other = replacement === undefined ? undefined : removalOf(otherVersion, otherKind);
    expect({
      apiVersion, kind, served: other === undefined || KubernetesMinor.parse(other.removedIn).isNewerThan(KubernetesMinor.parse(removedIn)),
    })
      .toEqual({ apiVersion, kind, served: true });
  }
});

test('a replacement is served in every minor that it is named for, from the removal on', () => {
  const apis = fc.constantFrom(...REMOVED_APIS);
  fc.assert(fc.property(apis, fc.integer({ min: 0, max: 40 }), ([apiVersion, kind], later) => {
    const { removedIn, replacement } = removalOf(apiVersion, kind)!;
    const minor = KubernetesMinor.parse(removedIn).plus(later);
    const [otherVersion, otherKind] = replacementIn(minor, replacement)?.split(' ') ?? ['none', 'None'];
    const removal = removalOf(otherVersion, otherKind);
    expect(removal !== undefined && isGoneIn(minor, removal.removedIn)).toBe(false);
  }));
});

test.each([
  ['flowcontrol.apiserver.k8s.io/v1beta3 FlowSchema', '1.31', 'flowcontrol.apiserver.k8s.io/v1beta3 FlowSchema'],
  ['flowcontrol.apiserver.k8s.io/v1beta3 FlowSchema', '1.32', 'flowcontrol.apiserver.k8s.io/v1 FlowSchema'],
  ['resource.k8s.io/v1beta1 ResourceClaim', '1.38', 'resource.k8s.io/v1 ResourceClaim'],
  ['policy/v1beta1 PodSecurityPolicy', '1.25', undefined],
  [undefined, '1.36', undefined],
])('of %s, %s serves %s', (named, minor, served) => {
  expect(replacementIn(KubernetesMinor.parse(minor), named)).toBe(served);
});

test('what is named instead of an object is no list', () => {
  expect(REMOVED_APIS.filter(([, kind, , replacement]) => replacement?.endsWith('List') && !kind.endsWith('List'))).toEqual([]);
});
