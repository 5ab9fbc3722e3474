import { listOrders, openStatuses } from '../../db/stores/execution.ts';
import { type Minor, valueMinor } from '../../desk/decimal.ts';
import { asPercent } from '../../desk/gates/figures.ts';
import { exposuresOf } from '../../desk/portfolio/exposures.ts';
import type { ToolServices } from '../services.ts';
import type { AccountBook } from './account-book.ts';
import { gateLimitsOf, tighterOf } from './gate-limits.ts';
import type { Moment } from './moment.ts';

/** What takes room under a limit: what is held, and buy entries that wait at the broker. Percentages of equity, null where equity is not known. */
export interface ExposureUse { account: string; name: string; valueMinor: Minor; waitingMinor: Minor; percent: number | null; limitPercent: number | null; headroomPercent: number | null; headroomMinor: Minor | null }
export interface AccountExposure { account: string; equityMinor: Minor | null; grossPercent: number | null; netPercent: number | null; sectors: ExposureUse[]; symbols: ExposureUse[]; unpriced: string[]; withoutSector: string[] }

/** Exposure of an account by sector and symbol against its mandate and the gates' limits in force for it, whichever is tighter: a mandate may ask for less than the gates allow, not for more. */
export async function exposureOf(services: ToolServices, book: AccountBook, { now }: Pick<Moment, 'now'>): Promise<AccountExposure> {
  const { market, database } = services;
  // Orders of earlier times are not kept.
  const open = now ? await listOrders(database.orm, { accountIds: [book.account.id], statuses: openStatuses, limit: 500 }) : [];
  const waiting = open.filter((order) => order.category === 'ENTRY').map((order) => {
    const price = order.limitPrice === null ? (market.quote(order.symbol)?.last ?? null) : Number(order.limitPrice);
    return { symbol: order.symbol, sector: market.symbols().get(order.symbol)?.sector ?? null, value: price === null ? null : valueMinor(price, order.quantity - order.filledQuantity) };
  });
  const held = book.holdings.map(({ symbol, sector, valueMinor: value }) => ({ symbol, sector, value }));
  const equity = book.tradableEquityMinor ?? 0;
  const whole = exposuresOf([...held, ...waiting], equity);
  const onOrder = exposuresOf(waiting, equity);
  const { limits } = gateLimitsOf(services, book.account.id);
  const terms = book.mandate?.terms;
  const sectorLimit = tighterOf(terms?.maxSectorExposurePercent, asPercent(limits.maxSectorExposure), 'gates')?.percent ?? null;
  const nameLimit = tighterOf(terms?.maxPositionPercent, limits.maxSingleNamePercent, 'gates')?.percent ?? null;
  const use = (limitPercent: number | null, waitingOf: typeof onOrder.bySector) => ({ name, gross, grossPercent }: { name: string; gross: number; grossPercent: number | null }): ExposureUse => {
    const percent = book.tradableEquityMinor === null ? null : grossPercent;
    const headroomPercent = percent === null || limitPercent === null ? null : limitPercent - percent;
    return {
      account: book.account.name, name, valueMinor: gross, waitingMinor: waitingOf.find((line) => line.name === name)?.gross ?? 0, percent, limitPercent, headroomPercent,
      headroomMinor: headroomPercent === null || book.tradableEquityMinor === null ? null : Math.floor((book.tradableEquityMinor * headroomPercent) / 100),
    };
  };
  return {
    account: book.account.name, equityMinor: book.tradableEquityMinor, grossPercent: book.tradableEquityMinor === null ? null : whole.grossPercent, netPercent: book.tradableEquityMinor === null ? null : whole.netPercent,
    sectors: whole.bySector.map(use(sectorLimit, onOrder.bySector)), symbols: whole.bySymbol.map(use(nameLimit, onOrder.bySymbol)),
    unpriced: whole.unpriced, withoutSector: whole.withoutSector,
  };
}
