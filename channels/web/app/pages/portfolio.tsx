import type { ReactNode } from 'react';
import { Expected } from './portfolio/expected.tsx';
import { Exposures } from './portfolio/exposures.tsx';
import { Performance } from './portfolio/performance.tsx';
import { ValueAtRisk } from './portfolio/value-at-risk.tsx';
import { Positions } from './desk/positions.tsx';
import { AccountStats } from './desk/account-stats.tsx';

/** Worth and risk first, then exposures against their limits, then how it went. */
export default function PortfolioView(): ReactNode {
  return (
    <>
      <AccountStats />
      <ValueAtRisk />
      <Positions />
      <Expected />
      <Exposures />
      <Performance />
    </>
  );
}
