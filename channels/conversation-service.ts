export * from '../graph/conversation-service.ts';
