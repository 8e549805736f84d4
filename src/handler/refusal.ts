/** That the guard refuses a change, for reasons that are in the log already. */
export class Refusal extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = 'Refusal';
  }
}
