import { addOnsOf, isOfNoStack, movesAddOn, wantedOfAddOn } from '../../change/change';
import { DELETE_PRESERVED, INSTALL_ANEW } from '../../eks/add-on-version-choice';
import { messages } from '../../messages/message';
import { describeHealthIssue } from '../../state/health-issue';
import { Check } from '../check';

const says = messages({
  busy: { text: 'the add-on is {status}', remedy: 'wait until it has finished, then retry' },
  failed: {
    text: 'the add-on is {status}, and EKS does not update an add-on in that state',
    remedy: INSTALL_ANEW,
  },
  failedOfOthers: {
    text: 'the add-on is {status}, and EKS does not update an add-on in that state',
    remedy: DELETE_PRESERVED,
  },
  notCreated: {
    text: 'the add-on is {status}, and EKS may refuse to update it',
    remedy: `remove the cause and deploy; if EKS refuses to update the add-on, ${INSTALL_ANEW}`,
  },
  notCreatedOfOthers: {
    text: 'the add-on is {status}, and EKS may refuse to update it',
    remedy: `remove the cause and deploy; if EKS refuses to update the add-on, ${DELETE_PRESERVED}`,
  },
  unhealthy: {
    text: 'the add-on is {status}, and EKS reports {issue}',
    remedy: 'repair the add-on first, so that its problems are not mistaken for problems of the upgrade',
  },
  notActive: {
    text: 'the add-on is {status} instead of ACTIVE',
    remedy: 'repair the add-on first, so that its problems are not mistaken for problems of the upgrade',
  },
});

/**
 * Add-ons are `ACTIVE` and without health issues.
 *
 * A warning, because the control plane moves without them; an error for an add-on that is to be updated and is still busy, or whose
 * deletion failed, since EKS refuses that. One whose creation failed can recover by an update: AWS's own controller sends one.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/troubleshooting.html
 * @see https://github.com/aws-controllers-k8s/eks-controller/pull/166
 */
export const addOnHealth: Check = {
  id: 'add-on-health',
  severity: 'warning',
  source: 'https://docs.aws.amazon.com/eks/latest/userguide/troubleshooting.html',
  messages: says,

  * examine(change) {
    for (const addOn of addOnsOf(change)) {
      const moves = movesAddOn(change, addOn);
      if (wantedOfAddOn(change, addOn.name).removed || !change.isAboutVersion && !moves) continue;
      const { status } = addOn;
      const about = { kind: 'add-on', name: addOn.name } as const;
      const details = addOn.healthIssues.flatMap((issue) => [describeHealthIssue(issue), ...issue.resourceIds]);
      if (['CREATING', 'UPDATING', 'DELETING'].includes(status)) {
        yield {
          about,
          severity: moves ? 'error' : 'warning',
          ...says.busy({ status }),
          details,
        };
      } else if (moves && status === 'DELETE_FAILED') {
        yield {
          about,
          severity: 'error',
          ...isOfNoStack(change, addOn.name) ? says.failedOfOthers({ status }) : says.failed({ status }),
          details,
        };
      } else if (moves && status === 'CREATE_FAILED') {
        yield {
          about,
          ...isOfNoStack(change, addOn.name) ? says.notCreatedOfOthers({ status }) : says.notCreated({ status }),
          details,
        };
      } else if (status !== 'ACTIVE' || details.length > 0) {
        yield {
          about,
          ...details.length > 0 ? says.unhealthy({ status, issue: details[0] }) : says.notActive({ status }),
          details,
        };
      }
    }
  },
};
