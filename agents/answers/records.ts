import { corporateActions } from '../../tools/corporate-actions.ts';
import { deals } from '../../tools/deals.ts';
import { eventCount } from '../../tools/event-count.ts';
import { indexMembers } from '../../tools/index-members.ts';
import { sectorMembers } from '../../tools/sector-members.ts';
import { symbolLookup } from '../../tools/symbol-lookup.ts';
import { tradingDays } from '../../tools/trading-days.ts';
import type { Draft } from '../define.ts';
import type { AnswerContext, AnswerTable } from './define.ts';
import { refusalDraft } from './proposal-draft.ts';
import { listed, said, sentences } from './references.ts';
import { cells, choice, draft, figures, many, read, table, words } from './wording.ts';

const rangeOf = (period: { from: string; to: string } | undefined) => (period ? { from: period.from, to: period.to } : {});

const dealWords = { BULK: ['bulk deal', 'bulk deals'], BLOCK: ['block deal', 'block deals'], SHORT: ['disclosure of short selling', 'disclosures of short selling'], INSIDER: ['insider trade', 'insider trades'] } as const;

async function dealsAnswer(context: AnswerContext<'deals'>): Promise<Draft> {
  const { intent } = context;
  const called = await read(context, deals, { symbol: intent.symbol, client: intent.client, ...(intent.what ? { kinds: [intent.what] } : {}), side: intent.side, ...(intent.order ? { order: intent.order } : {}), ...(intent.countedBy ? { by: intent.countedBy } : {}), ...rangeOf(intent.period) });
  if (!called.ok) return refusalDraft(called);
  const { output } = called;
  const cell = cells(called);
  const [one, several] = intent.what ? dealWords[intent.what] : ['deal or disclosure', 'deals and disclosures'];
  const way = intent.side === 'BUY' ? 'bought' : 'sold';
  const which = intent.side === undefined ? '' : intent.client === undefined ? ` that ${way}` : ` ${way}`;
  const by = intent.client === undefined ? '' : ` by “${said(intent.client)}”`;
  const scope = `${which}${by}${intent.symbol ? ` in ${cell('symbol', 'text')}` : ''}${intent.period ? ` ${intent.period.from === intent.period.to ? `on ${cell('fromText', 'text')}` : `from ${cell('fromText', 'text')} to ${cell('toText', 'text')}`}` : ''}`;
  const stored = output.covered.map((_, i) => `${cell(`covered.${i}.fromText`, 'text')} to ${cell(`covered.${i}.toText`, 'text')}`);
  const reach = stored.length > 0 ? `Stored: ${listed(stored)}.` : `No ${several} are stored.`;
  const [first] = output.items;
  if (!first) return draft(sentences(`No ${one}${scope} is known.`, reach));
  if (intent.countedBy && output.groups.length > 0) {
    const group = (i: number): string => `${cell(`groups.${i}.name`, 'text')} ${cell(`groups.${i}.deals`, 'count')}`;
    return draft(sentences(`Most ${several}${scope}: ${output.groups.slice(0, 5).map((_, i) => group(i)).join(', ')}.`, `${cell('total', 'count')} in ${cell('groupCount', 'count')} ${intent.countedBy === 'SYMBOL' ? 'shares' : 'names'}.`), {
      parts: [table(called, 'groups', several.replace(/^./, (letter) => letter.toUpperCase()), [words('name', intent.countedBy === 'SYMBOL' ? 'Symbol' : 'Who'), figures('deals', 'Deals'), figures('quantity', 'Shares')])],
    });
  }
  const value = first.valueRupees === null ? '' : `, ₹${cell('items.0.valueRupees', 'count')}`;
  const line = `${cell('items.0.symbol', 'text')} on ${cell('items.0.dayText', 'text')}: ${first.who === null ? '' : `${cell('items.0.who', 'text')} `}${cell('items.0.what', 'text')} ${cell('items.0.quantity', 'quantity')}${first.price === null ? '' : ` at ${cell('items.0.price', 'price')}`}${value}`;
  const side = (key: 'bought' | 'sold'): string => `${key} ${cell(`${key}.quantity`, 'quantity')} shares in ${cell(`${key}.deals`, 'count')}${output[key].valueMinor === null ? '' : ` (${cell(`${key}.valueMinor`, 'money')})`}`;
  const both = [...(output.bought.deals > 0 ? [side('bought')] : []), ...(output.sold.deals > 0 ? [side('sold')] : [])];
  return draft(sentences(`${cell('total', 'count')} ${many(output.total, one, several)}${scope}${output.together.valueMinor === null || output.total < 2 ? '' : `, ${cell('together.valueMinor', 'money')} in all`}.`, `${intent.order === 'LARGEST' ? 'Largest' : 'Latest'}: ${line}.`, both.length > 0 && output.total > 1 && `${listed(both).replace(/^./, (letter) => letter.toUpperCase())}.`, output.total > output.count && `The ${intent.order === 'LARGEST' ? 'largest' : 'latest'} ${cell('count', 'count')} are listed.`), {
    parts: [table(called, 'items', several.replace(/^./, (letter) => letter.toUpperCase()), [words('date', 'Date'), words('symbol', 'Symbol'), words('who', 'Who'), words('what', 'What'), figures('quantity', 'Shares'), figures('price', 'Price', '₹'), figures('valueRupees', 'Value', '₹'), words('mode', 'Mode')])],
  });
}

const actionWords = { SPLIT: ['split', 'splits'], BONUS: ['bonus', 'bonuses'], DIVIDEND: ['dividend', 'dividends'], RIGHTS: ['rights issue', 'rights issues'] } as const;

async function actionsAnswer(context: AnswerContext<'corporate_actions'>): Promise<Draft> {
  const { intent } = context;
  const called = await read(context, corporateActions, { symbol: intent.symbol, what: intent.what, ...(intent.ahead && !intent.period ? { ahead: true } : {}), ...rangeOf(intent.period) });
  if (!called.ok) return refusalDraft(called);
  const { output } = called;
  const cell = cells(called);
  const [one, several] = intent.what ? actionWords[intent.what] : ['corporate action', 'corporate actions'];
  const scope = `${intent.symbol ? ` of ${cell('symbol', 'text')}` : ''}${intent.period ? ` for ${said(intent.period.label)}` : ''}`;
  const published = output.coverage.map((_, i) => `${cell(`coverage.${i}.fromText`, 'text')} to ${cell(`coverage.${i}.toText`, 'text')}`);
  const reach = published.length > 0 ? `Announcements are stored of ${listed(published)} only.` : 'No announcements of corporate actions are stored.';
  const prices = output.pricesFromText !== null && intent.what !== 'DIVIDEND' ? `Prices from ${cell('pricesFromText', 'text')} on show large splits and bonuses by themselves.` : null;
  const [latest] = output.items;
  if (!latest && intent.ahead) return draft(sentences(`No ${one}${scope} is known to lie ahead.`, reach));
  if (!latest) return draft(sentences(`No ${one}${scope} is known.`, reach, prices));
  const at = (i: number): string => `${cell(`items.${i}.subject`, 'text')}, ${output.items[i]?.ahead ? 'ex-date ahead' : 'ex-date'} ${cell(`items.${i}.exDateText`, 'text')}`;
  const named = latest.basis === 'detected' && intent.what ? 'split or bonus' : one;
  return draft(sentences(`${latest.ahead ? (intent.ahead ? 'Next' : 'Ahead') : 'Last'} ${named}${intent.symbol ? ` of ${cell('symbol', 'text')}` : ` known, ${cell('items.0.symbol', 'text')}`}: ${at(0)}.`, latest.basis === 'detected' && 'Read off the prices, which do not tell a split from a bonus: no announcement of it is stored.', latest.factorFrom === 'opening' && `Earlier prices are compared at ${cell('items.0.factorPercent', 'percent')} of what was printed, estimated from its first trade after it: nobody published what it takes out of the price.`, latest.factorFrom === 'terms' && `Earlier prices are compared at ${cell('items.0.factorPercent', 'percent')} of what was printed, the theoretical price after the rights by its terms.`, output.count > 1 && `${cell('count', 'count')} ${several} are known${scope}.`, intent.what === 'DIVIDEND' && reach), {
    parts: output.count > 1 ? [table(called, 'items', several.replace(/^./, (letter) => letter.toUpperCase()), [words('exDate', 'Ex-date'), words('symbol', 'Symbol'), words('kind', 'Kind'), words('subject', 'As announced'), figures('amount', 'Rupees a share'), words('basis', 'Basis')])] : [],
  });
}

async function filingsCount(context: AnswerContext<'filings_count'>): Promise<Draft> {
  const { intent } = context;
  const called = await read(context, eventCount, { symbol: intent.symbol, ...rangeOf(intent.period) });
  if (!called.ok) return refusalDraft(called);
  const { output } = called;
  const cell = cells(called);
  const when = intent.period ? (intent.period.from === intent.period.to ? ` on ${cell('fromText', 'text')}` : ` from ${cell('fromText', 'text')} to ${cell('toText', 'text')}`) : '';
  const whose = intent.symbol ? ` of ${cell('symbol', 'text')}` : '';
  const reach = output.known.count === 0 ? 'None are stored at all.' : `Stored are ${cell('known.count', 'count')} that became known from ${cell('known.fromText', 'text')} to ${cell('known.toText', 'text')}.`;
  const bySource = output.sources.map((_, i) => `${cell(`sources.${i}.source`, 'text')} ${cell(`sources.${i}.count`, 'count')}`);
  const edge = intent.edge === 'FIRST' ? 'first' as const : intent.edge === 'LAST' ? 'last' as const : null;
  if (edge) {
    const event = output[edge];
    if (!event) return draft(sentences(`No filing or headline${whose}${when} is known.`, reach));
    const told = event.addressesSoftware ? 'a filing with wording addressed to software, which is not repeated' : cell(`${edge}.title`, 'text');
    return draft(sentences(`${intent.edge === 'FIRST' ? 'First' : 'Last'} of ${cell('count', 'count')} filings and headlines${whose}${when} that are stored: ${cell(`${edge}.dayText`, 'text')} ${cell(`${edge}.timeText`, 'text')}, ${told} (${cell(`${edge}.source`, 'text')}).`, intent.edge === 'FIRST' && 'What came before anything was stored is not known.'));
  }
  return draft(sentences(`${cell('count', 'count')} ${many(output.count, 'filing or headline', 'filings and headlines')}${whose}${when}${bySource.length > 0 ? ` (${bySource.join(', ')})` : ''}.`, output.count === 0 && reach), { choices: intent.symbol ? [choice('Show them', `/news ${intent.symbol}${intent.period ? ` ${intent.period.label}` : ''}`)] : [] });
}

const factNames = { isin: 'ISIN', faceValue: 'face value', lotSize: 'derivatives lot', sector: 'sector', listedOn: 'listing day', name: 'name' } as const;

async function symbolFacts(context: AnswerContext<'symbol_facts'>): Promise<Draft> {
  const { intent } = context;
  const called = await read(context, symbolLookup, { name: intent.symbol });
  if (!called.ok) return refusalDraft(called);
  const { output } = called;
  const cell = cells(called);
  const told: Record<keyof typeof factNames, string | null> = {
    isin: output.isin && `ISIN ${cell('isin', 'text')}`, faceValue: output.faceValue === null ? null : `face value ₹${cell('faceValue', 'number')}`, lotSize: output.lotSize === null ? null : `one derivatives lot is ${cell('lotSize', 'count')} shares`,
    sector: output.sector && `sector ${cell('sector', 'text')}${output.industry && output.industry !== output.sector ? ` (${cell('industry', 'text')})` : ''}`, listedOn: output.listedOn && `listed on ${cell('listedOnText', 'text')}`, name: output.name && cell('name', 'text'),
  };
  const named = `${cell('symbol', 'text')}`;
  if (intent.fact === 'lotSize' && output.lotSize === null) return draft(`The derivatives lot of ${named} is not known for this day: no list of lots that was known then names it. A list without a date counts from the day on which it was imported.`);
  if (intent.fact) return draft(told[intent.fact] === null ? `The ${factNames[intent.fact]} of ${named} is not known: no source that is loaded names it.` : `${named}: ${told[intent.fact]}.`);
  return draft(`${named}: ${[told.name, told.sector, told.isin, told.listedOn, told.faceValue, told.lotSize].filter((each) => each !== null).join(', ')}.`);
}

async function members(context: AnswerContext<'sector_members'>): Promise<Draft> {
  const { intent } = context;
  const called = await read(context, sectorMembers, { sector: intent.sector });
  if (!called.ok) return refusalDraft(called);
  const cell = cells(called);
  const some = called.output.members.slice(0, 8).map((_, i) => cell(`members.${i}.symbol`, 'text'));
  return draft(sentences(`${cell('count', 'count')} shares are in ${cell('sector', 'text')}: ${some.join(', ')}${called.output.count > some.length ? ' and others' : ''}.`, called.output.truncated && 'The list is cut.'), { parts: [table(called, 'members', 'Members', [words('symbol', 'Symbol'), words('name', 'Company'), words('industry', 'Industry')])] });
}

/** The index that was meant, as people write it. */
export const indexSaid = ({ index, indexNumber }: { index?: string | undefined; indexNumber?: number | undefined }): string | undefined => (index === undefined ? undefined : indexNumber === undefined ? index : `${index} ${indexNumber}`);

async function ofIndex(context: AnswerContext<'index_members'>): Promise<Draft> {
  const { intent } = context;
  const index = intent.name ?? indexSaid(intent);
  if (index === undefined) return draft('Of which index?', { choices: [choice('Nifty 50', '/members nifty 50')] });
  const called = await read(context, indexMembers, { index, symbol: intent.symbol });
  if (!called.ok) return refusalDraft(called);
  const cell = cells(called);
  const { asked, members: found, left, count, truncated } = called.output;
  const by = `by its list of ${cell('listedOnText', 'text')}`;
  if (asked) {
    const until = asked.untilText === null ? '' : `; it left by ${cell('asked.untilText', 'text')}`;
    return draft(asked.member ? `${cell('asked.symbol', 'text')} is in ${cell('index', 'text')} ${by}, since ${cell('asked.sinceText', 'text')}.` : `${cell('asked.symbol', 'text')} is not in ${cell('index', 'text')} ${by}${until}.`);
  }
  const some = found.slice(0, 8).map((_, i) => cell(`members.${i}.symbol`, 'text'));
  return draft(sentences(`${cell('index', 'text')} has ${cell('count', 'count')} members ${by}: ${some.join(', ')}${count > some.length ? ' and others' : ''}.`, left[0] && `Left last: ${cell('left.0.symbol', 'text')}, by ${cell('left.0.untilText', 'text')}.`, truncated && 'The list is cut.'), {
    parts: [table(called, 'members', 'Members', [words('symbol', 'Symbol'), words('name', 'Company'), words('sector', 'Sector'), words('sinceText', 'Since')]), ...(left.length > 0 ? [table(called, 'left', 'Have left', [words('symbol', 'Symbol'), words('name', 'Company'), words('untilText', 'Not in it from')])] : [])],
  });
}

async function days(context: AnswerContext<'trading_days'>): Promise<Draft> {
  const { intent } = context;
  const called = await read(context, tradingDays, intent.period ? rangeOf(intent.period) : {});
  if (!called.ok) return refusalDraft(called);
  const { output } = called;
  const cell = cells(called);
  const ahead = output.to > context.askedOn && output.from <= context.askedOn;
  return draft(sentences(
    `${cell('sessions', 'count')} ${many(output.sessions, 'session')} from ${cell('fromText', 'text')} to ${cell('toText', 'text')}${ahead ? `; ${cell('left', 'count')} of them still ahead` : ''}.`,
    output.holidayCount > 0 ? `${cell('holidayCount', 'count')} ${many(output.holidayCount, 'holiday')} on weekdays: ${listed(output.holidays.slice(0, 6).map((_, i) => `${cell(`holidays.${i}.dayText`, 'text')} (${cell(`holidays.${i}.label`, 'text')})`))}${output.holidayCount > 6 ? ' and others' : ''}.` : 'No holiday falls on a weekday.',
    output.uncovered > 0 && `The calendar does not cover ${cell('uncovered', 'count')} of the weekdays, so there may be more.`,
  ), { parts: output.holidayCount > 6 ? [table(called, 'holidays', 'Holidays', [words('date', 'Date'), words('weekday', 'Day'), words('label', 'Holiday')])] : [] });
}

export const recordAnswers: AnswerTable = { deals: dealsAnswer, corporate_actions: actionsAnswer, filings_count: filingsCount, symbol_facts: symbolFacts, sector_members: members, index_members: ofIndex, trading_days: days };
