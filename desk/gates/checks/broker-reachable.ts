import { defineCheck } from '../define.ts';
import { fails, lacks, passes } from '../outcomes.ts';

export const brokerReachable = defineCheck({
  id: 'broker_reachable', version: 1, appliesTo: ['enter', 'option_structure', 'exit', 'reduce', 'cancel', 'modify', 'close_all'], structural: true, severity: 'BLOCK', whenMissing: 'BLOCK', reads: ['brokerReachable'],
  evaluate({ brokerReachable: reachable, account }, { kind }) {
    // Halting entries needs no broker, so a close-all is taken and its orders follow when the broker answers.
    const severity = kind === 'close_all' ? 'WARN' : 'BLOCK';
    if (!reachable.known) return kind === 'close_all' ? fails(`Whether the broker answers is not known: ${reachable.reason}.`, 'WARN') : lacks('Whether the broker answers', reachable.reason);
    const name = account.known ? `The broker ${account.value.broker}` : 'The broker';
    return reachable.value ? passes(`${name} answers.`) : fails(`${name} does not answer.`, severity);
  },
});
