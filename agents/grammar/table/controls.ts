import { entries, type PhraseEntry } from './entry.ts';

const set = '(set|change|make|put|raise|lower|increase|decrease|move|update)';
const to = '(to|at|as)';
/** One kill switch by what people call it. Each has its own unit, so each has its own phrases. */
const trips = (switchType: string, words: string, slots: readonly ('percent' | 'money' | 'n')[], examples: string[]): Omit<PhraseEntry, 'kind'>[] => slots.map((slot, index) => ({
  with: { switchType, thresholdType: slot === 'percent' ? 'PERCENTAGE' : 'ABSOLUTE' }, takes: ['account'] as const,
  phrases: [`${set} (the|my|our)? (${words}) (kill)? (switch|breaker|circuit breaker) ${to}? {threshold:${slot}} (losses|trades|in a row)*`, `(trip|halt|stop|pause) (entries|trading)? (at|on|after) (a)? (${words}) (of|above|over)? {threshold:${slot}} (losses|in a row)*`],
  examples: examples.slice(index, index + 1),
}));
const named = (kind: 'switch_change' | 'switch_reset', verb: string, more: Record<string, unknown>, switchType: string, words: string, examples: string[]): PhraseEntry[] =>
  entries(kind, [{ with: { switchType, ...more }, takes: ['account'], phrases: [`${verb} (the|my|our)? (${words}) (kill)? (switch|breaker|circuit breaker) (off|on|again|now|please)*`], examples }]);
const loss = 'daily loss|max daily loss|maximum daily loss|day loss';
const drawdown = 'drawdown|max drawdown|maximum drawdown';
const streak = 'loss streak|losing streak|streak';
const volatility = 'volatility|vol spike|volatility spike';
const stale = 'stale data|stale feed|feed';
const rate = 'order rate|orders rate';
const errors = 'error rate|errors|error';
const off = '(turn off|switch off|disable|disarm|deactivate|take off)';
const reset = '(reset|clear|lift|rearm|re arm)';
const limit = (setting: string, words: string, slot: string, examples: string[]): Omit<PhraseEntry, 'kind'> => ({
  with: { setting }, takes: ['account'], phrases: [`${set} (the|our)? (desk|desks|gate|gates|global|house) (${words}) (limit|cap|blackout|bound)? ${to} {value:${slot}} (days|orders|please)*`], examples,
});

/** Accounts as a whole, limits and switches, people, and what runs by the clock. All wait for a yes. */
export const controls: PhraseEntry[] = [
  ...entries('account_change', [
    { with: { change: 'open' }, phrases: ['(open|create|make|start|add) (a|an|another|one|new|paper|more)* account (called|named) {name:reference} (with {amountMinor:money} (in it|rupees|to start with|to start)*)?', '(open|create|make|start|add) (a|an|another|one|new|paper|more)* account (called|named) {name:reference} with {amountMinor:money} and {monthlyMinor:money} (a|per|every|each) month'], examples: ['open an account called Growth', 'open a new account called Growth with ₹2,00,000', 'create another account named Kids with ₹50,000 and ₹5,000 a month'] },
    { with: { change: 'rename' }, phrases: ['(rename|call) (the|my)? {account} (account)? (to|as|into)? {name:reference}', '(rename|call) (the|my)? account {account} (to|as|into)? {name:reference}'], examples: ['rename the SIP account to Monthly', 'rename Tactical to Events'] },
    { with: { change: 'close' }, phrases: ['(close|close down|shut|wind up|delete|terminate) (the|my)? {account} account (for good|permanently|please|completely|forever)*', '(close|close down|delete|terminate) (the|my)? account {account} (for good|permanently|please|completely|forever)*'], examples: ['close the Tactical account for good', 'delete the SIP account'] },
    { with: { change: 'reset' }, phrases: ['(reset|restart|start over) (the|my)? {account} (paper)? account (with|to|at|from)? {amountMinor:money}?', '(reset|start over) {account} (with|to|at|from) {amountMinor:money}', 'start (the|my)? {account} account over (with|at|from)? {amountMinor:money}?', 'start {account} over (with|at|from)? {amountMinor:money}?'], examples: ['reset the Tactical account', 'reset Tactical to ₹5,00,000', 'start SIP over with ₹1,00,000'] },
    { with: { change: 'disarm' }, takes: ['account'], phrases: ['(disarm|stop|end|switch off|turn off) (live trading|live|real money trading|real trading|trading live) (now|at once|immediately|please)*'], examples: ['disarm live trading', 'stop live trading in SIP'] },
    { with: { change: 'arm' }, takes: ['account'], phrases: ['arm (live trading|live|real trading) (for {hours:n} (hour|hours))? (please)*'], examples: ['arm live trading in SIP for 2 hours'] },
    { with: { change: 'paper' }, takes: ['account'], phrases: ['(go|switch|move|put) (back)? (everything)? (to|on) paper (trading|again|please)*', '(trade|go) on paper (again|only|please)*', '(put|move|switch) (the|my)? {account} (account)? (back)? (to|on) paper (trading|again)*'], examples: ['put SIP on paper', 'go back to paper trading'] },
  ]),
  ...entries('funding_release', [
    { with: { part: 'TRANCHE' }, takes: ['account'], phrases: ['(release|free|let out|unlock) (the)? tranche (number|no)? {number:n} (early|now|today|please)*', '(release|free|let out|unlock) tranche {number:n} of (the)? {account} (plan|account|lump sum)* (early|now|today|please)*'], examples: ['release tranche 2 of LumpSum', 'release tranche 3 early'] },
    { with: { part: 'INSTALMENT' }, takes: ['account'], phrases: ['(release|bring in|pay in|take in) (the)? (instalment|installment|sip instalment|sip installment) (number|no)? {number:n} (early|now|today|please)*', '(release|bring in|pay in) (instalment|installment) {number:n} of (the)? {account} (plan|account)* (early|now|today|please)*'], examples: ['release instalment 3 in SIP'] },
  ]),
  ...entries('limit_change', [
    limit('singleNamePercent', 'single name|position|name|one name', 'percent', ['set the desk single name limit to 20%']), limit('sectorPercent', 'sector|sector exposure', 'percent', ['lower the desk sector cap to 25%']),
    limit('grossPercent', 'gross|gross exposure', 'percent', ['set the desk gross limit to 80%']), limit('spreadPercent', 'spread', 'percent', ['set the desk spread limit to 0.5%']), limit('fatFingerPercent', 'fat finger', 'percent', ['set the gates fat finger limit to 5%']),
    limit('averageVolumePercent', 'liquidity|volume|average volume', 'percent', ['set the desk volume cap to 3%']), limit('eventBlackoutDays', 'event|results|earnings|event blackout', 'n', ['set the desk results blackout to 3 days']),
    { with: { setting: 'fourEyesAmount' }, takes: ['account'], phrases: ['(ask for|require|need) two people (above|over|from) {value:rupees}', `${set} (the|our)? (four eyes|four eye|two person|second approver) (amount|limit)? ${to} {value:rupees}`], examples: ['require two people above ₹1,00,000', 'set the four eyes amount to ₹50,000'] },
  ]),
  ...entries('switch_change', [
    ...trips('MAX_DAILY_LOSS', loss, ['percent', 'money'], ['set the daily loss switch to 2% in SIP', 'set the daily loss switch to ₹10,000']), ...trips('MAX_DRAWDOWN', drawdown, ['percent', 'money'], ['set the drawdown switch to 12%', 'set the drawdown breaker to ₹50,000 in LumpSum']),
    ...trips('LOSS_STREAK', streak, ['n'], ['set the loss streak switch to 4 in Tactical']), ...trips('VOL_SPIKE', volatility, ['percent'], ['set the volatility switch to 250%']), ...trips('ERROR_RATE', errors, ['percent'], ['set the error rate switch to 30%']),
  ]),
  ...named('switch_change', off, { off: true }, 'MAX_DAILY_LOSS', loss, ['turn off the daily loss switch']), ...named('switch_change', off, { off: true }, 'MAX_DRAWDOWN', drawdown, ['disable the drawdown switch in SIP']),
  ...named('switch_change', off, { off: true }, 'LOSS_STREAK', streak, ['turn off the loss streak switch']), ...named('switch_change', off, { off: true }, 'VOL_SPIKE', volatility, ['turn off the volatility switch']),
  ...named('switch_change', off, { off: true }, 'STALE_DATA', stale, ['turn off the stale data switch']), ...named('switch_change', off, { off: true }, 'ORDER_RATE', rate, ['turn off the order rate switch']), ...named('switch_change', off, { off: true }, 'ERROR_RATE', errors, ['turn off the error rate switch']),
  ...named('switch_reset', reset, {}, 'MAX_DAILY_LOSS', loss, ['reset the daily loss switch']), ...named('switch_reset', reset, {}, 'MAX_DRAWDOWN', drawdown, ['reset the drawdown switch in SIP']), ...named('switch_reset', reset, {}, 'LOSS_STREAK', streak, ['reset the loss streak switch']),
  ...named('switch_reset', reset, {}, 'VOL_SPIKE', volatility, ['reset the volatility switch']), ...named('switch_reset', reset, {}, 'STALE_DATA', stale, ['reset the stale data switch']), ...named('switch_reset', reset, {}, 'ORDER_RATE', rate, ['reset the order rate switch']),
  ...named('switch_reset', reset, {}, 'ERROR_RATE', errors, ['reset the error rate switch']), ...named('switch_reset', reset, {}, 'MANUAL', 'manual|kill', ['reset the manual switch']),
  ...entries('person_change', [
    ...(['owner', 'trader', 'viewer'] as const).map((role): Omit<PhraseEntry, 'kind'> => ({ with: { change: 'add', role }, phrases: [`(add|invite|make) {person:reference} (as|to be)? (a|an)? (new)? ${role} (please)*`, `add (a|an)? (new)? ${role} (called|named) {person:reference}`], examples: [`add Priya as ${role === 'owner' ? 'an' : 'a'} ${role}`] })),
    { with: { change: 'rights', canConfirm: true }, takes: ['account'], phrases: ['(let|allow) {person:reference} (to)? (confirm|approve) (cards|trades)*'], examples: ['let Priya confirm in LumpSum'] },
    { with: { change: 'rights', canPropose: true }, takes: ['account'], phrases: ['(let|allow) {person:reference} (to)? (propose|trade) (cards|trades)*'], examples: ['let Priya propose in LumpSum'] },
    { with: { change: 'rights', canView: true }, takes: ['account'], phrases: ['(let|allow) {person:reference} (to)? (see|view|look at) (it)*', '(let|allow) {person:reference} (to)? (see|view|look at) (the|my)? {account} (account)*'], examples: ['let Priya see the SIP account'] },
    { with: { change: 'rights', canConfirm: false, canPropose: false, canView: false }, takes: ['account'], phrases: ['(take away|remove|revoke) (all)? (the)? (rights|access) of {person:reference}', '(lock|shut) {person:reference} out'], examples: ['take away the rights of Priya in LumpSum'] },
    { with: { change: 'unlink' }, phrases: ['unlink {person:reference} (on|from|in) {channel:word}', '(take away|remove) (the)? {channel:word} link of {person:reference}'], examples: ['unlink Priya from telegram'] },
    { with: { change: 'revoke_key' }, phrases: ['(revoke|end) (the)? (api)? key {label:reference} of {person:reference}'], examples: ['revoke the API key nightly of Priya'] },
  ]),
  ...entries('key_change', [{ phrases: ['(make|create|generate|issue) (me|us)? (an|a|the)? (new)? api key (please)*', '(make|create|generate|issue) (me|us)? (an|a|the)? (new)? api key {terms:text}'], examples: ['make an API key', 'create an API key for Priya'] }]),
  ...entries('people_show', [{ phrases: ['<lead> (people|users|persons|approvers|team) (and|with|their|who|rights|on|of|in|this|have|the|desk|access)* <tail>', '(who|who all) (has|have|can|may|is|are) (access|use|on|in) (to|this|the|desk|cards|here|trades)* <tail>', '(api keys|<lead> api keys) <tail>'], examples: ['people', 'who has access', 'show the users'] },
  ...([['PROPOSE', 'trade|propose|place trades|place orders|propose trades|order|put in orders|propose orders|buy and sell|buy|deal', 'trade|propose|trading|proposing'], ['CONFIRM', 'confirm|approve|say yes|confirm trades|approve trades|confirm cards|approve cards|sign off|press yes', 'confirm|approve|confirming|approving'], ['VIEW', 'see|view|look at|read|see into|look into', 'view|see|viewing']] as const).map(([right, acts, rights]) => ({
    with: { right }, takes: ['account'] as const, examples: { PROPOSE: ['who can trade in SIP?', 'who may propose in LumpSum'], CONFIRM: ['who can approve trades', 'who can confirm in SIP', 'who is allowed to approve trades in Tactical?'], VIEW: ['who can see Tactical'] }[right],
    phrases: [`(who|who all|who else|which (people|person|users|user)) (can|may|could|is allowed to|are allowed to|is able to|has the right to|has rights to|have the right to|is permitted to|has permission to|gets to) (${acts}) ((in|on|for|from|with) (the|my)? {account} (account|bucket)?|here|there)? <tail>`, `(who|who all) (can|may) (${acts}) {account} <tail>`, `(who|who all) (has|have|holds) (the|any)? (${rights}) (rights|right|access|permission|permissions) (in|on|for|to)? {account}? <tail>`],
  }))]),
  ...entries('jobs', [{ phrases: ['<lead> (jobs|scheduler|scheduled jobs|background jobs|schedule of the desk|timers) (status|state|run|ran|running|last|that)* <tail>', '(which|what) (scheduled|background)? jobs (ran|run|are running|have run|failed|did run|do you run|did you run) <tail>', '(did|has|have) (the|any)? (scheduler|jobs|job) (run|ran|fail|failed) <tail>', '(is|are) (the)? (scheduler|jobs) (running|ok|alive|up|working) <tail>'], examples: ['jobs', 'which jobs ran?', 'is the scheduler running', 'scheduler status', 'did any job fail'] }]),
];
