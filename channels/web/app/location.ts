import { useSyncExternalStore } from 'react';
import { addressOf, readRoute, stepTo, type Route } from './route.ts';

const listeners = new Set<() => void>();
let current = readRoute(location.pathname, location.search);
const tell = (): void => {
  for (const listener of listeners) listener();
};
addEventListener('popstate', () => {
  current = readRoute(location.pathname, location.search);
  tell();
});

/** Hears of every step, the browser's own back and forward among them. */
export function onRoute(listener: () => void): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}
export const routeNow = (): Route => current;

/** Goes to a state of the page. An empty value in `query` takes it out. `inPlace` leaves no step to go back to. */
export function go(to: Partial<Route>, { inPlace = false } = {}): void {
  const next = stepTo(current, to);
  const address = addressOf(next);
  current = next;
  if (address !== location.pathname + location.search) {
    if (inPlace) history.replaceState(null, '', address);
    else history.pushState(null, '', address);
  }
  tell();
}
export const useRoute = (): Route => useSyncExternalStore(onRoute, routeNow);
/** What the address asks of this part, or what holds where it asks nothing. */
export function useQuery(name: string, otherwise: string): [string, (value: string) => void];
export function useQuery<T extends string>(name: string, otherwise: T, allowed: readonly T[]): [T, (value: T) => void];
export function useQuery<T extends string>(name: string, otherwise: T, allowed?: readonly T[]): [T, (value: T) => void] {
  const asked = useRoute().query[name];
  const value = asked === undefined || (allowed && !(allowed as readonly string[]).includes(asked)) ? otherwise : (asked as T);
  return [value, (next) => go({ query: { [name]: next === otherwise ? '' : next } }, { inPlace: true })];
}
