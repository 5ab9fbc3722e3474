import { afterAll, beforeAll } from 'vitest';
import type { Database } from '../../../db/client.ts';
import { createPaperBookStore } from '../../../db/stores/paper-book.ts';
import { openTestDatabase } from '../../helpers/database.ts';
import { paperBookContract } from './book-contract.ts';

let database: Database;
beforeAll(async () => { database = await openTestDatabase(); });
afterAll(async () => { await database.close(); });

paperBookContract(() => createPaperBookStore(database), () => createPaperBookStore(database));
