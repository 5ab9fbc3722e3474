/** Light, dark, or as the system has it. */
export type Theme = 'system' | 'light' | 'dark';
const key = 'parapet.theme';
const next: Record<Theme, Theme> = { system: 'light', light: 'dark', dark: 'system' };

const isTheme = (value: string | null): value is Theme => value === 'system' || value === 'light' || value === 'dark';
export function storedTheme(): Theme {
  try {
    const stored = localStorage.getItem(key);
    return isTheme(stored) ? stored : 'system';
  } catch {
    return 'system';
  }
}
export function applyTheme(theme: Theme): void {
  if (theme === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  try {
    localStorage.setItem(key, theme);
  } catch {
    /* A browser that keeps nothing still shows the theme until it is closed. */
  }
}
export const nextTheme = (theme: Theme): Theme => next[theme];
