export interface Scores { accuracy: number; macroF1: number; f1: Record<string, number> }

/** Accuracy, F1 of each class and their plain mean. A class that is neither said nor there counts as 0. */
export function scoresOf<C extends string>(classes: readonly C[], pairs: readonly { said: C; is: C }[]): Scores {
  const f1 = Object.fromEntries(classes.map((name) => {
    const both = pairs.filter(({ said, is }) => said === name && is === name).length;
    const either = pairs.filter(({ said }) => said === name).length + pairs.filter(({ is }) => is === name).length;
    return [name, either === 0 ? 0 : (2 * both) / either];
  }));
  return { accuracy: pairs.filter(({ said, is }) => said === is).length / pairs.length, macroF1: classes.reduce((sum, name) => sum + (f1[name] ?? 0), 0) / classes.length, f1 };
}
