/**
 * What of one kind constructs carry, as the CDK's own `Aspects.of(scope)` has it: it stands on the construct itself, under a symbol
 * that is the same for all copies of this library in an app.
 */
export class Carried<T> {
  private readonly symbol: symbol;

  /** @param kind such as `NodeGroupHost` */
  constructor(kind: string) {
    this.symbol = Symbol.for(`cdk-eks-upgrades.${kind}`);
  }

  /** What a construct carries; undefined where it carries nothing of the kind. */
  public of(construct: object): T | undefined {
    return (construct as Record<symbol, T | undefined>)[this.symbol];
  }

  /** Lets a construct carry something from now on. */
  public give(construct: object, value: T): T {
    Object.defineProperty(construct, this.symbol, { value, configurable: true, enumerable: false });
    return value;
  }
}
