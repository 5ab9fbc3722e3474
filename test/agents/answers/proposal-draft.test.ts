import { describe, expect, it } from 'vitest';
import { proposalDraft } from '../../../agents/answers/proposal-draft.ts';
import type { Action } from '../../../desk/actions/types.ts';
import type { GateSnapshot } from '../../../desk/gates/snapshot.ts';
import { enterAction, fact, judge, passingSnapshot, position, withInstrument, withLimits, withMandate, withSwitches } from '../../desk/gates/fixtures.ts';

const energy = passingSnapshot({ positions: fact([position({ symbol: 'ONGC', sector: 'Energy', quantity: 40 })]) });
const inEnergy = withMandate({ riskPerTradePercent: 10, maxPositionPercent: 100 }, withLimits({ maxSingleNamePercent: 100 }, withInstrument({ sector: fact('Energy') }, energy)));
const drafted = (action: Action, snapshot: GateSnapshot) => {
  const gateReport = judge(action, snapshot);
  const draft = proposalDraft({ ok: true, call: 'c1', name: 'propose_order', input: {}, elapsedMs: 1, output: { actionId: 'a', state: 'blocked', cardNumber: 1, message: 'why', assumed: [], gateReport } } as never);
  const index = /counterfactuals\.(\d+)\.sentence/.exec(draft.text)?.[1];
  return { said: index === undefined ? null : gateReport.counterfactuals[Number(index)]?.sentence, offered: draft.choices?.map(({ label }) => label) };
};

describe('a blocked proposal', () => {
  it('offers the size that passes where size alone is wrong', () => {
    expect(drafted(enterAction({ quantity: 120 }), inEnergy)).toEqual({ said: 'What would pass now: 60 shares.', offered: ['Propose 60', 'Show the limits'] });
  });

  it('offers the one size that passes every check where several refuse', () => {
    expect(drafted(enterAction({ quantity: 90 }), withMandate({ riskPerTradePercent: 0.5, maxPositionPercent: 100 }, inEnergy))).toEqual({ said: 'What would pass now: 49 shares.', offered: ['Propose 49', 'Show the limits'] });
  });

  it('offers no size that passes one check where another refuses at any size', () => {
    expect(drafted(enterAction({ quantity: 120 }), withSwitches({ account: 'REDUCING', accountReason: 'paused' }, inEnergy))).toEqual({ said: 'What would help: resume.', offered: ['Show the limits'] });
    expect(drafted(enterAction({ quantity: 120 }), withInstrument({ banned: fact(true) }, inEnergy))).toEqual({ said: null, offered: ['Show the limits'] });
  });
});
