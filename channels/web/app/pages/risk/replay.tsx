import type { ReactNode } from 'react';
import { formatMeasure, formatNumber, sentenceCase } from '../../format/number.ts';
import { withoutHiding } from '../../format/plain-text.ts';
import { useQuery } from '../../location.ts';
import { useAccountInput } from '../../parts/account-input.ts';
import { Empty, Propose } from '../../parts/empty.tsx';
import { Section } from '../../parts/section.tsx';
import { Shown } from '../../parts/shown.tsx';
import { useRead } from '../../read/use-read.ts';

function Verdict({ card }: { card: number }): ReactNode {
  const replay = useRead('replay', { card });
  return (
    <Shown read={replay} lines={3}>
      {({ same, reports, verdict }) => (
        <>
          <p className="part-line">
            <span className={same ? 'gain' : 'loss'}>{same ? 'Same verdict' : 'Another verdict'}</span> on the recorded snapshots: {verdict.toLowerCase()},{' '}
            {formatNumber(reports.length)} {reports.length === 1 ? 'report' : 'reports'}.
          </p>
          <ul className="lines">
            {reports.map((report) => (
              <li key={report.reportId} className="line line-still">
                <span className="line-main">{sentenceCase(report.phase)}</span>
                <span className={report.same ? 'gain' : 'loss'}>{report.same ? 'same' : 'differs'}</span>
                <span className="muted line-under">
                  {formatNumber(report.checks)} checks · digest <code>{report.digest.slice(0, 16)}</code>
                  {report.differences.map((each) => ` · ${each.check} ${each.field}: was ${each.was}, is ${each.now}`)}
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
    </Shown>
  );
}

function WouldPass({ card }: { card: number }): ReactNode {
  const size = useRead('why_not_bigger', { card });
  return (
    <Shown read={size} lines={2}>
      {({ quantity, largest, blockedBy, binding, next, symbol }) => (
        <div className="part-line">
          <p>
            {blockedBy.length > 0 ? <>Blocked by {blockedBy.map(sentenceCase).join(', ')}. </> : null}
            {largest !== quantity || blockedBy.length > 0 ? (
              <>
                At most <strong>{formatNumber(largest)}</strong> {symbol} would pass; the card is for {formatNumber(quantity)}.
              </>
            ) : (
              <>{formatNumber(quantity)} {symbol} is as much as passes.</>
            )}
          </p>
          {binding === null ? null : (
            <p className="muted">
              {sentenceCase(binding.check)} binds: {formatMeasure(binding.measured, binding.unit)} of {formatMeasure(binding.limit, binding.unit)}.
              {next === null ? '' : ` The next limit is ${sentenceCase(next.check).toLowerCase()} at ${formatNumber(next.quantity)}.`}
            </p>
          )}
          {largest > 0 && largest < quantity ? <Propose words={`make card ${card} ${largest}`}>Propose {formatNumber(largest)} …</Propose> : null}
        </div>
      )}
    </Shown>
  );
}

/** The gates run again on what they saw, and the size that would pass now. */
export function Replay(): ReactNode {
  const cards = useRead('cards', { ...useAccountInput(), limit: 40 });
  const [asked, choose] = useQuery('card', '');
  return (
    <Section title="Replay and what would pass">
      <Shown read={cards}>
        {({ cards: all }) => {
          const judged = all.filter(({ symbol }) => symbol !== null);
          const open = judged.find(({ cardNumber }) => String(cardNumber) === asked) ?? judged[0];
          if (open === undefined) return <Empty>A card’s verdict can be run again here on the snapshot that was recorded with it.</Empty>;
          return (
            <>
              <label className="field">
                Card
                <select value={String(open.cardNumber)} onChange={(event) => choose(event.target.value)}>
                  {judged.map((each) => (
                    <option key={each.actionId} value={String(each.cardNumber)}>
                      {each.cardNumber}: {withoutHiding(each.what)}
                    </option>
                  ))}
                </select>
              </label>
              <div className="part-pair">
                <div>
                  <h3>Run again</h3>
                  <Verdict card={open.cardNumber} />
                </div>
                <div>
                  <h3>What would pass</h3>
                  <WouldPass card={open.cardNumber} />
                </div>
              </div>
            </>
          );
        }}
      </Shown>
    </Section>
  );
}
