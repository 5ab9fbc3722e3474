import { defineCheck } from '../define.ts';
import { instrumentOf } from '../figures.ts';
import { fails, lacks, passes, reasonOf } from '../outcomes.ts';

const among = (list: readonly string[], name: string): boolean => list.some((entry) => entry.toLowerCase() === name.toLowerCase());

/** Symbols and sectors that the person has ruled out, whatever the case they wrote them in. */
export const mandateBans = defineCheck({
  id: 'mandate_bans', version: 1, appliesTo: ['enter', 'option_structure'], structural: false, severity: 'BLOCK', whenMissing: 'BLOCK', reads: ['mandate.bannedSymbols', 'mandate.bannedSectors', 'instruments.sector'],
  evaluate(snapshot, action) {
    const { mandate } = snapshot;
    if (!mandate.known) return lacks("The account's mandate", reasonOf(mandate));
    const symbol = action.kind === 'enter' ? action.symbol : action.underlying;
    if (among(mandate.value.bannedSymbols, symbol)) return fails(`The mandate rules out ${symbol}.`);
    const sector = instrumentOf(snapshot, symbol)?.sector;
    if (mandate.value.bannedSectors.length === 0) return passes('The mandate rules out no sector.');
    if (!sector?.known) return fails(`The sector of ${symbol} is not known, and the mandate rules out ${mandate.value.bannedSectors.join(', ')}.`, 'WARN');
    return among(mandate.value.bannedSectors, sector.value) ? fails(`The mandate rules out ${sector.value}.`) : passes(`The mandate allows ${sector.value}.`);
  },
});
