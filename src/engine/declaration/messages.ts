import { messages } from '../messages/message';

/** What is thrown: rollbacks. */
export const says = messages({
  noRollback: {
    text: "the context holds no rollback under '{key}'",
    remedy: "run 'cdk-eks-upgrades rollback' again, or 'cdk-eks-upgrades rollback --end'",
  },
});
