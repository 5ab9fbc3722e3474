/** What words mean, by the word. Of what every object has by itself (`constructor`) it knows nothing, whoever says it. */
export const wordTable = <T>(words: Readonly<Record<string, T>>): Readonly<Record<string, T>> => Object.assign(Object.create(null) as Record<string, T>, words);
