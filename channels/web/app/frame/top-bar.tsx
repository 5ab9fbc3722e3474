import { useEffect, useState, type ReactNode } from 'react';
import type { DeskState, SwitchState } from '../../../conversation-service.ts';
import type { PageState } from '../desk-link.ts';
import { formatMoney, formatPercent } from '../format/number.ts';
import { clockTime, shortDay, zoneName } from '../format/time.ts';
import { Icon, Mark } from '../icons.tsx';
import { usePage, usePick } from '../page-context.tsx';
import { prefer, usePreference } from './preferences.ts';
import { useRoute } from '../location.ts';
import { applyTheme, nextTheme, storedTheme } from './theme.ts';

const switchWord: Record<SwitchState, string> = { ACTIVE: 'Entries on', REDUCING: 'Exits only', HALTED: 'Halted' };
const sessionWord: Record<DeskState['session']['state'], string> = { PRE_OPEN: 'pre-open', OPEN: 'open', CLOSED: 'closed' };
const linkWord: Record<PageState['link']['state'], string> = {
  connecting: 'Connecting',
  live: 'Connected',
  lost: 'No connection',
  signed_out: 'Signed out',
};

/** The switch that holds for what is being looked at: the desk's, or a stricter one of the chosen account. */
function switchOf(desk: DeskState, account: string | null): { state: SwitchState; reason: string | null } {
  const own = desk.accounts.find(({ name }) => name === account);
  if (desk.switchState !== 'ACTIVE' || !own) return { state: desk.switchState, reason: desk.switchReason };
  return { state: own.switchState, reason: own.switchReason };
}

/** The feed's clock between two messages of the desk: it runs on only while the session is open and the line is up. */
function MarketClock({ desk, running }: { desk: DeskState; running: boolean }): ReactNode {
  const [arrivedMs, setArrivedMs] = useState(() => Date.now());
  const [nowMs, setNowMs] = useState(() => Date.now());
  useEffect(() => {
    setArrivedMs(Date.now());
    setNowMs(Date.now());
    // Only a live world keeps the wall's pace; a simulated or replayed one says its own time.
    if (!running || desk.world.kind === 'sim' || desk.world.kind === 'replay') return;
    const timer = setInterval(() => setNowMs(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, [desk, running]);
  const at = new Date(Date.parse(desk.marketTime) + Math.max(0, nowMs - arrivedMs)).toISOString();
  return (
    <span className="market">
      <time dateTime={at}>
        <span className="market-day">{shortDay(at, desk.zone)} </span>
        {clockTime(at, desk.zone)}
        <span className="market-seconds">{clockTime(at, desk.zone, true).slice(5)}</span>
        <span className="market-zone"> {zoneName(desk.zone)}</span>
      </time>
      <span className="market-session muted">
        <span className={`session-dot session-${desk.session.state.toLowerCase()}`} aria-hidden="true" />
        <span className="session-long">
          {desk.session.exchange} {desk.session.text}
        </span>
        <span className="session-short">
          {desk.session.exchange} {sessionWord[desk.session.state]}
        </span>
      </span>
    </span>
  );
}

function AccountSwitch({ desk, account }: { desk: DeskState; account: string | null }): ReactNode {
  const { link } = usePage();
  const own = desk.accounts.find(({ name }) => name === account);
  return (
    <label className="account">
      <span className="unseen">Account</span>
      <select value={account ?? ''} onChange={(event) => link.chooseAccount(event.target.value === '' ? null : event.target.value)}>
        <option value="">All accounts</option>
        {desk.accounts.map(({ accountId, name, mode }) => (
          <option key={accountId} value={name}>
            {name}
            {mode === 'LIVE' ? ' (live)' : ''}
          </option>
        ))}
      </select>
      <Icon name="down" size={12} />
      {own ? (
        <span className="account-equity">
          {formatMoney(own.equity, { currency: own.currency })}{' '}
          <span className={own.todayPnl !== null && own.todayPnl < 0 ? 'loss' : 'gain'}>
            {formatPercent(own.todayPercent, { plus: true })}
          </span>
        </span>
      ) : null}
    </label>
  );
}

function ThemeButton(): ReactNode {
  const [theme, setTheme] = useState(storedTheme);
  useEffect(() => applyTheme(theme), [theme]);
  return (
    <button
      type="button"
      className="icon-button"
      aria-label={`Colours: ${theme}. Change`}
      title={`Colours: ${theme}`}
      onClick={() => setTheme(nextTheme(theme))}
    >
      <Icon name={theme} />
    </button>
  );
}

/** Shows or hides the conversation beside a part of the desk. */
function DockButton(): ReactNode {
  const dock = usePreference('dock');
  const { part } = useRoute();
  if (part === 'chat') return null;
  return (
    <button
      type="button"
      className="icon-button dock-button"
      aria-pressed={dock === 'open'}
      aria-label="Conversation beside the page"
      title="Conversation beside the page"
      onClick={() => prefer('dock', dock === 'open' ? 'closed' : 'open')}
    >
      <Icon name="dock" />
    </button>
  );
}

export function TopBar(): ReactNode {
  const { openSheet } = usePage();
  const desk = usePick((state) => state.desk);
  const account = usePick((state) => state.account);
  const connection = usePick(({ link }) => link.state);
  const guard = desk ? switchOf(desk, account) : null;
  return (
    <header className={`top world-${desk?.world.kind ?? 'none'}`}>
      <button
        type="button"
        className="icon-button threads-button"
        aria-label="Conversations"
        onClick={() => openSheet({ kind: 'threads' })}
      >
        <Icon name="list" />
      </button>
      <span className="wordmark">
        <Mark />
        <span>Parapet</span>
      </span>
      {desk ? (
        <span className="world" data-testid="world">
          {desk.world.label}
        </span>
      ) : (
        <span className="world skeleton"> </span>
      )}
      {desk ? <MarketClock desk={desk} running={connection === 'live'} /> : null}
      <span className="top-space" />
      {desk ? <AccountSwitch desk={desk} account={account} /> : null}
      {guard ? (
        <span className={`guard guard-${guard.state.toLowerCase()}`} title={guard.reason ?? undefined}>
          <span className="guard-dot" aria-hidden="true" />
          {switchWord[guard.state]}
        </span>
      ) : null}
      <span className={`link link-${connection}`} title={linkWord[connection]}>
        <span className="link-dot" aria-hidden="true" />
        <span className="link-word">{linkWord[connection]}</span>
      </span>
      <DockButton />
      <ThemeButton />
    </header>
  );
}
