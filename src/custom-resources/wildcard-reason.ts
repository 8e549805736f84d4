import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { acknowledgeRule } from '../diagnostics/acknowledge-rule';

/**
 * Writes down why a document of this library names resources by wildcard, where cdk-nag looks for it (rule `AwsSolutions-IAM5`): on the
 * policy or the role that holds it.
 */
export function giveReasonForWildcards(holder: Construct, document: iam.PolicyDocument, reason: () => string): void {
  // the rule names each resource as it is rendered, which is known when references between stacks are resolved
  holder.node.addValidation({
    validate: () => {
      resourcesOf(holder, document).filter((resource) => resource.includes('*')).forEach((resource) =>
        acknowledgeRule(holder, `AwsSolutions-IAM5[Resource::${resource}]`, reason()));
      return [];
    },
  });
}

function resourcesOf(holder: Construct, document: iam.PolicyDocument): string[] {
  const { Statement: statements = [] } = Stack.of(holder).resolve(document) as { Statement?: { Resource: unknown }[] };
  return statements.flatMap(({ Resource: resources }) => resources).map(flat);
}

/** An expression as cdk-nag writes it: `arn:<AWS::Partition>:eks:…:cluster/*`. */
function flat(expression: any): string {
  if (typeof expression === 'string') {
    return expression;
  }
  const { 'Fn::Join': join, 'Fn::GetAtt': attribute, 'Fn::ImportValue': imported, Ref: reference } = expression;
  if (join) {
    return join[1].map(flat).join(join[0]);
  }
  if (imported) {
    return flat(imported);
  }
  return attribute || reference ? `<${attribute ? attribute.map(flat).join('.') : reference}>` : JSON.stringify(expression);
}
