import type * as real from '../../../db/stores/events.ts';
import { statement } from './store.ts';

export const eventById: typeof real.eventById = (executor) => statement(executor, 'eventById', () => null);
export const scheduledEvents: typeof real.scheduledEvents = (executor) => statement(executor, 'scheduledEvents', () => []);
