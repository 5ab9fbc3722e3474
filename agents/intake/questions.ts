/** What a mandate rests on, asked one at a time. Every question may be left out; the profile of the first answer then stands. */
export const intakeTopics = ['objective', 'risk', 'horizon', 'money', 'buffer', 'concentration', 'never', 'results'] as const;
export type IntakeTopic = (typeof intakeTopics)[number];
export type IntakeAnswers = Partial<Record<IntakeTopic, string>>;
export interface IntakeQuestion { topic: IntakeTopic; title: string; question: string; /** Why it is asked, in one line. */ why: string; choices: readonly string[] }

export const intakeQuestions: readonly IntakeQuestion[] = [
  { topic: 'objective', title: 'Objective', question: 'What is this account for: the most gain, the least risk, or a balance of both?', why: 'it ranks ideas, and every other limit starts from it', choices: ['most gain', 'balanced', 'least risk'] },
  { topic: 'risk', title: 'Risk per trade', question: 'How much of the account may one trade lose at most, in percent?', why: 'it sets the size of every trade', choices: ['0.5 %', '0.75 %', '1 %'] },
  { topic: 'horizon', title: 'Horizon', question: 'How long may a position be held, from and to?', why: 'it picks ideas that can play out in that time', choices: ['1 to 10 days', '2 to 20 days', '5 to 60 days'] },
  { topic: 'money', title: 'Money', question: 'How does money come in: at once, every month or week, or both, and how much?', why: 'it paces what may be invested', choices: ['50,000 a month for 3 years', '10 lakh at once', '10 lakh in 3 tranches'] },
  { topic: 'buffer', title: 'Cash kept', question: 'How much of the cash must always stay untouched, in percent?', why: 'it is never invested', choices: ['5 %', '10 %', '20 %'] },
  { topic: 'concentration', title: 'Concentration', question: 'How many positions at most, and how much of the account in one sector?', why: 'it keeps one mistake small', choices: ['8 positions, 30 % a sector', '10 positions, 25 % a sector'] },
  { topic: 'never', title: 'Bans', question: 'Which sectors or companies must never be bought?', why: 'they are banned, whatever the idea', choices: ['none', 'tobacco, liquor'] },
  { topic: 'results', title: 'Results', question: 'May the account enter a share just before its results?', why: 'results are the largest gaps there are', choices: ['no', 'yes', 'not within 3 days'] },
];
