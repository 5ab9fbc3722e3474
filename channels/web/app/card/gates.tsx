import { useId, useState, type ReactNode } from 'react';
import type { Card, CardCheck } from '../../../vocabulary.ts';
import { withoutHiding } from '../format/plain-text.ts';
import { formatMeasure, sentenceCase } from '../format/number.ts';
import { Icon } from '../icons.tsx';
import { byUrgency, gateBar, gateSummary, headroomWords, standing } from './gate-bar.ts';

const iconOf = { pass: 'tick', warn: 'warn', block: 'cross' } as const;
const isMoney = (unit: string): boolean => unit === 'INR' || unit === 'USD' || unit === '₹' || unit === '$';
const wordOf = { pass: 'passed', warn: 'warning', block: 'blocked' } as const;

function Check({ check }: { check: CardCheck }): ReactNode {
  const how = standing(check);
  const bar = gateBar(check);
  const room = headroomWords(check);
  const name = (
    <span className="check-name">
      {sentenceCase(check.id)}
      <span className="unseen">, {wordOf[how]}</span>
    </span>
  );
  if (check.measured === null || check.limit === null) {
    return (
      <li className={`check check-${how}`}>
        <Icon name={iconOf[how]} size={14} />
        <div className="check-said">
          {name}
          <span className="muted">{withoutHiding(check.message)}</span>
        </div>
      </li>
    );
  }
  return (
    <li className={`check check-${how}`}>
      <Icon name={iconOf[how]} size={14} />
      <div className="check-words">
        <div className="check-line">
          {name}
          <span className="check-figures">
            {formatMeasure(check.measured, isMoney(check.unit) ? check.unit : '')}{' '}
            <span className="muted">of {formatMeasure(check.limit, check.unit)}</span>
          </span>
        </div>
        {bar === null ? null : (
          <div className="check-bar" aria-hidden="true">
            <span className="check-fill" style={{ width: `${bar.fill}%` }} />
            <span className="check-limit" style={{ left: `${bar.limitAt}%` }} />
          </div>
        )}
        <div className="check-line muted">
          <span>{withoutHiding(check.message)}</span>
          {room === null ? null : <span className="check-headroom">{room}</span>}
        </div>
      </div>
    </li>
  );
}

/** A strip of ticks that unfolds into every check, what stands in the way first. */
export function Gates({ gates, unfolded = false }: { gates: Card['gates']; unfolded?: boolean }): ReactNode {
  const [open, setOpen] = useState(unfolded);
  const list = useId();
  if (gates.checks.length === 0 && gates.passed + gates.warnings + gates.blocks === 0) return null;
  return (
    <section className="gates" aria-label="Gates">
      <button type="button" className="gates-strip" aria-expanded={open} aria-controls={list} onClick={() => setOpen(!open)}>
        <span className="gates-ticks" aria-hidden="true">
          {gates.checks.map((check, index) => {
            const how = standing(check);
            return (
              <span key={index} className={`gate-tick gate-${how}`} title={sentenceCase(check.id)}>
                <Icon name={iconOf[how]} size={11} />
              </span>
            );
          })}
        </span>
        <span className="gates-summary">{gateSummary(gates)}</span>
        <span className={open ? 'turned' : ''}>
          <Icon name="down" size={14} />
        </span>
      </button>
      {open ? (
        <ul className="checks" id={list}>
          {byUrgency(gates.checks).map((check) => (
            <Check key={check.id} check={check} />
          ))}
        </ul>
      ) : null}
    </section>
  );
}
