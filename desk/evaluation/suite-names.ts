/** The evaluation suites by their names, the safety suites first. */
export const suiteNames = ['confirmation', 'injection', 'grounding', 'injection-wording', 'trajectory', 'routing', 'paraphrases', 'sql', 'signal-quality', 'risk-management', 'validator-patterns'] as const;
export type SuiteName = (typeof suiteNames)[number];
/** The suite that somebody means; null where none is called so. */
export const suiteNamed = (said: string): SuiteName | null => suiteNames.find((name) => name === said.trim().toLowerCase().replaceAll(/[\s_]+/g, '-')) ?? null;
