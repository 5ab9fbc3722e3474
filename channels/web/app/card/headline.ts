/** The action itself and what goes with it: "BUY 62 COALINDIA at ≤ ₹384.50" and "stop ₹371.20 · target ₹411.10 · horizon 5 days". */
export function splitHeadline(headline: string): { action: string; terms: string } {
  const [action = '', ...terms] = headline.split(' · ');
  return { action, terms: terms.join(' · ') };
}
/** The sum in "Most you can lose: ₹838 (0.17 % of equity) …", to be set in bold; null when the sentence is another. */
export function splitWorstLoss(sentence: string): { before: string; sum: string; after: string } | null {
  const match = /^([^:]*: )([₹$]?[\d.,]+)(.*)$/s.exec(sentence);
  return match ? { before: match[1] ?? '', sum: match[2] ?? '', after: match[3] ?? '' } : null;
}
