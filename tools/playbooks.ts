import { z } from 'zod';
import { activePlaybooks } from '../db/stores/playbooks.ts';
import { PlaybookTerms } from '../desk/actions/types.ts';
import { defineTool, ToolError } from './define.ts';
import { proposerOf } from './order-terms.ts';
import { playbookChanges, playbookLines, playbookSettings } from './playbook-settings.ts';
import { ProposalOutput, proposalOutput } from './proposal-output.ts';

const Line = z.object({ setting: z.string(), value: z.string() });

/** The playbooks in force, each with its settings. */
export const playbooks = defineTool({
  name: 'playbooks',
  purpose: 'The playbooks: how each type of event is traded, with every override in force',
  effect: 'read',
  permission: 'desk:read',
  input: z.object({ playbook: z.string().optional().describe('the id or name of one') }),
  output: z.object({
    count: z.int(),
    lines: z.array(z.object({ id: z.string(), name: z.string(), version: z.int(), news: z.string(), does: z.string() })),
    playbooks: z.array(
      z.object({
        id: z.string(),
        version: z.int(),
        summary: z.string(),
        since: z.string().describe('wall clock'),
        terms: PlaybookTerms,
        settings: z.array(Line),
      }),
    ),
  }),
  async run({ services }, input) {
    const all = await activePlaybooks(services.database.orm);
    const found = input.playbook === undefined ? all : [named(all, input.playbook)];
    return {
      count: found.length,
      lines: found.map(({ id, version, terms }) => ({
        id,
        name: terms.name,
        version,
        news: `${terms.stance === 'BULLISH' ? 'good' : 'bad'} news of type ${terms.eventType.toLowerCase().replaceAll('_', ' ')}`,
        does: playbookChanges(terms).join('; ') || 'changes nothing',
      })),
      playbooks: found.map(({ id, version, summary, createdAt, terms }) => ({
        id,
        version,
        summary,
        since: createdAt,
        terms,
        settings: playbookLines(terms),
      })),
    };
  },
});

/** A changed playbook for a person to confirm. Errors: `NO_SUCH_PLAYBOOK`, `NO_SUCH_SETTING`, `SETTING_INVALID`, `NOTHING_CHANGES`. */
export const proposePlaybookChange = defineTool({
  name: 'propose_playbook_change',
  purpose: 'Propose to change one setting of a playbook',
  effect: 'propose',
  permission: 'propose',
  output: ProposalOutput,
  input: z.object({
    playbook: z.string().describe('its id or name'),
    setting: z.string().describe(Object.keys(playbookSettings).join(', ')),
    value: z.union([z.number(), z.string(), z.boolean()]).describe('“none” takes a limit away'),
  }),
  async run(context, input) {
    const { services, caller } = context;
    const found = named(await activePlaybooks(services.database.orm), input.playbook);
    const word = input.setting.toLowerCase().replaceAll(/[\s_-]/g, '');
    const setting = Object.entries(playbookSettings).find(([key]) => key.toLowerCase() === word)?.[1];
    if (!setting)
      throw new ToolError(
        'NO_SUCH_SETTING',
        `A playbook has no setting “${input.setting}”; it has ${Object.keys(playbookSettings).join(', ')}.`,
        'setting',
      );
    const changed = setting.change(
      found.terms,
      typeof input.value === 'string' && input.value.trim().toLowerCase() === 'none' ? null : input.value,
    );
    if (typeof changed === 'string') throw new ToolError('SETTING_INVALID', changed, 'value');
    const terms = PlaybookTerms.safeParse(changed);
    if (!terms.success)
      throw new ToolError(
        'SETTING_INVALID',
        `The ${setting.name} cannot be that: ${terms.error.issues[0]?.message ?? 'out of range'}.`,
        'value',
      );
    const [before, after] = [setting.shown(found.terms), setting.shown(terms.data)];
    if (before === after)
      throw new ToolError('NOTHING_CHANGES', `The playbook “${found.terms.name}” says that already: ${setting.name} ${before}.`, 'value');
    return proposalOutput(
      await services.propose({
        action: { kind: 'playbook_change', playbookId: found.id, terms: terms.data, summary: `${setting.name} ${before} → ${after}` },
        proposer: proposerOf(context),
        threadId: caller.threadId ?? null,
        turn: caller.turn ?? null,
      }),
    );
  },
});

function named<T extends { id: string; terms: { name: string } }>(all: readonly T[], name: string): T {
  const plain = (text: string): string => text.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
  const found = all.find(({ id, terms }) => plain(id) === plain(name) || plain(terms.name) === plain(name));
  if (!found)
    throw new ToolError('NO_SUCH_PLAYBOOK', `There is no playbook “${name}”; there are ${all.map(({ id }) => id).join(', ')}.`, 'playbook');
  return found;
}
