import type { ReactNode } from 'react';
import { GateStatistics } from './risk/gate-statistics.tsx';
import { Limits } from './risk/limits.tsx';
import { Replay } from './risk/replay.tsx';
import { Switches } from './risk/switches.tsx';
import { Trips } from './risk/trips.tsx';

/** Whether entries are let through at all, how close each limit is, what the gates have said, and whether they would say it again. */
export default function RiskView(): ReactNode {
  return (
    <>
      <Switches />
      <Limits />
      <Trips />
      <GateStatistics />
      <Replay />
    </>
  );
}
