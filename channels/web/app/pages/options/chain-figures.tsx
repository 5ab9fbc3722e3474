import type { ReactNode } from 'react';
import { formatNumber, formatPercent, formatPrice } from '../../format/number.ts';
import { Reasons } from '../../parts/empty.tsx';
import { Stats } from '../../parts/stats.tsx';
import type { ReadOutput } from '../../read/read-types.ts';

export type Chain = ReadOutput<'option_chain'>;
/** A volatility is a fraction a year in the tools. */
export const asPercent = (fraction: number | null, decimals = 1): string => formatPercent(fraction === null ? null : fraction * 100, { decimals });

export const ChainFigures = ({ chain }: { chain: Chain }): ReactNode => (
  <>
    <Stats
      stats={[
        { name: 'Spot', text: formatPrice(chain.spot), note: chain.forward === null ? (chain.forwardReason ?? undefined) : `forward ${formatPrice(chain.forward)}` },
        { name: 'Volatility at the money', text: asPercent(chain.atmIv), note: chain.expectedMove === null ? undefined : `± ${formatNumber(chain.expectedMove.oneDeviation, { decimals: 0 })} to expiry` },
        { name: 'IV rank', text: formatNumber(chain.ivRank, { decimals: 0 }), note: chain.ivHistory.text },
        { name: 'Put–call ratio', text: formatNumber(chain.pcr, { decimals: 2 }), note: `by volume ${formatNumber(chain.pcrVolume, { decimals: 2 })}` },
        { name: 'Max pain', text: formatNumber(chain.maxPain, { decimals: 0 }), note: `walls ${formatNumber(chain.putWall, { decimals: 0 })} and ${formatNumber(chain.callWall, { decimals: 0 })}` },
        { name: 'Skew at 25 delta', text: asPercent(chain.skew25d), note: 'put less call' },
        { name: 'Gamma flips at', text: formatNumber(chain.gammaFlip, { decimals: 0 }) },
        { name: 'Lot', text: formatNumber(chain.lotSize) },
      ]}
    />
    <Reasons reasons={[...chain.notes, ...Object.entries(chain.marked).map(([mark, count]) => `${count} quotes are not priced: ${mark.toLowerCase().replaceAll('_', ' ')}.`)]} />
  </>
);
