import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { openEmbedded } from '../../db/client.ts';
import { prepareDatabase } from '../../db/prepare.ts';
import { openQuestionWorld } from '../../test/tools/sql/question-world.ts';
import { dataset, type Suite } from '../suite.ts';

const Row = z.strictObject({ question: z.string(), columns: z.array(z.string()), rows: z.array(z.array(z.json())) });

/** Questions in words against a book that was worked out on paper: the whole table has to be right. */
export const sqlQuestions: Suite = {
  name: 'sql', does: 'questions in words give the rows that the book holds', safety: false, takesModel: false,
  async run() {
    const database = await openEmbedded({ directory: null });
    try {
      await prepareDatabase(database);
      const { bench } = await openQuestionWorld(database);
      const outcomes = [];
      for (const [index, { question, columns, rows }] of dataset('sql', Row).entries()) {
        const answer = await bench.call<{ columns: { name: string }[]; rows: unknown[][] }>('sql', { question }).catch((error: unknown) => String(error));
        const right = typeof answer !== 'string' && isDeepStrictEqual(answer.columns.map(({ name }) => name), columns) && isDeepStrictEqual(answer.rows, rows);
        outcomes.push({ caseId: `sq-${String(index + 1).padStart(3, '0')}`, family: 'questions', detail: right ? null : `“${question}”: ${typeof answer === 'string' ? answer : JSON.stringify(answer.rows).slice(0, 200)}` });
      }
      return outcomes;
    } finally { await database.close(); }
  },
};
