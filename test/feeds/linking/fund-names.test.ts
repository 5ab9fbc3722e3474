import { describe, expect, it } from 'vitest';
import { fundNamed } from '../../../feeds/linking/fund-names.ts';

const schemes = ['Parag Parikh Flexi Cap Fund - Direct Plan - Growth', 'Parag Parikh Flexi Cap Fund - Regular Plan - Growth', 'SBI BLUE CHIP FUND - DIRECT PLAN - GROWTH', 'SBI Small Cap Fund - Direct Plan - Growth', 'SBI Small Cap Fund - Direct Plan - IDCW', 'SBI Nifty Smallcap 250 Index Fund - Direct Plan - Growth', 'HDFC Top 100 Fund - Growth Option']
  .map((name, at) => ({ scheme: String(101 + at), name, isin: at === 0 ? 'INF879O01027' : null }));

describe('a mutual fund by its name', () => {
  it.each([
    ['parag parikh flexi cap direct', '101'], ['PPFAS flexicap regular', '102'], ['parag parik flexi cap direct plan', '101'], ['sbi bluechip', '103'], ['sbi small cap direct growth', '104'], ['sbi nifty smallcap 250 index', '106'], ['hdfc top 100', '107'], ['105', '105'], ['inf879o01027', '101'],
  ])('“%s” is scheme %s', (said, scheme) => expect(fundNamed(said, schemes)).toMatchObject({ kind: 'one', scheme: { scheme } }));

  it('is several where plans are left open, and never another that lacks a word said', () => {
    expect(fundNamed('parag parikh flexi cap', schemes)).toMatchObject({ kind: 'several', schemes: [{ scheme: '101' }, { scheme: '102' }] });
    expect(fundNamed('sbi small cap direct', schemes)).toMatchObject({ kind: 'several', schemes: [{ scheme: '104' }, { scheme: '105' }] });
    for (const said of ['hdfc top 200', 'sbi large cap direct', 'quantum liquid', '', 'fund']) expect(fundNamed(said, schemes).kind, said).toBe('unknown');
  });
});
