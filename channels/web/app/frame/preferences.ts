import { useSyncExternalStore } from 'react';

/** How a person likes the page; kept in the browser alone. */
const choices = {
  grouping: ['indian', 'western'],
  dock: ['open', 'closed'],
} as const;
type Name = keyof typeof choices;
export type Preference<N extends Name> = (typeof choices)[N][number];

const kept = new Map<string, string>();
const listeners = new Set<() => void>();
const read = (name: Name): string | null => {
  try {
    return localStorage.getItem(`parapet.${name}`);
  } catch {
    return null;
  }
};
export function preference<N extends Name>(name: N): Preference<N> {
  const value = kept.get(name) ?? read(name);
  const allowed: readonly string[] = choices[name];
  return (value !== null && allowed.includes(value) ? value : choices[name][0]) as Preference<N>;
}
export function prefer<N extends Name>(name: N, value: Preference<N>): void {
  kept.set(name, value);
  try {
    localStorage.setItem(`parapet.${name}`, value);
  } catch {
    /* A browser that keeps nothing still has it until it is closed. */
  }
  for (const listener of listeners) listener();
}
const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
};
export const usePreference = <N extends Name>(name: N): Preference<N> => useSyncExternalStore(subscribe, () => preference(name));
