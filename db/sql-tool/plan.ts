/** A node of `EXPLAIN (FORMAT JSON)`. */
export interface PlanNode { 'Node Type': string; 'Total Cost': number; 'Plan Rows': number; 'Plan Width': number; Plans?: PlanNode[] }

/** A plan as lines: what is done, for how many rows, at which cost. Names of what lies behind the views, and its conditions, are left out. */
export function planLines(node: PlanNode, depth = 0): string[] {
  return [`${'  '.repeat(depth)}${node['Node Type']} (rows ${Math.round(node['Plan Rows'])}, cost ${Math.round(node['Total Cost'])})`, ...(node.Plans ?? []).flatMap((inner) => planLines(inner, depth + 1))];
}
