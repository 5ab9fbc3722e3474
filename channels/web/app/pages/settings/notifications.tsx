import { useState, type ReactNode } from 'react';
import { notificationState } from '../../frame/use-notifications.ts';

const words = {
  granted: 'on: warnings and critical alerts, while the page is open in the background',
  denied: 'refused in this browser; its own settings allow them again',
  default: 'off',
  unsupported: 'not known to this browser',
} as const;

export function Notifications(): ReactNode {
  const [state, setState] = useState(notificationState);
  return (
    <span>
      {words[state]}{' '}
      {state === 'default' ? (
        <button type="button" className="button button-small" onClick={() => void Notification.requestPermission().then(setState)}>
          Allow
        </button>
      ) : null}
    </span>
  );
}
