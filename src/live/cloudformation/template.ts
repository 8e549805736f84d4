import { CloudFormationClient, GetTemplateCommand } from '@aws-sdk/client-cloudformation';
import { Template } from '../../engine/state/deployed-stack';

/** That what CloudFormation takes for a template cannot be parsed here. It may hold secrets, so that only the place is named. */
export class TemplateSyntaxError extends Error {
  constructor(cause: Error) {
    const [place] = /line \d+,? column \d+/.exec(cause.message) ?? [];
    super(`the template of the stack is neither JSON nor YAML${place === undefined ? '' : ` (${place})`}`);
    this.name = 'TemplateSyntaxError';
  }
}

/**
 * The template of a stack: during an update the one that is wanted, in a rollback the one that it goes back to, otherwise what is deployed.
 *
 * Needs `cloudformation:GetTemplate` on the stack.
 *
 * @param stackId its ARN, or its name
 * @throws AwsCallError, TemplateSyntaxError
 * @see https://github.com/aws/aws-cdk/blob/main/docs/CLOUDFORMATION.md
 */
export async function readTemplate(cloudFormation: CloudFormationClient, stackId: string): Promise<Template> {
  const question = new GetTemplateCommand({ StackName: stackId, TemplateStage: 'Original' });
  const { TemplateBody: body = '{}' } = await cloudFormation.send(question);
  const parse = body.trimStart().startsWith('{') ? JSON.parse : (await import('./yaml-template.js')).parseYamlTemplate; // the CDK writes JSON
  try {
    return parse(body);
  } catch (error) {
    throw new TemplateSyntaxError(error as Error);
  }
}
