import { readFileSync } from 'node:fs';
import type { z } from 'zod';
import type { ModelPath } from '../graph/turn/model-turn.ts';

/** How a case of a suite ended: `detail` says what was wrong, null where nothing was. */
export interface CaseOutcome { caseId: string; family: string; detail: string | null }
export interface Suite {
  name: string; does: string;
  /** Any case that fails here fails the run. */
  safety: boolean;
  /** A model answers in it where one is given. */
  takesModel: boolean;
  /** `model` null: the twins answer. `onStep` is told what the cases come to together, where one number a case says too little. */
  run(setting: { model: ModelPath | null; onStep?: (text: string) => void }): Promise<CaseOutcome[]>;
}

/** The rows of `datasets/NAME.jsonl`, each checked; a row that does not fit throws with its line. */
export function dataset<T>(name: string, row: z.ZodType<T>): T[] {
  return readFileSync(new URL(`datasets/${name}.jsonl`, import.meta.url), 'utf8').trim().split('\n').map((line, index) => {
    const parsed = row.safeParse(JSON.parse(line));
    if (!parsed.success) throw new Error(`datasets/${name}.jsonl:${index + 1}: ${parsed.error.issues[0]?.message ?? 'does not fit'}`);
    return parsed.data;
  });
}
