/**
 * What a person says about a request in a part of the sentence of its own: a feeling, an opinion, a courtesy. "Ditch half of the Infosys,
 * I'm nervous" asks for no more than "ditch half of the Infosys". A part with a figure, a denial, a condition, a doubt or a time is none.
 */
const feeling = /^(?:and |but |because |since |as |coz |cuz )?(?:i|it|that|this|things|the market|the sum|the size|the price|the risk|it all|they|we)(?:'m|'re|'s| am| is| are| was| feels?| looks?| seems?| sounds?| makes?| have been| has been|'ve been)? (?:(?:a |just |me |very |so |really |quite |too |getting |pretty |all |feeling |to me |kind of |kinda |far |way |much |looking |rather )*)(?:nervous|worried|scared|anxious|bored|tired|happy|unhappy|fed up|sick of it|excited|impatient|bullish|bearish|cautious|uneasy|uncomfortable|excessive|rich|expensive|pricey|cheap|big|large|small|risky|shaky|weak|strong|heavy|toppy|frothy|crazy|wild|thinking|itching|enough|plenty|fine|good|great|steep|stretched|tight|high|low|sleep|a mess|bit much|dragging)(?: (?:about it|of it|lately|today|now|to me|for me|already|here|out there|by now|of this|again|with it))?$/;
const courtesy = /^(?:if i may(?: ask)?|if i might ask|if you (?:please|don't mind|do not mind|would be so kind|would|could)|pray|please|kindly|thanks|thank you|many thanks|much obliged|cheers|no rush|no hurry|whenever you can|when you (?:can|get a (?:sec|second|minute|moment|chance))|just (?:curious|checking|asking|wondering)|quick (?:question|one|check)|one more thing|by the way|btw|fyi|you know|i mean|i think|i guess|i suppose|market price is fine|at market is fine|whatever the price|good (?:morning|afternoon|evening|day)(?: to you)?|hello(?: there)?|hi(?: there)?|hey(?: there)?|ok|okay|right|well|so|now|alright|listen|look|yaar|bhai|bro|dude|man|mate|buddy|oh|ah|hmm|um|uh|actually|as (?:always|usual)|of late|for what it's worth|to be honest|tbh|honestly|let's see|let me see|that's (?:all|it)|that is all|do it|go)$/;
const leading = /^(?:(?:ok|okay|so|well|right|alright|look|listen|hey|oh|man|dude|yeah|yes|um|uh|hmm|you know what|honestly|actually|tbh|basically)[, ]+)*(?:i(?:'ve| have) been thinking|i(?:'ve| have) (?:just )?decided|i thought about it|i(?:'ve| have) had enough|i(?:'m| am) (?:so )?(?:done|fed up|bored|nervous|worried)|screw it|sod it|what the hell|you know what)[, ]*(?:and|so)?[, ]+/i;

/** The request without what was only said about it, or null where there is nothing of the kind, or nothing else. */
export function withoutComments(said: string): string | null {
  const text = said.replace(/[’‘`]/g, "'").trim().replace(/[.!\s]+$/, '');
  const question = text.endsWith('?');
  const kept = text.replace(/\?+$/, '').replace(leading, '').split(/(?<=\w)[,;]\s+|(?<=\w)[.!?]\s+|\s[-–—]+\s/).filter((part) => { const plain = part.trim().toLowerCase(); return plain !== '' && !feeling.test(plain) && !courtesy.test(plain); });
  const left = kept.join(', ').replace(/^[, ]+/, '');
  if (left === '' || left.toLowerCase() === text.replace(/\?+$/, '').toLowerCase()) return null;
  return question ? `${left}?` : left;
}
