import { z } from 'zod';
import { accountBooks, percentOf, sumKnown } from './book/account-book.ts';
import { type ExposureUse, exposureOf } from './book/exposure-lines.ts';
import { AsOf, momentOf } from './book/moment.ts';
import { accountsInScope, commonCurrency } from './book/scope.ts';
import { defineTool, ToolError } from './define.ts';
import { sectorNamed } from './sector-names.ts';

const Minor = z.int().nullable();
const Percent = z.number().nullable();
const Use = z.object({
  account: z.string(), name: z.string(), valueMinor: z.int().describe('held and on order'), waitingMinor: z.int().describe('of it on order'), value: z.number(),
  percent: Percent.describe('of equity'), limitPercent: Percent, headroomPercent: Percent, headroomMinor: Minor, headroom: z.number().nullable(),
});
const Output = z.object({
  asOf: z.string(), currency: z.enum(['INR', 'USD']), sector: z.string().nullable(),
  total: z.object({ valueMinor: Minor, percent: Percent }).nullable().describe('of the named sector over the accounts; percent of their equity together'),
  accounts: z.array(z.object({ account: z.string(), equityMinor: Minor, grossPercent: Percent, netPercent: Percent })), sectors: z.array(Use), symbols: z.array(Use),
  unpriced: z.array(z.string()), withoutSector: z.array(z.string()), reasons: z.array(z.string()),
});
const withMajor = (use: ExposureUse): z.infer<typeof Use> => ({ ...use, value: use.valueMinor / 100, headroom: use.headroomMinor === null ? null : use.headroomMinor / 100 });

/** Exposure by sector and symbol, largest first, with limits and what is left of them. Errors: `NO_SUCH_ACCOUNT`, `NO_SUCH_SECTOR`. */
export const exposure = defineTool({
  name: 'exposure', purpose: 'How much is in each sector and symbol, in percent of equity, against the mandate’s and the desk’s limits', effect: 'read', permission: 'account:read',
  input: z.object({ account: z.string().optional(), sector: z.string().optional(), asOf: AsOf }), output: Output,
  run: async (context, input) => {
    const { services } = context;
    const accounts = await accountsInScope(context, input.account);
    const moment = momentOf(context, input.asOf);
    const books = await accountBooks(services, { accounts, moment });
    const lines = await Promise.all(books.map((book) => exposureOf(services, book, moment)));
    const named = input.sector === undefined ? null : sectorNamed(input.sector, services.market.symbols().values());
    if (input.sector !== undefined && !named) throw new ToolError('NO_SUCH_SECTOR', `I know no sector “${input.sector}”.`, 'sector');
    const symbols = lines.flatMap((line) => line.symbols).filter((use) => !named || named.symbols.has(use.name));
    const valueMinor = commonCurrency(accounts) ? symbols.reduce((sum, use) => sum + use.valueMinor, 0) : null;
    const unpriced = [...new Set(lines.flatMap((line) => line.unpriced))];
    const withoutSector = [...new Set(lines.flatMap((line) => line.withoutSector))];
    return {
      asOf: moment.asOf, currency: commonCurrency(accounts) ?? 'INR', sector: named?.label ?? null,
      accounts: lines.map(({ account, equityMinor, grossPercent, netPercent }) => ({ account, equityMinor, grossPercent, netPercent })),
      sectors: lines.flatMap((line) => line.sectors).filter((use) => !named || use.name === named.sector).map(withMajor),
      symbols: symbols.map(withMajor), total: named ? { valueMinor, percent: percentOf(valueMinor, sumKnown(books.map((book) => book.equityMinor))) } : null, unpriced, withoutSector,
      reasons: [
        ...(unpriced.length > 0 ? [`No price is known for ${unpriced.join(', ')}: not counted, and the percentages are not known.`] : []),
        ...(withoutSector.length > 0 ? [`No source names the sector of ${withoutSector.join(', ')}: each counts as a sector of its own.`] : []),
        ...(moment.now ? [] : ['Limits are those of today; mandates of earlier times are not applied.']),
      ],
    };
  },
});
