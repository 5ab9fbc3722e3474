import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';

/**
 * Loaded before everything else (`node --import`): what Node makes of the sources is kept beside the packages, where only
 * who may change those can write, so that the next start or command need not compile them again. Where that folder cannot
 * be written, everything is compiled as ever.
 */
enableCompileCache(fileURLToPath(new URL('../node_modules/.cache/parapet-code', import.meta.url)));
