import type { Alert } from '../../db/stores/alerts.ts';
import { timeIn, type Zone } from '../../desk/time.ts';

const mark: Record<Alert['severity'], string> = { CRITICAL: '🔴', WARNING: '🟠', INFO: '🔵' };
const times = ({ count }: Alert): string => (count > 1 ? ` (${count} times)` : '');

/** The heading of a delivery: the alert's title, or how many a digest holds. */
export const headingOf = ({ alerts, round, digest }: { alerts: readonly Alert[]; round: number; digest: boolean }): string => {
  const [first] = alerts;
  if (digest || !first) return `${alerts.length} ${alerts.length === 1 ? 'alert' : 'alerts'} since the last digest`;
  return `${mark[first.severity]} ${first.title}${times(first)}${round > 0 ? ' · not acknowledged yet' : ''}`;
};
export const bodyOf = ({ alerts, digest, zone }: { alerts: readonly Alert[]; digest: boolean; zone: Zone }): string[] =>
  (digest ? alerts.map((alert) => `${timeIn(alert.lastAt, zone)} ${mark[alert.severity]} ${alert.title}${times(alert)}: ${alert.body}`) : alerts.map(({ body }) => body));
