import type { ReactNode } from 'react';
import { formatNumber } from '../../format/number.ts';
import { Section } from '../../parts/section.tsx';
import { Shown } from '../../parts/shown.tsx';
import { useRead } from '../../read/use-read.ts';

/** What the desk was started with; it changes with its configuration, not from a page. */
export function DeskRules(): ReactNode {
  const settings = useRead('desk_settings', {});
  return (
    <Section title="The desk" note="as it was started">
      <Shown read={settings}>
        {(value) => (
          <dl className="facts facts-wide">
            {(
              [
                ['World', value.world],
                ['Live trading', value.live],
                ['Options', value.options],
                ['Quiet before results', `${formatNumber(value.eventBlackoutDays)} days`],
                ['A catalyst is fresh for', `${formatNumber(value.catalystFreshnessHours)} hours`],
                ['Most of a day’s volume', `${formatNumber(value.advMaxPercent)} % of the ${formatNumber(value.advLookbackDays)}-day average`],
                ['Most in one sector', `${formatNumber(value.maxSectorPercent)} %`],
              ] as const
            ).map(([name, text]) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{text}</dd>
              </div>
            ))}
          </dl>
        )}
      </Shown>
    </Section>
  );
}
