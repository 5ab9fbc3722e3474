import type { EventRecord, EventType } from '../../desk/market/types.ts';

type Priority = EventRecord['priority'];
interface Rule { type: EventType; priority: Priority; pattern: RegExp }

/**
 * What a filing's category or a headline is about, by its words. The first rule that matches decides, so the special
 * stands before the general: a "buy-back completed" is no dividend, a notice of a results meeting is no result.
 * Routine compliance filings come first, since their texts mention everything.
 */
const RULES: readonly Rule[] = [
  { type: 'OTHER', priority: 'LOW', pattern: /declaration of nav|newspaper (publication|advertisement)|loss of share certificate|share certificate|trading window|investor (meet|presentation|conference)|analysts?[/ ].{0,40}(meet|call)|conference call|analyst meet|investor call|book closure|certificate (under|from)|reg(ulation)?\.? ?(74|40|39)|related party|esop|esos|esps|share price( today)?$|share price today:|annual report analysis|shareholders?'? meeting|postal ballot|annual general meeting/ },
  { type: 'OTHER', priority: 'MEDIUM', pattern: /(monthly|quarterly)? ?business updates?/ },
  { type: 'BOARD_MEETING', priority: 'MEDIUM', pattern: /outcome of (the )?board meeting/ },
  { type: 'BOARD_MEETING', priority: 'LOW', pattern: /board meeting (intimation|adjourned)|informs about board meeting|intimation (of|for) (the )?board meeting|board (meeting )?to (consider|meet)|meeting of the board .{0,60}(will|to) be held|results? (date|calendar)|to (declare|announce|report) (q[1-4]|results|earnings)/ },
  { type: 'BUYBACK', priority: 'HIGH', pattern: /buy[- ]?back/ },
  { type: 'BONUS', priority: 'HIGH', pattern: /\bbonus (issue|shares?|equity|ratio|\d)|issue of bonus|\bbonus \d+:\d+|bonus$/ },
  { type: 'SPLIT', priority: 'HIGH', pattern: /stock[- ]split|share split|sub-?division|splits? (its )?(stock|shares)|\bfvsplt|face value split/ },
  { type: 'INSIDER', priority: 'LOW', pattern: /prohibition of insider|sebi ?\(pit\)|\bpit\) ?reg|insider trading|takeover regulations|substantial acquisition of shares|\bpledge|promoters? (sell|buy|offload|stake)|bulk deal|block deal/ },
  { type: 'PENALTY', priority: 'HIGH', pattern: /penalt(y|ies)|warning letter|\bfined\b|imposes? .{0,20}fine|levied|show[- ]cause|adjudication order|settlement order|disgorge|barred from/ },
  { type: 'LITIGATION', priority: 'MEDIUM', pattern: /litigation|court|tribunal|\bnclt|\bnclat|arbitration|insolvency|lawsuit|\bsues?\b|\bfraud\b|\bcbi\b|enforcement directorate|\bed raids?|default(s|ed)? (on|in) (payment|repayment)/ },
  { type: 'RATING', priority: 'MEDIUM', pattern: /credit rating|\b(crisil|icra|care ratings|fitch|moody'?s|s&p global)\b.{0,60}(rating|upgrade|downgrade|outlook|assign|reaffirm|affirm)|\b(up|down)grade[sd]?\b.{0,40}\b(ratings?|outlook|buy|sell|hold|neutral|stable|positive|negative|overweight|underweight)\b|rating (upgrade|downgrade|revis)|reaffirm/ },
  { type: 'MANAGEMENT', priority: 'MEDIUM', pattern: /appoint|resign|cessation|steps down|stepped down|retires|retirement|change in (director|management|auditor|company secretary|kmp)|key managerial|names? .{0,40}\b(ceo|cfo|md|chairman)\b|\b(ceo|cfo|md|chairman)\b.{0,30}(quits?|exits?)|demise/ },
  { type: 'ORDER_WIN', priority: 'HIGH', pattern: /\b(bags?|bagged|secures?|secured|wins?|won|receives?|received|awarded|bagging)\b.{0,50}\b(order|contract|project|loa|letter of (award|intent|acceptance)|work order|mandate)s?\b|awarding of order|receipt of order|\border win/ },
  { type: 'DIVIDEND', priority: 'MEDIUM', pattern: /dividend|\bdiv ?- ?r[se]\b/ },
  { type: 'M&A', priority: 'HIGH', pattern: /\bmerge|amalgamat|demerge|scheme of arrangement|acquisition|acquires?\b|acquired|to acquire|takeover|\bstake (sale|in)\b|% stake|buys .{0,30}stake|divest|disinvest|joint venture|share purchase agreement|\bspa\b|hive[- ]?off|slump sale/ },
  { type: 'GUIDANCE', priority: 'HIGH', pattern: /guidance|profit warning|(raises?|cuts?|lowers?|maintains?) .{0,30}(forecast|outlook|target for fy)|outlook for (fy|the (year|quarter))/ },
  { type: 'EARNINGS', priority: 'HIGH', pattern: /financial results?|\bq[1-4](fy ?\d*)?\b.{0,40}(results?|profit|loss|net|revenue|pat|earnings|update)|\bq[1-4] ?fy ?'?\d+|net (profit|loss|sales)|\bpat\b|quarter(ly)? (results?|profit|earnings|report)|earnings|consolidated (net|profit)|results? (today|live|announced|declared|updates)|profit (rises|jumps|falls|up|down|surges|drops|slips)/ },
  { type: 'FUND_RAISE', priority: 'MEDIUM', pattern: /\bncds?\b|debenture|\bbonds?\b|rights issue|preferential|\bqip\b|qualified institution|fund ?rais|raises? .{0,30}(crore|funds?|capital|\bmn\b|\bmillion|\bbillion)|\ballot(s|ted|ment)?\b|commercial paper|\bcps?\b (worth|of)|redeems? (ncd|cp)|warrants|\bfpo\b|\bipo\b/ },
  { type: 'POLICY', priority: 'MEDIUM', pattern: /\brbi\b|reserve bank|repo (rate|auction)|monetary policy|\bsebi\b|\bcircular\b|framework for|auction (result|under)|\bgst\b|(import|export|customs?) (tariff|duty)|tariff order|union budget|import duty|government (approves|notifies)/ },
  { type: 'MACRO', priority: 'LOW', pattern: /\bsensex\b|\bnifty\b|inflation|\bcpi\b|\bwpi\b|\bgdp\b|federal reserve|\bfed\b|crude|rupee (falls|rises|gains|ends|opens|slips|weakens|strengthens)|jobs data|\bpmi\b|stock futures|market (ends|opens|closes|live)|taking stock/ },
];

interface TypedEvent { eventType: EventType; priority: Priority }

/** Every filing's body names SEBI and the exchange, so a body alone never makes an event one of these. */
const BY_TITLE_ONLY: ReadonlySet<EventType> = new Set(['POLICY', 'MACRO']);
const BODY_CHARACTERS = 600;

/**
 * Types an event from its category or title first and from its body only when those words decide nothing: a body
 * quotes regulations and old news. Deterministic; what no rule knows is `OTHER`, `LOW`.
 */
export function typeEvent({ title, body = '' }: { title: string; body?: string }): TypedEvent {
  return firstMatch(title, RULES) ?? firstMatch(body.slice(0, BODY_CHARACTERS), BODY_RULES) ?? { eventType: 'OTHER', priority: 'LOW' };
}
const BODY_RULES = RULES.filter(({ type }) => !BY_TITLE_ONLY.has(type));

function firstMatch(text: string, rules: readonly Rule[]): TypedEvent | null {
  const lower = text.toLowerCase();
  for (const { type, priority, pattern } of rules) if (pattern.test(lower)) return { eventType: type, priority };
  return null;
}
