/** That what CloudFormation takes for a template cannot be parsed here. It may hold secrets, so that only the place is named. */
export class TemplateSyntaxError extends Error {
  constructor(cause: Error) {
    const [place] = /line \d+,? column \d+/.exec(cause.message) ?? [];
    super(`the template of the stack is neither JSON nor YAML${place === undefined ? '' : ` (${place})`}`);
    this.name = 'TemplateSyntaxError';
  }
}
