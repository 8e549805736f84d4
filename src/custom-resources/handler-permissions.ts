import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { giveReasonForWildcards } from './wildcard-reason';

/**
 * The context in which `iam.Role.customizeRoles` notes that roles are made beforehand, so that the CDK reports what they have to allow.
 *
 * @see https://github.com/aws/aws-cdk/pull/22856
 */
const CUSTOMIZED_ROLES = '@aws-cdk/iam:customizeRoles';

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
  /** A role that is made beforehand, and the statements that have been reported for it. */
  private precreated?: { readonly role: iam.IRole; readonly reported: Set<string> };

  /** Adds what something needs, with the reason for wildcards in it. */
  public add(statements: iam.PolicyStatement[], wildcardReason?: string): void {
    this.document.addStatements(...statements);
    this.report(statements);
    if (wildcardReason) this.wildcardReasons.add(wildcardReason);
  }

  /** Makes a role that may do it. */
  public makeRole(scope: Construct, id: string): iam.Role {
    const role = new iam.Role(scope, id, {
      assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
      inlinePolicies: { ServeStack: this.document },
    });
    this.explainOn(role);
    this.reportFrom(role);
    return role;
  }

  /** Makes a policy that allows it to a role. */
  public makePolicy(scope: Construct, id: string, role: iam.IRole): iam.Policy {
    const policy = new iam.Policy(scope, id, { document: this.document });
    role.attachInlinePolicy(policy);
    this.explainOn(policy);
    this.reportFrom(role);
    return policy;
  }

  /** Of a role that is made beforehand, the CDK reports a document as it is when the role gets it; what comes later has to be told. */
  private reportFrom(role: iam.IRole): void {
    if (role.node.tryGetContext(CUSTOMIZED_ROLES) !== undefined) this.precreated = { role, reported: new Set() };
  }

  private report(statements: iam.PolicyStatement[]): void {
    if (!this.precreated) return;
    const { role, reported } = this.precreated;
    for (const statement of statements) {
      const text = JSON.stringify(statement);
      if (!reported.has(text)) role.addToPrincipalPolicy(statement);
      reported.add(text);
    }
  }

  private explainOn(holder: Construct): void {
    giveReasonForWildcards(holder, this.document, () => [...this.wildcardReasons].join(' '));
  }
}
