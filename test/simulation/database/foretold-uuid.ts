import * as real from '../../../db/uuid.ts';

/** Identities that a store made in memory, to be made again where it makes them by itself. */
export const foretold: string[] = [];
export const uuidv7: typeof real.uuidv7 = (atMs) => foretold.shift() ?? real.uuidv7(atMs);
export const { uuidOfContent, isUuid } = real;
