import { randomInt } from 'node:crypto';

/** Without letters and digits that are read for one another. */
const alphabet = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';

/** Eight characters that a person types from one screen into another; 40 random bits, good for ten minutes and three tries. */
export const newLinkCode = (): string => Array.from({ length: 8 }, () => alphabet[randomInt(alphabet.length)]).join('');
