import { withoutConditions } from '../engine/change/conditional-value';

/** What only CloudFormation knows, each value once. */
export class ValuesBeside {
  private readonly property: Record<number, unknown>;
  /** By what is told under whatever conditions. */
  private readonly numbers: ReadonlyMap<string, number>;

  constructor(values: readonly unknown[]) {
    const each = [...new Map(values.map((value) => [JSON.stringify(value), value])).values()];
    this.property = Object.fromEntries(each.map((value, index) => [index + 1, value]));
    this.numbers = new Map(each.map((value, index) => [JSON.stringify(withoutConditions(value)), index + 1]));
  }

  /** By numbers, so that a diff shows a line for each that comes or goes, and no list. */
  get asProperty(): object | undefined {
    return Object.keys(this.property).length > 0 ? this.property : undefined;
  }

  /** Undefined where it is not told. */
  numberOf(value: unknown): number | undefined {
    return this.numbers.get(JSON.stringify(value));
  }
}
