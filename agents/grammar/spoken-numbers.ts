import Big from 'big.js';
import { decimal, type Decimal } from '../../desk/decimal.ts';
import { wordTable } from '../../desk/market/word-table.ts';

const units: Readonly<Record<string, number>> = wordTable({ zero: 0, nought: 0, one: 1, two: 2, three: 3, four: 4, five: 5, six: 6, seven: 7, eight: 8, nine: 9 });
const teens: Readonly<Record<string, number>> = wordTable({ ten: 10, eleven: 11, twelve: 12, thirteen: 13, fourteen: 14, fifteen: 15, sixteen: 16, seventeen: 17, eighteen: 18, nineteen: 19 });
const tens: Readonly<Record<string, number>> = wordTable({ twenty: 20, thirty: 30, forty: 40, fourty: 40, fifty: 50, sixty: 60, seventy: 70, eighty: 80, ninety: 90 });
/** Hindi numbers that are no English word and no other Hindi one ("do" is also "give", "saath" also "with"). */
const hindi: Readonly<Record<string, number>> = wordTable({ ek: 1, teen: 3, paanch: 5, panch: 5, das: 10, barah: 12, pandrah: 15, bees: 20, pachees: 25, pachis: 25, tees: 30, chalis: 40, chalees: 40, pachas: 50, pachaas: 50, sattar: 70, assi: 80, nabbe: 90, dedh: 1.5, dhai: 2.5, dhaai: 2.5 });
/** These only in front of a multiplier: "do lakh" is two, "bech do" is not. */
const beforeScale: Readonly<Record<string, number>> = wordTable({ do: 2, char: 4, chaar: 4, chhe: 6, chhah: 6, saat: 7, aath: 8, nau: 9, dus: 10 });
const scales: Readonly<Record<string, number>> = wordTable({ hundred: 100, sau: 100, thousand: 1000, grand: 1000, hazaar: 1000, hazar: 1000, lakh: 100_000, lakhs: 100_000, lac: 100_000, million: 1_000_000, crore: 10_000_000, crores: 10_000_000 });

interface Spoken { value: Decimal; length: number; /** Said with a multiplier of a thousand or more and nothing after it, as nobody says a price. */ scaled: boolean }

/**
 * A number said in words: "four hundred and ten", "two thousand five hundred", "fourteen fifty", "zero point seven five", "one and a half
 * lakh", "dedh lakh". Null where it is a single word that other readings know better, or no number at all.
 */
export function spokenNumberAt(words: readonly string[], at: number): Spoken | null {
  const half = halfOf(words, at);
  if (half) return half;
  const whole = cardinalAt(words, at);
  if (!whole) return null;
  const point = words[at + whole.length] === 'point' ? digitsAt(words, at + whole.length + 1) : null;
  if (!point) return whole.length > 1 || words[at] === undefined || (hindi[words[at]] ?? 0) > 1 || words[at] === 'sau' || (words[at] === 'ek' && /^(?:percent|pct|shares?|lots?)$/.test(words[at + 1] ?? '')) || (teens[words[at]] ?? 0) > 12 ? whole : null;
  const value = new Big(`${whole.value}.${point.digits}`);
  const next = at + whole.length + 1 + point.length;
  const scale = scales[words[next] ?? ''];
  return { value: decimal((scale ? value.times(scale) : value).toFixed()), length: next + (scale ? 1 : 0) - at, scaled: scale !== undefined };
}

/** "One and a half lakh", "two and a half thousand". */
function halfOf(words: readonly string[], at: number): Spoken | null {
  const whole = units[words[at] ?? ''];
  const [and, a, half, scaled] = words.slice(at + 1, at + 5);
  const scale = scales[scaled ?? ''];
  return whole !== undefined && and === 'and' && a === 'a' && half === 'half' && scale ? { value: decimal((whole + 0.5) * scale), length: 5, scaled: true } : null;
}

function digitsAt(words: readonly string[], at: number): { digits: string; length: number } | null {
  const single = words[at] === undefined ? undefined : tens[words[at]] ?? teens[words[at]];
  if (single !== undefined) { const unit = units[words[at + 1] ?? ''] ?? 0; return single >= 20 && unit > 0 ? { digits: String(single + unit), length: 2 } : { digits: String(single), length: 1 }; }
  let digits = '';
  for (let next = at; units[words[next] ?? ''] !== undefined || /^\d$/.test(words[next] ?? ''); next += 1) digits += String(units[words[next] ?? ''] ?? words[next]);
  return digits === '' ? null : { digits, length: digits.length };
}

/** One to ninety-nine in words. */
function belowHundred(words: readonly string[], at: number): { value: number; length: number } | null {
  const word = words[at] ?? '';
  const ten = tens[word];
  if (ten !== undefined) { const unit = units[words[at + 1] ?? ''] ?? 0; return unit > 0 ? { value: ten + unit, length: 2 } : { value: ten, length: 1 }; }
  const value = teens[word] ?? units[word] ?? hindi[word];
  return value === undefined ? null : { value, length: 1 };
}

function cardinalAt(words: readonly string[], at: number): Spoken | null {
  const first = belowHundred(words, at) ?? (words[at] === 'a' && scales[words[at + 1] ?? ''] ? { value: 1, length: 1 } : words[at] === 'sau' ? { value: 1, length: 0 } : beforeScale[words[at] ?? ''] !== undefined && scales[words[at + 1] ?? ''] ? { value: beforeScale[words[at] ?? ''] ?? 0, length: 1 } : null);
  if (!first) return null;
  let next = at + first.length;
  // "Four twenty", "fourteen fifty", "thirty eight twenty five": hundreds without the word.
  const pair = first.value >= 1 ? belowHundred(words, next) : null;
  if (pair && pair.value >= 10 && Number.isInteger(first.value) && !scales[words[next + pair.length] ?? '']) return { value: decimal(first.value * 100 + pair.value), length: first.length + pair.length, scaled: false };
  let total = 0;
  let part = first.value;
  let least = Number.POSITIVE_INFINITY;
  let scaled = false;
  for (;;) {
    const scale = scales[words[next] ?? ''];
    if (scale === undefined || scale >= least) break;
    // "Two hundred thousand": a hundred multiplies what a larger word then multiplies again.
    const again = scale === 100 ? scales[words[next + 1] ?? ''] : undefined;
    total += part * scale * (again ?? 1);
    least = again ?? scale;
    next += again === undefined ? 1 : 2;
    scaled = least >= 1000;
    part = 0;
    const joined = words[next] === 'and' ? 1 : 0;
    const more = belowHundred(words, next + joined);
    if (!more || (joined === 1 && scales[words[next + joined + more.length] ?? ''] === undefined && least > 100 && least !== 1000)) break;
    const following = scales[words[next + joined + more.length] ?? ''];
    if (following !== undefined && following >= least) break;
    part = more.value;
    next += joined + more.length;
    scaled = false;
    if (following === undefined) break;
  }
  return { value: decimal(total + part), length: next - at, scaled };
}
