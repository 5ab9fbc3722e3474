import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

/** A message as the person sees it in the chat now. */
export interface ShownMessage { id: number; text: string; html: string; buttons: { text: string; callback_data: string }[][]; edits: number; photo?: Buffer; document?: { name: string; content: string; bytes: Buffer } }
interface Reply { status?: number; body: object }
type Fields = Record<string, unknown>;

/** Reads Telegram's HTML as the published rules say; throws on what Telegram would refuse. */
export function readTelegramHtml(html: string): string {
  const open: string[] = [];
  let text = '';
  for (let place = 0; place < html.length;) {
    const character = html[place] as string;
    if (character === '<') {
      const tag = /^<(\/?)(b|i|u|s|code|pre)>/.exec(html.slice(place));
      if (!tag) throw new Error(`Bad Request: can't parse entities: Unsupported start tag at byte offset ${place}`);
      if (tag[1] === '') open.push(tag[2] as string);
      else if (open.pop() !== tag[2]) throw new Error(`Bad Request: can't parse entities: Unmatched end tag at byte offset ${place}`);
      place += tag[0].length;
    } else if (character === '&') {
      const entity = /^&(amp|lt|gt|quot);/.exec(html.slice(place));
      text += entity ? { amp: '&', lt: '<', gt: '>', quot: '"' }[entity[1] as 'amp' | 'lt' | 'gt' | 'quot'] : '&';
      place += entity ? entity[0].length : 1;
    } else { text += character; place += 1; }
  }
  if (open.length > 0) throw new Error(`Bad Request: can't parse entities: Can't find end tag corresponding to start tag "${open.at(-1)}"`);
  return text;
}

const tooOld = 'Bad Request: query is too old and response timeout expired or query ID is invalid';

/** A Bot API server that follows the published methods, for the real client to talk to over HTTP. */
export class TelegramServer {
  readonly token = '4242:test-token-of-a-bot';
  readonly #http = createServer((request, response) => void this.#serve(request, response));
  readonly #updates: { update_id: number; [kind: string]: unknown }[] = [];
  readonly #chats = new Map<string, ShownMessage[]>();
  readonly #queries = new Set<string>();
  /** Users whom a bot may write to: they wrote to it first. */
  readonly #open = new Set<string>();
  readonly calls: { method: string; fields: Fields; at: number }[] = [];
  readonly acknowledged: { id: string; text: string | null }[] = [];
  readonly #limited = new Map<string, number>();
  #nextUpdate = 10_000;
  #nextMessage = 1;
  #waiting: { answer: (reply: Reply) => void; offset: number } | null = null;
  commands: object[] = [];
  webhook: { url: string; secret_token?: string } | null = null;
  /** Called whenever something changed, for waiting. */
  #listeners = new Set<() => void>();

  async listen(): Promise<string> {
    this.#http.listen(0, '127.0.0.1');
    await once(this.#http, 'listening');
    return this.root;
  }
  get root(): string { return `http://127.0.0.1:${(this.#http.address() as AddressInfo).port}`; }
  async close(): Promise<void> {
    this.#waiting?.answer({ body: { ok: true, result: [] } });
    this.#http.closeAllConnections();
    this.#http.close();
    await once(this.#http, 'close');
  }

  /** Somebody writes; a chat with a negative id is a group. Gives the update, to be sent again. */
  message(input: { chat: number; from: number; text?: string; more?: object }): number {
    const { chat, from } = input;
    if (chat > 0) this.#open.add(String(chat));
    const id = this.#nextMessage++;
    return this.#push({ message: { message_id: id, date: 1_790_000_000, from: this.#user(from), chat: this.#chat(chat), ...(input.text === undefined ? {} : { text: input.text }), ...input.more } });
  }
  /** Somebody changes the text of a message that they had sent; `of` is the update that brought it. */
  edit(input: { chat: number; from: number; of: number; text: string }): number {
    const { message_id: id } = (this.#sent.get(input.of) as { message?: { message_id: number } } | undefined)?.message ?? { message_id: 0 };
    return this.#push({ edited_message: { message_id: id, date: 1_790_000_000, edit_date: 1_790_000_060, from: this.#user(input.from), chat: this.#chat(input.chat), text: input.text } });
  }
  /** Somebody presses a button of a message that is shown, or sends whatever data they like. */
  press(input: { chat: number; from: number; label?: string; data?: string }): { queryId: string; update: number } {
    const shown = this.chat(input.chat).findLast((message) => message.buttons.flat().some(({ text }) => input.label === undefined || text === input.label));
    const data = input.data ?? shown?.buttons.flat().find(({ text }) => text === input.label)?.callback_data;
    if (data === undefined) throw new Error(`no button “${input.label}” is shown in ${input.chat}`);
    const queryId = `q${this.#nextUpdate}`;
    this.#queries.add(queryId);
    const update = this.#push({ callback_query: { id: queryId, from: this.#user(input.from), chat_instance: '-1', data, message: { message_id: shown?.id ?? 1, date: 1_790_000_000, chat: this.#chat(input.chat) } } });
    return { queryId, update };
  }
  /** Telegram forgets that it has delivered these and delivers them again, in this order. */
  again(...updates: number[]): void {
    for (const id of updates) { const found = this.#sent.get(id); if (found) this.#updates.push(found); }
    this.#deliver();
  }
  readonly #sent = new Map<number, { update_id: number }>();
  /** A press older than Telegram waits for. */
  expire(queryId: string): void { this.#queries.delete(queryId); }
  /** The next call of the method is answered with 429 and this wait. */
  limit(method: string, seconds: number): void { this.#limited.set(method, seconds); }
  /** The person blocks the bot. */
  block(user: number): void { this.#open.delete(String(user)); }
  update(id: number): object { return this.#sent.get(id) ?? {}; }

  chat(id: number): ShownMessage[] { return this.#chats.get(String(id)) ?? []; }
  texts(id: number): string[] { return this.chat(id).map(({ text }) => text); }
  async until(condition: () => boolean, what: string): Promise<void> {
    if (condition()) return;
    await new Promise<void>((resolve, reject) => {
      const late = setTimeout(() => { this.#listeners.delete(look); reject(new Error(`waited in vain for ${what}; calls: ${this.calls.slice(-12).map(({ method, fields }) => `${method} ${JSON.stringify(fields).slice(0, 200)}`).join('\n')}`)); }, 12_000);
      const look = (): void => { if (condition()) { clearTimeout(late); this.#listeners.delete(look); resolve(); } };
      this.#listeners.add(look);
    });
  }

  #user(id: number): object { return { id, is_bot: false, first_name: `Person ${id}`, username: 'same_name_as_the_owner' }; }
  #chat(id: number): object { return id > 0 ? { id, type: 'private', first_name: `Person ${id}` } : { id, type: 'supergroup', title: 'Desk' }; }
  #push(update: object): number {
    const whole = { update_id: this.#nextUpdate++, ...update };
    this.#sent.set(whole.update_id, whole);
    this.#updates.push(whole);
    this.#deliver();
    return whole.update_id;
  }
  #deliver(): void {
    if (!this.#waiting || this.#updates.length === 0) return;
    const { answer } = this.#waiting;
    this.#waiting = null;
    const batch = this.#updates.splice(0, 100);
    this.#unconfirmed = batch;
    answer({ body: { ok: true, result: batch } });
  }
  #unconfirmed: { update_id: number }[] = [];

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const [, token, method = ''] = /^\/bot([^/]+)\/(\w+)/.exec(request.url ?? '') ?? [];
    const send = ({ status, body: answer }: Reply): void => {
      if (response.writableEnded) return;
      response.writeHead(status ?? ('error_code' in answer ? Number(answer.error_code) : 200), { 'content-type': 'application/json' });
      response.end(JSON.stringify(answer));
    };
    if (token !== this.token) { send(refuse(401, 'Unauthorized')); return; }
    const type = request.headers['content-type'] ?? '';
    const fields: Fields = type.includes('multipart') ? readForm(body, type) : body.length > 0 ? (JSON.parse(body.toString('utf8')) as Fields) : {};
    this.calls.push({ method, fields, at: Date.now() });
    const wait = this.#limited.get(method);
    if (wait !== undefined) {
      this.#limited.delete(method);
      send({ status: 429, body: { ok: false, error_code: 429, description: `Too Many Requests: retry after ${wait}`, parameters: { retry_after: wait } } });
    } else if (method === 'getUpdates') this.#getUpdates(fields, send, response);
    else send(this.#answer(method, fields));
    for (const listener of this.#listeners) listener();
  }

  #getUpdates(fields: Fields, send: (reply: Reply) => void, response: ServerResponse): void {
    const offset = Number(fields.offset ?? 0);
    // What was delivered and not confirmed by a higher offset comes again.
    this.#updates.unshift(...this.#unconfirmed.filter(({ update_id }) => update_id >= offset && offset > 0 ? true : offset === 0));
    this.#unconfirmed = [];
    this.#waiting?.answer(refuse(409, 'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running'));
    this.#waiting = { answer: send, offset };
    response.on('close', () => { if (this.#waiting?.answer === send) this.#waiting = null; });
    if (fields.timeout === undefined) { this.#waiting = null; send({ body: { ok: true, result: [] } }); return; }
    this.#deliver();
  }

  #answer(method: string, fields: Fields): Reply {
    const ok = (result: unknown): Reply => ({ body: { ok: true, result } });
    switch (method) {
      case 'getMe': return ok({ id: 4242, is_bot: true, first_name: 'Parapet', username: 'parapet_test_bot', can_join_groups: true });
      case 'getMyCommands': return ok(this.commands);
      case 'setMyCommands': this.commands = fields.commands as object[]; return ok(true);
      case 'deleteWebhook': this.webhook = null; return ok(true);
      case 'setWebhook': this.webhook = fields as { url: string; secret_token?: string }; return ok(true);
      case 'sendChatAction': return ok(true);
      case 'answerCallbackQuery': {
        if (!this.#queries.delete(String(fields.callback_query_id))) return refuse(400, tooOld);
        this.acknowledged.push({ id: String(fields.callback_query_id), text: typeof fields.text === 'string' && fields.text !== '' ? fields.text : null });
        return ok(true);
      }
      case 'sendMessage': case 'sendPhoto': case 'sendDocument': case 'editMessageText': return this.#show(method, fields, ok);
      default: return refuse(404, 'Not Found: method not found');
    }
  }

  #show(method: string, fields: Fields, ok: (result: unknown) => Reply): Reply {
    const chat = String(fields.chat_id);
    if (!chat.startsWith('-') && !this.#open.has(chat)) return refuse(403, 'Forbidden: bot was blocked by the user');
    const html = String(fields.text ?? fields.caption ?? '');
    let text: string;
    try { text = fields.parse_mode === 'HTML' ? readTelegramHtml(html) : html; } catch (error) { return refuse(400, (error as Error).message); }
    if (text.trim() === '' && method !== 'sendPhoto' && method !== 'sendDocument') return refuse(400, 'Bad Request: message text is empty');
    if (text.length > (method === 'sendMessage' || method === 'editMessageText' ? 4096 : 1024)) return refuse(400, 'Bad Request: message is too long');
    const markup = (typeof fields.reply_markup === 'string' ? JSON.parse(fields.reply_markup) : fields.reply_markup) as { inline_keyboard?: ShownMessage['buttons'] } | undefined;
    const buttons = markup?.inline_keyboard ?? [];
    if (buttons.flat().some(({ callback_data }) => Buffer.byteLength(callback_data) > 64 || callback_data === '')) return refuse(400, 'Bad Request: BUTTON_DATA_INVALID');
    const messages = this.#chats.get(chat) ?? [];
    this.#chats.set(chat, messages);
    if (method === 'editMessageText') {
      const shown = messages.find(({ id }) => id === Number(fields.message_id));
      if (!shown) return refuse(400, 'Bad Request: message to edit not found');
      if (shown.html === html && JSON.stringify(shown.buttons) === JSON.stringify(buttons)) return refuse(400, 'Bad Request: message is not modified: specified new message content and reply markup are exactly the same');
      Object.assign(shown, { text, html, buttons, edits: shown.edits + 1 });
      return ok({ message_id: shown.id, date: 1, chat: this.#chat(Number(chat)), text });
    }
    const file = (fields.photo ?? fields.document) as { filename: string; content: Buffer } | undefined;
    const shown: ShownMessage = { id: this.#nextMessage++, text, html, buttons, edits: 0, ...(method === 'sendPhoto' && file ? { photo: file.content } : {}), ...(method === 'sendDocument' && file ? { document: { name: file.filename, content: file.content.toString('utf8'), bytes: file.content } } : {}) };
    messages.push(shown);
    return ok({ message_id: shown.id, date: 1, chat: this.#chat(Number(chat)), text });
  }
}

const refuse = (code: number, description: string): Reply => ({ status: code, body: { ok: false, error_code: code, description } });

/** The fields of a multipart form: texts as texts, `attach://` references with their file. */
function readForm(body: Buffer, type: string): Fields {
  const boundary = `--${/boundary=([^;]+)/.exec(type)?.[1]?.replaceAll('"', '') ?? ''}`;
  const fields: Fields = {};
  const files = new Map<string, { filename: string; content: Buffer }>();
  for (let from = body.indexOf(boundary); from >= 0;) {
    const to = body.indexOf(boundary, from + boundary.length);
    if (to < 0) break;
    const part = body.subarray(from + boundary.length + 2, to - 2);
    const split = part.indexOf('\r\n\r\n');
    const head = part.subarray(0, split).toString('utf8');
    const content = part.subarray(split + 4);
    const name = /name="?([^";\r]+)"?/.exec(head)?.[1] ?? '';
    const filename = /filename="?([^";\r]+)"?/.exec(head)?.[1];
    if (filename !== undefined) files.set(name, { filename, content: Buffer.from(content) });
    else fields[name] = content.toString('utf8');
    from = to;
  }
  for (const [name, value] of Object.entries(fields)) {
    const file = typeof value === 'string' && value.startsWith('attach://') ? files.get(value.slice(9)) : undefined;
    if (file) fields[name] = file;
  }
  for (const [name, file] of files) fields[name] ??= file;
  return fields;
}
