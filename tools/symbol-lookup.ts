import { z } from 'zod';
import { rulesInForce } from '../db/stores/reference.ts';
import { formatDay } from '../desk/format.ts';
import { AsOf, readingMoment } from './as-of.ts';
import { defineTool } from './define.ts';

const Named = z.object({ symbol: z.string(), name: z.string() });
const Output = z.object({
  asOf: z.string(), asked: z.string(),
  kind: z.enum(['one', 'ambiguous', 'unknown']),
  symbol: z.string().nullable(), name: z.string().nullable(), exchange: z.string().nullable(), sector: z.string().nullable(), industry: z.string().nullable(), instrument: z.string().nullable(), isin: z.string().nullable(), faceValue: z.number().nullable(), lotSize: z.int().nullable().describe('shares of one derivatives lot; null where no source names one'), listedOn: z.string().nullable(), listedOnText: z.string().nullable(),
  candidates: z.array(Named).describe('when ambiguous: every company that answers to the name'),
  near: z.array(Named).describe('when unknown: names that look alike; none of them is meant for certain'),
  reason: z.string().nullable(),
});
export type SymbolLookup = z.output<typeof Output>;

/** A name or symbol to the one symbol that it means; several candidates or none are answers, never guesses. */
export const symbolLookup = defineTool({
  name: 'symbol_lookup',
  purpose: 'The symbol that a company name or ticker means, or the candidates, or the nearest names',
  effect: 'read', permission: 'market:read',
  input: z.object({ name: z.string().trim().min(1).max(120), asOf: AsOf.optional() }),
  output: Output,
  run: async (context, { name, asOf }) => {
    const { market, database } = context.services;
    const moment = readingMoment(context, asOf);
    const found = market.resolve(name);
    const record = found.kind === 'one' ? market.symbols().get(found.symbol) : undefined;
    const lot = record ? (await rulesInForce(database.orm, { rule: 'MARKET_LOT', symbols: [record.symbol], date: moment.date, asOf: moment.asOf })).get(record.symbol) : undefined;
    return {
      asOf: moment.asOf, asked: name, kind: found.kind,
      symbol: found.kind === 'one' ? found.symbol : null, name: found.kind === 'one' ? found.name : null,
      exchange: record?.exchange ?? null, sector: record?.sector ?? null, industry: record?.industry ?? null, instrument: record?.kind ?? null,
      isin: record?.isin ?? null, faceValue: record?.faceValue ?? null, lotSize: lot !== undefined ? Number(lot) : record && record.lotSize > 1 ? record.lotSize : null, listedOn: record?.listedOn ?? null, listedOnText: record?.listedOn ? formatDay(record.listedOn) : null,
      candidates: found.kind === 'ambiguous' ? found.candidates : [], near: found.kind === 'unknown' ? found.near : [],
      reason: found.kind === 'one' ? null : found.kind === 'ambiguous' ? 'several companies answer to this name' : 'no symbol or company of this name is known',
    };
  },
});
