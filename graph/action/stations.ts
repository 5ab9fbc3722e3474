import { actionById } from '../../db/stores/actions.ts';
import { execute } from '../execution/executor.ts';
import type { ExecutionServices } from '../execution/services.ts';
import { askForConfirmation } from './ask.ts';
import { gateAgainAndClear, needsPress, proposeReport } from './clear.ts';
import { gateProposal, mustFind } from './propose.ts';
import type { ActionServices } from './services.ts';

/** Where an action can stand, by its state in the database; `end` is past everything. */
export type Station = 'gate' | 'ask' | 'wait' | 'clear' | 'execute' | 'end';
interface Whose { actionId: string; personId: string }

/** The work of each station of an action's life. Each may run twice and does its work once; `wait` is a person's. */
export interface Stations {
  standing(whose: { actionId: string }): Promise<Station>;
  work: Record<Exclude<Station, 'wait' | 'end'>, (whose: Whose) => Promise<void>>;
}

export function stationsOf({ services, execution }: { services: ActionServices; execution: ExecutionServices }): Stations {
  return {
    async standing({ actionId }) {
      const stored = await actionById(services.database.orm, actionId);
      switch (stored?.state) {
        case 'proposed': return 'gate';
        case 'gated': return 'ask';
        case 'awaiting_confirmation': return 'wait';
        case 'confirmed': return 'clear';
        case 'cleared': case 'executing': return 'execute';
        default: return 'end';
      }
    },
    work: {
      async gate({ actionId, personId }) { await gateProposal(services, { actionId, personId }); services.changed(actionId); },
      async ask({ actionId }) {
        const stored = await mustFind(services, actionId);
        const report = await proposeReport(services, actionId);
        if (!report) throw new Error(`action ${actionId} is gated without a report`);
        if (needsPress(stored, report)) await askForConfirmation(services, { stored, report, rendering: { action: stored.body, report: report.digest } });
        else await gateAgainAndClear(services, actionId);
        services.changed(actionId);
      },
      async clear({ actionId }) { await gateAgainAndClear(services, actionId); services.changed(actionId); },
      async execute({ actionId }) { await execute(execution, actionId); },
    },
  };
}
