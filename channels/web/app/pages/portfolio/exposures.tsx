import type { ReactNode } from 'react';
import { formatMinor, formatPercent, unknown } from '../../format/number.ts';
import { useAccountInput } from '../../parts/account-input.ts';
import { Empty, Reasons } from '../../parts/empty.tsx';
import { Headroom } from '../../parts/headroom.tsx';
import { Section } from '../../parts/section.tsx';
import { Shown } from '../../parts/shown.tsx';
import { useRead } from '../../read/use-read.ts';
import type { ReadOutput } from '../../read/read-types.ts';

type Use = ReadOutput<'exposure'>['sectors'][number];

const Uses = ({ uses, currency, several }: { uses: readonly Use[]; currency: 'INR' | 'USD'; several: boolean }): ReactNode => (
  <ul className="headrooms">
    {uses.map((use) => (
      <Headroom
        key={`${use.account} ${use.name}`}
        name={use.name}
        note={`${several ? `${use.account} · ` : ''}${formatMinor(use.valueMinor, { currency })}`}
        used={formatPercent(use.percent)}
        allowed={use.limitPercent === null ? unknown : formatPercent(use.limitPercent, { decimals: 0 })}
        usedPercent={use.percent === null || use.limitPercent === null || use.limitPercent === 0 ? null : (use.percent / use.limitPercent) * 100}
      />
    ))}
  </ul>
);

/** Sector and single-name weights as bars whose end is their limit. */
export function Exposures(): ReactNode {
  const exposure = useRead('exposure', useAccountInput());
  return (
    <Section title="Exposures against their limits" note="percent of equity">
      <Shown read={exposure}>
        {({ sectors, symbols, currency, accounts, reasons, withoutSector }) =>
          sectors.length === 0 && symbols.length === 0 ? (
            <Empty>Sector and single-name weights stand here once something is held or on order.</Empty>
          ) : (
            <>
              <div className="part-pair">
                <div>
                  <h3>Sectors</h3>
                  <Uses uses={sectors} currency={currency} several={accounts.length > 1} />
                </div>
                <div>
                  <h3>Single names</h3>
                  <Uses uses={symbols} currency={currency} several={accounts.length > 1} />
                </div>
              </div>
              <Reasons reasons={[...reasons, ...(withoutSector.length === 0 ? [] : [`Without a known sector: ${withoutSector.join(', ')}.`])]} />
            </>
          )
        }
      </Shown>
    </Section>
  );
}
