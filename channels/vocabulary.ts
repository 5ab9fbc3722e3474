export type * from '../agents/vocabulary.ts';
