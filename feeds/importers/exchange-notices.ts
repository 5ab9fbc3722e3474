import type { EventRecord } from '../../desk/market/types.ts';
import { dateIn, type Instant } from '../../desk/time.ts';
import { refused, type ImportContext, type ParsedRow } from './define.ts';
import { typeEvent } from './event-type.ts';
import { jsonImporter, type JsonRecord, rawOf, textOf } from './json-records.ts';
import { linkNames } from './link-names.ts';
import { endOfDay, readBelievableDate, readDate, readMoment } from './read-date.ts';
import { NSE_SYMBOL } from './symbol-record.ts';

type Notice = Pick<EventRecord, 'source' | 'title' | 'body' | 'eventType' | 'priority' | 'symbols' | 'unlinkedNames'> & { artifact: string; happenedAt: Instant | null; knownAt: Instant | null; printed: string };

function noticeRow({ artifact, printed, happenedAt, knownAt, ...event }: Notice, record: JsonRecord, line: number, context: ImportContext): ParsedRow {
  if (!happenedAt || !knownAt) return refused(line, `The time is not a moment: "${printed.slice(0, 40)}".`, rawOf(record));
  const believable = readBelievableDate(dateIn(happenedAt, 'Asia/Kolkata'), 'The date', context.today);
  if ('reason' in believable) return refused(line, believable.reason, rawOf(record));
  return { line, records: [{ type: 'event', event: { ...event, ...(/^https?:\/\//.test(artifact) ? { artifactUrl: artifact } : {}), happenedAt, knownAt: knownAt > happenedAt ? knownAt : happenedAt } }] };
}

/** Circulars of the exchange; they carry a date alone. */
export const exchangeCirculars = jsonImporter({
  kind: 'exchange_circulars', keys: ['circNumber', 'cirDate', 'sub'], under: 'data',
  open({ context }) {
    return (record, line) => {
      const date = readDate(textOf(record, 'cirDate'));
      const at = date ? endOfDay(date) : null;
      const title = textOf(record, 'sub');
      if (title === '') return refused(line, 'sub is empty.', rawOf(record));
      return noticeRow({ source: 'nse-circulars', title: `NSE circular ${textOf(record, 'circDisplayNo') || textOf(record, 'circNumber')}: ${title}`, body: textOf(record, 'circDepartment'), eventType: 'OTHER', priority: 'LOW', symbols: [], unlinkedNames: [], artifact: textOf(record, 'circFilelink'), happenedAt: at, knownAt: at, printed: textOf(record, 'cirDate') }, record, line, context);
    };
  },
});

/** Annual reports as the exchange put them out. */
export const annualReports = jsonImporter({
  kind: 'annual_reports', keys: ['companyName', 'fromYr', 'toYr', 'broadcast_dttm'], under: 'data', links: true,
  open({ context }) {
    return (record, line) => {
      const company = textOf(record, 'companyName');
      const at = readMoment(textOf(record, 'broadcast_dttm'));
      return noticeRow({ source: 'nse-annual-reports', title: `${company}: annual report ${textOf(record, 'fromYr')}–${textOf(record, 'toYr')}`, body: '', eventType: 'OTHER', priority: 'LOW', ...linkNames([company], context.linker), artifact: textOf(record, 'fileName'), happenedAt: at, knownAt: at, printed: textOf(record, 'broadcast_dttm') }, record, line, context);
    };
  },
});

/** A quarter's shareholding pattern: who held how much, known when the exchange disseminated it. */
export const shareholding = jsonImporter({
  kind: 'shareholding', keys: ['symbol', 'pr_and_prgrp', 'public_val', 'broadcastDate'],
  open({ context }) {
    return (record, line) => {
      const symbol = textOf(record, 'symbol');
      if (!NSE_SYMBOL.test(symbol)) return refused(line, `symbol is not a symbol: "${symbol.slice(0, 40)}".`, rawOf(record));
      const body = `Promoters and their group ${textOf(record, 'pr_and_prgrp')} %, public ${textOf(record, 'public_val')} %.`;
      return noticeRow({
        source: 'nse-shareholding', title: `${textOf(record, 'name') || symbol}: shareholding pattern of ${textOf(record, 'date')}`, body, eventType: typeEvent({ title: 'shareholding pattern' }).eventType, priority: 'LOW', symbols: [symbol], unlinkedNames: [], artifact: textOf(record, 'xbrl'),
        happenedAt: readMoment(textOf(record, 'broadcastDate')), knownAt: readMoment(textOf(record, 'systemDate')) ?? readMoment(textOf(record, 'broadcastDate')), printed: textOf(record, 'broadcastDate'),
      }, record, line, context);
    };
  },
});
