import { address, addresses, choice, cron, ed25519Key, flag, mailboxes, number, quietHours, text, whole, wordList } from './reader.ts';
import { optional, secret, setting } from './setting.ts';

const postgres = address('postgres', 'postgresql');

export const outsideSettings = {
  PARAPET_HOME: setting({ is: text, otherwise: '.parapet', unit: 'directory', meaning: 'Where the desk keeps its state; one home holds one world' }),
  DATABASE_URL: secret({ is: postgres, meaning: 'PostgreSQL 15 or later with pgvector, as the owner; unset: the embedded database in PARAPET_HOME' }),
  DATABASE_APP_URL: secret({ is: postgres, meaning: 'The same server as the role that owns nothing; needed for live trading' }),
  PARAPET_KEY: secret({ is: ed25519Key, meaning: 'Signs clearances and audit anchors; unset: a key in PARAPET_HOME, made at the first start' }),
  DATA_DIR: optional({ is: text, unit: 'directory', meaning: 'Exchange files and other history to import and replay' }),
  RAW_STREAM_ENABLED: setting({ is: flag, otherwise: false, meaning: 'Whether ticks are kept as Parquet files' }),
  RAW_STREAM_FLUSH_SECONDS: setting({ is: whole(1, 3600), otherwise: 60, unit: 'seconds', meaning: 'Time between two files' }),
  RAW_STREAM_DIR: optional({ is: text, unit: 'directory', meaning: 'Where they go; unset: raw_stream in PARAPET_HOME' }),

  LIVE_FEEDS: optional({ is: wordList, unit: 'names, or all', meaning: 'Live sources to ask (feeds/README.md lists them); unset: none. A home with a simulated world asks none' }),
  RSS_URLS: optional({ is: addresses, meaning: 'News feeds (RSS, Atom) beside the official ones' }),
  NEWSAPI_KEY: secret({ is: text, meaning: 'Allows the source newsapi' }),
  NEWS_QUERY: setting({ is: text, otherwise: 'NSE OR Nifty OR Sensex OR RBI', meaning: 'What newsapi and gdelt are asked for' }),
  US_SYMBOLS: optional({ is: wordList, unit: 'symbols', meaning: 'US shares whose daily bars the source alpaca_bars fetches and whose quotes alpaca_stream streams, with the Alpaca keys' }),
  STREAM_SYMBOLS: optional({ is: wordList, unit: 'symbols', meaning: 'NSE shares and indices whose prices the source upstox_stream streams, with the Upstox token' }),

  TELEGRAM_BOT_TOKEN: secret({ is: text, meaning: 'Turns the Telegram channel on' }),
  TELEGRAM_API_URL: optional({ is: address('https', 'http'), meaning: 'A Bot API server of your own; unset: Telegram’s' }),
  TELEGRAM_WEBHOOK_SECRET: secret({ is: text, meaning: 'Telegram calls PUBLIC_URL/telegram/webhook with this secret; unset: the desk asks Telegram by long polling' }),
  DISCORD_BOT_TOKEN: secret({ is: text, meaning: 'Turns the Discord channel on, with the next one' }),
  DISCORD_APPLICATION_ID: optional({ is: text, meaning: "The Discord application's id" }),
  DISCORD_API_URL: optional({ is: address('https', 'http'), meaning: 'Another address of Discord’s REST interface, such as a proxy; unset: Discord’s' }),
  WEB_PORT: setting({ is: whole(0, 65_535), otherwise: 3000, unit: 'port', meaning: 'Where the web desk listens; 0 takes a free one' }),
  PUBLIC_URL: optional({ is: address('https', 'http'), meaning: 'How people reach the web desk, for links in chats and mails' }),

  BROKER: setting({ is: choice('paper', 'upstox', 'alpaca'), otherwise: 'paper', meaning: 'Broker of accounts that name none' }),
  UPSTOX_ACCESS_TOKEN: secret({ is: text, meaning: 'Upstox' }),
  ALPACA_KEY_ID: secret({ is: text, meaning: 'Alpaca' }),
  ALPACA_SECRET_KEY: secret({ is: text, meaning: 'Alpaca' }),
  LIVE_TRADING: setting({ is: flag, otherwise: false, meaning: 'Whether accounts may be armed for live orders; needs a server database' }),

  ALERT_WEBHOOK_URL: secret({ is: address('https', 'http'), meaning: 'Where alerts are posted' }),
  ALERT_WEBHOOK_TOKEN: secret({ is: text, meaning: 'Bearer token for it' }),
  SMTP_URL: secret({ is: address('smtp', 'smtps'), meaning: 'Mail server for alerts and reports' }),
  ALERT_EMAIL_TO: optional({ is: mailboxes, meaning: 'Who gets them' }),
  ALERT_EMAIL_FROM: optional({ is: text, meaning: 'Sender of mails; unset: the user in SMTP_URL if that is an address, else the first receiver' }),
  ALERT_LARGE_CHANGE_PERCENT: setting({ is: number(0.1, 100), otherwise: 3, unit: 'percent of equity', meaning: 'A day’s change of an account from which it is told' }),
  DEAD_MAN_URL: secret({ is: address('https', 'http'), meaning: 'Posted to every minute while the desk lives; whoever watches there tells when the posts stop' }),
  QUIET_HOURS: optional({ is: quietHours, unit: 'times of the exchange', meaning: 'Only critical alerts are sent between these times' }),

  METRICS_ENABLED: setting({ is: flag, otherwise: true, meaning: 'Whether /metrics answers' }),
  LOG_LEVEL: setting({ is: choice('debug', 'info', 'warn', 'error'), otherwise: 'info', meaning: 'Least severe line that is logged' }),
  RATE_LIMIT_PER_MINUTE: setting({ is: whole(1, 100_000), otherwise: 30, unit: 'requests a minute', meaning: 'Per address, on unauthenticated and guardrail routes' }),
  WEB_SOCKETS_PER_ADDRESS: setting({ is: whole(1, 100_000), otherwise: 100, unit: 'connections', meaning: 'Live connections of the web desk that one address may have open; behind a proxy all come from one' }),
  EVAL_CRON: setting({ is: cron, otherwise: '0 2 * * *', unit: 'cron, time of the exchange', meaning: 'When the nightly evals run' }),
};
