/**
 * The time of the stand-in: runs like the real one, but can be put ahead, so that tests need not wait for what takes EKS minutes.
 */
export class Clock {
  private ahead: number;
  private readonly scheduled: { readonly due: number; readonly run: (at: Date) => void }[] = [];

  /** A clock that shows `start` now. */
  constructor(start: Date) {
    this.ahead = start.getTime() - Date.now();
  }

  now(): Date {
    return new Date(Date.now() + this.ahead);
  }

  /** Lets something happen later. It is told when that was, even if nobody looked at the clock in the meantime. */
  after(millis: number, run: (at: Date) => void): void {
    this.scheduled.push({ due: this.now().getTime() + millis, run });
  }

  /** Puts the clock ahead; what is due by then happens. */
  advance(millis: number): void {
    this.ahead += millis;
    this.settle();
  }

  /** Puts the clock back; what happened stays so. */
  putBack(to: Date): void {
    this.ahead = to.getTime() - Date.now();
  }

  /** Puts the clock ahead until nothing is scheduled any more. */
  finish(): void {
    while (this.scheduled.length > 0) {
      this.advance(Math.max(0, ...this.scheduled.map(({ due }) => due - this.now().getTime())));
    }
  }

  /** Lets happen what is due, in order. */
  settle(): void {
    const next = this.scheduled.sort((a, b) => a.due - b.due)[0];
    if (next && next.due <= this.now().getTime()) {
      this.scheduled.shift();
      next.run(new Date(next.due));
      this.settle();
    }
  }
}
