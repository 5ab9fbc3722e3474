const set = (words: string): ReadonlySet<string> => new Set(words.split(' '));

/** Words that say that news or filings are wanted. */
export const newsNouns = set('news headline headlines filing filings announcement announcements disclosure disclosures article articles coverage');
/** Words of the asking, besides light ones: no part of what is looked for. */
export const newsAskers = set('might there be been was were search find look dig happened happening happen recent recently old fresh breaking major important top big market anyone anybody someone who whom company companies firm firms regarding concerning mention mentioning mentions mentioned related relating know tell fetch pull summarise summarize against during since between around after before till until ago back day days week month months year get gets getting got been impose imposed declare declared file filed stock stocks share shares name names country india indian in the please update updates did me event events item story stories items thing things');
/** What institutions and companies do when they tell something. */
export const tellingVerbs = set('say said says saying announce announced announces announcing report reported reports reporting think thinks thinking state stated told tell tells disclose disclosed comment commented');
export const newsInstitutions = set('rbi sebi fed fomc mpc powell');
/** What these said is read whole by the policy view, whatever it was about. */
export const governmentWords = set('pib government govt cabinet');
/** With an institution, or alone, these are the policy view's: stance and statements rather than a search. */
export const policyWords = set('policy monetary regulatory circular circulars statement minutes rules rule notification press release releases meeting outcome decision');
/** Words that make a sentence one about the desk, a wish, a meaning or what is to come. */
export const notNewsTalk = set('if my our i we me us should could would shall will when upcoming coming calendar date dates scheduled holiday holidays card cards proposal feed feeds source sources mandate limit limits gate gates desk watchlist order-book define meaning mean explain schedule blackout window setting settings stale hawkish dovish stance portfolio holdings playbook playbooks job jobs alert alerts subscribe mute');

/** Things that happen to companies and economies. */
export const newsEvents = /^(?:penalt(?:y|ies)|penali[sz]ed|downgrade[sd]?|upgrade[sd]?|buybacks?|mergers?|demergers?|amalgamations?|acquisitions?|takeovers?|fundraises?|qips?|ipos?|resignations?|resign(?:ed|s)?|frauds?|scams?|lawsuits?|litigations?|usfda|cyberattacks?|delistings?|capex|tariffs?|hindenburg|bankrupt(?:cy|cies)|insolvenc(?:y|ies)|nclt|divestments?|disinvestments?|monsoon|inflation|gdp|sanctions?|strikes?-off|raids?)$/;
/** The same in several words; all places of a sentence are looked for. */
export const newsEventPhrases = /\b(?:bonus (?:issues?|shares?)|(?:stock|share) splits?|rights issues?|fund ?rais(?:es?|ing)|order wins?|orders? won|tax notices?|show cause|cyber (?:attacks?|incidents?)|data breach(?:es)?|open offers?|stake sales?|credit ratings?|rating (?:actions?|changes|upgrades?|downgrades?)|union budget|insider trading|repo rate|drug approvals?|plant (?:fires?|shutdowns?)|crude oil|joint ventures?|preferential (?:issues?|allotments?)|pledged? shares|change in management|management changes?)\b/g;
