import { looksLikeJson } from '../../agents/model/answer-json.ts';
import type { MissReason } from '../../agents/model/miss.ts';
import { type AllowedHosts, hadMarkup, plainReply } from '../../agents/model/output-filter.ts';
import { ground } from './figures.ts';
import { reviewSentence, type SentenceSources } from './model-sentence.ts';
import { isWhole, splitSentences } from './sentences.ts';

/** What a model says, on its way to the person: whole sentences only, each checked, its figures filled in. */
export interface ModelSpeech {
  /** A new step of the model's begins; what was half said before is forgotten. */
  begin(): void;
  /** The next piece of text as it streams. */
  hear(text: string): void;
  /** The final text as it may be said, references unfilled, and why sentences are missing from it. */
  finish(text: string, more: { cutShort: boolean }): { text: string; removed: MissReason[] };
}

export function createModelSpeech({ sources, hosts, onDelta }: { sources: SentenceSources; hosts: AllowedHosts; onDelta: (text: string) => void }): ModelSpeech {
  let heard = '';
  let said = 0;
  return {
    begin() { heard = ''; said = 0; },
    hear(text) {
      heard += text;
      // Before anything was looked up, what streams is at best a preface; JSON is for the desk.
      if (sources.calls.length === 0 || looksLikeJson(heard)) return;
      const sentences = splitSentences(heard);
      // The last one may go on.
      for (; said < sentences.length - 1; said += 1) {
        const reviewed = reviewSentence(plainReply(sentences[said] ?? '', hosts), sources);
        if ('text' in reviewed && reviewed.text.trim() !== '') onDelta(ground(reviewed.text, sources.calls).text);
      }
    },
    finish(text, { cutShort }) {
      const removed: MissReason[] = [];
      const plain = plainReply(text, hosts);
      if (hadMarkup(text, plain)) removed.push('MARKUP');
      const sentences = splitSentences(plain);
      const last = sentences.at(-1);
      if (cutShort && last !== undefined && !isWhole(last)) { sentences.pop(); removed.push('HALF_ANSWER'); }
      const kept = sentences.flatMap((sentence) => {
        const reviewed = reviewSentence(sentence, sources);
        if ('text' in reviewed) return [reviewed.text];
        removed.push(reviewed.removed);
        return [];
      });
      return { text: kept.join('').trim(), removed };
    },
  };
}
