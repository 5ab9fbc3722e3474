import { defineCheck } from '../define.ts';
import { instrumentOf } from '../figures.ts';
import { fails, lacks, notApplicable, passes, reasonOf } from '../outcomes.ts';
import { strategyRule } from '../rules/strategy-regimes.ts';

const volatilityWords = { LOW_VOL: 'low', MED_VOL: 'medium', HIGH_VOL: 'high' } as const;

/** Does the strategy belong into this volatility and this liquidity? */
export const regime = defineCheck({
  id: 'regime', version: 1, appliesTo: ['enter', 'option_structure'], structural: false, severity: 'BLOCK', whenMissing: 'WARN', reads: ['instruments.regime'],
  evaluate(snapshot, action) {
    const [symbol, strategy] = action.kind === 'enter' ? [action.symbol, action.strategy] : [action.underlying, action.structure];
    // A person's own order follows no strategy of the desk's.
    if (strategy === 'manual') return notApplicable('A typed order follows no strategy that belongs to a regime.');
    const rule = strategyRule(strategy);
    if (!rule) return lacks(`In which regime ${strategy} belongs`, 'the strategy is not in the table');
    const fact = instrumentOf(snapshot, symbol)?.regime;
    if (!fact?.known) return lacks(`The regime of ${symbol}`, reasonOf(fact));
    const { volatility, liquidity } = fact.value;
    const words = `volatility of ${symbol} is ${volatilityWords[volatility]} and its liquidity ${liquidity.toLowerCase()}`;
    const fits = rule.volatility.includes(volatility) && rule.liquidity.includes(liquidity);
    return fits ? passes(`The strategy ${strategy} fits: ${words}.`) : fails(`The strategy ${strategy} does not fit: ${words}.`);
  },
});
