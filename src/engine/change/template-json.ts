import { isJsonObject, JsonValue } from './json-value';

/** Stands for what only the deployment knows, in a text and in place of a value. */
const UNKNOWN_TEXT = '…';
const UNKNOWN_VALUE = 'null';

/** A value of JSON that a property of a template holds as text. */
export class TemplateJson extends JsonValue {
  /** Nothing where it cannot be read. */
  public static of(property: unknown): TemplateJson {
    const text = jsonText(property);
    try {
      return new TemplateJson(text === undefined ? undefined : JSON.parse(text));
    } catch {
      return new TemplateJson(undefined); // a reference in an unusual place: nothing is said of it
    }
  }

  public at(...path: readonly string[]): TemplateJson {
    return new TemplateJson(path.reduce<unknown>((value, name) => isJsonObject(value) ? value[name] : undefined, this.value));
  }

  public get items(): TemplateJson[] {
    return Array.isArray(this.value) ? this.value.map((item) => new TemplateJson(item)) : [];
  }

  public get text(): string | undefined {
    return typeof this.value === 'string' && this.value !== UNKNOWN_TEXT ? this.value : undefined;
  }
}

/** The text of a property; what it says by reference stands for itself, within a text or as a value. */
function jsonText(property: unknown): string | undefined {
  if (typeof property === 'string') return property;
  const [separator, parts] = (property as { readonly 'Fn::Join'?: readonly [string, readonly unknown[]] } | undefined)?.['Fn::Join'] ?? [];
  if (!Array.isArray(parts)) return undefined;
  return parts.reduce<string>((text, part, index) => {
    const known = index === 0 ? text : text + separator;
    return known + (typeof part === 'string' ? part : endsWithinText(known) ? UNKNOWN_TEXT : UNKNOWN_VALUE);
  }, '');
}

function endsWithinText(json: string): boolean {
  return (json.replace(/\\./g, '').match(/"/g)?.length ?? 0) % 2 === 1;
}
