import type { ReactNode } from 'react';
import { usePick } from '../page-context.tsx';
import { Approvals } from '../panel/approvals.tsx';
import { Changes } from '../panel/changes.tsx';
import { AccountStats } from './desk/account-stats.tsx';
import { MarketChart } from './desk/market-chart.tsx';
import { OptionsGlance } from './desk/options-glance.tsx';
import { Positions } from './desk/positions.tsx';
import { Signals } from './desk/signals.tsx';

/** What needs a decision, then what is at risk, then prices with what happened on them, then signals and what changed. */
export default function DeskView(): ReactNode {
  const account = usePick((state) => state.account);
  const waiting = usePick(({ desk }) => desk?.approvals.length ?? 0);
  return (
    <>
      {waiting > 0 ? (
        <div className="part panel-part">
          <Approvals account={account} />
        </div>
      ) : null}
      <AccountStats />
      <Positions />
      <MarketChart />
      <OptionsGlance />
      <div className="part-pair">
        <Signals />
        <div className="part panel-part">
          <Changes />
        </div>
      </div>
    </>
  );
}
