import { ChangedBehaviour } from './behaviour-changes';

/**
 * What of the user data of a node is treated otherwise by some minor: shell, cloud-init, `NodeConfig` or TOML, as it stands.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions-standard.html which has Bottlerocket set `failCgroupV1: false`
 * @see https://github.com/bottlerocket-os/bottlerocket-core-kit/pull/792
 */
export function behavioursOfUserData(userData: string): ChangedBehaviour[] {
  const shows: Partial<Record<ChangedBehaviour, boolean>> = {
    'keep-terminated-pod-volumes': userData.includes('--keep-terminated-pod-volumes'),
    // of what version 2 of its configuration has under this name, version 3 has all but the server of streams under others;
    // quotes may be escaped
    'containerd-config': /io\.containerd\.grpc\.v1\.cri[\\"']*\.(registry|containerd|cni|image_decryption)\b/.test(userData)
      && !userData.includes('io.containerd.cri.v1.'),
    'cloud-config': /--cloud-config[= ]/.test(userData), // with its value: a part of cloud-init may have this boundary
    'register-schedulable': userData.includes('--register-schedulable'),
    // a parameter of the kernel; what Bottlerocket's settings have in its place, its kubelet still starts with
    'cgroup-v1': /\bsystemd\.unified_cgroup_hierarchy=[\\"']*(0|no|false)\b/.test(userData)
      && !/failCgroupV1[\\"']*\s*:\s*false/.test(userData),
    'pod-infra-container-image': userData.includes('--pod-infra-container-image'),
  };
  return (Object.keys(shows) as ChangedBehaviour[]).filter((behaviour) => shows[behaviour]);
}
