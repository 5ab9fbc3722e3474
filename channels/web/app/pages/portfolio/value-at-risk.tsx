import type { ReactNode } from 'react';
import { formatMinor, formatNumber, formatPercent } from '../../format/number.ts';
import { useAccountInput } from '../../parts/account-input.ts';
import { Reasons } from '../../parts/empty.tsx';
import { Section } from '../../parts/section.tsx';
import { Shown } from '../../parts/shown.tsx';
import { Stats } from '../../parts/stats.tsx';
import { useRead } from '../../read/use-read.ts';

export function ValueAtRisk(): ReactNode {
  const risk = useRead('portfolio_risk', useAccountInput());
  return (
    <Section title="Risk of what is held" note={risk.reading.state === 'here' ? `one day, ${risk.reading.value.confidencePercent} %, over ${risk.reading.value.sessions} sessions` : undefined}>
      <Shown read={risk}>
        {({ currency, valueAtRisk, expectedShortfallMinor, expectedShortfallPercent, volatilityPercent, worstDayPercent, beta, targetBeta, betaDrift, betaAlert, pairs, reasons, openRiskMinor, openRiskPercent }) => (
          <>
            <Stats
              stats={[
                { name: 'Value at risk, historical', text: formatMinor(valueAtRisk.historicalMinor, { currency }), note: formatPercent(valueAtRisk.historicalPercent) },
                { name: 'Parametric', text: formatMinor(valueAtRisk.parametricMinor, { currency }), note: formatPercent(valueAtRisk.parametricPercent) },
                { name: 'Cornish–Fisher', text: formatMinor(valueAtRisk.cornishFisherMinor, { currency }), note: formatPercent(valueAtRisk.cornishFisherPercent) },
                { name: 'Expected shortfall', text: formatMinor(expectedShortfallMinor, { currency }), note: formatPercent(expectedShortfallPercent) },
                { name: 'Open risk to stops', text: formatMinor(openRiskMinor, { currency }), note: formatPercent(openRiskPercent) },
                { name: 'Volatility a year', text: formatPercent(volatilityPercent) },
                { name: 'Worst day', text: formatPercent(worstDayPercent), sign: worstDayPercent },
                {
                  name: 'Beta',
                  text: formatNumber(beta, { decimals: 2 }),
                  note: targetBeta === null ? undefined : <span className={betaAlert ? 'warn' : ''}>target {formatNumber(targetBeta, { decimals: 2 })}, off by {formatNumber(betaDrift, { decimals: 2, plus: true })}</span>,
                },
              ]}
            />
            {pairs.length === 0 ? null : (
              <p className="muted part-line">
                Most alike: {pairs.slice(0, 3).map(({ first, second, correlation }) => `${first} and ${second} ${formatNumber(correlation, { decimals: 2 })}`).join(', ')}
              </p>
            )}
            <Reasons reasons={reasons} />
          </>
        )}
      </Shown>
    </Section>
  );
}
