import { refused } from './define.ts';
import { typeEvent } from './event-type.ts';
import { jsonImporter, rawOf, textOf } from './json-records.ts';
import { linkNames } from './link-names.ts';
import { readMoment } from './read-date.ts';

const FILINGS = 'https://www.bseindia.com/xml-data/corpfiling/AttachLive/';

/** BSE announcements. They carry BSE's code and the company's name, no NSE symbol, so the name is linked or stays unlinked. */
export const bseAnnouncements = jsonImporter({
  kind: 'bse_announcements', links: true, under: 'Table', keys: ['NEWSID', 'NEWSSUB', 'NEWS_DT', 'SLONGNAME', 'HEADLINE'],
  open({ context }) {
    return (record, line) => {
      const happenedAt = readMoment(textOf(record, 'NEWS_DT'));
      if (!happenedAt) return refused(line, `NEWS_DT is not a moment: "${textOf(record, 'NEWS_DT').slice(0, 40)}".`, rawOf(record));
      const title = textOf(record, 'NEWSSUB');
      if (title === '') return refused(line, 'NEWSSUB is empty.', rawOf(record));
      const disseminated = readMoment(textOf(record, 'DissemDT'));
      const attachment = textOf(record, 'ATTACHMENTNAME');
      const body = textOf(record, 'HEADLINE');
      return {
        line,
        records: [{
          type: 'event',
          event: {
            source: 'bse-announcements', title, body, ...typeEvent({ title: textOf(record, 'SUBCATNAME') || title, body }),
            ...(attachment ? { artifactUrl: `${FILINGS}${attachment}` } : {}), ...linkNames([textOf(record, 'SLONGNAME')], context.linker),
            happenedAt, knownAt: disseminated && disseminated > happenedAt ? disseminated : happenedAt,
          },
        }],
      };
    };
  },
});
