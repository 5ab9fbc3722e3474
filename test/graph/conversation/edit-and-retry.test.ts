import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ConversationEvent, Inbound } from '../../../agents/vocabulary.ts';
import { replacedBy } from '../../../db/stores/conversation.ts';
import { addPerson } from '../../../db/stores/people.ts';
import { uuidv7 } from '../../../db/uuid.ts';
import { ConversationRefusal, type Person, type StoredEvent } from '../../../graph/conversation-service.ts';
import { threadHistory } from '../../../graph/turn/thread-history.ts';
import { cardOf, openTestDesk, type TestDesk, textOf } from '../../helpers/desk.ts';

let desk: TestDesk;
let threadId: string;
let sent = 0;
beforeAll(async () => { desk = await openTestDesk(); await desk.advance(20); });
afterAll(async () => { await desk.close(); });

/** A thread of its own, so that a test knows what was said last in it. */
const freshThread = async (person: Person = desk.owner): Promise<string> => (await desk.conversation.openThread({ channel: 'test', externalId: `edits-${sent += 1}`, person })).threadId;
interface Said { turn: string; events: ConversationEvent[] }
async function say(inbound: Inbound, { person = desk.owner as Person, id = `edit-${sent += 1}` } = {}): Promise<Said> {
  const events: ConversationEvent[] = [];
  const stop = desk.conversation.subscribe(threadId, (stored) => { if (stored.author === 'desk' && stored.sequence > 0) events.push(stored.event); });
  try {
    const { turn } = await desk.conversation.say({ threadId, person, clientMessageId: id, inbound });
    await desk.conversation.idle();
    return { turn, events };
  } finally { stop(); }
}
const history = (): Promise<StoredEvent[]> => desk.conversation.history({ threadId, person: desk.owner, limit: 500 });
const refusalOf = async (work: Promise<unknown>): Promise<ConversationRefusal> => {
  const thrown = await work.then(() => null, (error: unknown) => error);
  if (!ConversationRefusal.isInstance(thrown)) throw new Error('it was not refused');
  return thrown;
};
const ask = async <T>(statement: string): Promise<T[]> => (await desk.database.pool.query(statement)).rows as T[];
const actions = (): Promise<{ state: string }[]> => ask(`select state from core.actions where thread_id = '${threadId}' order by created_at`);

describe('a last message asked again', () => {
  it('in other words stands beside the earlier ones, which stay as they were', async () => {
    threadId = await freshThread();
    const first = await say({ message: 'quote NAVOSYS' });
    const stored = await history();
    const second = await say({ message: 'market hours', replaces: first.turn });
    expect(textOf(second.events)).toMatch(/^(Open until|Closed|Not yet)/);
    const now = await history();
    expect(now.slice(0, stored.length)).toEqual(stored);
    expect(now[stored.length]).toMatchObject({ author: 'person', event: { type: 'said', text: 'market hours', replaces: first.turn } });
    const [thread] = (await desk.conversation.threads(desk.owner)).filter((each) => each.threadId === threadId);
    expect(thread?.title).toBe('market hours');
  });

  it('by a command is the same, on every channel: /edit with new words, /retry with the same', async () => {
    threadId = await freshThread();
    await say({ message: 'market hour' });
    const edited = await say({ message: '/edit what moved today' });
    const again = await say({ message: '/retry' });
    const inWords = await say({ message: 'Try again please' });
    const people = (await history()).flatMap(({ event }) => (event.type === 'said' ? [event] : []));
    expect(people.map(({ text }) => text)).toEqual(['market hour', 'what moved today', 'what moved today', 'what moved today']);
    expect(people.slice(1).map(({ replaces }) => replaces)).toEqual(people.slice(0, 3).map(({ turn }) => turn));
    expect(await replacedBy(desk.database.orm, { threadId, turn: inWords.turn })).toEqual([again.turn, edited.turn, people[0]?.turn]);
    expect(textOf(again.events)).toBe(textOf(edited.events));
  });

  it('says what is missing where there is nothing to edit, or no words, and the message before it can still be edited', async () => {
    threadId = await freshThread();
    expect(textOf((await say({ message: '/retry' })).events)).toBe('There is no message of yours here that could be edited.');
    await say({ message: 'market hours' });
    expect(textOf((await say({ message: '/edit' })).events)).toBe('Write it as /edit WORDS, with the new words of your last message.');
    await say({ message: '/edit quote NAVOSYS' });
    expect((await history()).findLast(({ event }) => event.type === 'said')?.event).toMatchObject({ text: 'quote NAVOSYS', replaces: (await history()).find(({ event }) => event.type === 'said' && event.text === 'market hours')?.event.turn });
  });

  it('is understood from where the first words were: a follow-up follows what was before them', async () => {
    threadId = await freshThread();
    await say({ message: 'quote NAVOSYS' });
    const other = [...desk.market.symbols().values()].find(({ kind, symbol }) => kind === 'EQUITY' && symbol !== 'NAVOSYS')?.symbol ?? '';
    await say({ message: `quote ${other}` });
    // Without an edit a chart of "it" would be of the company that was named last.
    const { events } = await say({ message: '/edit chart it' });
    expect(events.flatMap((event) => (event.type === 'chart' ? [event.chart.symbol] : []))).toEqual(['NAVOSYS']);
  });

  it('takes an interview’s question again that the first words had answered', async () => {
    threadId = await freshThread();
    await say({ message: '/intake Tactical' });
    const answered = await say({ message: 'most gain' });
    const again = await say({ message: 'least risk', replaces: answered.turn });
    expect(textOf(answered.events)).toMatch(/^Objective: most gain\. How much/);
    expect(textOf(again.events)).toMatch(/^Objective: least risk\. How much/);
    const [row] = await ask<{ context: string }>(`select context from core.threads where id = '${threadId}'`);
    expect(JSON.parse(row?.context ?? '{}').interview.answers).toMatchObject({ objective: 'least risk' });
    await say({ message: 'later' });
  });

  it('is left to the newest words: search, the model’s history and the check of figures pass over the earlier', async () => {
    threadId = await freshThread();
    const first = await say({ message: 'quote NAVOSYS kumquat' });
    const second = await say({ message: 'quote NAVOSYS', replaces: first.turn });
    const rows = (await say({ message: '/find kumquat' })).events.flatMap((event) => (event.type === 'table' ? event.rows : []));
    expect(rows.filter(({ text }) => String(text).includes('quote NAVOSYS kumquat'))).toEqual([]);
    const words = await threadHistory(desk.database.orm, { threadId, turn: uuidv7(1) });
    expect(words.map(({ text }) => text)).not.toContain('quote NAVOSYS kumquat');
    expect(words.filter(({ author, text }) => author === 'desk' && textOf(first.events).includes(text) && !textOf(second.events).includes(text))).toEqual([]);
    expect(words.map(({ text }) => text)).toContain('quote NAVOSYS');
  });
});

describe('which message it may be', () => {
  it('refuses a message of somebody else, one of another conversation and a made-up id, with one sentence, and stores nothing', async () => {
    const meera: Person = { id: uuidv7(77), name: 'Meera', role: 'trader' };
    await desk.database.ownerTransaction((tx) => addPerson(tx, meera));
    threadId = await freshThread(meera);
    const hers = await say({ message: 'market hours' }, { person: meera });
    const herThread = threadId;
    threadId = await freshThread();
    const elsewhere = await say({ message: 'quote NAVOSYS' });
    threadId = await freshThread();
    await say({ message: 'market hours' });
    const before = await history();
    for (const replaces of [hers.turn, elsewhere.turn, uuidv7(5), 'x', "'; drop table core.messages; --"]) {
      const refusal = await refusalOf(say({ message: 'buy 10 NAVOSYS in LumpSum', replaces }));
      expect([refusal.code, refusal.message]).toEqual(['NOT_FOUND', 'There is no such message of yours in this conversation.']);
    }
    expect(await history()).toEqual(before);
    // Nor in her conversation, even by the desk's owner.
    expect((await refusalOf(desk.conversation.say({ threadId: herThread, person: desk.owner, clientMessageId: 'forged', inbound: { message: 'market hours', replaces: hers.turn } }))).code).toBe('NOT_FOUND');
  });

  it('refuses an earlier message than the last, and one that was edited already', async () => {
    threadId = await freshThread();
    const first = await say({ message: 'market hours' });
    const second = await say({ message: 'quote NAVOSYS' });
    expect((await refusalOf(say({ message: 'what moved today', replaces: first.turn }))).message).toBe('Only your last message can be edited: say the earlier one again.');
    await say({ message: 'what moved today', replaces: second.turn });
    // Another tab that still shows the earlier words.
    expect((await refusalOf(say({ message: 'what fell today', replaces: second.turn }))).message).toBe('That message was edited already: edit its newer words.');
  });

  it('lets one of two tabs win that edit at once, and asks once for one that is delivered twice', async () => {
    threadId = await freshThread();
    const { turn } = await say({ message: 'market hours' });
    const edit = (id: string, message: string) => desk.conversation.say({ threadId, person: desk.owner, clientMessageId: id, inbound: { message, replaces: turn } });
    const both = await Promise.allSettled([edit('tab-a', 'quote NAVOSYS'), edit('tab-b', 'what moved today'), edit('tab-a', 'quote NAVOSYS')]);
    const won = both.map(({ status }) => status === 'fulfilled');
    expect(won[2]).toBe(won[0]);
    expect(won[1]).toBe(!won[0]);
    const [id, words] = won[0] ? ['tab-a', 'quote NAVOSYS'] : ['tab-b', 'what moved today'];
    expect((await edit(id, words)).duplicate).toBe(true);
    await desk.conversation.idle();
    expect((await history()).flatMap(({ event }) => (event.type === 'said' ? [event.text] : []))).toEqual(['market hours', words]);
    const command = { threadId, person: desk.owner, clientMessageId: 'command-twice', inbound: { message: '/retry' } };
    const [one, two] = [await desk.conversation.say(command), await desk.conversation.say(command)];
    expect([two.turn, two.duplicate]).toEqual([one.turn, true]);
    await desk.conversation.idle();
    expect((await history()).filter(({ event }) => event.type === 'said')).toHaveLength(3);
  });
});

describe('what an edit never does', () => {
  it('leaves the card of the earlier words waiting and says so, and sends nothing', async () => {
    threadId = await freshThread();
    const first = await say({ message: 'buy 10 NAVOSYS in LumpSum' });
    const card = cardOf(first.events);
    const edited = await say({ message: 'buy 20 NAVOSYS in LumpSum', replaces: first.turn });
    expect(cardOf(edited.events)?.headline).toMatch(/^BUY 20 NAVOSYS/);
    const reply = edited.events.find((event) => event.type === 'reply');
    expect(reply?.text).toContain(`Card ${card?.cardNumber} of the earlier wording still waits for an answer.`);
    expect(reply?.choices).toContainEqual({ label: `Card ${card?.cardNumber}`, command: `/card ${card?.cardNumber}` });
    expect(reply?.figures.some(({ tool, value }) => tool === 'cards_of_earlier_wording' && value === card?.cardNumber)).toBe(true);
    expect((await actions()).map(({ state }) => state)).toEqual(['awaiting_confirmation', 'awaiting_confirmation']);
    expect(await ask('select client_order_id from core.orders')).toEqual([]);
    // Each is answered by its number, and the one that is turned down is not listed any more.
    await say({ message: `/reject ${card?.cardNumber}` });
    await say({ message: `/reject ${cardOf(edited.events)?.cardNumber}` });
  });

  it('does not let a bare yes mean a card whose words were edited away; its number does', async () => {
    threadId = await freshThread();
    const first = await say({ message: 'buy 11 NAVOSYS in LumpSum' });
    const number = cardOf(first.events)?.cardNumber;
    const edited = await say({ message: 'market hours', replaces: first.turn });
    expect(textOf(edited.events)).toContain(`Card ${number} of the earlier wording still waits for an answer.`);
    const yes = await say({ message: 'yes' });
    expect(textOf(yes.events)).toContain(`Do you mean card ${number}`);
    expect((await actions()).map(({ state }) => state)).toEqual(['awaiting_confirmation']);
    // Shown again it is the last thing that asks.
    await say({ message: `/card ${number}` });
    await say({ message: 'no' });
    expect((await actions()).map(({ state }) => state)).toEqual(['rejected']);
  });

  it('answers no card, whatever its new words are', async () => {
    threadId = await freshThread();
    const proposal = await say({ message: 'buy 12 NAVOSYS in LumpSum' });
    const number = cardOf(proposal.events)?.cardNumber;
    const question = await say({ message: 'market hours' });
    let last = question.turn;
    for (const words of ['yes', 'confirm', `/approve ${number}`, `/reject ${number}`, 'no', '/yes']) {
      const { turn, events } = await say({ message: words, replaces: last });
      expect(textOf(events), words).not.toMatch(/confirmed card|Rejected card|Sent|Filled/);
      last = turn;
    }
    expect((await actions()).map(({ state }) => state)).toEqual(['awaiting_confirmation']);
    await say({ message: `/reject ${number}` });
  });

  it('refuses to edit a message that answered a card: that answer stands', async () => {
    threadId = await freshThread();
    const proposal = await say({ message: 'buy 13 NAVOSYS in LumpSum' });
    const number = cardOf(proposal.events)?.cardNumber;
    const rejected = await say({ message: `/reject ${number}` });
    const sentence = 'Your last message answered a card, and that stands: say what you want now as a message of its own.';
    expect((await refusalOf(say({ message: `/approve ${number}`, replaces: rejected.turn }))).message).toBe(sentence);
    expect(textOf((await say({ message: '/retry' })).events)).toBe(sentence);
    expect((await actions()).map(({ state }) => state)).toEqual(['rejected']);
  });

  it('proposes a second time at most, which the duplicate check stops, and never sends', async () => {
    threadId = await freshThread();
    const first = await say({ message: 'buy 14 NAVOSYS in LumpSum' });
    const again = await say({ message: '/retry' });
    expect(cardOf(again.events)?.state).toBe('BLOCKED');
    expect(textOf(again.events)).toContain(`Card ${cardOf(first.events)?.cardNumber} of the earlier wording still waits for an answer.`);
    expect((await actions()).map(({ state }) => state)).toEqual(['awaiting_confirmation', 'blocked']);
    await say({ message: `/reject ${cardOf(first.events)?.cardNumber}` });
  });

  it('changes the card that is there where the words changed one, and asks for the quantity instead of multiplying twice', async () => {
    threadId = await freshThread();
    await say({ message: 'buy 15 NAVOSYS in LumpSum' });
    const changed = await say({ message: 'make it 30' });
    expect(cardOf(changed.events)?.headline).toMatch(/^BUY 30/);
    const edited = await say({ message: 'make it 25', replaces: changed.turn });
    expect(cardOf(edited.events)?.headline).toMatch(/^BUY 25/);
    expect((await actions()).filter(({ state }) => state === 'awaiting_confirmation')).toHaveLength(1);
    const twice = await say({ message: 'double it', replaces: edited.turn });
    expect(textOf(twice.events)).toContain('The earlier wording has changed the card already: say the quantity that it should have.');
    expect((await actions()).filter(({ state }) => state === 'awaiting_confirmation')).toHaveLength(1);
    await say({ message: `/reject ${cardOf(edited.events)?.cardNumber}` });
  });

  it('says that what was confirmed stands', async () => {
    threadId = await freshThread();
    const first = await say({ message: 'buy 16 NAVOSYS in LumpSum' });
    const card = cardOf(first.events);
    await desk.conversation.say({ threadId, person: desk.owner, clientMessageId: 'press-16', inbound: { press: card?.confirmation?.id ?? '', choice: 'confirm' } });
    await desk.conversation.idle();
    await desk.settle();
    const edited = await say({ message: 'what do I hold', replaces: first.turn });
    expect(textOf(edited.events)).toContain(`Card ${card?.cardNumber} of the earlier wording was confirmed, and that stands.`);
    expect(await ask(`select client_order_id from core.orders where action_id = '${card?.actionId}' and category = 'ENTRY'`)).toHaveLength(1);
  });
});

it('goes on after a restart: an edit that a crash cut short is answered as one', async () => {
  threadId = await freshThread();
  const first = await say({ message: 'market hours' });
  // As it stands when the process dies right after the message was stored.
  const turn = uuidv7(Date.now());
  await desk.database.pool.query("insert into core.messages (thread_id, sequence, turn, at, author, person_id, client_message_id, event, replaces) select $1, max(sequence) + 1, $2, now(), 'person', $3, 'cut-short', $4, $5 from core.messages where thread_id = $1", [threadId, turn, desk.owner.id, JSON.stringify({ type: 'said', turn, text: 'quote NAVOSYS', replaces: first.turn }), first.turn]);
  await desk.conversation.resumeUnfinished();
  await desk.conversation.idle();
  const now = await history();
  expect(now.filter(({ event }) => event.turn === turn).map(({ event }) => event.type)).toEqual(expect.arrayContaining(['said', 'reply', 'end']));
  expect((await desk.conversation.say({ threadId, person: desk.owner, clientMessageId: 'cut-short', inbound: { message: 'quote NAVOSYS', replaces: first.turn } })).duplicate).toBe(true);
  // The database itself keeps a message from being replaced twice.
  await expect(desk.database.pool.query("insert into core.messages (thread_id, sequence, turn, at, author, person_id, event, replaces) values ($1, 999, $2, now(), 'person', $3, '{}', $4)", [threadId, uuidv7(9), desk.owner.id, first.turn])).rejects.toThrow(/messages_replaces/);
});
