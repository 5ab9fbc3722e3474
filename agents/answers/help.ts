import type { IntentKind } from '../grammar/intents.ts';
import { type SlashCommand, slashCommands } from '../grammar/slash-commands.ts';
import type { Draft } from '../define.ts';
import type { AnswerContext } from './define.ts';

interface Topic { name: string; title: string; words: RegExp; kinds: readonly IntentKind[] }

/** What people ask help about; the commands come from the command table by what they do. */
const topics: readonly Topic[] = [
  { name: 'orders', title: 'Orders', words: /order|buy|sell|exit|stop|target|trail|cancel|flatten|trade/, kinds: ['buy', 'sell', 'exit', 'modify_position', 'cancel_order', 'close_all', 'orders', 'fills'] },
  { name: 'cards', title: 'Ideas and cards', words: /card|idea|approv|confirm|reject|proposal|queue|why|bigger|block|limit/, kinds: ['find_idea', 'cards', 'card', 'why', 'why_not_bigger', 'explain_block', 'propose_again', 'approve', 'reject', 'yes', 'no', 'trade_check', 'discovery'] },
  { name: 'holdings', title: 'What is held and how it does', words: /hold|position|portfolio|cash|perform|profit|risk|exposure|hedge|rotat/, kinds: ['holdings', 'position', 'not_worked_in', 'work_in', 'parted_shares', 'cash', 'performance', 'exposure', 'limits', 'risk_metrics', 'treasury', 'funding_plan', 'rotation', 'hedge', 'scenario'] },
  { name: 'market', title: 'The market', words: /market|quote|price|chart|mover|indicator|feature|regime|breadth|flow|hours|option|chain|watch/, kinds: ['movers', 'quote', 'chart', 'indicator', 'regime', 'breadth', 'flows', 'market_hours', 'option_chain', 'option_strategy', 'watchlist_show', 'watchlist_edit'] },
  { name: 'events', title: 'News and events', words: /news|event|filing|result|calendar|policy|rbi|sebi|dividend|holiday|window/, kinds: ['news', 'calendar', 'event_window', 'policy'] },
  { name: 'safety', title: 'Safety', words: /safe|pause|resume|kill|switch|halt|stop trading|gate/, kinds: ['pause', 'resume', 'kill', 'switches', 'switch_change', 'switch_reset', 'limit_change', 'gate_stats'] },
  { name: 'money', title: 'Accounts, money and rules', words: /account|money|deposit|withdraw|transfer|mandate|rule|fund|sip/, kinds: ['accounts', 'switch_account', 'transfer', 'deposit', 'withdraw', 'mandate_show', 'mandate_change', 'intake', 'account_change', 'funding_release', 'people_show', 'person_change', 'key_change'] },
  { name: 'audit', title: 'Audit and the desk itself', words: /audit|replay|verify|report|eval|activity|feed|setting|cycle|pattern|desk|alert|link/, kinds: ['audit_story', 'audit_follow', 'audit_verify', 'replay', 'activity', 'turn_steps', 'history_search', 'report', 'evals_show', 'evals_compare', 'evals_run', 'qa', 'patterns', 'reliability', 'feeds_health', 'quarantine', 'jobs', 'run_cycle', 'settings', 'alerts', 'acknowledge', 'alert_test', 'link', 'unlink', 'help', 'cancel_turn', 'edit_message', 'retry_message', 'feedback'] },
];
const commandsOf = ({ kinds }: Topic): SlashCommand[] => slashCommands.filter((command) => kinds.includes(command.kind));
const line = ({ usage, help: does }: SlashCommand): string => `${usage}: ${does}`;

/** Help by topic, by command, or the topics that there are. */
export async function help({ intent }: AnswerContext<'help'>): Promise<Draft> {
  const asked = intent.topic?.toLowerCase().replace(/^\//, '').trim();
  const topicChoices = topics.map(({ name, title }) => ({ label: title, command: `/help ${name}` }));
  if (!asked) {
    return {
      text: `Ask in your own words or with a command: what you hold and how it did, what moved and why, ideas with their reasons, orders (shown to you before anything is sent), pausing, the story of any trade.\n${topics.map((topic) => `${topic.title}: ${commandsOf(topic).slice(0, 5).map(({ name }) => `/${name}`).join(' ')}`).join('\n')}`,
      parts: [], choices: topicChoices,
    };
  }
  const command = slashCommands.find(({ name, aliases }) => name === asked || aliases?.includes(asked));
  const topic = topics.find(({ name }) => name === asked) ?? (command ? undefined : topics.find(({ words }) => words.test(asked)));
  if (command && !topic) return { text: `${line(command)}.`, parts: [], choices: [{ label: `Try ${command.example}`, command: command.example }] };
  if (!topic) return { text: 'I have no help on that. These are the topics.', parts: [], choices: topicChoices };
  const commands = commandsOf(topic);
  return { text: `${topic.title}\n${commands.map(line).join('\n')}`, parts: [], choices: commands.slice(0, 3).map(({ example }) => ({ label: example, command: example })) };
}
