import { canonicalJson, sha256 } from '../canonical.ts';
import type { Action } from './types.ts';

/** The exact text that a person's yes is bound to. */
export const canonicalAction = (action: Action): string => canonicalJson(action);
/** SHA-256 of the canonical form: two proposals with the same content have the same digest. */
export const actionDigest = (action: Action): string => sha256(canonicalAction(action));
