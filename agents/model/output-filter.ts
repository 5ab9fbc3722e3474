/** A host whose links may stand in a reply, as people see it: `www.nseindia.com`. */
export type AllowedHosts = ReadonlySet<string>;

/** Characters that nobody sees, and the private ones that this file uses itself. */
const invisible = /[\u00ad\u061c\u115f\u1160\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb\ue000-\uf8ff\u{e0000}-\u{e0fff}\u0000-\u0008\u000b-\u001f\u007f-\u009f]/gu;
const rest = String.raw`[^\s<>()\]]`;
/** With a scheme, with `www.`, or as chats make links of without either: a common ending, or any short one with a path. */
const address = new RegExp([
  String.raw`[a-z0-9+.-]*:\/\/${rest}*`, String.raw`\b(?:javascript|vbscript|data|mailto|tel):${rest}+`, String.raw`\bwww\.${rest}+`,
  String.raw`\b(?:[a-z0-9-]+\.)+(?:com|net|org|io|ai|app|dev|xyz|info|biz|ru|cn|top|site|online|link)(?!\w)(?:[/?#:]${rest}*)?`, String.raw`\b(?:[a-z0-9-]+\.)+[a-z]{2,24}\/${rest}*`,
].join('|'), 'gi');

/** Addresses written so that only a person puts them together: `hxxps://…`, `h t t p s : / / …`, `evil[.]com`, `evil dot com`, `evil . com / login`. */
const apart = new RegExp([
  String.raw`\bhxxps?\S*`, String.raw`\bh\s+t\s+t\s+p\b[^\n]*`, String.raw`[\w-]+\s*[[({]\s*(?:\.|dot)\s*[\])}]\s*[\w-]+(?:\s*\/\s*\S+)?`,
  String.raw`\b[\w-]+ dot (?:com|net|org|io|ai|app|dev|xyz|info|biz|ru|cn|in|example)\b(?:\s*(?:\/|slash)\s*\S+)?`, String.raw`\b[\w-]+\s+\.\s*[a-z]{2,24}\s*\/\s*\w+`,
].join('|'), 'gi');

function allowedLink(text: string, hosts: AllowedHosts): string | null {
  if (!URL.canParse(text)) return null;
  const url = new URL(text);
  if ((url.protocol !== 'https:' && url.protocol !== 'http:') || !hosts.has(url.hostname) || url.username !== '') return null;
  // What follows the path could carry anything out.
  return `${url.protocol}//${url.host}${url.pathname}`;
}

/**
 * A model's text as plain words: no images, no markup, no reference-style or hidden links, no invisible characters. Links to allowed hosts
 * stay, without their query. References to figures (`{{c1.path|format}}`) and line ends are left as they are.
 */
export function plainReply(text: string, hosts: AllowedHosts = new Set()): string {
  const references: string[] = [];
  const held = text.replace(invisible, '').replace(/\{\{(?:c\d+\.[\w.-]+|said:[\d.,%₹$ -]+)(?:\|[a-z_]+)?\}\}/g, (reference) => { references.push(reference); return `\ue000${references.length - 1}\ue001`; });
  let clean = held;
  // Taking one thing out can bring another together.
  for (let before = ''; before !== clean;) { before = clean; clean = stripped(clean, hosts); }
  return clean.replace(/\ue000(\d+)\ue001/g, (_whole, index: string) => references[Number(index)] ?? '');
}
const stripped = (text: string, hosts: AllowedHosts): string => text
  .replace(/<!--[\s\S]*?(?:-->|$)/g, '').replace(/<\/?[a-z!?][^>]*(?:>|$)/gi, '')
  .replace(/!\[[^\]]*\]\s*(?:\([^)]*(?:\)|$)|\[[^\]]*(?:\]|$))/g, '')
  .replace(/^\s*\[[^\]]+\]:\s*\S+.*$/gm, '')
  .replace(/\[([^\]]*)\]\(([^)]*)(?:\)|$)/g, (_whole, label: string, target: string) => { const link = allowedLink(target.trim(), hosts); return link ? `${label} ${link}` : label; })
  .replace(/\[([^\]]+)\]\[[^\]]*\]/g, '$1')
  .replace(address, (found) => { const bare = found.replace(/[.,;:!?]+$/, ''); const link = allowedLink(bare, hosts); return link ? link + found.slice(bare.length) : ''; }).replace(apart, '')
  .replace(/(\*\*|__|`+)(?=\S)([^*_`\n]+?)\1/g, '$2').replace(/^\s{0,3}#{1,6}\s+/gm, '').replace(/^\s*[-*+]\s+/gm, '• ').replace(/^\s*\d{1,2}[.)]\s+/gm, '• ')
  .replace(/[ \t]{2,}/g, ' ').replace(/[ \t]+([.,;:])/g, '$1').replace(/\n{3,}/g, '\n\n');
/** What only lays text out; taking it away changes nothing that was said. */
const layout = (text: string): string => text.replace(/[*_`#•\s]|^\s*(?:[-+]|\d{1,2}[.)])\s/gm, '');
/** Whether anything but layout was taken out. */
export const hadMarkup = (before: string, after: string): boolean => layout(before) !== layout(after);

const deed = 'confirmed|approved|placed|sent|submitted|executed|filled|bought|sold|transferred|cancelled|canceled|closed|deposited|withdrawn|paused|resumed|halted|booked';
/** Before the deed, or it denies something else: “filled, nothing to worry about” claims as much. */
const denied = /\b(?:not|never|nothing|no|none|cannot|will be|would be|can be|could be|may be|to be)\b|n['’]t\b/i;
const supposed = /\b(?:until|unless|once|before|after|when|if)\b/i;
/** In the first person: nothing can make it true. */
const ownDeed = new RegExp(String.raw`\b(?:i|we)(?:['’](?:ve|ll)| have| had| will)?(?: \w+ly| just| now| also)* (?:${deed}|buy|sell|place|confirm|approve|execute|send|submit)\b(?![^.!?\n]*\?)`, 'i');
const deeds: readonly RegExp[] = [
  new RegExp(String.raw`\b(?:orders?|trades?|proposals?|cards?|positions?|transfers?|stops?|targets?|purchase|sale|it|this|that|they|shares)\b[^.!?\n]{0,60}?\b(?:is|are|was|were|has been|have been|been|got|gets) (?:now |already |successfully |automatically |all )*(?:${deed})\b`, 'i'),
  /\b(?:trading|entries|accounts?|desk|everything|money|funds?|limits?)\b[^.!?\n]{0,60}?\b(?:is|are|was|were|has been|have been|been) (?:now |already |all )*(?:paused|resumed|halted|stopped|frozen|unlocked|transferred|withdrawn|cancelled|canceled)\b/i,
  /\b(?:you|person|owner|user|customer)\b (?:has|have) (?:now |already |just )*(?:confirmed|approved|agreed)\b/i,
  /^\W*(?:done|confirmed|approved|executed|filled|sold|bought|order placed|order sent|all set)\b/i,
  /\b(?:successfully|automatically) (?:placed|sent|executed|bought|sold|confirmed|approved|submitted|filled)\b/i,
];
/**
 * Whether a sentence says that something was done: `own`, by whoever speaks, and a model can do nothing; `reported`, which only a
 * record can bear out.
 */
export function claimedDeed(sentence: string): 'own' | 'reported' | null {
  if (ownDeed.test(sentence)) return 'own';
  if (supposed.test(sentence)) return null;
  return deeds.some((claim) => { const found = claim.exec(sentence); return found !== null && !denied.test(sentence.slice(0, found.index + found[0].length)); }) ? 'reported' : null;
}
