import type { ReactNode } from 'react';
import { Accounts } from './settings/accounts.tsx';
import { DeskRules } from './settings/desk-rules.tsx';
import { Looks } from './settings/looks.tsx';
import { Mandate } from './settings/mandate.tsx';
import { You } from './settings/you.tsx';

/** What concerns the page is changed here; what concerns the desk is proposed in the conversation and confirmed there. */
export default function SettingsView(): ReactNode {
  return (
    <>
      <Looks />
      <You />
      <Accounts />
      <Mandate />
      <DeskRules />
    </>
  );
}
