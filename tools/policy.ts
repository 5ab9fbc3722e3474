import { z } from 'zod';
import { eventsOfTypes } from '../db/stores/events.ts';
import { policyTextsOf } from '../db/stores/published.ts';
import { AsOf, momentNamed, readingMoment } from './as-of.ts';
import { defineTool } from './define.ts';
import { OutsideEvent, outsideEvent } from './outside-event.ts';
import { excerptLength, plainWords, shortened } from './outside-text.ts';
import { policyStance } from '../desk/tagging/policy-stance.ts';

const Source = z.enum(['RBI', 'SEBI', 'FED', 'PIB']);
export const PolicyReading = z.object({
  stance: z.enum(['HAWKISH', 'DOVISH', 'NEUTRAL']), sentiment: z.enum(['BULLISH', 'BEARISH', 'NEUTRAL']), impactedSectors: z.array(z.string()), confidence: z.number().min(0).max(1), rationale: z.string(),
});
const Output = z.object({
  asOf: z.string(), source: Source.nullable(), count: z.int(), items: z.array(OutsideEvent.extend({ institution: z.string(), excerpt: z.string().max(excerptLength), reading: PolicyReading.describe('by the desk’s lexicon; wording addressed to software is not read') })),
  flagged: z.int(), reason: z.string().nullable(),
});
export type Policy = z.output<typeof Output>;

const institutions: Record<z.output<typeof Source>, RegExp> = {
  RBI: /\brbi\b|reserve bank of india|\bmpc\b|monetary policy committee/i, SEBI: /\bsebi\b|securities and exchange board/i, FED: /\bfed\b|\bfomc\b|federal reserve|\bpowell\b/i, PIB: /\bpib\b|press information bureau|\bcabinet\b|\bgovernment\b|\bministry\b|\bunion budget\b/i,
};
const neutral = { stance: 'NEUTRAL', sentiment: 'NEUTRAL', impactedSectors: [], confidence: 0, rationale: 'its wording is addressed to software, so it was not read' } as const;

/** What central banks, the regulator and the government said, each with its stance by a stated lexicon. */
export const policy = defineTool({
  name: 'policy',
  purpose: 'Statements of RBI, SEBI, the Fed and the government, with stance, mood and the sectors they touch',
  effect: 'read', permission: 'market:read',
  input: z.object({ source: Source.optional(), from: z.string().optional(), to: z.string().optional(), asOf: AsOf.optional(), limit: z.int().min(1).max(30).default(6) }),
  output: Output,
  run: async (context, { source, from, to, asOf, limit }) => {
    const { market, database: { orm } } = context.services;
    const moment = readingMoment(context, asOf);
    const stored = await eventsOfTypes(orm, {
      types: ['POLICY', 'MACRO'], asOf: moment.asOf, limit: 500, ...(from ? { from: momentNamed(from, { zone: market.zone, field: 'from', edge: 'start' }) } : {}), ...(to ? { to: momentNamed(to, { zone: market.zone, field: 'to' }) } : {}),
    });
    const named = stored.flatMap((event) => {
      const said = `${event.source} ${event.title}`;
      const institution = source ? (institutions[source].test(said) ? source : null) : (Source.options.find((each) => institutions[each].test(said)) ?? (event.eventType === 'POLICY' ? 'other' : null));
      return institution ? [{ event, institution }] : [];
    }).slice(0, limit);
    const whole = await policyTextsOf(orm, named.map(({ event }) => event.id), moment.asOf);
    const items = named.map(({ event, institution }) => {
      const shown = outsideEvent(event, { zone: market.zone, near: moment.date });
      const body = plainWords(event.body);
      const { stance, sentiment, impactedSectors, confidence, rationale } = policyStance(`${shown.title}. ${plainWords(whole.get(event.id)?.text ?? event.body)}`);
      return { ...shown, institution, excerpt: shortened(body), reading: shown.addressesSoftware ? { ...neutral, impactedSectors: [] } : { stance, sentiment, impactedSectors, confidence, rationale } };
    });
    return { asOf: moment.asOf, source: source ?? null, count: items.length, items, flagged: items.filter((item) => item.addressesSoftware).length, reason: items.length > 0 ? null : stored.length === 0 ? 'no policy statements are stored for that time' : `nothing from ${source} is stored for that time` };
  },
});
