import { movesAnything } from '../../change/change';
import { messages } from '../../messages/message';
import { aboutCluster, Check } from '../check';

const says = messages({
  express: {
    text: [
      'CloudFormation deploys in express mode, in which it does not wait for resources: control plane, add-ons and node groups would',
      'all be updated at once',
    ],
    remedy: 'deploy without --express; if the stack is in UPDATE_FAILED afterwards, run cdk deploy --no-rollback',
  },
});

/**
 * What moves a version, a release or an add-on, or exchanges nodes, is not deployed in express mode.
 *
 * There CloudFormation waits for no resource to be ready: add-ons meet a control plane that still updates, all node groups roll
 * at once, and a bake watches nodes that are on their way. Failures are not rolled back. A deployment that moves nothing passes.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DeploymentConfig.html
 */
export const expressDeployment: Check = {
  id: 'express-deployment',
  severity: 'error',
  source: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DeploymentConfig.html',
  messages: says,

  * examine(change) {
    if (!change.intent.isExpress || !movesAnything(change)) return;
    yield { about: aboutCluster(change), ...says.express({}) };
  },
};
