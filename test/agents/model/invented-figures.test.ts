import { describe, expect, it } from 'vitest';
import { inventedFigures } from '../../../agents/model/invented-figures.ts';

describe('an agent’s figures', () => {
  it.each([
    ['stand as they were given', { text: 'Profit ₹1,234.50 crore, up 12 % [3]', best: 12 }, 'profit 1234.5 crore; 12.0 per cent', []],
    ['are its own where they are a judgement between nought and one', { confidence: 0.73 }, '', []],
    ['are not names and ids', { source: 'e1', quarter: 'Q2 of FY26', id: '0190a000-0000-7000-8000-000000000000', note: 'see [12]' }, '', []],
    ['are named where they were invented, wherever they stand', { points: ['up 99 %', { gain: 4.5 }], loss: -7 }, 'up 9 %', ['99', '4.5', '7']],
    ['do not pass as a part of another', { text: 'up 12' }, 'up 112 or 12.5', ['12']],
  ])('%s', (_what, output, given, expected) => { expect(inventedFigures(output, given)).toEqual(expected); });
});
