import { randomUUID } from 'node:crypto';
import type { ConversationEvent, Inbound } from '../../../agents/vocabulary.ts';
import { ConversationRefusal } from '../../conversation-service.ts';
import { readArguments } from '../arguments.ts';
import type { Command, CommandCall, CommandDesk } from '../command.ts';
import { personFor } from '../person.ts';
import { renderEvent } from '../render.ts';

const usage = 'chat [--as PERSON] [--account NAME] [--as-of T] [--thread NAME] [--json]';

/** A line of the conversation: JSON says what it is, plain text is a message, `confirm`/`reject` with a card's number is its press. */
function inboundOf(line: string, json: boolean): Inbound | { error: string } {
  if (!json) return { message: line };
  try {
    const given = JSON.parse(line) as Record<string, unknown>;
    if (typeof given.message === 'string') return { message: given.message, ...(typeof given.account === 'string' ? { account: given.account } : {}), ...(typeof given.asOf === 'string' ? { asOf: given.asOf } : {}), ...(typeof given.replaces === 'string' ? { replaces: given.replaces } : {}) };
    if (typeof given.press === 'string' && (given.choice === 'confirm' || given.choice === 'reject')) return { press: given.press, choice: given.choice, ...(typeof given.reason === 'string' ? { reason: given.reason } : {}) };
    return { error: 'a line is {"message": TEXT, "replaces"?: TURN} or {"press": CONFIRMATION_ID, "choice": "confirm"|"reject", "reason"?}' };
  } catch (error) { return { error: `not JSON: ${error instanceof Error ? error.message : String(error)}` }; }
}

export const chatCommand: Command = {
  name: 'chat', usage, does: 'holds the conversation on standard input',
  async run(call: CommandCall, desk: CommandDesk) {
    const given = readArguments(call.args, { as: { type: 'string' }, account: { type: 'string' }, 'as-of': { type: 'string' }, thread: { type: 'string' }, json: { type: 'boolean' } }, usage);
    const json = given.flag('json');
    const person = await personFor(desk, call, given.text('as'));
    const { threadId } = await desk.conversation.openThread({ channel: 'terminal', externalId: given.text('thread') ?? randomUUID(), person });
    const asOf = given.text('as-of');
    const account = given.text('account');
    const tell = (event: ConversationEvent): void => {
      if (json) call.streams.out(JSON.stringify(event));
      else for (const line of renderEvent(event)) call.streams.out(line);
    };
    if (!json) call.streams.err(`${desk.market.label()} · ${desk.market.now()} · say something, or /help`);
    for await (const line of call.streams.input) {
      if (line.trim() === '') continue;
      const inbound = inboundOf(line, json);
      if ('error' in inbound) { tell({ turn: '', type: 'error', code: 'BAD_LINE', message: inbound.error }); tell({ turn: '', type: 'end' }); continue; }
      await new Promise<void>((done, fail) => {
        let turn: string | null = null;
        const held: ConversationEvent[] = [];
        const show = (event: ConversationEvent): void => {
          tell(event);
          if (event.type === 'end' && event.turn === turn) { stop(); done(); }
        };
        // Events of this turn may come before `say` has told which turn it is.
        const stop = desk.conversation.subscribe(threadId, (stored) => { if (stored.author === 'desk') { if (turn === null) held.push(stored.event); else show(stored.event); } });
        const full: Inbound = 'message' in inbound ? { ...inbound, ...(account && !inbound.account ? { account } : {}), ...(asOf && !inbound.asOf ? { asOf } : {}) } : inbound;
        desk.conversation.say({ threadId, person, clientMessageId: randomUUID(), inbound: full }).then((said) => { turn = said.turn; for (const event of held.splice(0)) show(event); }, (error: unknown) => {
          stop();
          if (!ConversationRefusal.isInstance(error)) { fail(error instanceof Error ? error : new Error(String(error))); return; }
          tell({ turn: '', type: 'error', code: error.code, message: error.message });
          tell({ turn: '', type: 'end' });
          done();
        });
      });
      // Without a running desk nothing moves by itself: orders meet the market between two lines.
      if (desk.endpoint === undefined) await desk.settle();
    }
    return 0;
  },
};
