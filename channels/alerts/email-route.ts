import { createTransport } from 'nodemailer';
import type { Zone } from '../../desk/time.ts';
import { type AlertRoute, DeliveryFailure } from './route.ts';
import { bodyOf, headingOf } from './words.ts';

const connectMs = 10_000;

/** Mails alerts as plain text over SMTP; Amazon SES is used by its SMTP address, like any other server. `from`: the user of the address unless it is named there. */
export function emailRoute({ smtpUrl, to, from, zone }: { smtpUrl: string; to: readonly string[]; from: string | null; zone: Zone }): AlertRoute {
  const transport = createTransport({ url: smtpUrl, connectionTimeout: connectMs, greetingTimeout: connectMs, socketTimeout: connectMs });
  const user = decodeURIComponent(new URL(smtpUrl).username);
  const sender = from ?? (user.includes('@') ? user : to[0]) ?? '';
  return {
    name: 'email',
    async deliver({ alerts, round, digest }) {
      const subject = headingOf({ alerts, round, digest }).replaceAll(/[\r\n]+/g, ' ');
      try {
        await transport.sendMail({ from: { name: 'Parapet', address: sender }, to: [...to], subject, text: `${bodyOf({ alerts, digest, zone }).join('\n')}\n` });
      } catch (error) {
        const code = typeof error === 'object' && error !== null && 'responseCode' in error ? Number(error.responseCode) : 0;
        throw new DeliveryFailure(error instanceof Error ? error.message : String(error), { again: code < 500 });
      }
    },
  };
}
