import { messages } from '../../messages/message';
import { regionOfCluster } from '../../state/cluster-state';
import { runsWindows } from '../../state/node-group-state';
import { Check } from '../check';
import { rollsOf } from '../rolls';

/** Of the types of access entries, the one that lets in nobody but people and workloads. */
const NOT_FOR_NODES = 'STANDARD';

const says = messages({
  noEntry: {
    text: [
      'its role{role? #} has no access entry, but this cluster admits nodes only by an access entry of type {type}: new nodes',
      'cannot join',
    ],
    remedy: 'create an access entry of type {type} for the role',
  },
  otherType: {
    text: [
      'its role{role? #} has an access entry of type {found}, but this cluster admits nodes only by an access entry of type {type}:',
      'new nodes cannot join',
    ],
    remedy: [
      'EKS does not change the type of an access entry: delete it{command? (#)}, with which its permissions go, then create one of type',
      '{type} for the role',
    ],
  },
});

/**
 * The role of a node group that is rolled has an access entry for nodes, where access entries alone decide who may use the cluster.
 *
 * Without it new nodes do not join. EKS makes the entry with the node group; somebody may have deleted it since, or the cluster
 * may have left `aws-auth` behind. Where that ConfigMap counts as well, EKS does not tell who is let in.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/access-entries.html
 */
export const nodeRoleAccess: Check = {
  id: 'node-role-access',
  severity: 'error',
  source: 'https://docs.aws.amazon.com/eks/latest/userguide/access-entries.html',
  messages: says,

  * examine(change) {
    for (const { group, room: { accessEntry } } of rollsOf(change)?.rolls ?? []) {
      if (!accessEntry?.known || (accessEntry.value && accessEntry.value.type !== NOT_FOR_NODES)) continue;
      const type = runsWindows(group) ? 'EC2_WINDOWS' : 'EC2_LINUX';
      const { name, roleArn: role } = group;
      const about = { kind: 'node group', name } as const;
      if (!accessEntry.value) {
        yield { about, ...says.noEntry({ role, type }) };
        continue;
      }
      const region = regionOfCluster(change.state);
      const command = role && `'aws eks delete-access-entry --cluster-name ${change.state.name} --principal-arn ${role}`
        + `${region === undefined ? '' : ` --region ${region}`}'`;
      yield { about, ...says.otherType({ role, type, found: accessEntry.value.type, command }) };
    }
  },
};
