import type { MarketBars } from '../../tools/market-bars.ts';
import type { MarketFeatures } from '../../tools/market-features.ts';
import type { Draft } from '../define.ts';
import type { PriceChart } from '../vocabulary.ts';
import type { AnswerContext } from './define.ts';
import { refusalDraft } from './proposal-draft.ts';
import { cellsOf, sentences } from './references.ts';

const flaggedPin = 'Filing with wording addressed to software';

/** Candles with events as pins; the bars are those of the tool. */
export async function chart({ intent, tools }: AnswerContext<'chart'>): Promise<Draft> {
  const called = await tools.call<MarketBars>('market_bars', { symbol: intent.symbol, ...(intent.period ? { from: intent.period.from, to: intent.period.to } : {}) });
  if (!called.ok) return refusalDraft(called);
  const { output } = called;
  const cell = cellsOf(called);
  if (!output.summary) return { text: sentences(`There is nothing to draw: ${cell('reason')}.`, output.history && `Prices of ${cell('symbol')} are stored from ${cell('history.from', 'date')} to ${cell('history.to', 'date')}.`), parts: [] };
  const last = output.bars.at(-1);
  const drawn: PriceChart = {
    symbol: output.symbol, bars: output.bars.map(({ time, open, high, low, close, volume }) => ({ time, open, high, low, close, volume })),
    lines: last && output.unfinished ? [{ name: 'last', price: last.close }] : [], pins: output.pins.map((pin) => ({ time: pin.time, title: pin.addressesSoftware ? flaggedPin : pin.title, eventId: pin.eventId })),
  };
  const change = output.summary.changePercent === null ? 'The first and the last price cannot be compared' : `${cell('symbol')} ${cell('summary.changePercent', 'signed_percent')} from ${cell('fromText')} to ${cell('toText')}`;
  return {
    text: sentences(`${change}; last ${cell('summary.last', 'price')}, high ${cell('summary.high', 'price')} on ${cell('summary.highOn')}, low ${cell('summary.low', 'price')} on ${cell('summary.lowOn')}.`,
      output.actions.some((action) => action.factor !== 1) && 'Prices are adjusted for splits and bonuses.', output.brokenAt && `Prices before ${cell('brokenAt', 'date')} cannot be compared with those after.`),
    parts: [{ type: 'chart', chart: drawn }], choices: [{ label: 'News', command: `/news ${output.symbol}` }, { label: 'Indicators', command: `/features ${output.symbol}` }],
  };
}

const formats = { price: 'price', points: 'number', percent: 'signed_percent' } as const;
const lineNames: Record<string, string> = { sma50: 'fifty sessions', sma200: 'two hundred sessions', signal: 'signal line', histogram: 'histogram', upper: 'upper', lower: 'lower', plusDi: 'upward movement', minusDi: 'downward movement' };

export async function indicator({ intent, tools }: AnswerContext<'indicator'>): Promise<Draft> {
  const called = await tools.call<MarketFeatures>('market_features', { symbol: intent.symbol, ...(intent.indicator ? { indicator: intent.indicator } : {}), ...(intent.length ? { length: intent.length } : {}), ...(intent.date ? { asOf: intent.date } : {}) });
  if (!called.ok) return refusalDraft(called);
  const { output } = called;
  const cell = cellsOf(called);
  if (!output.features) return { text: `Nothing can be computed: ${cell('reason')}.`, parts: [] };
  const choices = [{ label: 'Chart', command: `/chart ${output.symbol}` }, { label: 'News', command: `/news ${output.symbol}` }];
  const wanted = output.indicator;
  if (wanted) {
    if (wanted.value === null) return { text: `${cell('indicator.label')} of ${cell('symbol')} is not known: ${cell('reason')}.`, parts: [], choices };
    const format = formats[wanted.unit];
    const lines = Object.entries(wanted.lines).map(([name, value]) => `${lineNames[name] ?? name} ${value === null ? 'unknown' : cell(`indicator.lines.${name}`, format)}`);
    const shown = `${cell('indicator.label')} (${cell('indicator.period')}) of ${cell('symbol')}: ${cell('indicator.value', format)}`;
    return { text: sentences(`${shown}${lines.length > 0 ? `; ${lines.join(', ')}` : ''}.`, wanted.words && `${sentence(wanted.words)}.`, intent.date && output.session !== null && output.session < intent.date && 'There was no session of it on that day.', output.features.close !== null && wanted.unit === 'price' && `Close ${cell('features.close', 'price')}${wanted.name === 'atr' && intent.length === undefined && output.features.atrPercent !== null ? `, of which the ATR is ${cell('features.atrPercent', 'percent')}` : ''}.`, `At the close of ${cell('sessionText')}.`), parts: [], choices };
  }
  const { features, words } = output;
  const known = (value: unknown, text: string): string | false => value !== null && text;
  return {
    text: sentences(`${cell('symbol')} closed at ${cell('features.close', 'price')} on ${cell('sessionText')}.`, words?.trend && `Trend ${cell('words.trend')}.`,
      known(features.rsi14, `RSI ${cell('features.rsi14', 'number')} (${cell('words.rsi')}).`), known(features.momentum20, `Over a month of sessions ${cell('features.momentum20', 'signed_percent')}, over a week ${cell('features.momentum5', 'signed_percent')}.`),
      known(features.atrPercent, `A usual day’s range is ${cell('features.atrPercent', 'percent')}.`), known(features.relativeVolume, `Volume ${cell('features.relativeVolume', 'number')} × the usual.`),
      words?.range && `${sentence(words.range)}.`, words?.volatility && `Volatility ${cell('words.volatility')}; liquidity ${words.liquidity ? cell('words.liquidity') : 'unknown'}.`,
      Object.values(features).includes(null) && 'What is not said needs a longer history.'),
    parts: [], choices,
  };
}
const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
