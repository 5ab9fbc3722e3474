import { decimal, type Decimal } from '../../desk/decimal.ts';
import type { CorporateAction } from '../../desk/market/types.ts';

export type ActionTerms = Pick<CorporateAction, 'kind' | 'factor'> & { amount?: Decimal };

/** How far apart printed and comparable prices may be; a larger step is a misprint, not a split. */
const SMALLEST_FACTOR = 0.001;

/**
 * Reads an exchange's subject line: `Bonus 2:1`, `FVSPLT FRM RS 10 TO RS 2`, `AGM/DIV - RS 1.50 PER SH`,
 * `Interim Dividend - Rs. - 18.0000`, `Rights 1:5 @ Premium Rs 90`. The factor makes earlier prices comparable:
 * a bonus of a new shares for b held gives b/(a+b), a split or consolidation from a to b gives b/a (NSE's corporate-action adjustment).
 * Dividends, rights, demergers and the rest keep the factor 1: what they do to a price is not in the line. The amount of a rights issue is
 * its issue price; where the line tells only the premium over the face value, `faceValue` (rupees) is needed for it.
 */
export function readActionTerms(subject: string, faceValue: number | null = null): ActionTerms | { reason: string } {
  const text = subject.trim().toLowerCase();
  // A bonus of debentures or preference shares leaves the number of shares as it was.
  if (/bonus\b.{0,40}(debenture|preference|ncrps|\bncd|non[- ]convertible)/.test(text)) return { kind: 'OTHER', factor: 1 };
  const bonus = /bonus[^0-9]*(\d+)\s*:\s*(\d+)/.exec(text);
  if (bonus) return withFactor('BONUS', Number(bonus[2]) / (Number(bonus[1]) + Number(bonus[2])), subject);
  const split = /(?:split|splt|sub-?division|consolidation).*?r[se]\.?\s*(\d+(?:\.\d+)?)\D*?\bto\b\D*?(\d+(?:\.\d+)?)/.exec(text);
  if (split) return withFactor('SPLIT', Number(split[2]) / Number(split[1]), subject);
  if (/\bbonus\b|\bsplit\b|\bfvsplt\b|\bconsolidation of (equity )?shares\b/.test(text)) return { reason: `The ratio cannot be read in "${subject.trim().slice(0, 80)}".` };
  if (/\brights\b|\bright issue\b/.test(text)) return { kind: 'RIGHTS', factor: 1, ...issuePrice(text, faceValue) };
  if (/demerger|spin[- ]?off/.test(text)) return { kind: 'DEMERGER', factor: 1 };
  if (/dividend|\bdiv\b|intdiv|distrtn|distribution/.test(text)) {
    // Several dividends in one line (interim and special) go ex together: their amounts add up.
    const amounts = [...text.matchAll(/r[se]\.?\s*-?\s*(\d+(?:\.\d+)?)(?![\d.]*e\d)/g)].map((match) => Number(match[1])).filter((amount) => amount > 0);
    const total = amounts.reduce((sum, amount) => sum + amount, 0);
    return { kind: 'DIVIDEND', factor: 1, ...(total > 0 ? { amount: decimal(total.toFixed(4)) } : {}) };
  }
  return { kind: 'OTHER', factor: 1 };
}

/** What a right to a share costs; a right to anything but shares changes no share, so it has none. */
function issuePrice(text: string, faceValue: number | null): { amount?: Decimal } {
  const told = /(\d+\s*:\s*\d+).*?(?:r[se]\.?|₹)\s*(\d+(?:\.\d+)?)/.exec(text);
  if (!told || /debenture|\bnc?cd\b|\bccd|preference|warrant/.test(text)) return {};
  const premium = /\bpre?m(ium)?\b|\bpre\b/.test(text);
  const price = premium ? (faceValue === null ? Number.NaN : Number(told[2]) + faceValue) : Number(told[2]);
  return price > 0 ? { amount: decimal(price.toFixed(4)) } : {};
}

function withFactor(kind: 'BONUS' | 'SPLIT', factor: number, subject: string): ActionTerms | { reason: string } {
  if (!Number.isFinite(factor) || factor < SMALLEST_FACTOR || factor > 1 / SMALLEST_FACTOR) return { reason: `The ratio makes no sense in "${subject.trim().slice(0, 80)}".` };
  return { kind, factor };
}
