import { spokenNumberAt } from './spoken-numbers.ts';
import { wordTable } from '../../desk/market/word-table.ts';

/** A word of what was said: `text` in lower case with contractions and shorthand written out, `raw` as it was typed. */
export interface Word {
  raw: string;
  text: string;
  /** Offsets in the original text; words that come out of one contraction share them. */
  start: number; end: number;
}

const written = (text: string): string => text.replace(/[’‘`]/g, "'").replace(/[“”]/g, '"');
/** Cut inside a chunk: `10@3900`, `SL=485`, `stop:1450`, but not `09:30`. */
const cuts = /(@|<=|≤|=|:(?!\d\d\b)|—|–|…|[()[\]"])/;

/** Splits what was typed into words with their places. Punctuation goes; `%`, `₹`, `&`, `/` and `-` inside words stay. */
export function splitWords(original: string): Word[] {
  const text = written(original);
  const words: Word[] = [];
  for (const chunk of text.matchAll(/\S+/g)) {
    let offset = chunk.index;
    for (const piece of chunk[0].split(cuts)) {
      const start = offset;
      offset += piece.length;
      if (piece === '@' || piece === '<=' || piece === '≤') { words.push({ raw: piece, text: 'at', start, end: offset }); continue; }
      if (piece === '&') { words.push({ raw: piece, text: 'and', start, end: offset }); continue; }
      const lead = /^[^\p{L}\p{N}₹$%+-]*/u.exec(piece)?.[0].length ?? 0;
      const body = piece.slice(lead).replace(/(\/-)?[^\p{L}\p{N}₹$%]*$/u, '');
      if (!/[\p{L}\p{N}₹$%]/u.test(body)) continue;
      words.push({ raw: body, text: body.toLowerCase(), start: start + lead, end: start + lead + body.length });
    }
  }
  return words;
}

/** Shorthand, contractions and the Hindi that traders mix in, word by word. An empty list drops the word. */
const shorthand: Record<string, string> = {
  "what's": 'what is', whats: 'what is', "where's": 'where is', wheres: 'where is', "how's": 'how is', hows: 'how is', "who's": 'who is', "when's": 'when is', whens: 'when is',
  "it's": 'it is', "that's": 'that is', "there's": 'there is', "i'm": 'i am', im: 'i am', "i've": 'i have', ive: 'i have', "i'd": 'i would', "i'll": 'i will', "we're": 'we are', "we've": 'we have',
  "you've": 'you have', youve: 'you have', "you're": 'you are', "let's": 'let us', lets: 'let us', lemme: 'let me', gimme: 'give me', wanna: 'want to', gonna: 'going to',
  "don't": 'do not', dont: 'do not', "didn't": 'did not', didnt: 'did not', "doesn't": 'does not', doesnt: 'does not', "can't": 'can not', cant: 'can not', cannot: 'can not',
  "won't": 'will not', wont: 'will not', "shouldn't": 'should not', shouldnt: 'should not', "wouldn't": 'would not', "couldn't": 'could not', "isn't": 'is not', isnt: 'is not', "aren't": 'are not', "wasn't": 'was not', "haven't": 'have not', havent: 'have not', hasnt: 'has not', arent: 'are not', wasnt: 'was not', couldnt: 'could not', "hasn't": 'has not',
  wd: 'withdraw', xd: 'ex dividend date', looser: 'loser', loosers: 'losers', corr: 'correlation', newz: 'news', plzz: 'please', pirce: 'price', optn: 'option', div: 'dividend', divs: 'dividends', mnths: 'months', saare: 'all', sare: 'all', umm: '', ummm: '', lim: 'limit', saari: 'all', sari: 'all', aadhe: 'half', aadhi: 'half', "how'd": 'how did', "what'd": 'what did', "where'd": 'where did', "when'd": 'when did', "why'd": 'why did',
  whos: 'who is', sho: 'show', wkly: 'weekly', mthly: 'monthly', dly: 'daily', rpt: 'report', adr: 'advance decline ratio',
  rej: 'reject', appr: 'approve', cxl: 'cancel', liq: 'liquidate',
  pls: 'please', plz: 'please', plss: 'please', u: 'you', ur: 'your', r: 'are', n: 'and', '&': 'and', abt: 'about', acct: 'account', acc: 'account', 'a/c': 'account', posn: 'position', posns: 'positions', pos: 'position',
  qty: 'quantity', qnty: 'quantity', mkt: 'market', sl: 'stop', stoploss: 'stop', 'stop-loss': 'stop', tgt: 'target', tp: 'target', lmt: 'limit', '2day': 'today', tdy: 'today', tday: 'today', yday: 'yesterday', ystd: 'yesterday', tmrw: 'tomorrow', tmw: 'tomorrow', wk: 'week', mth: 'month', b4: 'before',
  y: 'why', wen: 'when', wer: 'where', whr: 'where', hv: 'have', hav: 'have', gt: 'got', cn: 'can', d: 'the', da: 'the', teh: 'the', dis: 'this', dat: 'that', wid: 'with', frm: 'from', fr: 'for', mi: 'my', mah: 'my', nw: 'now', jus: 'just', wats: 'what is', wts: 'what is', whts: 'what is', wots: 'what is', wot: 'what', bcoz: 'because', coz: 'because', cuz: 'because', shrs: 'shares', shr: 'share', ordr: 'order', ordrs: 'orders', prce: 'price', prise: 'price', mrkt: 'market', posish: 'position', gve: 'give', sel: 'sell', mony: 'money', giv: 'give', shw: 'show', shwo: 'show', tel: 'tell', opn: 'open', trad: 'trade', mch: 'much', csh: 'cash', hlp: 'help', thnks: 'thanks', stk: 'stock', stks: 'stocks', stck: 'stock', stcks: 'stocks', prtfolio: 'portfolio', portfolo: 'portfolio', nws: 'news', tmr: 'tomorrow', tmrow: 'tomorrow', '2moro': 'tomorrow', lst: 'last', mnth: 'month', agla: 'next', agli: 'next', agle: 'next', naya: 'new', naye: 'new', nayi: 'new', wachlist: 'watchlist', telegrm: 'telegram', bal: 'balance', amt: 'amount', 'fii/dii': 'fii and dii', 'advance/decline': 'advance decline', wht: 'what', wat: 'what', hw: 'how', shud: 'should', shld: 'should', cud: 'could', wud: 'would', rn: 'now', pf: 'portfolio', ptf: 'portfolio', 'p&l': 'pnl', 'p/l': 'pnl', 'p&ls': 'pnl', px: 'price', avg: 'average', dd: 'drawdown', 'f&o': 'fno', infos: 'news',
  thx: 'thanks', thnx: 'thanks', ty: 'thanks', tysm: 'thanks', thanku: 'thanks', okay: 'ok', okie: 'ok', k: 'ok', kk: 'ok', yup: 'yes', yep: 'yes', yeah: 'yes', ya: 'yes', yess: 'yes', haan: 'yes', haa: 'yes', han: 'yes', nope: 'no', nah: 'no', nahi: 'no', nahin: 'no',
  installment: 'instalment', installments: 'instalments', wishlist: 'watchlist', 'watch-list': 'watchlist', 'square-off': 'squareoff', sq: 'square', fiis: 'fii', fpis: 'fii', fpi: 'fii', diis: 'dii', opts: 'options', ques: 'question',
  din: 'day', dino: 'days',
  aaj: 'today', abhi: 'now', kitna: 'how much', kitne: 'how much', kitni: 'how much', kya: 'what', kyu: 'why', kyun: 'why', kyon: 'why', kaise: 'how', kab: 'when', kaun: 'which', kaunsa: 'which', dikhao: 'show', dikha: 'show', dikhado: 'show', batao: 'show', bata: 'show', btao: 'show',
  mera: 'my', mere: 'my', meri: 'my', hamara: 'our', humara: 'our', paisa: 'cash', paise: 'cash', sab: 'everything', sabka: 'all', sabke: 'all', sabki: 'all', saara: 'everything', sara: 'everything', sabhi: 'everything', aadha: 'half', adha: 'half',
  bech: 'sell', becho: 'sell', bechdo: 'sell', bechna: 'sell', kharido: 'buy', kharid: 'buy', kharidna: 'buy', lelo: 'buy', khabar: 'news', mat: 'do not', nuksan: 'loss', munafa: 'profit', faida: 'profit', fayda: 'profit', kamaya: 'made', kamai: 'profit', gira: 'fell', gire: 'fell', chadha: 'rose', becha: 'sold', kharida: 'bought', koi: 'any', bazaar: 'market', bazar: 'market', kaisa: 'how', kaisi: 'how', tha: '', thi: '', hua: '', hui: '', wale: '', roko: 'pause', ruko: 'pause', pe: 'at', mein: 'in',
  karo: '', kardo: '', hai: '', hain: '', ka: '', ki: '', ke: '', ko: '', ji: '', bhai: '', yaar: '', boss: '', sir: '', na: '', zara: '', toh: '', bhi: '', wala: '', bura: 'worst', buri: 'worst', sabse: '', bada: 'biggest', badi: 'biggest', bade: 'biggest', zyada: 'most', jyada: 'most', '%': 'percent', uh: '', um: '', hmm: '', '₹': '₹', $: '$',
};
/** Names of indices as traders shorten them: what is looked up is the name written out. */
const shortNames: Readonly<Record<string, string>> = { bnf: 'banknifty', bn: 'banknifty', n50: 'nifty' };
/** The same over several words, after the table above. Longer ones first. */
const phrases: [string, string][] = [
  ['what is up', 'hi'], ['week hi', 'week high'], ['week lo', 'week low'], ['week his', 'week highs'], ['week los', 'week lows'], ['stop loss', 'stop'], ['stop losses', 'stops'], ['watch list', 'watchlist'], ['p and l', 'pnl'], ['profit and loss', 'pnl'], ['sell do', 'sell'], ['buy do', 'buy'], ['buy lo', 'buy'], ['sell dena', 'sell'], ['buy lena', 'buy'], ['ke liye', ''], ['le lo', 'buy'], ['le lena', 'buy'], ['kar do', ''], ['kar de', ''], ['kar dena', ''], ['show do', 'show'], ['show please', 'show'],
  ['right now', 'now'], ['at the moment', 'now'], ['as of now', 'now'], ['per cent', 'percent'], ['break even', 'breakeven'], ['square off', 'squareoff'], ['cost price', 'cost'], ['no no', 'no'], ['yes yes', 'yes'],
];
/** Hyphens that are a matter of taste, by the word before them. Others belong to names: `BAJAJ-AUTO`. */
const hyphenated: Record<string, 'join' | 'split'> = wordTable({ one: 'split', single: 'split', all: 'split', up: 'split', down: 'split', bulk: 'split', block: 'split', best: 'split', worst: 'split', moving: 'split',  re: 'join', set: 'join', un: 'join', break: 'join', build: 'join', sector: 'split', stock: 'split', account: 'split', day: 'split', month: 'split', ex: 'split', end: 'split', high: 'split', low: 'split', risk: 'split', price: 'split', top: 'split', put: 'split', max: 'split', year: 'split', long: 'split', win: 'split', intra: 'join' });
const phraseTable = phrases.map(([from, to]) => ({ from: from.split(' '), to: to === '' ? [] : to.split(' ') }));

/** "52w", "50dma", "20-day": a figure and what it counts. */
const countedUnits: Record<string, string> = wordTable({ w: 'week', wk: 'week', wks: 'weeks', yr: 'year' });

/** Writes shorthand out. Upper-case tickers that look like shorthand (`SL`, `PE`) are shorthand too: traders type both. */
export function spellOut(words: readonly Word[]): Word[] {
  const single: Word[] = [];
  for (const word of words) {
    // "2.5 k": thousands behind a figure, a nod elsewhere.
    if (word.text === 'k' && (/^[\d,.]+$/.test(single.at(-1)?.text ?? '') || spokenNumberAt([single.at(-1)?.text ?? '', 'thousand'], 0) !== null)) { single.push({ ...word, text: 'thousand' }); continue; }
    const short = Object.hasOwn(shorthand, word.text) ? shorthand[word.text] : undefined;
    const name = Object.hasOwn(shortNames, word.text) ? shortNames[word.text] : undefined;
    if (name !== undefined) { single.push({ ...word, raw: name, text: name }); continue; }
    const counted = short !== undefined ? null : /^(\d{1,4})-?(days?|sessions?|weeks?|wks?|w|months?|years?|yr|dma|sma|ema)$/.exec(word.text);
    if (counted?.[1] && counted[2]) { for (const text of [counted[1], countedUnits[counted[2]] ?? counted[2]]) single.push({ ...word, raw: text, text }); continue; }
    const hyphen = /^([a-z]+)-([a-z]+)$/.exec(word.text);
    if (hyphen?.[1] && hyphen[2] && hyphenated[hyphen[1]] !== undefined) {
      for (const text of hyphenated[hyphen[1]] === 'join' ? [hyphen[1] + hyphen[2]] : [hyphen[1], hyphen[2]]) single.push({ ...word, text });
      continue;
    }
    // A word whose ending is left after an apostrophe: "TCS's" is TCS.
    const bare = word.text.replace(/'s$/, '');
    const full = short;
    if (full !== undefined) for (const text of full.split(' ')) { if (text !== '') single.push({ ...word, text }); }
    else single.push(bare === word.text ? word : { ...word, text: bare, raw: word.raw.slice(0, bare.length) });
  }
  const out: Word[] = [];
  for (let i = 0; i < single.length;) {
    const rule = phraseTable.find(({ from }) => from.every((text, k) => single[i + k]?.text === text));
    const word = single[i];
    if (!word) break;
    if (!rule) { out.push(word); i += 1; continue; }
    const last = single[i + rule.from.length - 1] ?? word;
    for (const text of rule.to) out.push({ raw: text, text, start: word.start, end: last.end });
    i += rule.from.length;
  }
  return out;
}
