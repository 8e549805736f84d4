/** Answers to questions, each of which is asked once, however often somebody wants to know. */
export class AskedOnce {
  private readonly answers = new Map<string, Promise<unknown>>();

  async ask<Answer>(question: readonly string[], ask: () => Promise<Answer>): Promise<Answer> {
    const key = JSON.stringify(question);
    const answer = this.answers.get(key) as Promise<Answer> | undefined ?? ask();
    this.answers.set(key, answer);
    return answer;
  }
}
