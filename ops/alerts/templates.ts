/** What each kind of alert is about. Amounts and times come as they are to be shown. */
export interface AlertFacts {
  kill_switch: { scope: string; reason: string };
  large_change: { account: string; percent: number; amount: string; day: string };
  daily_pnl: { account: string; percent: number | null; amount: string; day: string };
  error: { what: string; detail: string };
  stale_feed: { feed: string; lastHeard: string | null };
  reconciliation: { account: string; difference: string };
  unknown_order: { card: string; detail: string };
  job_failed: { job: string; detail: string };
  desk_silent: { from: string; to: string };
  picker_divergence: { picker: string; detail: string };
  eval_regression: { suite: string; before: string; after: string };
}
export type AlertKind = keyof AlertFacts;
export type Severity = 'INFO' | 'WARNING' | 'CRITICAL';
export interface AlertText { severity: Severity; /** Tells the same alert from another one. */ key: string; title: string; body: string }

const signed = (percent: number): string => `${percent > 0 ? '+' : percent < 0 ? '−' : ''}${Math.abs(percent).toFixed(2)} %`;

const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? '' : '.'}`;

/** One row a kind: how bad it is, what makes two of them the same, and what it says. A new kind without a row does not compile. */
const templates: { [K in AlertKind]: { write: (facts: AlertFacts[K]) => AlertText; /** For the test button. */ sample: AlertFacts[K] } } = {
  kill_switch: {
    write: ({ scope, reason }) => ({ severity: 'CRITICAL', key: `${scope}:${reason}`, title: `Entries stopped: ${scope}`, body: `${sentence(reason)} Exits, stops and targets keep working. Resume in the chat once the cause is gone.` }),
    sample: { scope: 'the whole desk', reason: 'daily loss 3.1 % of 3.0 % allowed' },
  },
  large_change: {
    write: ({ account, percent, amount, day }) => ({ severity: 'WARNING', key: `${account}:${day}:${percent < 0 ? 'down' : 'up'}`, title: `${account} ${signed(percent)} today`, body: `${account} moved ${amount} on ${day}. “what do I hold” shows by what.` }),
    sample: { account: 'Tactical', percent: -3.4, amount: '₹−10,200', day: '3 June' },
  },
  daily_pnl: {
    write: ({ account, percent, amount, day }) => ({ severity: 'INFO', key: `${account}:${day}`, title: `${account}, ${day}: ${amount}${percent === null ? '' : ` (${signed(percent)})`}`, body: 'The day’s result after charges, at the close. “report” has the rest.' }),
    sample: { account: 'SIP', percent: 0.6, amount: '₹+3,120', day: '3 June' },
  },
  error: {
    write: ({ what, detail }) => ({ severity: 'WARNING', key: what, title: `Error: ${what}`, body: detail }),
    sample: { what: 'an action failed', detail: 'The desk could not carry it out; nothing was sent.' },
  },
  stale_feed: {
    write: ({ feed, lastHeard }) => ({ severity: 'WARNING', key: feed, title: `${feed} is silent`, body: lastHeard === null ? `${feed} has not been heard while the exchange is open. Checks use what was known before and say so.` : `${feed} was last heard at ${lastHeard}, and the exchange is open. Checks use what was known then and say so.` }),
    sample: { feed: 'NSE announcements', lastHeard: '12:15' },
  },
  reconciliation: {
    write: ({ account, difference }) => ({ severity: 'CRITICAL', key: `${account}:${difference}`, title: `Desk and broker differ: ${account}`, body: `${sentence(difference)} The account takes no entries until a person has looked.` }),
    sample: { account: 'Tactical', difference: 'the broker holds 40 INFY, the desk 60' },
  },
  unknown_order: {
    write: ({ card, detail }) => ({ severity: 'CRITICAL', key: card, title: `Unknown at the broker: ${card}`, body: `${sentence(detail)} It is not sent again by itself.` }),
    sample: { card: 'card 12', detail: 'no answer to the send, and the broker does not know the order' },
  },
  job_failed: {
    write: ({ job, detail }) => ({ severity: 'WARNING', key: job, title: `Job failed: ${job}`, body: detail }),
    sample: { job: 'nightly evals', detail: 'It ran for 40 minutes and was stopped.' },
  },
  desk_silent: {
    write: ({ from, to }) => ({ severity: 'CRITICAL', key: from, title: 'The desk was silent', body: `Nothing ran from ${from} to ${to}. Fills, stops and expiries of that time have been worked through now; look at what is held.` }),
    sample: { from: '12:15', to: '13:02' },
  },
  picker_divergence: {
    write: ({ picker, detail }) => ({ severity: 'INFO', key: picker, title: `Pickers disagree: ${picker}`, body: detail }),
    sample: { picker: 'momentum', detail: 'It ranks INFY first; the ensemble ranks it 41st of 50.' },
  },
  eval_regression: {
    write: ({ suite, before, after }) => ({ severity: 'WARNING', key: suite, title: `Evals: ${suite} fell from ${before} to ${after}`, body: 'Compared with the baseline on the same cases. “evals” shows which.' }),
    sample: { suite: 'routing', before: '98.3 %', after: '95.1 %' },
  },
};

export const alertKinds = Object.keys(templates) as AlertKind[];
export function alertText<K extends AlertKind>(kind: K, facts: AlertFacts[K]): AlertText {
  const text = templates[kind].write(facts);
  return { ...text, key: `${kind}:${text.key}` };
}
/** The alert as a test of its ways: it says that it is one. */
export function sampleAlert(kind: AlertKind): AlertText {
  const text = (templates[kind].write as (facts: AlertFacts[AlertKind]) => AlertText)(templates[kind].sample);
  return { ...text, key: `test:${kind}`, title: `Test: ${text.title}` };
}
