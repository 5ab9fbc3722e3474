import type { z } from 'zod';
import type { PlaybookTerms as Terms } from '../actions/types.ts';

/** The rules by which one type of event is traded. Null: the mandate and the desk's settings hold. */
export type PlaybookTerms = z.infer<typeof Terms>;

/** Terms under a name that stays, with the version that is in force. */
export interface Playbook {
  id: string;
  version: number;
  terms: PlaybookTerms;
}

/** What a card names: `earnings_beat v2`. */
export const playbookLabel = ({ id, version }: Pick<Playbook, 'id' | 'version'>): string => `${id} v${version}`;
