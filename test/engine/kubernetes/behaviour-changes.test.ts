import { behaviourChange, ChangedBehaviour, CHANGED_BEHAVIOURS } from '../../../src/engine/kubernetes/behaviour-changes';
import { KubernetesMinor } from '../../../src/engine/kubernetes/kubernetes-minor';
import { behavioursOfUserData } from '../../../src/engine/kubernetes/user-data-behaviours';

/** As the release notes tell it. */
const SINCE: Readonly<Record<ChangedBehaviour, string>> = {
  'seccomp-annotation': '1.27',
  'keep-terminated-pod-volumes': '1.31',
  'anonymous-binding': '1.32',
  'amazon-linux-2': '1.33',
  'git-repo-volume': '1.33',
  'containerd-config': '1.34',
  'app-armor': '1.34',
  'cloud-config': '1.34',
  'register-schedulable': '1.34',
  'cgroup-v1': '1.35',
  'pod-infra-container-image': '1.35',
  'exec-without-create': '1.35',
  'ipvs': '1.35',
  'ingress-nginx': '1.35',
  'external-ips': '1.36',
  'ambiguous-address': '1.36',
};

test.each(CHANGED_BEHAVIOURS)('%s is told from its minor on, with its source', (behaviour) => {
  const since = KubernetesMinor.parse(SINCE[behaviour]);
  expect(behaviourChange(behaviour, since.plus(-1))).toBeUndefined();
  expect(behaviourChange(behaviour, since)).toMatch(/\(https:\/\/[^ ]+\)$/);
  expect(behaviourChange(behaviour, since.plus(4))).toBe(behaviourChange(behaviour, since));
});

describe('user data', () => {
  test.each<[string, ChangedBehaviour[]]>([
    ['grubby --update-kernel=ALL --args="systemd.unified_cgroup_hierarchy=0"', ['cgroup-v1']],
    ['systemd.unified_cgroup_hierarchy=no', ['cgroup-v1']],
    ['systemd.unified_cgroup_hierarchy=1', []],
    ["systemd.unified_cgroup_hierarchy='0'", ['cgroup-v1']],
    ['systemd.unified_cgroup_hierarchy_of_others=0', []],
    ['[settings.boot.init-parameters]\n"systemd.unified_cgroup_hierarchy" = ["0"]', []], // Bottlerocket sets failCgroupV1: false itself
    ["[settings.boot.kernel-parameters]\n'systemd.unified_cgroup_hierarchy' = [ 'false' ]", []],
    ['{"toml":"\\"systemd.unified_cgroup_hierarchy\\"=[\\"0\\"]"}', []],
    ['systemd.unified_cgroup_hierarchy=0\nkubelet:\n  config:\n    failCgroupV1: false', []],
    ['systemd.unified_cgroup_hierarchy=0 {"failCgroupV1":false}', []],
    ['systemd.unified_cgroup_hierarchy=0 {"failCgroupV1":true}', ['cgroup-v1']],
    ['[plugins."io.containerd.grpc.v1.cri".registry]\nconfig_path = "/etc/containerd/certs.d"', ['containerd-config']],
    ['{"config":"[plugins.\\"io.containerd.grpc.v1.cri\\".containerd]"}', ['containerd-config']],
    ["[plugins.'io.containerd.grpc.v1.cri'.x509_key_pair_streaming]", []], // has the same name in version 3
    ["[plugins.'io.containerd.cri.v1.images'.registry]", []],
    ['[plugins."io.containerd.grpc.v1.cri".registry]\n[plugins."io.containerd.cri.v1.images".registry]', []], // for both
    ["--kubelet-extra-args '--pod-infra-container-image=example.com/pause:3.5'", ['pod-infra-container-image']],
    ['flags: ["--keep-terminated-pod-volumes=true"]', ['keep-terminated-pod-volumes']],
    ['flags: ["--cloud-config=/etc/kubernetes/cloud.conf"]', ['cloud-config']],
    ["--kubelet-extra-args '--cloud-config /etc/cloud.conf --register-schedulable=false'", ['cloud-config', 'register-schedulable']],
    ['--cloud-config\nContent-Type: text/cloud-config\n\n#cloud-config\n--cloud-config--', []],
    ['flags: ["--max-pods=30"]', []],
    ['', []],
  ])('%s', (userData, expected) => {
    expect(behavioursOfUserData(userData)).toEqual(expected);
  });
});
