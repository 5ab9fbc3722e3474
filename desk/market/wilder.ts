import { trueRange } from './indicators/atr.ts';
import { relativeStrength } from './indicators/rsi.ts';

/** Wilder's average, one value at a time: the plain mean of the first `period` values, smoothed from then on. */
class WilderAverage {
  private readonly period: number;
  private count = 0;
  private average = 0;

  constructor(period: number) { this.period = period; }

  push(value: number): void {
    this.count++;
    if (this.count < this.period) this.average += value;
    else if (this.count === this.period) this.average = (this.average + value) / this.period;
    else this.average = this.average * ((this.period - 1) / this.period) + value * (1 / this.period);
  }
  value(): number | null { return this.count < this.period ? null : this.average; }
  scale(factor: number): void { this.average *= factor; }
}

/** RSI and ATR of one symbol, fed bar by bar; the same numbers as the indicators over the whole series. */
export class WilderIndicators {
  private readonly gain: WilderAverage;
  private readonly loss: WilderAverage;
  private readonly range: WilderAverage;

  constructor(period: number) {
    this.gain = new WilderAverage(period);
    this.loss = new WilderAverage(period);
    this.range = new WilderAverage(period);
  }

  push(bar: { high: number; low: number; close: number }, previousClose: number): void {
    const change = bar.close - previousClose;
    this.gain.push(Math.max(change, 0));
    this.loss.push(Math.max(-change, 0));
    this.range.push(trueRange(bar.high, bar.low, previousClose));
  }
  rsi(): number | null {
    const [gain, loss] = [this.gain.value(), this.loss.value()];
    return gain === null || loss === null ? null : relativeStrength(gain, loss);
  }
  atr(): number | null { return this.range.value(); }
  scale(factor: number): void { for (const average of [this.gain, this.loss, this.range]) average.scale(factor); }
}
