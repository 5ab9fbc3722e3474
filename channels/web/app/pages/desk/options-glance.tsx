import type { ReactNode } from 'react';
import { formatNumber } from '../../format/number.ts';
import { go } from '../../location.ts';
import { Section } from '../../parts/section.tsx';
import { Shown } from '../../parts/shown.tsx';
import { Stats } from '../../parts/stats.tsx';
import { useRead } from '../../read/use-read.ts';
import { asPercent } from '../options/chain-figures.tsx';
import { InterestBars } from '../options/interest-bars.tsx';

const index = 'NIFTY';

/** Volatility of the market and where open interest grows, from the index's nearest expiry. A desk without its chain says so. */
export function OptionsGlance(): ReactNode {
  const chain = useRead('option_chain', { underlying: index });
  if (chain.reading.state === 'failed' && chain.reading.code === 'NO_CHAIN') return null;
  return (
    <Section
      title="Volatility and open interest"
      note={chain.reading.state === 'here' ? `${index}, ${chain.reading.value.expiryText}` : index}
      aside={
        <button type="button" className="quiet" onClick={() => go({ part: 'options', query: { underlying: index } })}>
          Whole chain
        </button>
      }
    >
      <Shown read={chain} lines={6}>
        {(value) => (
          <>
            <Stats
              stats={[
                { name: 'Volatility at the money', text: asPercent(value.atmIv), note: 'nearest expiry' },
                { name: 'At thirty days', text: asPercent(value.ivHistory.volatility), note: 'as a volatility index counts' },
                { name: 'IV rank', text: formatNumber(value.ivRank, { decimals: 0 }), note: value.ivHistory.text },
                { name: 'Put–call ratio', text: formatNumber(value.pcr, { decimals: 2 }) },
              ]}
            />
            <InterestBars chain={value} count={9} />
          </>
        )}
      </Shown>
    </Section>
  );
}
