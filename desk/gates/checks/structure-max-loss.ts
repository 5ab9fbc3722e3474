import { defineCheck } from '../define.ts';
import { currencyOf, moneyPair } from '../figures.ts';
import { structureRisk } from '../option-terms.ts';
import { atMost, fails, lacks } from '../outcomes.ts';

/** The worst that the legs can do at expiry, recomputed here, against `OPTIONS_STRATEGY_MAX_RISK`. */
export const structureMaxLoss = defineCheck({
  id: 'structure_max_loss', version: 1, appliesTo: ['option_structure'], structural: false, severity: 'BLOCK', whenMissing: 'BLOCK', reads: ['limits.optionsMaxRiskMinor', 'estimatedChargesMinor', 'positions'], growsWithQuantity: true,
  evaluate(snapshot, action) {
    const risk = structureRisk(snapshot, action);
    if (!risk.known) return lacks('What this can lose', risk.reason);
    if (risk.value === null) return fails('The loss of this structure has no bound.');
    const limit = snapshot.limits.optionsMaxRiskMinor;
    const [measuredText, limitText] = moneyPair(snapshot, risk.value, limit);
    return atMost({ measured: risk.value, limit, unit: currencyOf(snapshot) === 'INR' ? 'paise' : 'cents', message: `The structure can lose ${measuredText}; the limit for one is ${limitText}.` });
  },
});
