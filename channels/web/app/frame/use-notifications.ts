import { useEffect, useRef } from 'react';
import { withoutHiding } from '../format/plain-text.ts';
import { useDesk } from '../page-context.tsx';

/** Whether the browser shows what the desk tells: its own answer, asked for on the settings page. */
export const notificationState = (): NotificationPermission | 'unsupported' => ('Notification' in globalThis ? Notification.permission : 'unsupported');

/** Shows warnings and critical alerts that come while the page is open, once each, when the person has allowed it and looks elsewhere. */
export function useNotifications(): void {
  const alerts = useDesk()?.alerts;
  const told = useRef<Set<string> | null>(null);
  useEffect(() => {
    if (alerts === undefined) return;
    // What was there before the page was opened is no news.
    const known = told.current;
    told.current = new Set([...(known ?? []), ...alerts.map(({ id }) => id)]);
    if (known === null || !document.hidden || notificationState() !== 'granted') return;
    for (const { id, title, body, severity, open } of alerts)
      if (open && severity !== 'INFO' && !known.has(id)) new Notification(withoutHiding(title), { body: withoutHiding(body), tag: id, icon: '/mark.svg' });
  }, [alerts]);
}
