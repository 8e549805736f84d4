import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { behaviourChange, ChangedBehaviour } from '../../src/engine/kubernetes/behaviour-changes';
import { KubernetesMinor } from '../../src/engine/kubernetes/kubernetes-minor';
import { KubectlV36Layer, newStack, saidOn, upgradableCluster } from '../cluster/_fixtures';

function infosOn(object: Record<string, any>, version = '1.36'): string[] {
  const stack = newStack();
  const cluster = upgradableCluster(stack, {
    version: eks.KubernetesVersion.of(version), kubectlProviderOptions: { kubectlLayer: new KubectlV36Layer(stack, 'Kubectl') },
  });
  return saidOn(cluster.addManifest('Manifest', object), 'info');
}

const pod = (spec: object, annotations = {}) => ({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web', annotations }, spec });
const role = (...rules: object[]) => ({ apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role', metadata: { name: 'debug' }, rules });
const rule = (resources: string[], verbs: string[]) => ({ apiGroups: [''], resources, verbs });
const binding = (subject: object, name = 'view') => ({
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'ClusterRoleBinding',
  metadata: { name: 'open' },
  roleRef: {
    kind: 'ClusterRole', name,
  },
  subjects: [subject],
});
const nodeClass = (spec: object) => ({ apiVersion: 'karpenter.k8s.aws/v1', kind: 'EC2NodeClass', metadata: { name: 'default' }, spec });
const SECCOMP = { 'seccomp.security.alpha.kubernetes.io/pod': 'runtime/default' };
const APP_ARMOR = { 'container.apparmor.security.beta.kubernetes.io/main': 'runtime/default' };
const LOCALHOST = { securityContext: { appArmorProfile: { type: 'RuntimeDefault' } } };
const gitRepo = { volumes: [{ name: 'data', emptyDir: {} }, { name: 'code', gitRepo: { repository: 'https://example.com' } }] };

test.each<[string, Record<string, any>, ChangedBehaviour]>([
  ['a gitRepo volume', pod(gitRepo), 'git-repo-volume'],
  [
    'one of a CronJob',
    { kind: 'CronJob', apiVersion: 'batch/v1', spec: { jobTemplate: { spec: { template: { spec: gitRepo } } } } },
    'git-repo-volume',
  ],
  ['an annotation of seccomp', pod({}, SECCOMP), 'seccomp-annotation'],
  ['one of a container', pod({}, { 'container.seccomp.security.alpha.kubernetes.io/main': 'x' }), 'seccomp-annotation'],
  ['one in a template', { kind: 'Deployment', apiVersion: 'apps/v1', spec: { template: pod({}, SECCOMP) } }, 'seccomp-annotation'],
  ['an AppArmor profile by annotation', pod({}, APP_ARMOR), 'app-armor'],
  ['an AppArmor profile of a pod', pod(LOCALHOST), 'app-armor'],
  ['an AppArmor profile of a container', pod({ initContainers: [{ name: 'main', ...LOCALHOST }] }), 'app-armor'],
  ['external IPs', { apiVersion: 'v1', kind: 'Service', spec: { externalIPs: ['192.0.2.4'] } }, 'external-ips'],
  [
    'a policy whose range has bits behind its prefix',
    { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', spec: { ingress: [{ from: [{ podSelector: {} }, { ipBlock: { cidr: '10.0.0.5/24' } }] }] } },
    'ambiguous-address',
  ],
  [
    'an exception of a policy',
    { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', spec: { egress: [{ to: [{ ipBlock: { cidr: '10.0.0.0/8', except: ['10.1.0.1/16'] } }] }] } },
    'ambiguous-address',
  ],
  ['the address of a Service', { apiVersion: 'v1', kind: 'Service', spec: { clusterIP: '172.020.0.9' } }, 'ambiguous-address'],
  ['a source range of a Service', { apiVersion: 'v1', kind: 'Service', spec: { loadBalancerSourceRanges: ['192.0.2.9/24'] } }, 'ambiguous-address'],
  ['an alias of a pod', pod({ hostAliases: [{ ip: '010.0.0.5', hostnames: ['db'] }] }), 'ambiguous-address'],
  ['a name server of a pod', pod({ dnsConfig: { nameservers: ['::ffff:10.0.0.2'] } }), 'ambiguous-address'],
  ['exec by get alone', role(rule(['pods'], ['get', 'list']), rule(['pods/exec'], ['get'])), 'exec-without-create'],
  [
    'port-forward by get alone',
    { ...role(rule(['pods/portforward'], ['get']), rule(['pods/exec'], ['create'])), kind: 'ClusterRole' },
    'exec-without-create',
  ],
  ['a role for anonymous users', binding({ kind: 'Group', name: 'system:unauthenticated' }), 'anonymous-binding'],
  ['a role for the anonymous user', { ...binding({ kind: 'User', name: 'system:anonymous' }), kind: 'RoleBinding' }, 'anonymous-binding'],
  ['Karpenter and Amazon Linux 2 by alias', nodeClass({ amiSelectorTerms: [{ alias: 'al2@v20240807' }] }), 'amazon-linux-2'],
  ['Karpenter and Amazon Linux 2 by family', nodeClass({ amiFamily: 'AL2', amiSelectorTerms: [{ id: 'ami-0123' }] }), 'amazon-linux-2'],
  ['user data of Karpenter', nodeClass({ amiFamily: 'AL2023', userData: 'grubby --args systemd.unified_cgroup_hierarchy=0' }), 'cgroup-v1'],
])('%s: one note', (_, object, behaviour) => {
  expect(infosOn(object)).toEqual([`${behaviourChange(behaviour, KubernetesMinor.parse('1.36'))} [ack: cdk-eks-upgrades:changedBehaviour]`]);
});

test.each<[string, Record<string, any>]>([
  ['a seccomp profile', pod({ securityContext: { seccompProfile: { type: 'RuntimeDefault' } } })],
  ['annotations of others', pod({}, { 'example.com/seccomp': 'x' })],
  ['other volumes', pod({ volumes: [{ name: 'data', emptyDir: {} }] })],
  ['a Service without external IPs', { apiVersion: 'v1', kind: 'Service', spec: { type: 'LoadBalancer', externalIPs: [] } }],
  ['a Service without an address', { apiVersion: 'v1', kind: 'Service', spec: { clusterIP: 'None' } }],
  [
    'a policy with a range',
    { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', spec: { ingress: [{ from: [{ ipBlock: { cidr: '10.0.0.0/24' } }] }, {}] } },
  ],
  ['exec by get and create', role(rule(['pods/exec'], ['get', 'create']))],
  ['exec by create of another rule', role(rule(['pods/exec'], ['get']), rule(['*'], ['create']))],
  ['exec by create', role(rule(['pods/exec'], ['create']))],
  ['everything by get', role(rule(['*'], ['get']))], // meant for reading
  ['the role that Kubernetes binds to them', binding({ kind: 'Group', name: 'system:unauthenticated' }, 'system:public-info-viewer')],
  ['a role for others', binding({ kind: 'Group', name: 'system:authenticated' })],
  ['Karpenter and Amazon Linux 2023', nodeClass({ amiSelectorTerms: [{ alias: 'al2023@v20260714' }] })],
  ['nothing', {}],
])('%s: no note', (_, object) => {
  expect(infosOn(object)).toEqual([]);
});

test('the same of several objects is one note, and two of one object are two', () => {
  expect(infosOn({ apiVersion: 'v1', kind: 'List', items: [pod(gitRepo), pod(gitRepo)] })).toHaveLength(1);
  expect(infosOn(pod(gitRepo, SECCOMP))).toHaveLength(2);
});
