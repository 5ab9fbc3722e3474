/** The last `capacity` numbers of a stream. */
export class RollingWindow {
  readonly capacity: number;
  private readonly slots: Float64Array;
  private next = 0;
  length = 0;

  constructor(capacity: number) {
    this.capacity = capacity;
    this.slots = new Float64Array(capacity);
  }

  push(value: number): void {
    this.slots[this.next] = value;
    this.next = (this.next + 1) % this.capacity;
    if (this.length < this.capacity) this.length++;
  }

  /** `ago(0)` is the newest; null past what is held. */
  ago(steps: number): number | null {
    return steps < this.length ? this.slots[(this.next - 1 - steps + 2 * this.capacity) % this.capacity]! : null;
  }

  /** Folds the newest `count` values, newest first; null when fewer are held. */
  fold(count: number, start: number, step: (sum: number, value: number) => number): number | null {
    if (count > this.length) return null;
    let result = start;
    let slot = this.next;
    for (let i = 0; i < count; i++) {
      slot = slot === 0 ? this.capacity - 1 : slot - 1;
      result = step(result, this.slots[slot]!);
    }
    return result;
  }

  mean(count: number): number | null {
    const sum = this.fold(count, 0, (a, b) => a + b);
    return sum === null ? null : sum / count;
  }

  /** Standard deviation of the newest `count` values, with `count − lost` in the denominator. */
  deviation(count: number, lost: 0 | 1): number | null {
    const mean = this.mean(count);
    if (mean === null) return null;
    return Math.sqrt(this.fold(count, 0, (sum, value) => sum + (value - mean) ** 2)! / (count - lost));
  }

  /**
   * Share of the values held that lie below `value`, ties counting half (0–1); null with fewer than `least` held.
   */
  rank(value: number, least: number): number | null {
    if (this.length < Math.max(1, least)) return null;
    return this.fold(this.length, 0, (below, held) => below + (held < value ? 1 : held === value ? 0.5 : 0))! / this.length;
  }

  scale(factor: number): void {
    for (let i = 0; i < this.capacity; i++) this.slots[i]! *= factor;
  }
}
