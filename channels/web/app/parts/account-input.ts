import { usePick } from '../page-context.tsx';

/** What narrows a read to the account that is looked at; nothing for all of them. */
export function useAccountInput(): { account?: string } {
  const account = usePick((state) => state.account);
  return account === null ? {} : { account };
}
