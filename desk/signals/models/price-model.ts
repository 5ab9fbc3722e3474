import { defineSignalModel, type SetUp, type SignalModel } from '../define.ts';
import type { SymbolSeries } from '../series.ts';

/**
 * A model that reads prices alone: `holdsAt` says of one session whether its close completes a set-up, out of the columns at
 * that index and before. Comparisons with `NaN` are false, so a rule that lacks history never holds.
 */
export const definePriceModel = ({ holdsAt, ...model }: Pick<SignalModel, 'strategy' | 'version' | 'horizonDays' | 'fact'> & { holdsAt(series: SymbolSeries, index: number): boolean }): SignalModel =>
  defineSignalModel({
    ...model,
    setUps(series) {
      const found: SetUp[] = [];
      for (let index = 0; index < series.dates.length; index++) if (holdsAt(series, index)) found.push({ index, kind: model.strategy, event: null });
      return found;
    },
  });
