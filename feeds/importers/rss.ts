import { dateIn, type Instant } from '../../desk/time.ts';
import { refused, SourceError, type LoadingImporter, type ParsedRow } from './define.ts';
import { typeEvent } from './event-type.ts';
import { linkText } from './link-names.ts';
import { decodeEntities } from './markup.ts';
import { endOfDay, readBelievableDate, readDate, readMoment } from './read-date.ts';
import { readText } from './sniff.ts';

const TITLE_LIMIT = 500;
const BODY_LIMIT = 5_000;
const OFFICIAL = /\b(sebi|rbi|reserve bank|pib|federal reserve)\b/i;

/**
 * RSS 2.0 and Atom. Read by looking for the few tags that matter: entities are never fetched, and nothing in a feed can
 * make the reader open anything. RBI's times carry no zone (India's is meant), SEBI's carry no time at all: such an
 * item is known at the end of its day.
 */
export const rss: LoadingImporter = {
  kind: 'rss', loads: true, links: true,
  recognise: ({ form, xmlRoot }) => form === 'xml' && /^(rss|feed|rdf:RDF)$/i.test(xmlRoot ?? ''),
  async* rows(source, head, context) {
    let text: string;
    try {
      text = await readText(source, head.encoding);
    } catch (error) {
      if (!(error instanceof SourceError)) throw error;
      yield [refused(1, error.message, '')];
      return;
    }
    const tag = head.xmlRoot?.toLowerCase() === 'feed' ? 'entry' : 'item';
    const firstItem = text.indexOf(`<${tag}`);
    const channel = tagText(firstItem === -1 ? text : text.slice(0, firstItem), 'title') || 'rss';
    const rows: ParsedRow[] = [];
    let at = 0;
    for (let line = 1; ; line++) {
      const start = text.indexOf(`<${tag}`, at);
      if (start === -1) break;
      const end = text.indexOf(`</${tag}>`, start);
      if (end === -1) { rows.push(refused(line, 'The feed ends inside this item.', text.slice(start))); break; }
      rows.push(readItem({ item: text.slice(start, end), line, channel, context }));
      at = end;
    }
    yield rows;
  },
};

function readItem({ item, line, channel, context }: { item: string; line: number; channel: string; context: Parameters<LoadingImporter['rows']>[2] }): ParsedRow {
  // A collector of several papers names the paper of each item, and says it once more behind the title.
  const paper = tagText(item, 'source');
  const printedTitle = tagText(item, 'title');
  const title = (paper !== '' && printedTitle.endsWith(` - ${paper}`) ? printedTitle.slice(0, -paper.length - 3) : printedTitle).slice(0, TITLE_LIMIT);
  if (title === '') return refused(line, 'title is empty.', item);
  const printed = tagText(item, 'pubDate') || tagText(item, 'published') || tagText(item, 'updated') || tagText(item, 'dc:date');
  const published = publishedAt(printed);
  if (!published) return refused(line, `pubDate is not a moment: "${printed.slice(0, 40)}".`, item);
  const believable = readBelievableDate(dateIn(published, 'Asia/Kolkata'), 'pubDate', context.today);
  if ('reason' in believable) return refused(line, believable.reason, item);
  const body = (tagText(item, 'description') || tagText(item, 'summary') || tagText(item, 'content:encoded')).slice(0, BODY_LIMIT);
  const link = tagText(item, 'link') || (/<link[^>]*href="([^"]+)"/.exec(item)?.[1] ?? '');
  const typed = typeEvent({ title, body });
  const policy = typed.eventType === 'OTHER' && OFFICIAL.test(channel);
  return {
    line,
    records: [{
      type: 'event',
      event: {
        source: (paper || channel).slice(0, 60), ...(/^https?:\/\//.test(link) ? { sourceUrl: link } : {}), title, body: body === title ? '' : body,
        ...typed, ...(policy ? { eventType: 'POLICY' as const, priority: 'MEDIUM' as const } : {}), ...linkText(`${title}. ${body}`, context.linker),
        happenedAt: published, knownAt: published,
      },
    }],
  };
}

function publishedAt(printed: string): Instant | null {
  const moment = readMoment(printed);
  if (moment) return moment;
  const date = readDate(printed.replace(/\s*[+-]\d{4}$/, ''));
  return date ? endOfDay(date) : null;
}

/** The text of the first such tag: CDATA opened, entities decoded, markup taken out, spaces single. */
function tagText(xml: string, tag: string): string {
  const open = xml.search(new RegExp(`<${tag}[\\s>]`));
  if (open === -1) return '';
  const from = xml.indexOf('>', open) + 1;
  const to = xml.indexOf(`</${tag}>`, from);
  if (from === 0 || to === -1) return '';
  const inner = xml.slice(from, to);
  const plain = inner.includes('<![CDATA[') ? inner.replaceAll('<![CDATA[', '').replaceAll(']]>', '') : decodeEntities(inner);
  return decodeEntities(plain.replace(/<[^<>]*>/g, ' ')).replace(/\s+/g, ' ').trim();
}
