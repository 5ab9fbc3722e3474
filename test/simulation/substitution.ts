/**
 * Loaded before everything else (`node --import`): the desk's modules run as they are, but `db/stores/*` and `db/uuid.ts` are
 * the ones in memory, and a planted fault changes the text of the one file that it names. A store function that is not there in
 * memory throws when it is called, with its name.
 */
import { existsSync, readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { plantByName, plantedText } from './plants.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const memory = `${root}test/simulation/memory/`;
/** For a run on the database: what is asked of the stores is written down, to be asked of the real ones as well. */
const recording = process.env.SIMULATION_RECORDED === undefined ? null : new URL('./database/recording.ts', import.meta.url).href;
const plant = process.env.SIMULATION_PLANT ? plantByName(process.env.SIMULATION_PLANT) : null;
const exported = (source: string): string[] => [...source.matchAll(/^export (?:const|async function|function|class) (\w+)/gm)].map((match) => match[1]!);

registerHooks({
  load(url, context, next) {
    const path = url.startsWith('file:') ? fileURLToPath(url) : '';
    const inside = path.startsWith(root) ? path.slice(root.length) : null;
    const store = /^db\/(?:stores\/([\w-]+)|(uuid))\.ts$/.exec(inside ?? '');
    if (store && inside !== null) {
      const file = `${memory}${store[1] ?? store[2]}.ts`;
      const there = existsSync(file) ? exported(readFileSync(file, 'utf8')) : [];
      const absent = exported(readFileSync(path, 'utf8')).filter((name) => !there.includes(name));
      const from = JSON.stringify(pathToFileURL(file).href);
      const named = store[1] && recording ? there : [];
      const lines = [
        ...(there.length > 0 ? [`export * from ${from};`] : []),
        ...(named.length > 0 ? [`import * as plain from ${from};`, `import { recorded } from ${JSON.stringify(recording)};`] : []),
        ...named.map((name) => `export const ${name} = typeof plain.${name} === 'function' ? recorded(${JSON.stringify(store[1])}, ${JSON.stringify(name)}, plain.${name}) : plain.${name};`),
        ...absent.map((name) => `export const ${name} = () => { throw new Error(${JSON.stringify(`the store in memory has no ${inside}: ${name}`)}); };`),
      ];
      return { format: 'module', source: lines.join('\n'), shortCircuit: true };
    }
    if (inside !== null && plant?.edits.some(({ file }) => file === inside)) return { format: 'module-typescript', source: plantedText(plant, inside, readFileSync(path, 'utf8')), shortCircuit: true };
    return next(url, context);
  },
});
