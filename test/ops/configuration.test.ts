import { generateKeyPairSync } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadConfiguration, secretsOf, type Configuration } from '../../ops/configuration.ts';
import { envExample } from '../../ops/env-example.ts';
import { readEnvironment } from '../../ops/environment.ts';
import { SETTING_GROUPS, SETTINGS } from '../../ops/settings/settings.ts';
import { temporaryDirectory } from './temporary-directory.ts';

const loaded = (environment: Record<string, string>): Configuration => {
  const result = loadConfiguration(environment);
  if (!result.ok) throw new Error(result.errors.join('\n'));
  return result.configuration;
};
const errors = (environment: Record<string, string>): string[] => {
  const result = loadConfiguration(environment);
  return result.ok ? [] : result.errors;
};

describe('the configuration', () => {
  it('is whole without a single setting, with the published defaults', () => {
    expect(loaded({})).toMatchObject({
      REAL_GUARDRAILS: 'true', ADV_LOOKBACK_DAYS: 20, ADV_MIN_LIQUIDITY_RATIO: 0.05, EVENT_BLACKOUT_DAYS: 2, CATALYST_FRESHNESS_HOURS: 24, MAX_SECTOR_EXPOSURE: 0.3,
      OPTIONS_TRADING_ENABLED: false, OPTIONS_CHAIN_CACHE_MINUTES: 15, OPTIONS_STRATEGY_MAX_RISK: 10_000, NSDL_UPDATE_HOUR: 9, POLICY_SCRAPE_INTERVAL_HOURS: 6,
      ANALYST_LLM_TEMPERATURE: 0.3, PORTFOLIO_REBALANCE_HOUR: 16, VAR_CONFIDENCE_LEVEL: 0.95, BETA_ALERT_THRESHOLD: 0.2, TREASURY_MIN_BUFFER_PERCENT: 10,
      TREASURY_MAX_LOAN_PERCENT: 20, TREASURY_AUTO_CLAWBACK: true, OUTCOME_ANALYSIS_INTERVAL_HOURS: 24, META_LABEL_ADAPTIVE: true, QUALITY_DRIFT_THRESHOLD: 0.1,
      LLM_MAX_TOKENS: 2000, LLM_TIMEOUT_SECONDS: 30, RAW_STREAM_ENABLED: false, RAW_STREAM_FLUSH_SECONDS: 60, WEB_PORT: 3000, BROKER: 'paper', LIVE_TRADING: false,
      METRICS_ENABLED: true, RATE_LIMIT_PER_MINUTE: 30, EVAL_CRON: '0 2 * * *', OPENAI_API_KEY: null, DATABASE_URL: null, RESEARCH_MODEL: null, QUIET_HOURS: null,
    });
  });

  it('cannot be changed once it is loaded', () => {
    expect(Object.isFrozen(loaded({}))).toBe(true);
  });

  it('reads texts into numbers, switches, times and addresses', () => {
    const read = loaded({
      WEB_PORT: ' 8080 ', OPTIONS_TRADING_ENABLED: 'true', MAX_SECTOR_EXPOSURE: '0.2', QUIET_HOURS: '22:00-07:30', SMTP_URL: 'smtp://mail:25',
      ALERT_EMAIL_TO: 'a@example.org, b@example.org', EVAL_CRON: '30 1 * * 1-5', RESEARCH_MODEL: 'some-model', LLM_DAILY_BUDGET: '0',
    });
    expect(read).toMatchObject({
      WEB_PORT: 8080, OPTIONS_TRADING_ENABLED: true, MAX_SECTOR_EXPOSURE: 0.2, QUIET_HOURS: { from: '22:00', to: '07:30' },
      ALERT_EMAIL_TO: ['a@example.org', 'b@example.org'], EVAL_CRON: '30 1 * * 1-5', RESEARCH_MODEL: 'some-model', LLM_DAILY_BUDGET: 0,
    });
  });

  it('takes an empty text for unset', () => {
    expect(loaded({ WEB_PORT: '', OPENAI_API_KEY: '  ' })).toMatchObject({ WEB_PORT: 3000, OPENAI_API_KEY: null });
  });

  it.each([
    ['WEB_PORT', '80a', 'WEB_PORT: "80a" is not allowed; give a whole number from 0 to 65535'],
    ['WEB_PORT', '65536', 'WEB_PORT: "65536" is not allowed; give a whole number from 0 to 65535'],
    ['WEB_PORT', '0x50', 'WEB_PORT: "0x50" is not allowed; give a whole number from 0 to 65535'],
    ['EVENT_BLACKOUT_DAYS', '1.5', 'EVENT_BLACKOUT_DAYS: "1.5" is not allowed; give a whole number from 0 to 30'],
    ['MAX_SECTOR_EXPOSURE', '30', 'MAX_SECTOR_EXPOSURE: "30" is not allowed; give a number from 0.01 to 1'],
    ['MAX_SECTOR_EXPOSURE', 'Infinity', 'MAX_SECTOR_EXPOSURE: "Infinity" is not allowed; give a number from 0.01 to 1'],
    ['REAL_GUARDRAILS', 'false', 'REAL_GUARDRAILS: "false" is not allowed; give true'],
    ['OPTIONS_TRADING_ENABLED', 'yes', 'OPTIONS_TRADING_ENABLED: "yes" is not allowed; give true or false'],
    ['BROKER', 'other', 'BROKER: "other" is not allowed; give paper, upstox, alpaca'],
    ['EVAL_CRON', 'daily', 'EVAL_CRON: "daily" is not allowed; give five cron fields, like 0 2 * * *'],
    ['QUIET_HOURS', '25:00-07:00', 'QUIET_HOURS: "25:00-07:00" is not allowed; give two times like 22:00-07:00'],
    ['PUBLIC_URL', 'javascript:alert(1)', 'PUBLIC_URL: "javascript:alert(1)" is not allowed; give an address that starts with https:// or http://'],
    ['ALERT_EMAIL_TO', 'a@example.org,nobody', 'ALERT_EMAIL_TO: "a@example.org,nobody" is not allowed; give e-mail addresses with commas between them'],
  ])('says in one line what is wrong with %s=%s', (name, value, line) => {
    expect(errors({ [name]: value })).toEqual([line]);
  });

  it('says everything that is wrong at once', () => {
    expect(errors({ WEB_PORT: 'x', BROKER: 'y', LOG_LEVEL: 'z' })).toHaveLength(3);
  });

  it('never shows the value of a secret, not even a wrong one', () => {
    const lines = errors({ DATABASE_URL: 'mysql://desk:hunter22@db/desk' });
    expect(lines).toEqual(['DATABASE_URL: its value is not allowed; give an address that starts with postgres:// or postgresql://']);
  });

  it('refuses live trading on the embedded database and as the owner of a server', () => {
    expect(errors({ LIVE_TRADING: 'true' })).toHaveLength(2);
    expect(errors({ LIVE_TRADING: 'true', DATABASE_URL: 'postgres://owner@db/desk' })).toEqual([expect.stringContaining('DATABASE_APP_URL')]);
    expect(errors({ LIVE_TRADING: 'true', DATABASE_URL: 'postgres://owner@db/desk', DATABASE_APP_URL: 'postgres://app@db/desk' })).toEqual([]);
  });

  it('refuses a channel, broker or alert that lacks its other half', () => {
    expect(errors({ DISCORD_BOT_TOKEN: 'abc' })).toEqual(['DISCORD_BOT_TOKEN: needs DISCORD_APPLICATION_ID']);
    expect(errors({ BROKER: 'upstox' })).toEqual(['BROKER: upstox needs UPSTOX_ACCESS_TOKEN']);
    expect(errors({ ALERT_EMAIL_TO: 'a@example.org' })).toEqual(['ALERT_EMAIL_TO: needs SMTP_URL']);
  });

  it('takes the signing key with its line ends written out, and no other kind of key', () => {
    const pem = (type: 'ed25519' | 'x25519'): string => generateKeyPairSync(type as 'ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    const key = pem('ed25519');
    expect(loaded({ PARAPET_KEY: key.replaceAll('\n', '\\n') }).PARAPET_KEY?.trim()).toBe(key.trim());
    expect(errors({ PARAPET_KEY: pem('x25519') })).toEqual(['PARAPET_KEY: its value is not allowed; give an Ed25519 private key in PEM form']);
    expect(errors({ PARAPET_KEY: 'a key' })).toHaveLength(1);
  });

  it('names the secrets that are set, for the log to hide', () => {
    expect(secretsOf(loaded({ OPENAI_API_KEY: 'sk-1', TELEGRAM_BOT_TOKEN: 'tg-2', OPENAI_MODEL: 'shown' })).sort()).toEqual(['sk-1', 'tg-2']);
  });
});

describe('.env.example', () => {
  it('is what the table of settings says (npm run env:example)', () => {
    expect(readFileSync(new URL('../../.env.example', import.meta.url), 'utf8')).toBe(envExample());
  });

  it('names every setting once', () => {
    const names = envExample().match(/^(# )?[A-Z][A-Z0-9_]*=/gm)?.map((line) => line.replace(/^# /, '').slice(0, -1)) ?? [];
    expect([...names].sort()).toEqual(Object.keys(SETTINGS).sort());
    expect(SETTING_GROUPS.flatMap(({ settings }) => Object.keys(settings))).toHaveLength(names.length);
  });

  it('changes nothing when it is copied as it stands', () => {
    const directory = temporaryDirectory();
    writeFileSync(join(directory, '.env'), envExample());
    const { variables, unknown } = readEnvironment({ file: join(directory, '.env'), variables: {} });
    expect(unknown).toEqual([]);
    expect(loadConfiguration(variables)).toEqual(loadConfiguration({}));
  });
});

describe('the environment', () => {
  it('wins over the file, and misspelt names in the file are said', () => {
    const directory = temporaryDirectory();
    writeFileSync(join(directory, '.env'), 'WEB_PORT=4000\nLOG_LEVEL=debug\nWEB_PROT=1\n');
    const { variables, unknown } = readEnvironment({ file: join(directory, '.env'), variables: { WEB_PORT: '5000', HOME: '/x' } });
    expect(loaded(variables as Record<string, string>)).toMatchObject({ WEB_PORT: 5000, LOG_LEVEL: 'debug' });
    expect(unknown).toEqual(['WEB_PROT']);
  });

  it('needs no file', () => {
    expect(readEnvironment({ file: join(temporaryDirectory(), '.env'), variables: { WEB_PORT: '1' } })).toEqual({ variables: { WEB_PORT: '1' }, unknown: [] });
  });
});
