import { z } from 'zod';
import { activeMandate } from '../db/stores/accounts.ts';
import { MandateTerms } from '../desk/actions/types.ts';
import { defineTool, type ToolContext, ToolError } from './define.ts';
import { mandateLines, mandateSettings } from './mandate-settings.ts';
import { accountNamed, proposerOf, symbolNamed } from './order-terms.ts';
import { ProposalOutput, proposalOutput } from './proposal-output.ts';
import { type NamedSector, sectorNamed } from './sector-names.ts';

/** The mandate in force, with how it came about. Errors: `NO_SUCH_ACCOUNT`, `ACCOUNT_NEEDED`, `NO_MANDATE`. */
export const mandate = defineTool({
  name: 'mandate', purpose: 'The rules that an account trades by: objective, risk per trade, limits, horizon, bans, strategies', effect: 'read', permission: 'account:read',
  input: z.object({ account: z.string().optional() }),
  output: z.object({
    asOf: z.string(), currency: z.enum(['INR', 'USD']), account: z.string(), version: z.int(), summary: z.string(), assumptions: z.array(z.string()), since: z.string().describe('wall clock'),
    terms: MandateTerms, lines: z.array(z.object({ setting: z.string(), value: z.string() })),
  }),
  async run(context, input) {
    const account = await accountNamed(context, input.account);
    const found = await activeMandate(context.services.database.orm, account.id);
    if (!found) throw new ToolError('NO_MANDATE', `${account.name} has no mandate; no entry passes the gates until it has one.`, 'account');
    return {
      asOf: context.services.market.now(), currency: account.baseCurrency, account: account.name, version: found.version, summary: found.summary, assumptions: found.assumptionLog, since: found.createdAt,
      terms: found.terms, lines: mandateLines(found.terms),
    };
  },
});

/** A changed mandate for a person to confirm. Errors: `NO_SUCH_ACCOUNT`, `NO_MANDATE`, `NO_SUCH_SETTING`, `SETTING_INVALID`, `NOTHING_CHANGES`, `NO_SUCH_SYMBOL`, `NO_SUCH_SECTOR`. */
export const proposeMandateChange = defineTool({
  name: 'propose_mandate_change', purpose: 'Propose to change one setting of an account’s mandate', effect: 'propose', permission: 'propose', output: ProposalOutput,
  input: z.object({ account: z.string(), setting: z.string().describe(Object.keys(mandateSettings).join(', ')), value: z.union([z.number(), z.string(), z.boolean()]) }),
  async run(context, input) {
    const account = await accountNamed(context, input.account);
    const setting = Object.hasOwn(mandateSettings, input.setting) ? mandateSettings[input.setting] : undefined;
    if (!setting) throw new ToolError('NO_SUCH_SETTING', `A mandate has no setting “${input.setting}”; it has ${Object.keys(mandateSettings).join(', ')}.`, 'setting');
    const found = await activeMandate(context.services.database.orm, account.id);
    if (!found) throw new ToolError('NO_MANDATE', `${account.name} has no mandate to change.`, 'account');
    const changed = partOfSector(context, input, found.terms) ?? setting.change(found.terms, named(context, input));
    if (typeof changed === 'string') throw new ToolError('SETTING_INVALID', changed, 'value');
    const terms = MandateTerms.safeParse(changed);
    if (!terms.success) throw new ToolError('SETTING_INVALID', `The ${setting.name} cannot be that: ${terms.error.issues[0]?.message ?? 'out of range'}.`, 'value');
    const after = new Map(mandateLines(terms.data).map((line) => [line.setting, line.value]));
    const changes = mandateLines(found.terms).filter((line) => after.get(line.setting) !== line.value).map((line) => `${line.setting} ${line.value} → ${after.get(line.setting) ?? 'none'}`);
    if (changes.length === 0) throw new ToolError('NOTHING_CHANGES', `The mandate of ${account.name} says that already: ${setting.name} ${setting.shown(found.terms)}.`, 'value');
    const summary = changes.join('; ');
    const { services, caller } = context;
    return proposalOutput(await services.propose({
      action: { kind: 'mandate_change', accountId: account.id, terms: terms.data, summary, assumptionLog: [...found.assumptionLog, `Changed by word: ${summary}.`] },
      proposer: proposerOf(context), threadId: caller.threadId ?? null, turn: caller.turn ?? null,
    }));
  },
});

/** Symbols and sectors by their own names, so that a ban bans what was meant. */
function named(context: ToolContext, { setting, value }: { setting: string; value: number | string | boolean }): number | string | boolean {
  if (typeof value !== 'string') return value;
  if (setting === 'banSymbol' || setting === 'allowSymbol') return symbolNamed(context, value).symbol;
  return setting === 'banSector' || setting === 'allowSector' ? (sectorMeant(context, value).sector ?? value) : value;
}

function sectorMeant(context: ToolContext, value: string): NamedSector {
  const sector = sectorNamed(value, context.services.market.symbols().values());
  if (!sector) throw new ToolError('NO_SUCH_SECTOR', `I know no sector “${value}”.`, 'value');
  return sector;
}

/** The gates know sectors by the sources' names; a part of one (tobacco) is banned by its symbols, else the ban would never bite. */
function partOfSector(context: ToolContext, { setting, value }: { setting: string; value: number | string | boolean }, terms: MandateTerms): MandateTerms | null {
  if ((setting !== 'banSector' && setting !== 'allowSector') || typeof value !== 'string') return null;
  const { sector, symbols } = sectorMeant(context, value);
  if (sector !== null) return null;
  const others = terms.bannedSymbols.filter((symbol) => !symbols.has(symbol));
  return { ...terms, bannedSymbols: setting === 'banSector' ? [...others, ...symbols] : others };
}
