import type { ReactNode } from 'react';
import { formatMeasure, sentenceCase } from '../../format/number.ts';
import { withoutHiding } from '../../format/plain-text.ts';
import { useAccountInput } from '../../parts/account-input.ts';
import { Reasons } from '../../parts/empty.tsx';
import { Headroom } from '../../parts/headroom.tsx';
import { Section } from '../../parts/section.tsx';
import { Shown } from '../../parts/shown.tsx';
import { useRead } from '../../read/use-read.ts';

/** Every limit with what is used of it, the closest first. */
export function Limits(): ReactNode {
  const limits = useRead('limits', useAccountInput());
  return (
    <Section title="Limits" note="closest first">
      <Shown read={limits} lines={6}>
        {({ limits: all, rules, reasons }) => {
          const accounts = new Set(all.map(({ account }) => account));
          const sorted = [...all].sort((a, b) => (b.usedPercent ?? -1) - (a.usedPercent ?? -1));
          return (
            <>
              <ul className="headrooms headrooms-wide">
                {sorted.map((line) => (
                  <Headroom
                    key={`${line.account} ${line.limit} ${line.of ?? ''}`}
                    name={sentenceCase(line.limit)}
                    note={[accounts.size > 1 ? line.account : null, line.of, line.source].filter(Boolean).join(' · ')}
                    used={formatMeasure(line.usedShown, line.unitShown === 'positions' ? '' : line.unitShown)}
                    allowed={formatMeasure(line.allowedShown, line.unitShown)}
                    usedPercent={line.usedPercent}
                  />
                ))}
              </ul>
              {rules.length === 0 ? null : (
                <details className="behind">
                  <summary>Rules without a measure</summary>
                  <dl className="facts">
                    {rules.map((rule) => (
                      <div key={`${rule.account} ${rule.rule}`}>
                        <dt>{accounts.size > 1 ? `${rule.account}: ` : ''}{rule.rule}</dt>
                        <dd>{withoutHiding(rule.value)}</dd>
                      </div>
                    ))}
                  </dl>
                </details>
              )}
              <Reasons reasons={reasons} />
            </>
          );
        }}
      </Shown>
    </Section>
  );
}
