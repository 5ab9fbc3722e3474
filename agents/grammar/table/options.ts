import { entries, type PhraseEntry } from './entry.ts';

const chain = (measure: string, words: string, examples: string[]): Omit<PhraseEntry, 'kind'> => ({
  with: { measure }, takes: ['date', 'period'], ahead: true,
  phrases: [`<lead> {underlying:symbol} (options|option)? (${words}) <tail>`, `<lead> (${words}) (level|value|ratio)? <of> {underlying:symbol} (options|option|chain)? <tail>`, `<lead> (${words}) {underlying:known} <tail>`], examples,
});

export const options: PhraseEntry[] = [
  ...entries('option_chain', [
    { takes: ['date', 'period'], ahead: true, phrases: ['<lead> {underlying:symbol} (option|options) (chain|chains|table|prices)? <tail>', '<lead> (option|options) (chain|chains|table|prices|data)? <of> {underlying:symbol} <tail>', '<lead> {underlying:symbol} (chain|strikes|calls and puts|puts and calls) <tail>', '<lead> (chain|strikes) <of> {underlying:symbol} <tail>'], examples: ['NIFTY option chain', 'option chain of reliance', 'show the BANKNIFTY chain', 'options for INFY'] },
    chain('pcr', 'pcr|put call ratio|putcall ratio', ['PCR of NIFTY', 'banknifty put call ratio']),
    chain('maxPain', 'max pain|maxpain|maximum pain', ['max pain for NIFTY', 'reliance max pain']),
    chain('impliedVolatility', 'iv|implied vol|implied volatility|iv rank|iv percentile|atm iv', ['IV of NIFTY', 'reliance IV rank']),
    chain('openInterest', 'oi|open interest|oi buildup|oi build up|oi change', ['NIFTY open interest', 'OI buildup in banknifty']),
  ]),
  ...entries('option_strategy', [
    { takes: ['date', 'period'], ahead: true, phrases: ['(set up|make|build|draw up|price|show|give me|find|find me|suggest|construct|create|structure|what would|what does|how about|do)* (me)? (a|an|the)? {structure} (cost|look like|on|in|for|with|against|over|at|using|my|the|our)* {underlying:symbol} (position|holding|shares|cost|look like|pay|options|for|this|expiry)* <tail>', '<lead> {underlying:symbol} {structure} <tail>'], examples: ['iron condor on NIFTY', 'build a bull call spread on reliance', 'price a straddle on banknifty', 'covered call on INFY', 'NIFTY strangle'] },
    { takes: ['date', 'period'], ahead: true, phrases: ['(which|what) (is the best|is a good|is the right)? (option|options)? (strategy|strategies|structure|trade) (suits|fits|works|is best|is good|to use|should i use|would you use|for|on|in|with|makes sense)* {underlying:symbol} <tail>', '<lead> (option|options) (strategy|strategies|structure|structures|ideas|idea|trade|trades) <of> {underlying:symbol} <tail>', '(suggest|find|rank|compare|recommend) (me)? (a|an|some)? (option|options)? (strategy|strategies|structures) <of> {underlying:symbol} <tail>'], examples: ['option strategy for NIFTY', 'which options strategy suits reliance?', 'rank structures on BANKNIFTY'] },
  ]),
];
