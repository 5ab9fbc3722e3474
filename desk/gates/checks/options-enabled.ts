import { defineCheck } from '../define.ts';
import { fails, passes } from '../outcomes.ts';

/** `OPTIONS_TRADING_ENABLED` is off until the owner turns it on. */
export const optionsEnabled = defineCheck({
  id: 'options_enabled', version: 1, appliesTo: ['option_structure'], structural: false, severity: 'BLOCK', whenMissing: 'BLOCK', reads: ['limits.optionsTradingEnabled'],
  evaluate: ({ limits }) => (limits.optionsTradingEnabled ? passes('Options trading is switched on.') : fails('Options trading is switched off (OPTIONS_TRADING_ENABLED).')),
  nearestPass: () => ({ change: 'command', say: 'set OPTIONS_TRADING_ENABLED=true in the settings and start the desk again' }),
});
