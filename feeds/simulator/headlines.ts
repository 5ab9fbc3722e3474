import type { EventRecord, EventType } from '../../desk/market/types.ts';

/** What may be said about a company, and how its price takes it. Text and jump are drawn together, so that they agree. */
export interface Headline {
  type: EventType;
  weight: number;
  /** Log jump in percent, from low to high; 0 and 0 when the news moves nothing. */
  jumpPercent: readonly [number, number];
  priority: EventRecord['priority'];
  /** The sum spoken of, as a multiple of what the jump is worth (jump times the company's value). */
  croreShare: number;
  /** Sectors in which the like happens; everywhere when absent. */
  sectors?: readonly string[];
  /** `{name}`, `{crore}`, `{percent}`, `{client}`, `{firm}`, `{months}` and `{place}` are filled in. */
  title: string;
  body: string;
}

/** Where companies live by orders from clients. */
const ORDERS: readonly string[] = [
  'Information Technology',
  'Healthcare',
  'Automobile and Auto Components',
  'Metals & Mining',
  'Power',
  'Capital Goods',
];

/** Filings between results, by weight. `{crore}` grows with the company and with the jump. */
export const COMPANY_HEADLINES: readonly Headline[] = [
  {
    type: 'ORDER_WIN',
    weight: 18,
    jumpPercent: [1.5, 5],
    priority: 'HIGH',
    croreShare: 0.4,
    sectors: ORDERS,
    title: '{name} wins order worth ₹{crore} crore from {client}',
    body: '{name} Ltd has received an order worth ₹{crore} crore from {client}, to be executed over {months} months. It is the largest single order of the year and adds to the order book at margins in line with the company average.',
  },
  {
    type: 'ORDER_WIN',
    weight: 6,
    jumpPercent: [-4, -1.5],
    priority: 'HIGH',
    croreShare: 0.4,
    sectors: ORDERS,
    title: '{client} cancels order of ₹{crore} crore placed with {name}',
    body: '{name} Ltd informs the exchange that {client} has cancelled an order of ₹{crore} crore, citing a change of scope. The company is assessing its claim for the work that was done.',
  },
  {
    type: 'GUIDANCE',
    weight: 8,
    jumpPercent: [2, 6],
    priority: 'HIGH',
    croreShare: 0.4,
    title: '{name} raises full-year growth guidance to {percent}%',
    body: 'In an update to investors {name} Ltd raised its revenue growth guidance for the year to {percent}%, above what it had said before, on strong demand and better utilisation at {place}.',
  },
  {
    type: 'GUIDANCE',
    weight: 8,
    jumpPercent: [-7, -2],
    priority: 'HIGH',
    croreShare: 0.4,
    title: '{name} cuts full-year growth guidance to {percent}%',
    body: '{name} Ltd lowered its revenue growth guidance for the year to {percent}%, below what it had said before, because of weak demand and higher input costs. Margins are expected to be under pressure for {months} months.',
  },
  {
    type: 'PENALTY',
    weight: 10,
    jumpPercent: [-6, -1.5],
    priority: 'HIGH',
    croreShare: 0.15,
    title: 'Regulator imposes penalty of ₹{crore} crore on {name}',
    body: '{name} Ltd has received an order that imposes a penalty of ₹{crore} crore for lapses found in an inspection at {place}. The company disagrees with the findings and will appeal.',
  },
  {
    type: 'BUYBACK',
    weight: 5,
    jumpPercent: [2, 5],
    priority: 'HIGH',
    croreShare: 0.5,
    title: '{name} board approves buyback of ₹{crore} crore',
    body: 'The board of {name} Ltd approved a buyback of equity shares of up to ₹{crore} crore through the tender route, at a premium of {percent}% to the last close. The record date will follow.',
  },
  {
    type: 'M&A',
    weight: 5,
    jumpPercent: [1, 4],
    priority: 'HIGH',
    croreShare: 0.6,
    title: '{name} to sell its {place} unit to {firm} for ₹{crore} crore',
    body: '{name} Ltd has agreed to sell its {place} unit to {firm} for ₹{crore} crore in cash, a gain over book value. The proceeds will be used to repay debt. Completion is expected within {months} months.',
  },
  {
    type: 'M&A',
    weight: 5,
    jumpPercent: [-4, -1],
    priority: 'HIGH',
    croreShare: 0.6,
    title: '{name} to acquire {firm} for ₹{crore} crore, funded by debt',
    body: "{name} Ltd will acquire {firm} for ₹{crore} crore, paid from new borrowing. The price is {percent}% above the target's last valuation; the company expects earnings dilution in the first year.",
  },
  {
    type: 'RATING',
    weight: 7,
    jumpPercent: [0.8, 2.5],
    priority: 'MEDIUM',
    croreShare: 1,
    title: 'Credit rating of {name} upgraded by one notch',
    body: 'A rating agency upgraded the long-term rating of {name} Ltd by one notch with a stable outlook, noting lower leverage and strong cash flow. The rated facilities amount to ₹{crore} crore.',
  },
  {
    type: 'RATING',
    weight: 7,
    jumpPercent: [-4, -1],
    priority: 'MEDIUM',
    croreShare: 1,
    title: 'Credit rating of {name} downgraded, outlook negative',
    body: 'A rating agency downgraded the long-term rating of {name} Ltd by one notch with a negative outlook, noting weak interest cover and delays in receivables. The rated facilities amount to ₹{crore} crore.',
  },
  {
    type: 'MANAGEMENT',
    weight: 6,
    jumpPercent: [-5, -1.5],
    priority: 'MEDIUM',
    croreShare: 0.4,
    title: 'Chief financial officer of {name} resigns with immediate effect',
    body: '{name} Ltd informs the exchange that its chief financial officer has resigned with immediate effect for personal reasons. The search for a successor has begun.',
  },
  {
    type: 'MANAGEMENT',
    weight: 4,
    jumpPercent: [0, 0],
    priority: 'LOW',
    croreShare: 0.4,
    title: '{name} appoints an independent director',
    body: 'The board of {name} Ltd appointed an independent director for a term of five years, subject to the approval of shareholders.',
  },
  {
    type: 'FUND_RAISE',
    weight: 6,
    jumpPercent: [-3.5, -0.8],
    priority: 'MEDIUM',
    croreShare: 0.9,
    title: '{name} to raise ₹{crore} crore by placing new shares at a discount',
    body: 'The board of {name} Ltd approved raising ₹{crore} crore through a placement of new equity shares at a discount of {percent}% to the floor price. The proceeds are for working capital.',
  },
  {
    type: 'LITIGATION',
    weight: 6,
    jumpPercent: [-4, -1],
    priority: 'MEDIUM',
    croreShare: 0.3,
    title: 'Tribunal admits claim of ₹{crore} crore against {name}',
    body: 'A tribunal at {place} has admitted a claim of ₹{crore} crore against {name} Ltd, filed by {firm}. The company considers the claim without merit and has not provided for it.',
  },
  {
    type: 'LITIGATION',
    weight: 4,
    jumpPercent: [0.8, 3],
    priority: 'MEDIUM',
    croreShare: 0.3,
    title: '{name} wins arbitration award of ₹{crore} crore',
    body: '{name} Ltd has won an arbitration award of ₹{crore} crore with interest against {firm}, ending a dispute of several years in favour of the company.',
  },
  {
    type: 'INSIDER',
    weight: 6,
    jumpPercent: [0.4, 1.5],
    priority: 'LOW',
    croreShare: 0.05,
    title: 'Promoter group of {name} buys shares worth ₹{crore} crore in the market',
    body: "A member of the promoter group of {name} Ltd disclosed the purchase of shares worth ₹{crore} crore in the open market. The promoters' holding has increased.",
  },
  {
    type: 'INSIDER',
    weight: 6,
    jumpPercent: [-1.8, -0.4],
    priority: 'LOW',
    croreShare: 0.05,
    title: 'Promoter group of {name} sells shares worth ₹{crore} crore in the market',
    body: "A member of the promoter group of {name} Ltd disclosed the sale of shares worth ₹{crore} crore in the open market. The promoters' holding has decreased.",
  },
  {
    type: 'OTHER',
    weight: 8,
    jumpPercent: [0, 0],
    priority: 'LOW',
    croreShare: 0.4,
    title: '{name} to meet investors and analysts',
    body: '{name} Ltd will take part in an investor conference at {place}. No unpublished price-sensitive information is intended to be discussed.',
  },
];

export const RESULTS_HEADLINES: Record<'beat' | 'in line' | 'miss', Pick<Headline, 'title' | 'body'>> = {
  beat: {
    title: '{name} quarterly profit rises {percent}%, beats estimates',
    body: "{name} Ltd reported a net profit of ₹{crore} crore for the quarter, up {percent}% on the year and above analysts' estimates, on strong volumes and better margins.",
  },
  'in line': {
    title: '{name} quarterly profit up {percent}%, in line with estimates',
    body: "{name} Ltd reported a net profit of ₹{crore} crore for the quarter, up {percent}% on the year and in line with analysts' estimates. Revenue and margins were steady.",
  },
  miss: {
    title: '{name} quarterly profit falls {percent}%, misses estimates',
    body: "{name} Ltd reported a net profit of ₹{crore} crore for the quarter, down {percent}% on the year and below analysts' estimates, on weak demand and higher costs.",
  },
};

export const SECTOR_HEADLINES: readonly Headline[] = [
  {
    type: 'POLICY',
    weight: 1,
    jumpPercent: [0.8, 2.5],
    priority: 'HIGH',
    croreShare: 1,
    title: 'Government announces incentives for the {name} sector',
    body: 'The government announced an incentive scheme of ₹{crore} crore for the {name} sector over {months} months. Industry bodies called it positive for investment and margins.',
  },
  {
    type: 'POLICY',
    weight: 1,
    jumpPercent: [-2.5, -0.8],
    priority: 'HIGH',
    croreShare: 1,
    title: 'Government tightens rules and raises levy on the {name} sector',
    body: 'New rules for the {name} sector raise the levy by {percent}% from next month. Analysts expect lower margins and weak demand until the cost is passed on.',
  },
];

export const MARKET_HEADLINES: readonly Headline[] = [
  {
    type: 'MACRO',
    weight: 1,
    jumpPercent: [0.7, 1.8],
    priority: 'HIGH',
    croreShare: 1,
    title: 'Inflation eases more than expected; hopes of a rate cut rise',
    body: 'Retail inflation eased to {percent}%, below forecasts. Economists see room for the monetary authority to cut its policy rate.',
  },
  {
    type: 'MACRO',
    weight: 1,
    jumpPercent: [-2, -0.8],
    priority: 'HIGH',
    croreShare: 1,
    title: 'Global risk aversion rises after weak growth figures abroad',
    body: 'Markets abroad fell overnight after weak growth figures. Foreign investors were net sellers; bond yields rose to {percent}%.',
  },
  {
    type: 'POLICY',
    weight: 1,
    jumpPercent: [-1.5, -0.5],
    priority: 'HIGH',
    croreShare: 1,
    title: 'Monetary authority raises its policy rate by 25 basis points',
    body: 'The monetary authority raised its policy rate by 25 basis points to {percent}% and kept a hawkish stance, citing inflation risks.',
  },
  {
    type: 'POLICY',
    weight: 1,
    jumpPercent: [0.5, 1.5],
    priority: 'HIGH',
    croreShare: 1,
    title: 'Monetary authority cuts its policy rate by 25 basis points',
    body: 'The monetary authority cut its policy rate by 25 basis points to {percent}% and moved to an accommodative stance to support growth.',
  },
];
