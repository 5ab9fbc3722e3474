import { instant } from '../../desk/time.ts';
import { FIRST_LIVE_SESSION, SESSION_MINUTES } from '../../feeds/simulator/exchange-days.ts';
import { simulatedHistory } from '../../feeds/simulator/history.ts';
import { createTape } from '../../feeds/simulator/session-tape.ts';
import { createSimulator } from '../../feeds/simulator/simulator.ts';
import { walkSessions } from '../../feeds/simulator/world.ts';

export const name = 'simulator';

const ROUNDS = 5;

/** Median seconds of some rounds after one for the compiler. */
function medianSeconds(subject: () => void): number {
  subject();
  const seconds = Array.from({ length: ROUNDS }, () => {
    const start = performance.now();
    subject();
    return (performance.now() - start) / 1000;
  });
  return seconds.sort((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? Number.NaN;
}

/** Speed of history, of a session's minute tape and of quotes; sixty companies and the index. */
export async function run(): Promise<{ metric: string; value: number; unit: string }[]> {
  let dailyBars = 0;
  const historySeconds = medianSeconds(() => {
    dailyBars = 0;
    for (const batch of simulatedHistory({ seed: 1, before: FIRST_LIVE_SESSION }))
      for (const record of batch) if (record.type === 'daily_bar') dailyBars += 1;
  });

  const plan = walkSessions({ seed: 1 }).next().value;
  let minuteBars = 0;
  const tapeSeconds = medianSeconds(() => {
    minuteBars = 0;
    const tape = createTape(1, plan);
    for (let minute = 0; minute < SESSION_MINUTES; minute++) minuteBars += tape.bars(minute).length;
  });

  const tape = createTape(1, plan);
  const quotes = 100_000;
  const quoteSeconds = medianSeconds(() => {
    for (let i = 0; i < quotes; i++) tape.quote('QUINTARA', plan.times.openMs + ((i * 7_919) % 22_500) * 1000);
  });

  const sessionStart = performance.now();
  const simulator = createSimulator({ seed: 1, wallClock: () => instant(0), setTimer: null });
  await simulator.start({ records: async () => undefined, tick: async () => undefined });
  await simulator.advance(SESSION_MINUTES * 60_000);
  const sessionSeconds = (performance.now() - sessionStart) / 1000;

  const rounded = (value: number): number => Number(value.toPrecision(3));
  return [
    { metric: 'history', value: rounded(dailyBars / historySeconds), unit: 'daily bars/s' },
    { metric: 'history of 300 sessions', value: rounded(historySeconds * 1000), unit: 'ms' },
    { metric: 'session tape', value: rounded(minuteBars / tapeSeconds), unit: 'minute bars/s' },
    { metric: 'quote', value: rounded((quoteSeconds / quotes) * 1e6), unit: 'µs' },
    { metric: 'start and play one session by hand', value: rounded(sessionSeconds * 1000), unit: 'ms' },
  ];
}
