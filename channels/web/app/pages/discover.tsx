import type { ReactNode } from 'react';
import { Ahead } from './discover/ahead.tsx';
import { CameOf } from './discover/came-of.tsx';
import { Movers } from './discover/movers.tsx';
import { News } from './discover/news.tsx';
import { Watchlist } from './discover/watchlist.tsx';
import { WorthALook } from './discover/worth.tsx';

/** What is watched, what is worth a look and what came of such looks, what moves, what was said, what is ahead. */
export default function DiscoverView(): ReactNode {
  return (
    <>
      <Watchlist />
      <WorthALook />
      <CameOf />
      <Movers />
      <div className="part-pair">
        <News />
        <Ahead />
      </div>
    </>
  );
}
