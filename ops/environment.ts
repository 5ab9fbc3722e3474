import { existsSync, readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { SETTINGS } from './settings/settings.ts';

export interface Environment {
  variables: Readonly<Record<string, string | undefined>>;
  /** Names in the file that no setting has: most likely misspelt, so main says them. */
  unknown: string[];
}

/** The process's environment over the lines of a `.env` file, which may be missing. Changes neither. */
export function readEnvironment({ file, variables = process.env }: { file: string; variables?: Readonly<Record<string, string | undefined>> }): Environment {
  const written = existsSync(file) ? parseEnv(readFileSync(file, 'utf8')) : {};
  return { variables: { ...written, ...variables }, unknown: Object.keys(written).filter((name) => !Object.hasOwn(SETTINGS, name)) };
}
