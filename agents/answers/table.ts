import type { AnswerTable } from './define.ts';
import { deskAnswers } from './desk.ts';
import { eventAnswers } from './events.ts';
import { marketAnswers } from './market.ts';
import { tradingAnswers } from './trading.ts';

/** Every intent that the twins can answer, by topic. */
export const answers: AnswerTable = { ...tradingAnswers, ...marketAnswers, ...eventAnswers, ...deskAnswers };
