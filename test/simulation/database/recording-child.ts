/** Runs the seeds that it is asked for in memory and answers with what was asked of the stores. */
import type { Entry } from './recording.ts';
import { recordCalls } from './recording.ts';
import { runSeed } from '../run-seed.ts';

process.on('message', (seed: number) => {
  let log: Entry[] = [];
  void runSeed(seed, { opened: (store) => { log = recordCalls(store); } }).then((report) => { process.send?.({ report, log }); });
});
