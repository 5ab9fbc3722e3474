import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';

export interface ShownMessage { id: string; channelId: string; text: string; buttons: { label: string; custom_id: string }[]; edits: number; ephemeral: boolean; files: string[]; attached: Buffer[]; image: boolean; colour: number | null }
interface SentFile { name: string; bytes: Buffer }
type Fields = Record<string, unknown>;
interface Reply { status: number; body: unknown; headers?: Record<string, string> }
interface Asked { id: string; token: string; kind: 'command' | 'button' | 'modal' | 'autocomplete'; userId: string; channelId: string; guildId: string | null; at: number; /** Type of the first answer. */ answer: number | null; data: Fields | null; answeredAfterMs: number | null }

const applicationId = '800000000000000001';
const botUser = { id: '800000000000000001', username: 'parapet', discriminator: '0000', global_name: null, avatar: null, bot: true };
const userOf = (id: string): object => ({ id, username: `person${id}`, discriminator: '0', global_name: null, avatar: null });
const failure = (status: number, code: number, message: string): Reply => ({ status, body: { code, message } });

/** A server that speaks Discord's gateway and the parts of its REST interface that a bot uses, for the real client to talk to. */
export class DiscordServer {
  readonly token = 'a.discord.token';
  readonly applicationId = applicationId;
  readonly #http = createServer((request, response) => void this.#serve(request, response));
  readonly #sockets = new WebSocketServer({ server: this.#http });
  readonly #messages: ShownMessage[] = [];
  readonly #asked = new Map<string, Asked>();
  readonly #over = new Set<string>();
  readonly #direct = new Map<string, string>();
  readonly #closedTo = new Set<string>();
  readonly #written: { id: string; channelId: string; user: string; content: string }[] = [];
  readonly calls: { method: string; path: string; fields: Fields }[] = [];
  readonly threads: { channelId: string; messageId: string; name: string }[] = [];
  readonly gateway: { op: number; resumed: boolean }[] = [];
  commands: Fields[] = [];
  #commandsPut = 0;
  #limited: { path: RegExp; seconds: number } | null = null;
  readonly #identified = new Set<WebSocket>();
  #sequence = 0;
  #sent: { s: number; text: string }[] = [];
  readonly #session = 'session-1';
  #next = 900_000_000_000_000_000n;
  readonly #listeners = new Set<() => void>();

  async listen(): Promise<string> {
    this.#http.listen(0, '127.0.0.1');
    await once(this.#http, 'listening');
    this.#sockets.on('connection', (socket) => this.#connected(socket));
    return this.root;
  }
  get root(): string { return `http://127.0.0.1:${(this.#http.address() as AddressInfo).port}/api`; }
  get #gatewayUrl(): string { return `ws://127.0.0.1:${(this.#http.address() as AddressInfo).port}`; }
  get commandsPut(): number { return this.#commandsPut; }
  async close(): Promise<void> {
    for (const socket of this.#sockets.clients) socket.terminate();
    this.#sockets.close();
    this.#http.closeAllConnections();
    this.#http.close();
    await once(this.#http, 'close');
  }
  #id(): string { this.#next += 1n; return String(this.#next); }
  #changed(): void { for (const listener of [...this.#listeners]) listener(); }
  async until(condition: () => boolean, what: string): Promise<void> {
    if (condition()) return;
    await new Promise<void>((resolve, reject) => {
      const late = setTimeout(() => { this.#listeners.delete(look); reject(new Error(`waited in vain for ${what}; calls: ${this.calls.slice(-12).map(({ method, path, fields }) => `${method} ${path} ${JSON.stringify(fields).slice(0, 120)}`).join('\n')}`)); }, 25_000);
      const look = (): void => { if (condition()) { clearTimeout(late); this.#listeners.delete(look); resolve(); } };
      this.#listeners.add(look);
    });
  }

  // ── what people do ──
  command(input: { user: string; name: string; options?: Record<string, string>; channel?: string }): Asked {
    return this.#ask('command', input, { type: 2, data: { id: '1', name: input.name, type: 1, options: Object.entries(input.options ?? {}).map(([name, value]) => ({ name, type: 3, value })) } });
  }
  type(input: { user: string; name: string; option: string; value: string }): Asked {
    return this.#ask('autocomplete', input, { type: 4, data: { id: '1', name: input.name, type: 1, options: [{ name: input.option, type: 3, value: input.value, focused: true }] } });
  }
  press(input: { user: string; message: ShownMessage; label?: string; data?: string }): Asked {
    const custom_id = input.data ?? input.message.buttons.find(({ label }) => label === input.label)?.custom_id;
    if (custom_id === undefined) throw new Error(`no button “${input.label}” under “${input.message.text}”`);
    const channel = [...this.#direct.values()].includes(input.message.channelId) ? undefined : input.message.channelId;
    return this.#ask('button', { user: input.user, ...(channel ? { channel } : {}) }, { type: 3, data: { custom_id, component_type: 2 }, message: this.#message(input.message) });
  }
  submit(input: { user: string; form: Asked; reason: string; message: ShownMessage }): Asked {
    const custom_id = String((input.form.data as { custom_id?: string } | null)?.custom_id);
    const channel = input.form.guildId === null ? undefined : input.form.channelId;
    return this.#ask('modal', { user: input.user, ...(channel ? { channel } : {}) }, { type: 5, data: { custom_id, components: [{ type: 1, components: [{ type: 4, custom_id: 'reason', value: input.reason }] }] }, message: this.#message(input.message) });
  }
  write(input: { user: string; text: string; id?: string }): string {
    const id = input.id ?? this.#id();
    this.#written.push({ id, channelId: this.#directOf(input.user), user: input.user, content: input.text });
    this.#dispatch('MESSAGE_CREATE', { id, channel_id: this.#directOf(input.user), author: userOf(input.user), content: input.text, timestamp: new Date().toISOString(), edited_timestamp: null, tts: false, mention_everyone: false, mentions: [], mention_roles: [], attachments: [], embeds: [], pinned: false, type: 0 });
    return id;
  }
  /** Somebody changes a direct message of theirs. `at` null: Discord only adds the preview of a link to it. */
  change(input: { user: string; id: string; text: string; at: string | null }): void {
    this.#dispatch('MESSAGE_UPDATE', { id: input.id, channel_id: this.#directOf(input.user), author: userOf(input.user), content: input.text, edited_timestamp: input.at, embeds: [], type: 0 });
  }
  #ask(kind: Asked['kind'], input: { user: string; channel?: string }, payload: Fields): Asked {
    const channelId = input.channel ?? this.#directOf(input.user);
    const asked: Asked = { id: this.#id(), token: `token-${this.#next}`, kind, userId: input.user, channelId, guildId: input.channel ? '700000000000000001' : null, at: performance.now(), answer: null, data: null, answeredAfterMs: null };
    this.#asked.set(asked.token, asked);
    this.#dispatch('INTERACTION_CREATE', {
      id: asked.id, application_id: applicationId, token: asked.token, version: 1, channel_id: channelId, channel: { id: channelId, type: input.channel ? 0 : 1 }, locale: 'en-US', app_permissions: '442368', entitlements: [], authorizing_integration_owners: {}, context: input.channel ? 0 : 1, attachment_size_limit: 1e7,
      ...(asked.guildId ? { guild_id: asked.guildId, member: { user: userOf(input.user), roles: [], permissions: '2147483647', joined_at: '2020-01-01T00:00:00.000Z', deaf: false, mute: false, flags: 0 } } : { user: userOf(input.user) }), ...payload,
    });
    return asked;
  }
  /** Discord gives up on the interaction: its token is void. */
  expire(asked: Asked): void { this.#over.add(asked.token); }
  again(asked: Asked): void { const found = this.#sent.find(({ text }) => text.includes(asked.token)); if (found) for (const socket of this.#identified) socket.send(found.text); }
  /** The person takes no direct messages. */
  closeDirect(user: string): void { this.#closedTo.add(user); }
  limit(path: RegExp, seconds: number): void { this.#limited = { path, seconds }; }
  /** The connection breaks; what is dispatched meanwhile is kept for whoever resumes. */
  drop(): void { for (const socket of this.#identified) socket.close(4000); this.#identified.clear(); }

  // ── what people see ──
  direct(user: string): ShownMessage[] { const id = this.#directOf(user); return this.#messages.filter(({ channelId, ephemeral }) => channelId === id && !ephemeral); }
  channel(id: string): ShownMessage[] { return this.#messages.filter(({ channelId, ephemeral }) => channelId === id && !ephemeral); }
  answers(asked: Asked): ShownMessage[] { return this.#messages.filter(({ id }) => id.startsWith(asked.token)); }
  #directOf(user: string): string { const known = this.#direct.get(user) ?? `6000000000000${user.padStart(5, '0')}`; this.#direct.set(user, known); return known; }
  #message(shown: ShownMessage): object { return { id: shown.id.replace(/\D/g, '').slice(0, 18) || '1', channel_id: shown.channelId, author: botUser, content: shown.text, timestamp: new Date().toISOString(), edited_timestamp: null, tts: false, mention_everyone: false, mentions: [], mention_roles: [], attachments: [], embeds: [], pinned: false, type: 0, flags: shown.ephemeral ? 64 : 0 }; }

  // ── the gateway ──
  #connected(socket: WebSocket): void {
    socket.send(JSON.stringify({ op: 10, s: null, t: null, d: { heartbeat_interval: 30_000 } }));
    socket.on('close', () => this.#identified.delete(socket));
    socket.on('message', (raw) => {
      const { op, d } = JSON.parse(String(raw)) as { op: number; d: Fields };
      if (op === 1) socket.send(JSON.stringify({ op: 11 }));
      if (op === 2) {
        if (d.token !== this.token) { socket.close(4004); return; }
        this.gateway.push({ op, resumed: false });
        this.#identified.add(socket);
        this.#dispatch('READY', { v: 10, user: botUser, guilds: [], session_id: this.#session, resume_gateway_url: this.#gatewayUrl, application: { id: applicationId, flags: 0 } });
      }
      if (op === 6) {
        this.gateway.push({ op, resumed: true });
        for (const { s, text } of this.#sent) if (s > Number(d.seq)) socket.send(text);
        this.#identified.add(socket);
        this.#dispatch('RESUMED', {});
      }
      this.#changed();
    });
  }
  #dispatch(t: string, d: object): void {
    this.#sequence += 1;
    const text = JSON.stringify({ op: 0, s: this.#sequence, t, d });
    this.#sent.push({ s: this.#sequence, text });
    for (const socket of this.#identified) socket.send(text);
  }

  // ── the REST interface ──
  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const path = (request.url ?? '').replace(/^\/api(\/v10)?/, '').replace(/\?.*$/, '');
    const after = new URL(request.url ?? '/', 'http://discord').searchParams.get('after');
    const { fields, files } = readBody(Buffer.concat(chunks), request.headers['content-type'] ?? '');
    const method = request.method ?? 'GET';
    this.calls.push({ method, path, fields });
    const answer = this.#limited?.path.test(path) ? this.#tooMany() : this.#answer(method, path, fields, files, after);
    response.writeHead(answer.status, { ...(answer.status === 204 ? {} : { 'content-type': 'application/json' }), ...answer.headers });
    response.end(answer.status === 204 ? '' : JSON.stringify(answer.body));
    this.#changed();
  }
  #tooMany(): Reply {
    const seconds = this.#limited?.seconds ?? 1;
    this.#limited = null;
    return { status: 429, body: { message: 'You are being rate limited.', retry_after: seconds, global: false }, headers: { 'retry-after': String(Math.ceil(seconds)), 'x-ratelimit-scope': 'user' } };
  }
  #answer(method: string, path: string, fields: Fields, files: SentFile[], after: string | null): Reply {
    const ok = (body: unknown): Reply => ({ status: 200, body });
    const at = (pattern: RegExp): string[] | null => pattern.exec(path)?.slice(1) ?? null;
    if (path === '/gateway/bot') return ok({ url: this.#gatewayUrl, shards: 1, session_start_limit: { total: 1000, remaining: 999, reset_after: 1000, max_concurrency: 1 } });
    if (at(/^\/applications\/\d+\/commands$/)) { if (method === 'PUT') { this.commands = fields as unknown as Fields[]; this.#commandsPut += 1; } return ok(this.commands.map((command, index) => ({ id: String(index + 1), application_id: applicationId, version: '1', nsfw: false, dm_permission: true, default_member_permissions: null, ...command, options: ((command.options as Fields[] | undefined) ?? []).map(({ required, autocomplete, ...option }) => ({ ...option, ...(required ? { required } : {}), ...(autocomplete ? { autocomplete } : {}) })) }))); }
    if (path === '/users/@me/channels') { const user = String(fields.recipient_id); return ok({ id: this.#directOf(user), type: 1, recipients: [userOf(user)], last_message_id: null }); }
    const callback = at(/^\/interactions\/\d+\/([^/]+)\/callback$/);
    if (callback) return this.#callback(callback[0] as string, fields);
    const original = at(/^\/webhooks\/\d+\/([^/]+)\/messages\/(?:@|%40)original$/);
    if (original) return this.#follow(original[0] as string, fields, files, true);
    const hook = at(/^\/webhooks\/\d+\/([^/]+)$/);
    if (hook) return this.#follow(hook[0] as string, fields, files, false);
    const thread = at(/^\/channels\/(\d+)\/messages\/(\d+)\/threads$/);
    if (thread) { this.threads.push({ channelId: thread[0] as string, messageId: thread[1] as string, name: String(fields.name) }); return ok({ id: thread[1], type: 11 }); }
    const edit = at(/^\/channels\/(\d+)\/messages\/(\d+)$/);
    if (edit) {
      const shown = this.#messages.find(({ id }) => id === edit[1]);
      if (!shown) return failure(404, 10008, 'Unknown Message');
      Object.assign(shown, this.#read(fields, files), { edits: shown.edits + 1 });
      return ok({ id: shown.id });
    }
    const post = at(/^\/channels\/(\d+)\/messages$/);
    if (post && method === 'GET') return ok(this.#written.filter(({ channelId, id }) => channelId === post[0] && BigInt(id) > BigInt(after ?? '0')).map(({ id, user, content }) => ({ id, content, author: userOf(user) })).reverse());
    if (post) {
      const channelId = post[0] as string;
      const user = [...this.#direct].find(([, id]) => id === channelId)?.[0];
      if (user && this.#closedTo.has(user)) return failure(403, 50007, 'Cannot send messages to this user');
      return this.#show({ channelId, id: this.#id(), ephemeral: false }, fields, files);
    }
    if (at(/^\/channels\/(\d+)\/typing$/)) return { status: 204, body: null };
    return failure(404, 0, `404: Not Found ${method} ${path}`);
  }
  #callback(token: string, fields: Fields): Reply {
    const asked = this.#asked.get(token);
    if (!asked || this.#over.has(token)) return failure(404, 10062, 'Unknown interaction');
    if (asked.answer !== null) return failure(400, 40060, 'Interaction has already been acknowledged.');
    Object.assign(asked, { answer: Number(fields.type), data: (fields.data as Fields | undefined) ?? null, answeredAfterMs: performance.now() - asked.at });
    return { status: 204, body: null };
  }
  #follow(token: string, fields: Fields, files: SentFile[], first: boolean): Reply {
    const asked = this.#asked.get(token);
    if (!asked || this.#over.has(token)) return failure(404, 10015, 'Unknown Webhook');
    const ephemeral = ((asked.data?.flags as number | undefined) ?? 0) === 64 || Number(fields.flags ?? 0) === 64;
    return this.#show({ channelId: asked.channelId, id: `${token}/${first ? 'original' : this.#id()}`, ephemeral }, fields, files);
  }
  #read(fields: Fields, files: SentFile[]): Pick<ShownMessage, 'text' | 'buttons' | 'files' | 'attached' | 'image' | 'colour'> {
    const embed = (fields.embeds as { description?: string; color?: number; image?: object }[] | undefined)?.[0];
    const rows = (fields.components as { components: { label: string; custom_id: string }[] }[] | undefined) ?? [];
    return { text: String(embed?.description ?? fields.content ?? ''), buttons: rows.flatMap(({ components }) => components.map(({ label, custom_id }) => ({ label, custom_id }))), files: files.map(({ name }) => name), attached: files.map(({ bytes }) => bytes), image: embed?.image !== undefined, colour: embed?.color ?? null };
  }
  #show(where: { channelId: string; id: string; ephemeral: boolean }, fields: Fields, files: SentFile[]): Reply {
    const read = this.#read(fields, files);
    if (read.text === '' && files.length === 0) return failure(400, 50006, 'Cannot send an empty message');
    if (String(fields.content ?? '').length > 2000 || read.text.length > 4096) return failure(400, 50035, 'Invalid Form Body: Must be 2000 or fewer in length.');
    if (read.buttons.some(({ custom_id }) => custom_id.length > 100)) return failure(400, 50035, 'Invalid Form Body: custom_id');
    if (((fields.allowed_mentions as { parse?: unknown[] } | undefined)?.parse ?? ['everyone']).length > 0) return failure(400, 1, 'this server wants mentions switched off');
    const before = this.#messages.find(({ id }) => id === where.id);
    if (before) Object.assign(before, read, { edits: before.edits + 1 });
    else this.#messages.push({ ...where, ...read, edits: 0 });
    return { status: 200, body: { id: where.id, channel_id: where.channelId } };
  }
}

/** JSON, or a form whose `payload_json` is the JSON and whose other parts are files. */
function readBody(body: Buffer, type: string): { fields: Fields; files: SentFile[] } {
  if (body.length === 0) return { fields: {}, files: [] };
  if (!type.includes('multipart')) return { fields: JSON.parse(body.toString('utf8')) as Fields, files: [] };
  const text = body.toString('latin1');
  const json = /name="payload_json"[^\r]*\r\n(?:[^\r]+\r\n)*\r\n([\s\S]*?)\r\n--/.exec(text)?.[1];
  return { fields: json ? (JSON.parse(Buffer.from(json, 'latin1').toString('utf8')) as Fields) : {}, files: [...text.matchAll(/filename="([^"]+)"[^\r]*\r\n(?:[^\r]+\r\n)*\r\n([\s\S]*?)\r\n--/g)].map((match) => ({ name: match[1] ?? '', bytes: Buffer.from(match[2] ?? '', 'latin1') })) };
}
