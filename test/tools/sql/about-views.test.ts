import { expect, it } from 'vitest';
import { aboutViews } from '../../../tools/sql-question/about-views.ts';

const frame = { views: { prices_daily: 'one row a share and day', orders: 'orders' }, symbol: (name: string) => (name === 'tcs' ? 'TCS' : null) };

it.each([
  ['list tables', "SELECT * FROM (VALUES ('prices_daily', 'one row a share and day'), ('orders', 'orders')) AS listed(view, about)"], ['what tables are there?', /VALUES/], ['how many rows in prices_daily', 'SELECT count(*) AS rows FROM prices_daily'],
  ['how many nse stocks do you have prices for', /count\(DISTINCT symbol\)/], ['from when do you have prices of tcs', /WHERE symbol = 'TCS'/], ['since when do you have data', /FROM prices_daily$/],
])('“%s” asks about the views', (question, sql) => { const found = aboutViews(question, frame); if (typeof sql === 'string') expect(found).toBe(sql); else expect(found).toMatch(sql); });
it.each(['how many rows in people', 'since when do you have prices of zorbix', 'how many trades this month', 'how many rows in audit_log; drop table x', 'table reservations'])('“%s” does not', (question) => expect(aboutViews(question, frame)).toBeNull());
