/** Why a model's answer was not used, or not used whole. Each is counted by agent and reason. */
export type MissReason =
  /** No answer within the turn's time. */
  | 'TIMEOUT'
  | 'RATE_LIMITED' | 'PROVIDER_ERROR' | 'UNREACHABLE'
  /** The provider refuses the request itself: key, model name, size. */
  | 'REQUEST_REFUSED'
  /** The day's money is spent, or nobody can tell what the call would cost. */
  | 'BUDGET'
  /** Not readable as an answer: broken JSON, a wrong shape. */
  | 'GARBAGE'
  | 'EMPTY'
  /** The answer stopped before its end. */
  | 'HALF_ANSWER'
  | 'TOO_LONG'
  /** The model declined to answer, or its provider's filter held the answer back. */
  | 'WITHHELD'
  /** The same tool with the same input again and again. */
  | 'LOOP'
  | 'TOO_MANY_STEPS' | 'TOO_MANY_CALLS'
  /** A tool or an agent that this agent does not have. */
  | 'NO_SUCH_TOOL'
  | 'BROKEN_ARGUMENTS'
  /** More proposals than one turn may make. */
  | 'TOO_MANY_PROPOSALS'
  /** It wanted to propose after it had read text from outside. */
  | 'PROPOSAL_AFTER_OUTSIDE_TEXT'
  /** A sentence with a figure that comes from no tool. */
  | 'UNGROUNDED'
  /** A sentence that says that something was confirmed, sent or filled, without a record of it. */
  | 'FALSE_CLAIM'
  /** Images, markup or links that are not allowed. */
  | 'MARKUP'
  /** Text and JSON that say two things. */
  | 'CONTRADICTION'
  /** A card that nothing in the turn has shown to this person. */
  | 'UNKNOWN_CARD'
  /** Nothing that may be said was left. */
  | 'NOTHING_LEFT'
  /** A tool threw: a bug of the desk's, not of the model's. */
  | 'TOOL_FAULT';

export type OnMiss = (agent: string, reason: MissReason) => void;

/** Ends the model's part of a turn: the twin answers. */
export class ModelMiss extends Error {
  readonly reason: MissReason;
  constructor(reason: MissReason, options: { cause?: unknown } = {}) {
    super(`the model gave no answer that can be used: ${reason}`, options);
    this.name = 'ModelMiss';
    this.reason = reason;
  }
}
