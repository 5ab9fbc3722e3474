import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';

export interface Mail { from: string; to: string[]; headers: string[]; text: string }

/** An SMTP server that takes every mail (RFC 5321, as far as a client without extensions needs it). */
export class MailServer {
  readonly mails: Mail[] = [];
  readonly #sockets = new Set<Socket>();
  readonly #server = createServer((socket) => this.#serve(socket));
  async listen(): Promise<string> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    return `smtp://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }
  async close(): Promise<void> { for (const socket of this.#sockets) socket.destroy(); this.#server.close(); await once(this.#server, 'close'); }

  #serve(socket: Socket): void {
    this.#sockets.add(socket);
    let [buffer, writing] = ['', false];
    let mail = { from: '', to: [] as string[] };
    const say = (text: string): void => { socket.write(`${text}\r\n`); };
    say('220 mail ready');
    socket.on('error', () => undefined);
    socket.on('data', (chunk: Buffer) => {
      buffer += chunk.toString('utf8');
      for (;;) {
        const end = writing ? buffer.indexOf('\r\n.\r\n') : buffer.indexOf('\r\n');
        if (end < 0) return;
        const part = buffer.slice(0, end);
        buffer = buffer.slice(end + (writing ? 5 : 2));
        if (writing) {
          const split = part.indexOf('\r\n\r\n');
          this.mails.push({ ...mail, headers: part.slice(0, split).split('\r\n'), text: decode(part.slice(split + 4)) });
          [writing, mail] = [false, { from: '', to: [] }];
          say('250 taken');
        } else if (/^(EHLO|HELO)/i.test(part)) say('250 mail');
        else if (/^MAIL FROM:/i.test(part)) { mail.from = /<([^>]*)>/.exec(part)?.[1] ?? ''; say('250 ok'); }
        else if (/^RCPT TO:/i.test(part)) { mail.to.push(/<([^>]*)>/.exec(part)?.[1] ?? ''); say('250 ok'); }
        else if (/^DATA/i.test(part)) { writing = true; say('354 go on'); }
        else if (/^QUIT/i.test(part)) { say('221 bye'); socket.end(); }
        else say('250 ok');
      }
    });
  }
}
/** Quoted-printable, as mails with other than plain letters are written. */
const decode = (text: string): string => Buffer.from(text.replaceAll('=\r\n', '').replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))), 'latin1').toString('utf8');
