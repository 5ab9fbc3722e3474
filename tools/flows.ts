import { z } from 'zod';
import { AsOf, DateText, readingMoment } from './as-of.ts';
import { defineTool } from './define.ts';

const Row = z.object({ date: z.string(), fiiNetCrore: z.number().nullable(), diiNetCrore: z.number().nullable() });
const Output = z.object({ asOf: z.string(), loaded: z.boolean(), rows: z.array(Row).describe('by day, newest first'), reason: z.string().nullable() });
export type Flows = z.output<typeof Output>;

/** Net buying of foreign and domestic institutions. No source of them is loaded yet, and that is the answer: no flow is not a flow of nothing. */
export const flows = defineTool({
  name: 'flows',
  purpose: 'Net buying of foreign and domestic institutions by day, where a source is loaded',
  effect: 'read', permission: 'market:read',
  input: z.object({ from: DateText.optional(), to: DateText.optional(), asOf: AsOf.optional() }),
  output: Output,
  run: async (context, { asOf }) => ({ asOf: readingMoment(context, asOf).asOf, loaded: false, rows: [], reason: 'no source of institutional flows is loaded' }),
});
