import { known } from '../../../../src/engine/state/known';
import { aNodeGroup } from '../../a-cluster';
import { upgrade } from '../sample';

export const sample = upgrade({
  nodeGroups: known([aNodeGroup({
    healthIssues: [{ code: 'AsgInstanceLaunchFailures', message: 'Could not launch On-Demand Instances.', resourceIds: ['eks-workers'] }],
  })]),
});
