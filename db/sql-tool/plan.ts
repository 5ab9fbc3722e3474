/** A node of `EXPLAIN (FORMAT JSON)`. */
export interface PlanNode { 'Node Type': string; 'Total Cost': number; 'Plan Rows': number; 'Plan Width': number; Plans?: PlanNode[] }

const nodeLines = (node: PlanNode, depth: number): string[] => [`${'  '.repeat(depth)}${node['Node Type']}`, ...(node.Plans ?? []).flatMap((inner) => nodeLines(inner, depth + 1))];
const magnitude = (estimate: number): string => (10 ** Math.round(Math.log10(Math.max(1, estimate)))).toLocaleString('en-IN');
/**
 * A plan as lines: what is done, and for the whole of it how many rows and what cost the planner expects, by powers of ten. Names of what lies behind the
 * views, its conditions and its sizes are left out: PostgreSQL estimates them over the rows of every account.
 */
export const planLines = (node: PlanNode): string[] => [`about ${magnitude(node['Plan Rows'])} rows at a cost of about ${magnitude(node['Total Cost'])}`, ...nodeLines(node, 0)];

/** The longest row of rows that a function writes out, as the planner expects it: it folds bounds that are worked out (`1000 * 1000`) and dates. */
export const longestSeriesIn = ({ Plans = [], ...node }: PlanNode): number =>
  Math.max(node['Node Type'] === 'Function Scan' || (node['Node Type'] === 'ProjectSet' && Plans.every((inner) => inner['Node Type'] === 'Result')) ? node['Plan Rows'] : 0, ...Plans.map(longestSeriesIn));
