import { addOnsOf, movesAddOn, wantedOfAddOn } from '../../change/change';
import { describeHealthIssue } from '../../state/health-issue';
import { Check } from '../check';

const FAILED = ['CREATE_FAILED', 'DELETE_FAILED'];

/**
 * Add-ons are `ACTIVE` and without health issues.
 *
 * A warning, because the control plane moves without them; an error for an add-on that is to be updated and is still busy, or whose
 * creation or deletion failed, since EKS refuses that.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/troubleshooting.html
 */
export const addOnHealth: Check = {
  id: 'add-on-health',
  severity: 'warning',
  source: 'https://docs.aws.amazon.com/eks/latest/userguide/troubleshooting.html',

  * examine(change) {
    for (const addOn of addOnsOf(change)) {
      const moves = movesAddOn(change, addOn);
      if (wantedOfAddOn(change, addOn.name).removed || !change.isAboutVersion && !moves) continue;
      const about = { kind: 'add-on', name: addOn.name } as const;
      const details = addOn.healthIssues.flatMap((issue) => [describeHealthIssue(issue), ...issue.resourceIds]);
      if (['CREATING', 'UPDATING', 'DELETING'].includes(addOn.status)) {
        yield {
          about,
          severity: moves ? 'error' : 'warning',
          message: `the add-on is ${addOn.status}`,
          remedy: 'wait until it has settled and try again',
          details,
        };
      } else if (moves && FAILED.includes(addOn.status)) {
        yield {
          about,
          severity: 'error',
          message: `the add-on is ${addOn.status}, and EKS does not update one that is`,
          remedy: 'delete the add-on with its software preserved, and deploy again',
          details,
        };
      } else if (addOn.status !== 'ACTIVE' || details.length > 0) {
        yield {
          about,
          message: details.length > 0 ? `the add-on is ${addOn.status}, and EKS reports ${details[0]}` : `the add-on is ${addOn.status} instead of ACTIVE`,
          remedy: 'repair the add-on, so that trouble after the upgrade is not mistaken for trouble of the upgrade',
          details,
        };
      }
    }
  },
};
