import type { ReactNode } from 'react';
import { useDesk } from '../page-context.tsx';
import { Accounts } from './settings/accounts.tsx';
import { AlertRoutes } from './settings/alert-routes.tsx';
import { DeskRules } from './settings/desk-rules.tsx';
import { Looks } from './settings/looks.tsx';
import { Mandate } from './settings/mandate.tsx';
import { People } from './settings/people.tsx';
import { You } from './settings/you.tsx';

/** What concerns the page is changed here; what concerns the desk is proposed in the conversation and confirmed there. */
export default function SettingsView(): ReactNode {
  const role = useDesk()?.person.role;
  return (
    <>
      <Looks />
      <You />
      <Accounts />
      <Mandate />
      {role === 'owner' ? <People /> : null}
      <AlertRoutes />
      <DeskRules />
    </>
  );
}
