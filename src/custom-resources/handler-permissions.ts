import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { giveReasonForWildcards } from './wildcard-reason';

/**
 * What the handler may do: one document for all custom resources of a stack, because IAM limits what the policies of a role amount to, and
 * each cluster needs the same.
 *
 * It names nothing that waits for a cluster, and so never holds up a guard.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
export class HandlerPermissions {
  private readonly document = new iam.PolicyDocument({ minimize: true });
  private readonly wildcardReasons = new Set<string>();

  /** Adds what something needs, with the reason for wildcards in it. */
  public add(statements: iam.PolicyStatement[], wildcardReason?: string): void {
    this.document.addStatements(...statements);
    if (wildcardReason) this.wildcardReasons.add(wildcardReason);
  }

  /** Makes a role that may do it. */
  public makeRole(scope: Construct, id: string): iam.Role {
    const role = new iam.Role(scope, id, {
      assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
      inlinePolicies: { ServeStack: this.document },
    });
    this.explainOn(role);
    return role;
  }

  /** Makes a policy that allows it to a role. */
  public makePolicy(scope: Construct, id: string, role: iam.IRole): iam.Policy {
    const policy = new iam.Policy(scope, id, { document: this.document });
    role.attachInlinePolicy(policy);
    this.explainOn(policy);
    return policy;
  }

  private explainOn(holder: Construct): void {
    giveReasonForWildcards(holder, this.document, () => [...this.wildcardReasons].join(' '));
  }
}
