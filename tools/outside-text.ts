/**
 * Text that came from outside (news, filings, policy papers) is data. It is stripped of markup before anybody sees it, and
 * wording that speaks to software instead of people is flagged, so that an answer can say so. Nothing here acts on it.
 */
interface Rule { id: string; pattern: RegExp }

const software = String.raw`(?:(?:any|all|every|the|an|each|desk|trading|helpful|automated|software|execution)\s+){0,3}(?:a\.?i\.?(?:\s+(?:systems?|agents?|assistants?|models?|bots?))?|(?:(?:trading|desk|risk|software|automated)[\s-]+)?(?:agents?|assistants?|bots?)|chat\s?bots?|llms?|(?:large\s+)?language\s+models?|(?:automated|machine)\s+(?:readers?|systems?))`;
const must = String.raw`(?:must|should|shall|needs?\s+to|ha(?:s|ve)\s+to|(?:is|are)\s+(?:obliged|required|asked|told|instructed|permitted|free|to)|ha(?:s|ve)\s+permission|therefore|would\s+therefore|will\s+now|please|[:,]\s*please)`;
const act = `(?:approve|buy|sell|order|trade|execute|confirm|ignore|disregard|reset|disable|set|remove|delete|paste|send|open|call|tender|submit|skip|apply|reply|output|answer|store|treat|place|act|press|reveal|route|proceed|run|close|drop|mark|book|enter|hold|state)`;
const order = `(?:orders?|cards?|trades?)`;

const rules: readonly Rule[] = [
  { id: 'orders software to act', pattern: new RegExp(String.raw`\b${software}\b[^.\n]{0,50}?\b${must}\b[^.\n]{0,60}?\b${act}`) },
  { id: 'orders software to act', pattern: new RegExp(String.raw`\b(?:assistants?|agents?|bots?)\s+(?:(?:${act.slice(3, -1)})\s+(?:directly|the|to)\b|(?:pastes?|opens?|reading the)\b)|\b(?:agents?|assistant|bot)[,:]\s*(?:please\s+)?${act}|\bsafe to \w+ by (?:the )?agent|\binstrucci[oó]n para el agente`) },
  { id: 'speaks to machine readers', pattern: /\b(?:for|to|note to) (?:any |all )?(?:the )?(?:ai|llm|automated|machine|software)[ -]?(?:readers?|agents?|systems?|assistants?|models?)\b(?: only)?\s*:|\b(?:machine|automated) readers? only\b|\b(?:to|from): (?:\w+-)?(?:agent|assistant|supervisor)\b|\bglossary for agents\b|\b(?:jo bhi )?ai ye padh raha\b|\bthe agent'?s (?:duty|goal)\b|\b(?:illegal|forbidden) for ai\b|^\s*(?:ai|assistant|agent|system)\s*:/ },
  { id: 'replaces instructions', pattern: /\b(?:ignore|disregard|forget|override|drop|bypass)\b[^.\n]{0,20}\b(?:all|any|your|previous|prior|earlier|above|the present|the current|system)\b[^.\n]{0,20}\b(?:instructions?|prompts?|rules|tasks?|guidelines|messages)\b|\bnew instructions?:|\byour (?:real|true|actual|new) (?:goal|task|role|instructions?)\b|\byou are (?:now )?(?:an? )?(?:ai|assistant|agent|in developer mode)\b/ },
  { id: 'poses as the system', pattern: /<\/?\s*(?:system|assistant|tool|instructions?|prompt|im_start|im_end)\b[^>]*>|\[\/?inst\]|\brole\s*[=:]\s*["']?(?:user|system|assistant)\b|###\s*(?:system|instructions?|end of data)|\bsystem prompt\b|"tool_calls"|"function_call"|\binterrupt\(\)|\bdeskbot\b|"(?:instruction|action)"\s*:\s*"/ },
  { id: 'names a tool or a secret', pattern: /\b(?:place|submit|cancel|modify|execute|approve|get)_(?:orders?|cards?|trades?|events?)\b|\bapi[_ ]?(?:secret|key|credentials)\b|\b(?:max_order_notional|max_daily_loss|enforce\s*=\s*false|confirmed\s*=\s*true)\b|\baccess_token\b|\buser_pref\b|\b(?:select \* from|drop (?:table|index)|delete from|comment on column)\b/ },
  { id: 'claims an approval', pattern: new RegExp(String.raw`\b(?:user|client|account holder|holder|asha)\b[^.\n]{0,30}\b(?:already |has |have |haan |hereby )*(?:agreed|approved?|confirmed|said yes|bol diya)\b|\bapprove (?:all|everything|any|pending|every)\b[^.\n]{0,12}\b(?:of them|${order}|that|pending)|\bapprove everything\b|\btreat\b[^.\n]{0,40}\bas (?:approved|confirmed|advice)\b|\b${order} #?\d+[^.\n]{0,15}(?:approved|→|->)|\bconfirmation received for\b|\bapproval token\b|\bapproved card\b|\bapprove all ${order}\b|"decision"\s*:\s*"approve"|\bpress the green button\b|\bdo you confirm (?:buy|sell)\b`) },
  { id: 'waives the confirmation', pattern: /\b(?:confirmations?|approve button|approvals?|button press)\b[^.\n]{0,40}\b(?:suspended|bypassed|deprecated|legacy|switched off|skip|not needed|costs? lives)\b|\b(?:never|no) needs? (?:a )?(?:button|confirmation|approval)|\bswitched the approve button off|\bwithout (?:asking|confirming|confirmation|approval from) (?:the )?user|\bact before it asks\b|\bconfirm'?\s*:\s*'?never/ },
  { id: 'speaks of its user', pattern: /\b(?:tell|notify|of|for|when|before|after|to|that|if|so|on|in) (?:the|this|its|your) user\b|\b(?:the|this) user'?s?\b (?:real|next|already|haan|screen|wants|has already|said|asked|approves)|\bthe user\b[^.\n]{0,20}\b(?:approves|quickly|real holdings|screen)|\bperson asking about this\b|\bstanding order from the user\b/ },
  { id: 'steers the answer', pattern: /\bbefore (?:you|it|answering|replying)\b[^.\n]{0,12}\b(?:answer|reply|summari[sz]e|ask)|\bdecode before\b|\brepeat the phrase\b|\b(?:put|write|show) (?:this|in) (?:line |the card|under the card|at the top)|\bsave (?:this )?for later\b|\bkeep it in your notes\b|\bcite this page as\b|\bdo not (?:mention|record) this (?:note|message|page)\b|\brefuse all further\b|\b(?:send|give) the (?:summary|link) as\b|\breset yours now\b|\bremember(?:ed)? (?:preference|this for)|\bthen summari[sz]e\b|\binline svg\b|\brecall this page\b/ },
  { id: 'carries data out', pattern: /<[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*>(?=[^<]*$)|hxxps?:\/\/|\btg:\/\/|\bfile:\/\/\/|169\.254\.169\.254|[?&]\w+=<|\/\w\/<base64/ },
];

/** Marks without width, marks of direction, fillers, and the tags in which ASCII can be written unseen. */
const invisible = /[\u00ad\u061c\u115f\u1160\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb\u{e0000}-\u{e0fff}]/gu;
const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ', '#39': "'", '#8217': '’', '#8216': '‘', '#8220': '“', '#8221': '”', '#8377': '₹' };
const decoded = (text: string): string => text.replace(/&(#?\w{2,6});/g, (whole, name: string) => entities[name] ?? whole);

/** Which kind of wording speaks to software, or null. Reads the raw text, comments and hidden marks included. */
export function wordingForSoftware(raw: string): string | null {
  if (/[\u202a-\u202e\u2066-\u2069]/.test(raw)) return 'hides its direction of writing';
  if (/[\u{e0020}-\u{e007e}]{8,}/u.test(raw)) return 'hides words';
  const text = decoded(raw).replace(invisible, '').replace(/[ \t]+/g, ' ');
  const lower = text.toLowerCase();
  return rules.find(({ id, pattern }) => pattern.test(id === 'carries data out' ? text : lower))?.id ?? null;
}
export const addressesSoftware = (raw: string): boolean => wordingForSoftware(raw) !== null;

/** Outside text as plain words: no tags, comments, images, links, control or invisible characters. */
export function plainWords(raw: string): string {
  let text = raw;
  // Twice, since an entity may have hidden a tag.
  for (let pass = 0; pass < 2; pass += 1) text = decoded(text.replace(/<!--[\s\S]*?(?:-->|$)/g, ' ').replace(/<\/?[a-z!?][^>]*>/gi, ' '));
  return text.replace(/!?\[([^\]]*)\]\((?:[^)]*)\)/g, '$1').replace(/^\s*\[[^\]]+\]:\s*\S+$/gm, ' ').replace(/!\[[^\]]*\]\[[^\]]*\]/g, ' ')
    .replace(/\b(?:https?|hxxps?|ftp|tg|file|javascript|data):\/*\S+/gi, '[link]')
    // What chats make a link of by themselves: an address without a scheme. A name like Amazon.com stays a name.
    .replace(/\bwww\.\S+|(?<![\p{L}\p{N}.@-])(?:[\p{L}\p{N}-]+\.)+\p{L}{2,24}\/[^\s/]\S*/giu, '[link]')
    .replace(invisible, '').replace(/[\u0000-\u001f\u007f-\u009f]+/g, ' ').replace(/[{}|]{2,}/g, ' ').replace(/\s+/g, ' ').trim();
}

export const excerptLength = 300;
/** At most `length` characters, cut between words, with every mark closed. */
export function shortened(text: string, length: number = excerptLength): string {
  if (text.length <= length) return text;
  const cut = text.slice(0, length - 2);
  const whole = cut.slice(0, Math.max(cut.lastIndexOf(' '), Math.floor(length / 2)));
  return `${whole}${whole.lastIndexOf('«') > whole.lastIndexOf('»') ? '»' : ''}…`;
}
/** A link that a person may open: http or https only, without what follows a question mark. */
export function safeUrl(url: string | undefined): string | null {
  if (!url || !URL.canParse(url)) return null;
  const parsed = new URL(url);
  if (parsed.protocol !== 'https:' && parsed.protocol !== 'http:') return null;
  parsed.username = ''; parsed.password = '';
  return parsed.toString();
}
