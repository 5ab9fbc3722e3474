import type { ReactNode } from 'react';

const shapes = {
  tick: <path d="M3.5 8.5l3 3 6-7" />,
  warn: <path d="M8 3.5v6M8 12.2v.3" />,
  cross: <path d="M4 4l8 8M12 4l-8 8" />,
  down: <path d="M4 6l4 4 4-4" />,
  right: <path d="M6 4l4 4-4 4" />,
  back: <path d="M10 4L6 8l4 4" />,
  up: <path d="M8 13V3.5M3.8 7.5L8 3.3l4.2 4.2" />,
  stop: <rect x="4.5" y="4.5" width="7" height="7" rx="1" fill="currentColor" />,
  plus: <path d="M8 3v10M3 8h10" />,
  chat: <path d="M2.5 3.5h11v7.5H7l-3 2.5V11H2.5z" />,
  bell: <path d="M4 11.5V7a4 4 0 018 0v4.5M2.5 11.5h11M7 14h2" />,
  book: <path d="M3 13V6.5M6.5 13V3M10 13V8.5M13.5 13V5" />,
  clock: (
    <>
      <circle cx="8" cy="8" r="5.5" />
      <path d="M8 5v3.2l2 1.3" />
    </>
  ),
  candles: <path d="M4.5 2.5v2M4.5 10.5v3M3 4.5h3v6H3zM11.5 2.5v3M11.5 11v2.5M10 5.5h3V11h-3z" />,
  lens: <path d="M7 2.5a4.5 4.5 0 110 9 4.5 4.5 0 010-9zM10.3 10.3l3.2 3.2" />,
  fan: <path d="M2 13.5h12M2.5 12h3l5-8h3" />,
  shield: <path d="M8 2l5 1.8v4c0 3-2.2 5-5 6.2-2.8-1.2-5-3.2-5-6.2v-4z" />,
  coins: <path d="M6.5 3a4 1.8 0 110 3.6 4 1.8 0 010-3.6zM2.5 4.8v5.4c0 1 1.8 1.8 4 1.8M10.5 4.8v2M10 7.8a3.5 3 0 110 6 3.5 3 0 010-6z" />,
  bulb: <path d="M5.5 10.5a4.3 4.3 0 115 0v1.5h-5zM6.5 14h3" />,
  pulse: <path d="M1.5 8.5h3l2-5 3 9 2-4h3" />,
  sliders: <path d="M2.5 5h6M11.5 5h2M2.5 11h2M7.5 11h6M10 3.5v3M6 9.5v3" />,
  dots: <path d="M3.5 8h.01M8 8h.01M12.5 8h.01" strokeWidth="2.6" />,
  dock: <path d="M2.5 3h11v10h-11zM9.5 3v10" />,
  list: <path d="M3 4.5h10M3 8h10M3 11.5h6" />,
  out: <path d="M6 3.5H3.5v9h9V10M9 3.5h3.5V7M12.5 3.5L7 9" />,
  light: (
    <>
      <circle cx="8" cy="8" r="3" />
      <path d="M8 1.5v1.5M8 13v1.5M1.5 8H3M13 8h1.5M3.4 3.4l1 1M11.6 11.6l1 1M12.6 3.4l-1 1M4.4 11.6l-1 1" />
    </>
  ),
  dark: <path d="M13 9.5A5.5 5.5 0 016.5 3 5.5 5.5 0 1013 9.5z" />,
  system: (
    <>
      <circle cx="8" cy="8" r="5.5" />
      <path d="M8 2.5a5.5 5.5 0 010 11z" fill="currentColor" />
    </>
  ),
} satisfies Record<string, ReactNode>;
export type IconName = keyof typeof shapes;

/** Drawn beside words, so never read aloud. */
export const Icon = ({ name, size = 16 }: { name: IconName; size?: number }): ReactNode => (
  <svg
    className="icon"
    viewBox="0 0 16 16"
    width={size}
    height={size}
    fill="none"
    stroke="currentColor"
    strokeWidth="1.6"
    strokeLinecap="round"
    strokeLinejoin="round"
    aria-hidden="true"
  >
    {shapes[name]}
  </svg>
);
export const Mark = (): ReactNode => (
  <svg className="mark" viewBox="0 0 24 24" width="20" height="20" aria-hidden="true">
    <path fill="currentColor" d="M3 5h4v4h3V5h4v4h3V5h4v14H3z" />
  </svg>
);
