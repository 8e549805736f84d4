import { messages } from '../messages/message';

/** What is thrown: rollbacks. */
export const says = messages({
  noRollback: {
    text: "the context holds no rollback under '{key}'",
    remedy: 'restore cdk.context.json from version control, or drop the entry with: cdk context --reset "{key}", then run '
      + "'cdk-eks-upgrades rollback' again if the cluster is still to go back",
  },
});
