/**
 * What a person says beside a request, in a part of the sentence of its own: a courtesy, a feeling, how it came about. "Infosys is killing
 * me, get me out" asks for no more than "get me out", of what it speaks of. A part with a figure, a denial, a condition, a doubt, a day to
 * come, somebody else's words or a command of its own is never left out.
 */
const courtesy = /^(?:if i may(?: ask)?|if i might ask|if you (?:please|don't mind|do not mind|would be so kind|would|could)|pray|please|kindly|thanks|thank you|many thanks|much obliged|cheers|no rush|no hurry|whenever you can|when you (?:can|get a (?:sec|second|minute|moment|chance))|just (?:curious|checking|asking|wondering)|quick (?:question|one|check)|one more thing|by the way|btw|fyi|you know(?: what)?|i mean|i think|i guess|i suppose|market price is fine|at market is fine|whatever the price|good (?:morning|afternoon|evening|day)(?: to you)?|hello(?: there)?|hi(?: there)?|hey(?: there)?|ok|okay|right|alright|well|so|now|listen|look|yaar|bhai|bro|dude|man|mate|buddy|oh|ah|ugh|argh|hmm|um|uh|wow|damn|actually|as (?:always|usual)|of late|for what it's worth|to be honest|tbh|honestly|let's see|let me see|that's (?:all|it)|that is all|do it|go|screw it|sod it|what the hell|oh go on(?: then)?|go on(?: then)?|fine(?: then)?|ok then|okay then|sure|(?:bahut |thoda |kaafi |abhi )?(?:mehnga|mehenga|sasta|risky|zyada|bada|chhota|kharab|bekar) (?:hai|lag raha hai))$/;
const tells = /^(?:(?:ok|okay|so|well|right|alright|look|listen|hey|oh|man|dude|yeah|ugh|um|uh|hmm|and|but|because|since|coz|cuz|honestly|actually|basically)[, ]+)*(?:i|i'm|im|i've|ive|we|we're|we've|it's|that's|they're|(?:[a-z&-]+ ){1,4}(?:is|are|am|was|were|looks?|feels?|seems?|has|have|keeps?))(?: |$)/;
/** What makes a part of a sentence more than a remark. */
const more = /\d|[?%₹]|\b(?:not|no|never|none|nobody|n't|dont|don't|won't|can't|without|stop|if|unless|until|till|once|when|whenever|after|before|while|agar|jab|maybe|perhaps|might|may|could|would|should|shall|will|gonna|going to|want|wants|wanted|need|needs|wish|hope|plan|planning|remind|later|tomorrow|next|monday|tuesday|wednesday|thursday|friday|only|except|but|instead|rather|wonder|wondering|thinking|curious|kidding|joke|joking|lol|haha|test|testing|pretend|example|hypothetical|mistake|wrong|sure|certain|wait|hold|hang|said|say|says|told|tells|heard|asked|thinks?|thought|he|she|wife|husband|friend|broker|boss|adviser|advisor|who|what|which|why|how|where|buy|sell|exit|close|cancel|pause|resume|approve|reject|confirm|kill|transfer|deposit|withdraw|move|set|add|remove|bought|sold|order|orders|card|stop|target|half|all|everything|one|two|ten|hundred|thousand|lakh|nahi|nahin|mat|na)\b/;
const leading = /^(?:(?:ok|okay|so|well|right|alright|look|listen|hey|oh|man|dude|yeah|um|uh|hmm|you know what|honestly|actually|tbh|basically)[, ]+)*(?:i(?:'ve| have) been thinking|i(?:'ve| have) (?:just )?decided|i thought about it|i(?:'ve| have) had enough|i(?:'m| am) (?:so )?(?:done|fed up|bored|nervous|worried)|screw it|sod it|what the hell|you know what)[, ]*(?:and|so)?[, ]+/i;

const isRemark = (part: string): boolean => courtesy.test(part) || (tells.test(part) && !more.test(part) && part.split(' ').length <= 10);

/** The request without what is only said beside it, and that; null where there is nothing of the kind, or nothing else. */
export function withoutComments(said: string): { request: string; remarks: string[] } | null {
  const text = said.replace(/[’‘`]/g, "'").trim().replace(/[.!\s]+$/, '');
  const question = text.endsWith('?');
  const plain = text.replace(/\?+$/, '');
  const parts = plain.replace(leading, '').split(/(?<=\w)[,;]\s+|(?<=\w)[.!]\s+|\s[-–—]+\s/).map((part) => part.trim()).filter((part) => part !== '');
  const request = parts.filter((part) => !isRemark(part.toLowerCase())).join(', ');
  if (request === '' || request.toLowerCase() === plain.toLowerCase()) return null;
  return { request: question ? `${request}?` : request, remarks: parts.filter((part) => isRemark(part.toLowerCase()) && !courtesy.test(part.toLowerCase())) };
}
