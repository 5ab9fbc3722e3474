import type { AnswerTable } from './define.ts';
import { tradingAnswers } from './trading.ts';

/** Every intent that the twins can answer, by topic. */
export const answers: AnswerTable = { ...tradingAnswers };
