import { says, wayBack } from './checks/way-back';
import { Finding } from './finding';
import { enumerated } from '../messages/enumerated';

/** What has to go back before the control plane can. */
export interface BeforeWayBack {
  /** What has to be rolled back: node groups, then add-ons. */
  readonly after: readonly string[];
  /** Node groups that the deployment creates, which have to be rolled back or removed. */
  readonly created: readonly string[];
}

/** What has to go back first, as the infos of the check have it: accepted or not, it has to. */
export function beforeWayBackIn(findings: readonly Finding[]): BeforeWayBack {
  const found = findings.filter(({ check, severity }) => check === wayBack.id && severity === 'info');
  const groupsIn = (said: keyof typeof says) => found
    .filter(({ reason }) => reason === said)
    .flatMap(({ data }) => data.nodeGroups as string[]);
  return {
    after: [...groupsIn('nodesFirst'), ...found.map(({ about }) => about).filter(({ kind }) => kind === 'add-on').map(({ name }) => name)],
    created: groupsIn('newNodesFirst'),
  };
}

/** `you can roll back to 1.35 for 7 days, after rolling back workers and vpc-cni`. */
export function describeWayBack(to: string, { after, created }: BeforeWayBack): string {
  const first = [
    ...after.length > 0 ? [`rolling back ${enumerated(after)}`] : [],
    ...created.length > 0 ? [`rolling back or removing ${enumerated(created)}`] : [],
  ];
  return `you can roll back to ${to} for 7 days${first.length > 0 ? `, after ${first.join(', and ')}` : ''}`;
}
