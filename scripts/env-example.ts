/** `npm run env:example`: writes `.env.example` from the table of settings. */
import { writeFileSync } from 'node:fs';
import { envExample } from '../ops/env-example.ts';

writeFileSync(new URL('../.env.example', import.meta.url), envExample());
