import { useEffect, useState } from 'react';

export type Tokens = Record<'ink' | 'muted' | 'line' | 'surface' | 'gain' | 'loss' | 'accent' | 'volume', string>;

/** The page's colours as the canvas needs them: resolved, whatever the theme. */
export function tokensOf(element: HTMLElement): Tokens {
  const probe = document.createElement('span');
  element.append(probe);
  const read = (name: string): string => {
    probe.style.color = `var(--${name})`;
    return getComputedStyle(probe).color;
  };
  const tokens: Tokens = {
    ink: read('ink'),
    muted: read('muted'),
    line: read('line'),
    surface: read('surface'),
    gain: read('gain'),
    loss: read('loss'),
    accent: read('accent'),
    volume: read('volume'),
  };
  probe.remove();
  return tokens;
}

/** Counts changes of the theme, by hand or by the system: what is drawn on a canvas has to be drawn anew. */
export function useThemeCount(): number {
  const [count, setCount] = useState(0);
  useEffect(() => {
    const changed = (): void => setCount((before) => before + 1);
    const system = matchMedia('(prefers-color-scheme: dark)');
    const observer = new MutationObserver(changed);
    observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
    system.addEventListener('change', changed);
    return () => {
      observer.disconnect();
      system.removeEventListener('change', changed);
    };
  }, []);
  return count;
}
