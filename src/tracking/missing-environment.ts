import { Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';

/** What a stack does not say of where it is deployed, and a look-up needs: `account`, `region`, both or neither. */
export function missingEnvironment(scope: Construct): string[] {
  const { environment } = Stack.of(scope); // `aws://111122223333/us-west-2`, `unknown-…` for tokens
  return ['account', 'region'].filter((part) => environment.includes(`unknown-${part}`));
}
