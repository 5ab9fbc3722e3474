import { adjustmentAnswers } from './adjustments.ts';
import type { AnswerTable } from './define.ts';
import { controlAnswers } from './controls.ts';
import { deskAnswers } from './desk.ts';
import { auditAnswers } from './audit.ts';
import { briefAnswers } from './brief.ts';
import { decisionAnswers } from './decisions.ts';
import { discoveryAnswers } from './discovery.ts';
import { evaluationAnswers } from './evaluation.ts';
import { eventAnswers } from './events.ts';
import { fundAnswers } from './funds.ts';
import { marketAnswers } from './market.ts';
import { optionAnswers } from './options.ts';
import { performanceAnswers } from './performance.ts';
import { portfolioAnswers } from './portfolio.ts';
import { qualityAnswers } from './quality.ts';
import { recordAnswers } from './records.ts';
import { reportAnswers } from './report.ts';
import { riskAnswers } from './risk.ts';
import { rotationAnswers } from './rotation.ts';
import { averageCrossAnswers } from './average-crosses.ts';
import { statisticsAnswers } from './statistics.ts';
import { tradingAnswers } from './trading.ts';
import { whyAnswers } from './why.ts';
import { taxAnswers } from './taxes.ts';
import { treasuryAnswers } from './treasury.ts';

/** Every intent that the twins can answer, by topic. */
export const answers: AnswerTable = { ...tradingAnswers, ...whyAnswers, ...decisionAnswers, ...marketAnswers, ...eventAnswers, ...briefAnswers, ...deskAnswers, ...discoveryAnswers, ...evaluationAnswers, ...reportAnswers, ...qualityAnswers, ...portfolioAnswers, ...rotationAnswers, ...performanceAnswers, ...treasuryAnswers, ...taxAnswers, ...optionAnswers, ...riskAnswers, ...auditAnswers, ...controlAnswers, ...statisticsAnswers, ...averageCrossAnswers, ...recordAnswers, ...fundAnswers, ...adjustmentAnswers };
