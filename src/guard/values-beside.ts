/** What only CloudFormation knows, each value once. */
export class ValuesBeside {
  private readonly numbers: ReadonlyMap<string, number>;

  constructor(private readonly values: readonly unknown[]) {
    this.numbers = new Map([...new Set(values.map((value) => JSON.stringify(value)))].map((text, index) => [text, index + 1]));
  }

  /** By numbers, so that a diff shows a line for each that comes or goes, and no list. */
  get asProperty(): object | undefined {
    const byNumber = this.values.map((value) => [this.numberOf(value), value] as const);
    return byNumber.length > 0 ? Object.fromEntries(byNumber) : undefined;
  }

  /** Undefined where it is not told. */
  numberOf(value: unknown): number | undefined {
    return this.numbers.get(JSON.stringify(value));
  }
}
