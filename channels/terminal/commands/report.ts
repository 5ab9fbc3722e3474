import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { z } from 'zod';
import type { Tool } from '../../../tools/define.ts';
import { report } from '../../../tools/report.ts';
import { runTool } from '../../../tools/run.ts';
import { reportPdf } from '../../documents/report-pdf.ts';
import { readArguments } from '../arguments.ts';
import { type Command, CommandRefusal } from '../command.ts';
import { callerFor } from '../person.ts';

const cadences: Readonly<Record<string, 'DAY' | 'WEEK' | 'MONTH'>> = { day: 'DAY', week: 'WEEK', month: 'MONTH' };

export const reportCommand: Command = {
  name: 'report', usage: 'report day|week|month [--account NAME] [--from DATE --to DATE] [--out FILE.pdf|FILE.md] [--as PERSON] [--json]', does: 'writes the report of an account or of all, as Markdown or PDF',
  async run(call, desk) {
    const [verb = '', ...rest] = call.args;
    const given = readArguments(rest, { account: { type: 'string' }, from: { type: 'string' }, to: { type: 'string' }, out: { type: 'string' }, as: { type: 'string' }, json: { type: 'boolean' } }, this.usage);
    const [account, from, to, out] = [given.text('account'), given.text('from'), given.text('to'), given.text('out')];
    const cadence = Object.hasOwn(cadences, verb) ? cadences[verb] : undefined;
    if (cadence === undefined || (from === undefined) !== (to === undefined) || (out !== undefined && !/\.(?:pdf|md)$/i.test(out))) throw new CommandRefusal(`Usage: parapet ${this.usage}`, 2);
    const caller = await callerFor(desk, call, given.text('as'));
    const result = await runTool({ tool: report as unknown as Tool, services: desk.services, caller, input: { cadence, ...(account === undefined ? {} : { account }), ...(from === undefined ? {} : { period: { from, to } }) } });
    if (!result.ok) throw new CommandRefusal(result.error.message);
    const written = result.output as z.output<(typeof report)['output']>;
    if (out === undefined) { call.streams.out(given.flag('json') ? JSON.stringify(written) : written.markdown.trimEnd()); return 0; }
    const path = resolve(call.directory, out);
    const content = out.toLowerCase().endsWith('.pdf') ? await reportPdf(written, { createdAt: new Date(desk.services.wallNow()) }) : written.markdown;
    try { writeFileSync(path, content, { mode: 0o600, flag: 'wx' }); } catch (error) { throw new CommandRefusal(`${path} cannot be written: ${error instanceof Error ? error.message : String(error)}`); }
    call.streams.out(given.flag('json') ? JSON.stringify({ file: path }) : `${written.title}: ${path}`);
    return 0;
  },
};
