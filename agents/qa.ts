import { z } from 'zod';
import type { auditVerify } from '../tools/audit-verify.ts';
import type { replay } from '../tools/replay.ts';
import { defineAgent } from './define.ts';
import { ungroundedFigures } from './qa/ungrounded-figures.ts';
import type { Figure } from './vocabulary.ts';

/** Catalogue A6. `ref` leads to the record that shows it (`audit:…`, `card:…`). */
export const QaFindings = z.strictObject({
  verdict: z.enum(['GOOD', 'FAULTY', 'UNKNOWN']), summary: z.string().min(1).max(600),
  findings: z.array(z.strictObject({ severity: z.enum(['FAULT', 'DOUBT']), text: z.string().min(1).max(400), ref: z.string().nullable() })).max(50),
});
export type QaFindings = z.output<typeof QaFindings>;
export interface QaQuestion { /** A card whose verdicts are to be run again. */ card?: number; /** A reply whose figures are to be checked. */ reply?: { text: string; figures: readonly Pick<Figure, 'text'>[] } }

/** How many figures without a source are named. */
const named = 20;

export const qa = defineAgent<QaQuestion, typeof QaFindings>({
  name: 'QA',
  purpose: 'Checks the desk itself: the audit’s chain, verdicts run again, figures of replies that have no source',
  systemPrompt: [
    'You check a trading desk’s own work: whether its audit is whole, whether recorded verdicts come out the same, whether what was done agrees with what was confirmed.',
    'verdict: GOOD only where a result proves it, FAULTY where one disproves it, UNKNOWN otherwise. findings: each what is wrong, with the ref of the record that shows it. What you could not check is a DOUBT, never silence.',
    'You change nothing and excuse nothing. A missing record is a finding.',
  ].join('\n'),
  tools: ['audit_story', 'audit_verify', 'audit_log', 'replay', 'card', 'cards', 'guardrails', 'gate_stats', 'activity', 'fills', 'orders', 'feeds_health'],
  readsOutsideText: false,
  output: QaFindings,
  async twin({ card, reply }, tools) {
    const findings: QaFindings['findings'] = [];
    const proved: string[] = [];
    if (reply) {
      const stray = ungroundedFigures(reply);
      for (const text of stray.slice(0, named)) findings.push({ severity: 'FAULT', text: `The figure ${text} has no source.`, ref: null });
      if (stray.length === 0) proved.push('Every figure of the reply has its source.');
    }
    if (card !== undefined) {
      const again = await tools.call<z.output<(typeof replay)['output']>>('replay', { card });
      if (!again.ok) findings.push({ severity: 'DOUBT', text: again.error.message, ref: `card:${card}` });
      else if (again.output.same) proved.push(`The verdicts on card ${card} come out the same.`);
      else for (const { check, field, was, now } of again.output.differences.slice(0, named)) findings.push({ severity: 'FAULT', text: `${check}: ${field} was ${was}, is ${now}.`.slice(0, 400), ref: `card:${card}` });
    }
    if (!reply || card !== undefined) {
      const chain = await tools.call<z.output<(typeof auditVerify)['output']>>('audit_verify', {});
      if (!chain.ok) findings.push({ severity: 'DOUBT', text: chain.error.message, ref: null });
      else if (chain.output.ok) proved.push(`The audit is whole: ${chain.output.entries} entries, ${chain.output.verdicts} verdicts.`);
      else findings.push({ severity: 'FAULT', text: `The audit is broken at entry ${chain.output.firstBad?.sequence ?? 0}: ${chain.output.firstBad?.reason ?? 'no reason given'}`.slice(0, 400), ref: `audit:${chain.output.firstBad?.sequence ?? 0}` });
    }
    const faults = findings.filter(({ severity }) => severity === 'FAULT').length;
    const verdict = faults > 0 ? 'FAULTY' : findings.length > 0 ? 'UNKNOWN' : 'GOOD';
    return { verdict, summary: [...(faults > 0 ? [`${faults} ${faults === 1 ? 'fault' : 'faults'} found.`] : []), ...proved, ...(findings.length > faults ? ['Not all of it could be checked.'] : [])].join(' ').slice(0, 600), findings };
  },
});
