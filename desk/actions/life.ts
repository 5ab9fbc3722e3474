/** The life of an action. The database holds the same table and refuses every other step. */
export const transitions = {
  proposed: ['gated', 'blocked', 'failed'],
  gated: ['awaiting_confirmation', 'cleared', 'blocked', 'expired', 'failed'],
  awaiting_confirmation: ['confirmed', 'rejected', 'expired', 'blocked'],
  confirmed: ['cleared', 'blocked', 'expired', 'failed'],
  cleared: ['executing', 'expired', 'failed'],
  executing: ['done', 'failed', 'unknown'],
  unknown: ['done', 'failed'],
  done: [], blocked: [], rejected: [], expired: [], failed: [],
} as const satisfies Record<string, readonly string[]>;

export type ActionState = keyof typeof transitions;
