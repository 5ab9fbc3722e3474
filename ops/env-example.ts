import type { QuietHours } from './settings/reader.ts';
import { SETTING_GROUPS } from './settings/settings.ts';

type Written = string | number | boolean | readonly string[] | QuietHours | null;
/** A default as it would be written in the file; only words, numbers and switches have one. */
const write = (value: Written): string => {
  if (value === null) return '';
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
  return /[\s#"']/.test(text) ? `"${text}"` : text;
};

/** The text of `.env.example`: every setting with its meaning, unit, what is allowed and default. */
export function envExample(): string {
  const groups = SETTING_GROUPS.map(({ title, settings }) => {
    const rows = Object.entries(settings).map(([name, { meaning, unit, reader, default: byDefault }]) =>
      `# ${meaning}. ${unit === '' ? '' : `Unit: ${unit}. `}Allowed: ${reader.allowed}.\n${byDefault === null ? '# ' : ''}${name}=${write(byDefault)}`);
    return `## ${title}\n\n${rows.join('\n\n')}`;
  });
  return `# Copy to .env and change what should differ. What the process's environment sets wins over this file.
# A name after "# " is unset. Written by \`npm run env:example\` from ops/settings; do not edit by hand.

${groups.join('\n\n\n')}
`;
}
