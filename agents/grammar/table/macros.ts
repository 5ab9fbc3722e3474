/** Pieces that many phrases share. `lead` and `tail` are what people put around a noun when they want to see it. */
export const macros: Readonly<Record<string, string>> = {
  lead: '(show|give|tell|me|us|my|our|we|i|the|a|all|list|see|view|check|display|print|get|fetch|send|pull up|bring up|let me see|what is|what are|what was|what were|where is|where are|how is|how are|is there|are there|any|current|latest|full|entire|whole|quick|do i have|do we have|have i got|look at|a look at|want to see|of|on|about|what|status of|summary of|details of|detail of|your)*',
  tail: '(please|now|look like|looking like|looking|looks|right|show|status|summary|details|list|overall|across the desk|like|currently|so far|till now|till date|do i have|do we have|have i got|i have|we have|going|doing|there|today|here|at)*',
  my: '(my|our|the|that|this|these|those)',
  of: '(of|on|in|for|about|at|from|with)',
  card: '(card|trade|proposal|idea|number|no|trade card)* {card}',
  stock: '(share|shares|stock|scrip|counter|share price)',
  sh: '(shares|share|stocks|units|nos|quantity|qty|more|additional|extra)',
  buy: '(buy|purchase|get me|get|pick up|go long|go long on|long|grab|accumulate|add|take)',
  sell: '(sell|offload|unload|dump|liquidate|trim|book|lighten|reduce|cut)',
  out: '(exit|exit from|get out of|get me out of|close out|squareoff|square up|liquidate|wind up|come out of)',
  rs: '(rs|rupees|inr)',
  /** What may follow an order, in any order: limit, stop, target, condition. */
  terms: '((at|around|limit|limit at|at limit|at a limit of|limit price|near|for) {limitPrice:price} (or better|or lower|or below|or less|each|per share|limit|at)?|at market|market|at the market|market order|at market price|at cmp|cmp|(with|and|keep|put)* (a|the)? stop (at|of|below|is)? {stop:price}|(with|and|keep|put)* (a|the)? target (at|of|is)? {target:price}|but? (only|only if|if only|provided|as long as|if) (it|price)? (holds|stays|remains|trades|is|closes|sustains) (above|over|at)? {onlyIf:above}|but? (only|only if|if) (it|price)? (breaks|crosses|goes above|moves above|clears) (above|past|over)? {onlyIf:above}|but? (only|only if|if) (it|price)? (falls|drops|dips|comes|goes|is|trades|stays) (to|below|under|down to) {onlyIf:below}|please|today|now|and|with|only|delivery|in cash|cnc)*',
  /** How people lead into an order without asking a question. */
  want: '(i want to|we want to|i wish to|i would love to|we would like to|i want you to|i would like you to|i would like to|i need to|let us|go ahead and|please|now|just|we should|we need to|i will|go|then|also|place an order to|time to)*',
  /** What may follow leaving a position: a limit, or nothing. */
  exitTerms: '((at|limit|around) {limitPrice:price} (or better|limit)?|at market|market|at cmp|please|now|today|immediately|asap|fast|quickly)*',
  yes: '(please|go ahead|now|yes|it|and send|and execute)*',
  halt: '(stop|halt|pause|suspend|freeze)',
  done: '(please|now|then|yes|finally|today|in|as well|too)*',
  /** The ex-date's own words; the date itself is heard anywhere. */
  ex: '(with|and|from|on|ex|ex-date|exdate|date|the|was|is|of|please|now)*',
  /** Words that say an order talk is about a position held. */
  held: '(position|positions|holding|holdings|stake|shares|stock|trade|lot)',
};
