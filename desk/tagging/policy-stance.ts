/**
 * The stance of a policy text by a stated lexicon, without a model. Each sentence gives at most one vote: by what it says was
 * decided (a rate raised or cut, liquidity added or drained, rules tightened or eased), else by what moves which way (prices, growth
 * and jobs rising speak for tighter money; falling for easier money), turned round by a "not" before it.
 */
export interface PolicyStance {
  stance: 'HAWKISH' | 'DOVISH' | 'NEUTRAL';
  /** For share prices: easier money and lighter rules are bullish. */
  sentiment: 'BULLISH' | 'BEARISH' | 'NEUTRAL';
  /** The exchange's names of sectors whose words occur. */
  impactedSectors: string[];
  /** |hawkish − dovish| / (hawkish + dovish + 1) votes, 0–1: more sentences that agree, more confidence. */
  confidence: number;
  rationale: string;
  votes: { hawkish: number; dovish: number; tighterRules: number; lighterRules: number };
  /** The sentence that decided most plainly, from the text. */
  evidence: string | null;
}

const up = String.raw`(?:rais(?:e|es|ed|ing)|increas(?:e|es|ed|ing)|hik(?:e|es|ed|ing)|higher|ris(?:e|es|ing)|rose|up(?:side|ward|wards)?|accelerat\w+|strong(?:er|ly)?|strengthen\w*|elevated|above|pick(?:ed|s|ing)?[- ]?up|firm(?:ed|er|ing)?|solid|robust|expand(?:ed|ing|s)?|expansion|resilien\w+|tight(?:er|ening)?|buoyant|surg\w+|pressures?|overheat\w*|persist\w*)`;
const down = String.raw`(?:cut(?:s|ting)?|reduc(?:e|es|ed|ing|tion)|lower(?:ed|ing|s)?|declin\w+|fall(?:s|ing|en)?|fell|down(?:side|ward|wards)?|slow(?:s|ed|er|ing|down)?|weak(?:er|en|ened|ening|ness)?|soft(?:er|en|ened|ening|ness)?|moderat\w+|subdued|below|decelerat\w+|contract(?:ed|ing|ion|s)?|eas(?:e|ed|es|ing)|dip(?:s|ped)?|drop(?:s|ped|ping)?|restrain\w*|sluggish|headwinds?|muted|slack|benign)`;
const rate = String.raw`(?:(?:policy|repo|bank|federal funds|funds|interest|discount|reverse repo)\s+(?:repo\s+)?rates?|target range|federal funds target|crr|cash reserve ratio)`;
const heats = String.raw`(?:inflation\w*|prices?|wages?|cpi|wpi|pce|growth|gdp|demand|economic activity|economy|employment|payrolls?|labou?r market|spending|investment|output|production|consumption|credit|housing|exports?|sales)`;
const cools = String.raw`(?:unemployment|jobless\w*|joblessness|slack|output gap|delinquenc\w+|uncertaint\w+)`;

interface Rule { hawkish: number; pattern: RegExp }
const near = (a: string, b: string, distance: number): RegExp => new RegExp(String.raw`\b${a}\b[^.;]{0,${distance}}?\b${b}\b|\b${b}\b[^.;]{0,${distance}}?\b${a}\b`);
/** What was decided or is leaned towards; the first rule that matches gives the sentence's vote. */
const decisions: readonly Rule[] = [
  { hawkish: 0, pattern: new RegExp(String.raw`\b(?:keep|kept|leave|left|maintain(?:ed)?|hold|held|unchanged|status quo|pause)\b[^.;]{0,60}\b${rate}\b|\b${rate}\b[^.;]{0,60}\b(?:unchanged|on hold)\b`) },
  { hawkish: 1, pattern: /\bwithdrawal of accommodation|\bremov\w+ (?:of )?(?:policy )?accommodation|\b(?:policy )?tighten\w*|\brestrictive\b|\bhawkish\b|\bfirming\b[^.;]{0,30}\bpolicy|\babsorb\w*\b[^.;]{0,30}\bliquidity|\binflation(?:ary)? (?:risks?|pressures?|expectations)[^.;]{0,40}\b(?:upside|upward|rising|elevated|intensif\w+|build)|\bvigilan\w+|\bwatchful\w*|\bnormali[sz]ation of (?:monetary )?policy/ },
  { hawkish: -1, pattern: /\baccommodati(?:ve|on)\b|\bdovish\b|\beas(?:e|ed|ing)\b[^.;]{0,25}\b(?:policy|monetary|financial conditions|liquidity|stance)|\b(?:policy|monetary|liquidity|quantitative) easing\b|\basset purchases?\b|\binject\w*\b[^.;]{0,30}\bliquidity|\bliquidity (?:support|infusion)|\bmoratorium\b|\bstimul\w+|\bsupport(?:ing|s)? (?:the )?(?:growth|recovery|economy|demand)|\bdownside risks?\b|\brevive growth\b/ },
  { hawkish: 1, pattern: near(up, rate, 45) },
  { hawkish: -1, pattern: near(down, rate, 45) },
];
const heatsUp = near(up, heats, 40);
const heatsDown = near(down, heats, 40);
const coolsUp = near(up, cools, 40);
const coolsDown = near(down, cools, 40);
const negated = /\b(?:not|no longer|never|without|lack of|less|unlikely|failed to|nor)\b/;

const tighterRules = /\b(?:penalt\w+|barr(?:ed|ing)|bans?\b|banned|prohibit\w*|curbs?\b|restrict\w*|tighten\w*|stricter|suspend\w*|cancel\w*|show[- ]cause|disgorge\w*|fine[ds]?\b|cease|directions? under section 35a|higher (?:margin|risk weight)s?|mandatory)\b/;
const lighterRules = /\b(?:relax\w*|eas(?:es|ed|ing) (?:the )?(?:norms|rules|compliance)|ease of doing|exten(?:ds|ded|sion) (?:of )?(?:the )?(?:time|deadline|date)?|permit(?:s|ted)?|allow(?:s|ed)?|simplif\w+|exempt\w*|liberali[sz]\w+|incentive|subsid\w+|approves?)\b/;

const sectorWords: readonly [string, RegExp][] = [
  ['Financial Services', /\b(?:banks?|banking|nbfcs?|lend(?:ers|ing)|repo|crr|deposits?|credit|loans?|brokers?|mutual funds?|amcs?|insur\w+|stock exchanges?|derivatives|f&o|futures|portfolio managers|interest rates?|policy rate|microfinance|rating agencies|npas?)\b/],
  ['Realty', /\b(?:housing|real estate|realty|home loans?|reits?)\b/], ['Automobile and Auto Components', /\b(?:auto(?:mobile)?s?|vehicles?|electric vehicles?|evs?)\b/],
  ['Oil, Gas & Consumable Fuels', /\b(?:crude|petrol(?:eum)?|diesel|natural gas|lng|refin\w+|coal)\b/], ['Power', /\b(?:electricity|power sector|discoms?|renewable|solar|wind power)\b/],
  ['Fast Moving Consumer Goods', /\b(?:food prices|fmcg|rural demand|tobacco|cigarettes?|sugar|edible oil)\b/], ['Healthcare', /\b(?:drugs?|pharma\w*|health(?:care)?|hospitals?|medicines?)\b/],
  ['Information Technology', /\b(?:software|it services|semiconductors?|electronics|data protection)\b/], ['Telecommunication', /\b(?:telecom|spectrum|broadband)\b/], ['Metals & Mining', /\b(?:steel|alumin\w+|metals?|mining|iron ore)\b/],
  ['Capital Goods', /\b(?:defence|capital goods|manufactur\w+|pli scheme|production[- ]linked)\b/], ['Construction', /\b(?:infrastructure|highways?|railways?|capital expenditure|capex)\b/], ['Textiles', /\b(?:textiles?|cotton|garments?)\b/], ['Chemicals', /\b(?:fertili[sz]ers?|chemicals?)\b/],
];
const mostSentences = 400;
const weight = { rule: 1, direction: 1 } as const;

/** Votes of one sentence: positive hawkish, negative dovish. */
function voteOf(sentence: string): number {
  const flip = negated.test(sentence) ? -1 : 1;
  const decided = decisions.find(({ pattern }) => pattern.test(sentence));
  if (decided) return decided.hawkish * flip * weight.rule;
  const heat = Number(heatsUp.test(sentence)) - Number(heatsDown.test(sentence)) - Number(coolsUp.test(sentence)) + Number(coolsDown.test(sentence));
  return Math.sign(heat) * flip * weight.direction;
}

export function policyStance(text: string): PolicyStance {
  const sentences = text.split(/(?<=[.!?;])\s+|\n+/).map((sentence) => sentence.trim()).filter((sentence) => sentence.length > 3).slice(0, mostSentences);
  const votes = { hawkish: 0, dovish: 0, tighterRules: 0, lighterRules: 0 };
  let evidence: string | null = null;
  const say = (sentence: string): void => { evidence ??= sentence; };
  for (const sentence of sentences) {
    const lower = sentence.toLowerCase();
    const vote = voteOf(lower);
    if (vote > 0) { votes.hawkish += 1; say(sentence); } else if (vote < 0) { votes.dovish += 1; say(sentence); }
    if (tighterRules.test(lower)) { votes.tighterRules += 1; say(sentence); } else if (lighterRules.test(lower)) { votes.lighterRules += 1; say(sentence); }
  }
  const lean = votes.hawkish - votes.dovish;
  const rules = votes.lighterRules - votes.tighterRules;
  const mood = lean === 0 ? rules : -lean;
  const counted = lean === 0 ? { difference: Math.abs(rules), total: votes.tighterRules + votes.lighterRules } : { difference: Math.abs(lean), total: votes.hawkish + votes.dovish };
  const lower = text.toLowerCase();
  const stance = lean > 0 ? 'HAWKISH' : lean < 0 ? 'DOVISH' : 'NEUTRAL';
  return {
    stance, sentiment: mood > 0 ? 'BULLISH' : mood < 0 ? 'BEARISH' : 'NEUTRAL',
    impactedSectors: sectorWords.filter(([, pattern]) => pattern.test(lower)).map(([sector]) => sector),
    confidence: Math.round((100 * counted.difference) / (counted.total + 1)) / 100,
    rationale: lean !== 0 ? (lean > 0 ? 'more of its sentences speak for tighter money than for easier money' : 'more of its sentences speak for easier money than for tighter money')
      : rules !== 0 ? (rules < 0 ? 'no lean on money; its rules get tighter' : 'no lean on money; its rules get lighter') : 'nothing in it leans either way by the lexicon',
    votes, evidence,
  };
}
