import { z } from 'zod';
import { activeFundingPlan, activeMandate } from '../db/stores/accounts.ts';
import { MandateTerms } from '../desk/actions/types.ts';
import { FundingPlan } from '../desk/treasury/funding-plan.ts';
import { defineTool, ToolError } from './define.ts';
import { mandateLines } from './mandate-settings.ts';
import { accountNamed, proposerOf } from './order-terms.ts';
import { ProposalOutput, proposalOutput } from './proposal-output.ts';
import { sectorNamed } from './sector-names.ts';

const bulletsShown = 8;
/** A plan as it is given; whether it is one the desk says in words. */
const GivenPlan = z.looseObject({ type: z.enum(['SIP', 'LUMP_SUM', 'HYBRID']) }).describe('type, sip {amountMinor, frequency MONTHLY or WEEKLY, startDate, durationMonths} or null, lumpSum {amountMinor, date, tranches [{percent, trigger}]} or null, carryForwardEnabled, maxCarryForwardPercent, emergencyBufferPercent');

/**
 * A whole mandate, with the funding plan that goes with it where one was said, for a person to confirm. A banned name that is no sector of the sources is banned
 * by its shares, else the ban would never bite. Errors: `NO_SUCH_ACCOUNT`, `ACCOUNT_NEEDED`, `NO_SUCH_SECTOR`, `SETTING_INVALID`, `PLAN_INVALID`.
 */
export const proposeMandate = defineTool({
  name: 'propose_mandate', purpose: 'Propose a whole mandate for an account, with a funding plan or without', effect: 'propose', permission: 'propose',
  input: z.object({ account: z.string(), terms: MandateTerms, fundingPlan: GivenPlan.nullable().default(null), summary: z.string().min(1).max(1200), assumptionLog: z.array(z.string().max(400)).max(40) }),
  output: ProposalOutput.extend({ summary: z.string(), assumptions: z.array(z.object({ line: z.string() })), lines: z.array(z.object({ setting: z.string(), value: z.string(), before: z.string().nullable() })) }),
  async run(context, { account: name, terms, fundingPlan: given, summary, assumptionLog }) {
    const parsed = given === null ? null : FundingPlan.safeParse(given);
    if (parsed?.success === false) throw new ToolError('PLAN_INVALID', `That is no funding plan: ${[...(parsed.error.issues[0]?.path ?? [])].join('.')} ${parsed.error.issues[0]?.message ?? ''}.`, 'fundingPlan');
    const fundingPlan = parsed?.data ?? null;
    const { services, caller } = context;
    const account = await accountNamed(context, name);
    const symbols = new Set(terms.bannedSymbols);
    const sectors = new Set<string>();
    for (const said of terms.bannedSectors) {
      const named = sectorNamed(said, services.market.symbols().values());
      if (!named) throw new ToolError('NO_SUCH_SECTOR', `I know no sector “${said}”.`, 'terms.bannedSectors');
      if (named.sector !== null) sectors.add(named.sector); else for (const symbol of named.symbols) symbols.add(symbol);
    }
    const meant: MandateTerms = { ...terms, bannedSectors: [...sectors], bannedSymbols: [...symbols] };
    if (meant.horizonMinDays > meant.horizonMaxDays) throw new ToolError('SETTING_INVALID', 'The shortest horizon is longer than the longest.', 'terms.horizonMinDays');
    const now = await activeMandate(services.database.orm, account.id);
    const before = new Map(now ? mandateLines(now.terms).map((line) => [line.setting, line.value]) : []);
    const plan = await activeFundingPlan(services.database.orm, account.id);
    const outcome = await services.propose({
      action: { kind: 'mandate_change', accountId: account.id, terms: meant, summary, assumptionLog, ...(fundingPlan ? { fundingPlan } : {}) },
      proposer: proposerOf(context), threadId: caller.threadId ?? null, turn: caller.turn ?? null,
      thesis: assumptionLog.slice(0, bulletsShown).map((text) => ({ text, evidenceId: null, evidenceKind: null })),
      ...(fundingPlan && plan ? { risks: ['The funding plan in force ends; what it has let out so far does not count for the new one.'] } : {}),
    });
    return {
      ...proposalOutput(outcome), summary, assumptions: assumptionLog.map((line) => ({ line })),
      lines: mandateLines(meant).map(({ setting, value }) => ({ setting, value, before: before.get(setting) ?? null })).map((line) => ({ ...line, before: line.before === line.value ? null : line.before })),
    };
  },
});
