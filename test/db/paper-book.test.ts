import { afterAll, beforeAll } from 'vitest';
import type { Database } from '../../db/client.ts';
import { createPaperBookStore } from '../../db/stores/paper-book.ts';
import { paperBookContract } from '../brokers/paper/book-contract.ts';
import { openTestDatabase } from '../helpers/database.ts';

let database: Database;
beforeAll(async () => { database = await openTestDatabase(); });
afterAll(() => database.close());

paperBookContract(() => createPaperBookStore(database), () => createPaperBookStore(database));
