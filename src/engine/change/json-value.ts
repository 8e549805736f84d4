import { AppliedValue } from './applied-objects';

/** A value as JSON has it; how one gets into its parts, and what is known of them, is left to who extends it. */
export abstract class JsonValue implements AppliedValue {
  protected constructor(protected readonly value: unknown) {}

  public abstract at(...path: readonly string[]): JsonValue;
  public abstract get items(): JsonValue[];
  public abstract get text(): string | undefined;

  public get texts(): string[] {
    return this.items.flatMap(({ text }) => text ?? []);
  }

  public get names(): string[] {
    return isJsonObject(this.value) ? Object.keys(this.value) : [];
  }

  public get isObject(): boolean {
    return isJsonObject(this.value);
  }

  public get isList(): boolean {
    return Array.isArray(this.value);
  }
}

export function isJsonObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
