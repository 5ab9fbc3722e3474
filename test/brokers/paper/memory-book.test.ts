import { createMemoryBook } from '../../../brokers/paper/memory-book.ts';
import { paperBookContract } from './book-contract.ts';

paperBookContract(createMemoryBook, (store) => store);
