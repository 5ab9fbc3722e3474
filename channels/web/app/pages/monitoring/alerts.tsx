import type { ReactNode } from 'react';
import { withoutHiding } from '../../format/plain-text.ts';
import { clockOrDay } from '../../format/time.ts';
import { useDesk } from '../../page-context.tsx';
import { Propose } from '../../parts/empty.tsx';
import { Section } from '../../parts/section.tsx';

const word = { INFO: 'note', WARNING: 'warning', CRITICAL: 'critical' } as const;

/** What the desk told its people, newest first; what nobody has acknowledged is open. */
export function Alerts(): ReactNode {
  const desk = useDesk();
  const alerts = desk?.alerts ?? [];
  const open = alerts.filter((alert) => alert.open).length;
  return (
    <Section title="Alerts" note={open === 0 ? undefined : `${open} open`} aside={open === 0 ? undefined : <Propose words="/ack">Acknowledge</Propose>}>
      {alerts.length === 0 || !desk ? (
        <p className="muted">Tripped switches, failures, large changes and silent feeds are told here and on your other channels.</p>
      ) : (
        <ul className="lines">
          {alerts.map((alert) => (
            <li key={alert.id} className="line line-still">
              <span className="line-main line-wraps">{withoutHiding(alert.title)}</span>
              <span className={alert.open && alert.severity !== 'INFO' ? 'block' : 'muted'}>
                {word[alert.severity]}
                {alert.open ? '' : ', acknowledged'}
              </span>
              <span className="muted line-under">
                {clockOrDay(alert.at, desk.wallTime, desk.zone)}
                {alert.count > 1 ? ` · ${alert.count} times` : ''} · {withoutHiding(alert.body)}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
