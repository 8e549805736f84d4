import { ValuesBeside } from './values-beside';

/** Properties without the logical IDs that they refer to: a reference is the number of its value, where that is told beside. */
export class NeutralText {
  constructor(private readonly parameters: ReadonlySet<string>, private readonly values: ValuesBeside) {}

  of(value: unknown): unknown {
    if (Array.isArray(value)) return value.map((item) => this.of(item));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => {
      switch (key) {
        case 'Ref': return [key, this.isKept(inner) ? inner : this.numberOf(value)];
        case 'Fn::GetAtt': return [key, [this.numberOf(value), ...(Array.isArray(inner) ? inner : String(inner).split('.')).slice(1)]];
        case 'Fn::Sub': {
          const [text, ...variables] = [inner].flat();
          const neutral = String(text).replace(
            /\$\{([^!.}]+)/g, (whole, id: string) => this.isKept(id.trim()) || !/^\w+$/.test(id) ? whole : '${*',
          );
          return [key, [neutral, ...variables.map((variable) => this.of(variable))]];
        }
        default: return [key, this.of(inner)];
      }
    }));
  }

  private isKept(id: string): boolean {
    return id.startsWith('AWS::') || this.parameters.has(id);
  }

  private numberOf(reference: object): string {
    return String(this.values.numberOf(reference) ?? '*');
  }
}
