import { z } from 'zod';
import { latestCalibrations } from '../db/stores/calibrations.ts';
import type { Calibration } from '../desk/signals/calibration.ts';
import { formatDay } from '../desk/format.ts';
import { AsOf, momentOf } from './book/moment.ts';
import { defineTool } from './define.ts';

const Percent = z.number().nullable();
const Bin = z.object({ said: z.number().describe('mean of what was foretold, percent'), came: z.number().describe('share that reached the target, percent'), low: z.number(), high: z.number(), count: z.int(), sessions: z.int() });
const Version = z.object({
  version: z.string(), of: z.string(), calibrated: z.boolean(), reason: z.string().nullable(), count: z.int(), sessions: z.int(), fromText: z.string().nullable(), toText: z.string().nullable(),
  chances: z.array(z.object({ trust: z.number(), percent: z.number() })).describe('what trust has come to'),
  tried: z.int().describe('set-ups that were foretold by a map of what was known before them; 0: none yet'), triedSessions: z.int(), triedFromText: z.string().nullable(), triedToText: z.string().nullable(), reachedPercent: Percent,
  brier: z.number().nullable(), brierOfTrust: z.number().nullable(), brierOfAverage: z.number().nullable(), errorPoints: z.number().nullable(), errorPointsOfTrust: z.number().nullable(), brierText: z.object({ own: z.string(), trust: z.string(), average: z.string() }).nullable(), bins: z.array(Bin),
});

/**
 * How reliable the chances on cards have been: the calibration from trust to the chance of the target, tried walk-forward on stored history, with its reliability
 * table. `low` and `high`: Wilson’s 95 % interval over sessions. The first of `versions` rests on the most outcomes; none before a first cycle. Errors: those of `asOf`.
 */
export const reliability = defineTool({
  name: 'reliability', purpose: 'How reliable the desk’s probabilities are: calibration of trust against what past set-ups came to, reliability table, Brier score', effect: 'read', permission: 'desk:read',
  input: z.object({ asOf: AsOf }),
  output: z.object({ asOf: z.string(), count: z.int(), main: Version.nullable(), versions: z.array(Version) }),
  async run(context, input) {
    const moment = momentOf(context, input.asOf);
    const versions = (await latestCalibrations(context.services.database.orm, moment.asOf)).map(shown);
    return { asOf: moment.asOf, count: versions.length, main: versions[0] ?? null, versions };
  },
});

const percent = (share: number): number => Number((100 * share).toFixed(1));
const atr = (name: string, multiple: number): string => `${name} at ${multiple} × ATR`;
function shown({ version, barriers, strategies, knots, reason, count, days, from, to, tried }: Calibration): z.infer<typeof Version> {
  const only = strategies.length === 1 ? `, ${strategies[0]?.replaceAll('_', ' ')} alone` : '';
  return {
    version, of: `${atr('stop', barriers.stopAtr)}, ${atr('target', barriers.targetAtr)}${barriers.trail ? ', trailing' : ''}${only}`, calibrated: knots !== null, reason, count, sessions: days, fromText: from && formatDay(from), toText: to && formatDay(to),
    chances: (knots ?? []).map(({ score, probability }) => ({ trust: Number(score.toFixed(2)), percent: percent(probability) })),
    tried: tried?.count ?? 0, triedSessions: tried?.days ?? 0, triedFromText: tried && formatDay(tried.from), triedToText: tried && formatDay(tried.to), reachedPercent: tried && percent(tried.reached / tried.count),
    brier: tried && Number(tried.brier.after.toFixed(3)), brierOfTrust: tried && Number(tried.brier.before.toFixed(3)), brierOfAverage: tried && Number(tried.brier.plain.toFixed(3)),
    errorPoints: tried && percent(tried.calibrationError.after), errorPointsOfTrust: tried && percent(tried.calibrationError.before),
    brierText: tried && { own: tried.brier.after.toFixed(3), trust: tried.brier.before.toFixed(3), average: tried.brier.plain.toFixed(3) },
    bins: (tried?.bins ?? []).map(({ meanPredicted, observed, low, high, count: inBin, days: sessions }) => ({ said: percent(meanPredicted), came: percent(observed), low: percent(low), high: percent(high), count: inBin, sessions })),
  };
}
