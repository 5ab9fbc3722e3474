import { z } from 'zod';
import type { EventRecord } from '../market/types.ts';
import { stanceOf } from '../signals/stance.ts';
import type { Mention } from './headline-words.ts';
import { impactScore } from './impact.ts';
import { policyStance } from './policy-stance.ts';
import { readStance, type StanceReading } from './read-stance.ts';

/** Catalogue F6. One contract for the lexicon and for a model. */
export const EventTag = z.strictObject({
  /** Companies that the text names, as printed; `symbol` where it is certain which share is meant. */
  entities: z.array(z.strictObject({ name: z.string().max(120), symbol: z.string().nullable() })).max(20),
  tickers: z.array(z.string()).max(50), eventType: z.string(),
  stance: z.enum(['BULLISH', 'BEARISH', 'NEUTRAL']), confidence: z.number().min(0).max(1), rationale: z.string().max(400), impactScore: z.number().min(0).max(1), modelVersion: z.string(),
});
export type EventTag = z.output<typeof EventTag>;

/** Changes whenever the same text would be tagged otherwise: stored tags of another version are made anew. */
export const TAGGER_VERSION = 'lexicon-2';

export interface TaggedText extends Pick<EventRecord, 'title' | 'body' | 'eventType' | 'priority' | 'symbols'> {
  mentions: readonly Mention[];
  /** Wording that speaks to software is not read. */
  addressesSoftware: boolean;
}

/** The lexicon decides from this confidence on; below it, a rule of the event's type does where it has one. */
const decides = 0.5;
const byRule = 0.6;
const mostEntities = 20;
/** A filing's title is often its category alone; then the beginning of its text speaks. */
const fewestTitleWords = 4;
const leadCharacters = 200;

interface Reading { stance: StanceReading['stance']; confidence: number; rationale: string }

/**
 * Tags an event by rules, lexicon and gazetteer: which companies it names, which way it speaks for them, how sure that is, and why.
 * Pure: the same text gives the same tag. With several companies the stance is the one towards the first that is linked.
 */
export function tagEvent(text: TaggedText): EventTag {
  const { stance, confidence, rationale } = text.addressesSoftware ? { stance: 'NEUTRAL' as const, confidence: 0, rationale: 'its wording is addressed to software, so it was not read' } : readingOf(text);
  return {
    entities: text.mentions.slice(0, mostEntities).map(({ name, symbol }) => ({ name: name.slice(0, 120), symbol })), tickers: text.symbols.slice(0, 50), eventType: text.eventType,
    stance, confidence, rationale: rationale.slice(0, 400), impactScore: impactScore({ eventType: text.eventType, priority: text.priority, stance, confidence }), modelVersion: TAGGER_VERSION,
  };
}

function readingOf({ title, body, eventType, mentions }: TaggedText): Reading {
  // A policy text proper. A headline about one that names a company tells what it means for that company, and the lexicon reads headlines better.
  if (eventType === 'POLICY' && mentions.length === 0 && body !== '' && body !== title) {
    const { sentiment, confidence, rationale } = policyStance(`${title}. ${body}`);
    if (sentiment !== 'NEUTRAL') return { stance: sentiment, confidence, rationale };
  }
  const headline = title.split(/\s+/).length < fewestTitleWords && body !== '' ? `${title}. ${body.slice(0, leadCharacters)}` : title;
  const subject = mentions.find(({ symbol }) => symbol !== null) ?? mentions[0] ?? null;
  const read = readStance({ text: headline, subject: subject?.name ?? null, others: mentions.filter(({ name }) => name !== subject?.name).map(({ name }) => name) });
  const rule = read.confidence < decides ? stanceOf({ eventType, title }) : null;
  if (rule !== null) return { stance: rule, confidence: byRule, rationale: `by the rule for ${eventType.toLowerCase().replaceAll('_', ' ')}` };
  const words = read.because.map(inWords).filter((word) => word !== '');
  return { stance: read.stance, confidence: read.confidence, rationale: words.length > 0 ? `its words “${words.join('”, “')}” speak ${read.stance === 'NEUTRAL' ? 'for neither side' : read.stance === 'BULLISH' ? 'for it' : 'against it'}` : 'nothing in it leans either way by the lexicon' };
}

/** A lexicon's term as a person would read it. */
const inWords = (term: string): string => term.replace(/^[LR]:/, '').replace(/^=/, 'something ').replaceAll('@me', '…').replaceAll('@ot', '…').replaceAll('#rs', 'an amount').replaceAll('#%', 'a percentage').replaceAll('#', 'a figure').replaceAll('^', '').trim();
