import { dateIn, type Instant } from '../../desk/time.ts';
import { refused, type ImportContext, type ParsedRow } from './define.ts';
import { typeEvent } from './event-type.ts';
import { jsonImporter, type JsonRecord, rawOf, textOf } from './json-records.ts';
import { linkText } from './link-names.ts';
import { pageText } from './markup.ts';
import { readBelievableDate, readMoment } from './read-date.ts';

const TITLE_LIMIT = 500;
const BODY_LIMIT = 5_000;

interface Story { source: string; title: string; body: string; url: string; published: Instant | null; printed: string; column: string }

function storyRow(story: Story, { line, raw, context }: { line: number; raw: string; context: ImportContext }): ParsedRow {
  if (story.title === '' || story.title === '[Removed]') return refused(line, story.title === '' ? 'title is empty.' : 'The story was removed by its publisher.', raw);
  if (!story.published) return refused(line, `${story.column} is not a moment: "${story.printed.slice(0, 40)}".`, raw);
  const believable = readBelievableDate(dateIn(story.published, 'Asia/Kolkata'), story.column, context.today);
  if ('reason' in believable) return refused(line, believable.reason, raw);
  const title = story.title.slice(0, TITLE_LIMIT);
  const body = story.body === title ? '' : story.body.slice(0, BODY_LIMIT);
  return { line, records: [{ type: 'event', event: {
    source: story.source.slice(0, 60) || 'news', ...(/^https?:\/\//.test(story.url) ? { sourceUrl: story.url } : {}), title, body, ...typeEvent({ title, body }), ...linkText(`${title}. ${body}`, context.linker), happenedAt: story.published, knownAt: story.published,
  } }] };
}
const words = (text: string): string => pageText(text).replace(/\s+/g, ' ').replace(/\[\+\d+ chars\]$/, '').trim();

/** A page of NewsAPI (`/v2/everything`, `/v2/top-headlines`): known at the publisher's stamp. */
export const newsApi = jsonImporter({
  kind: 'newsapi', keys: ['title', 'url', 'publishedAt', 'source'], under: 'articles', links: true,
  open({ context }) {
    return (record, line) => {
      const source = record.source !== null && typeof record.source === 'object' ? textOf(record.source as JsonRecord, 'name') : textOf(record, 'source');
      const printed = textOf(record, 'publishedAt');
      return storyRow({ source, title: words(textOf(record, 'title')), body: words(`${textOf(record, 'description')} ${textOf(record, 'content')}`), url: textOf(record, 'url'), published: readMoment(printed), printed, column: 'publishedAt' }, { line, raw: rawOf(record), context });
    };
  },
});

/**
 * A list of articles by GDELT's DOC API (`mode=artlist`). Its stamp is when GDELT saw the article, within a quarter of an
 * hour of publication, so that is when it was known. Articles in other languages than English are not read.
 */
export const gdeltArticles = jsonImporter({
  kind: 'gdelt', keys: ['url', 'title', 'seendate', 'domain'], under: 'articles', links: true,
  open({ context }) {
    return (record, line) => {
      const language = textOf(record, 'language');
      if (language !== '' && !/^eng(lish)?$/i.test(language)) return { line, notLoaded: 'gdelt_other_languages' };
      const printed = textOf(record, 'seendate');
      const [, year, month, day, hour, minute, second] = /^(\d{4})(\d{2})(\d{2})T?(\d{2})(\d{2})(\d{2})Z?$/.exec(printed) ?? [];
      return storyRow({
        source: textOf(record, 'domain'), title: words(textOf(record, 'title').replace(/(\d) ([,.]) (?=\d)/g, '$1$2').replace(/ ([,.:;!?%])/g, '$1').replace(/ - [^-]{3,40}$/, '')), body: '', url: textOf(record, 'url'),
        published: year ? readMoment(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`) : null, printed, column: 'seendate',
      }, { line, raw: rawOf(record), context });
    };
  },
});
