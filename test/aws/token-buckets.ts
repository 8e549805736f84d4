/**
 * Throttling as AWS does it: a bucket of tokens for each key, such as an action in a Region, that fills up again at a steady rate.
 *
 * @see https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-throttling.html
 */
export class TokenBuckets {
  private readonly buckets = new Map<string, { tokens: number; at: number }>();

  /**
   * @param burst how many tokens a bucket holds, and has at first
   * @param perSecond how many come in a second
   */
  constructor(
    private readonly burst: number, private readonly perSecond: number, private readonly now: () => number = () => performance.now(),
  ) {}

  /** Takes a token; false when the bucket is empty. */
  take(key: string): boolean {
    const at = this.now();
    const bucket = this.buckets.get(key) ?? { tokens: this.burst, at };
    const tokens = Math.min(this.burst, bucket.tokens + (at - bucket.at) / 1000 * this.perSecond);
    const isLeft = tokens >= 1;
    this.buckets.set(key, { tokens: isLeft ? tokens - 1 : tokens, at });
    return isLeft;
  }
}
