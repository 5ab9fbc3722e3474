/** Phrases and what the tables write for them; `$1` is a captured piece. */
type Rewording = readonly [from: RegExp, to: string];
const rewordings = (list: readonly (readonly [string, string])[]): Rewording[] => list.map(([from, to]) => [new RegExp(from, 'gi'), to]);

/**
 * What people put around a request. What begins or ends so is asked for politely, wondered about or told, so nothing is ever
 * ordered by the words that are left. "Can you" stays, and "tell me" where a question is meant.
 */
export const around: readonly Rewording[] = rewordings([
  ['^(?:(?:hey|hi|hello|ok|okay|so|well|right|alright|listen|um|look|oh|yo|dude|man|guys|folks|friend|dear|sir|madam|good (?:morning|afternoon|evening))\\b[,.! ]+)+(?=\\w+ \\w)', ''],
  ['^(?:would|could|can|will|might) (?:you|u) (?:be (?:so )?(?:good|kind|sweet|nice)(?: enough)?(?: to| as to)|mind|possibly|perhaps|at all|just|quickly|please|kindly|be able to) ', 'can you '],
  ['^(?:(?:kindly|please|pray) )?be so (?:good|kind) as to ', 'can you '],
  ['^i (?:would|should)(?: be| have been)? (?:very |much |most )?(?:obliged|grateful|glad|thankful|appreciate it|appreciate) if you (?:could|would) ', 'can you '],
  ['^(?:i|we) (?:wish|would like|should like|want|need|require|desire|would love|am keen|am trying) to (?:know|learn|see|understand|ascertain|find out|be told|be informed|check|enquire|inquire|have a look at|look at|review|hear)(?: about| of)? ', 'tell me '],
  ["^(?:i'd|we'd) (?:like|love) to (?:know|learn|see|understand|find out|check|look at|review|hear)(?: about| of)? ", 'tell me '],
  ['^(?:may|might|could|can) i (?:please |kindly |just |perhaps )?(?:know|see|have|get|ask(?: you)?(?: for)?|enquire|inquire|request|trouble you for|have a look at|look at|take a look at|be told|be shown)(?: about| as to| of| to)? (?=\\w)', 'tell me '],
  ['^(?:(?:can you |kindly |please )?)(?:furnish|provide|supply|advise|inform|apprise|intimate|indicate|let me have|favour me with|present|state|enumerate|set out|share|hand|throw up|put up|pull up|bring up|fetch|dig up|run|read out|spell out|remind)(?: (?:me|us))?(?: (?:with|of|as to|about|on))? (?:a |an |the )?(?=(?:statement|list|summary|details?|particulars|breakdown|rundown|run-down|overview|account|position|balance|status|current|present|latest|uninvested|available|securities|what|which|how|when|who|where|whether|my|our|me)\\b)', 'tell me '],
  ['^tell me (?:whether|if) (?:there (?:is|are) |i have |we have )?', ''],
  ['^(?:any chance (?:you could|of (?:seeing|getting))|mind (?:showing|telling|giving)(?: me)?|care to (?:show|tell)(?: me)?) ', 'tell me '],
  ['^(?:i was|i am|i\'m|im|was|am) (?:just )?(?:wondering|curious|thinking|asking|keen to know|looking for|looking to see|after|interested in)(?: about)?,? ', 'tell me '],
  ['^(?:a )?(?:quick|brief|short) (?:look at|rundown of|run-down of|summary of|overview of|one:|question:?|check:?) ', ''],
  ['^(?:tell me )?(?:a |the )?(?:statement|list|summary|details?|particulars|breakdown|rundown|run-down|overview|full picture|run down) (?:of|on|regarding) ', 'show '],
  ['[, ]+(?:would you|will you|could you|can you|if you (?:can|could|would|please|dont mind|don\'t mind)|if possible|would you mind|be a dear|there\'s a good chap|for me please|cheers|thx|ta|mate|buddy|bro|man|dude|yaar|bhai|ji|sir|please and thank you|thank you|many thanks|thanks in advance|when you get a (?:sec|second|minute|moment|chance)|when you have a moment|real quick|quick|asap|at your earliest(?: convenience)?|at present|at this (?:point|stage|time|moment|juncture)|this very minute|as things stand|as it stands|as we speak|these days|on my behalf|in force|straight away|right away|by any chance|by the way|or so|or something|or anything|like|you know|i guess|i think|i suppose|again|anyway|though)[ ?.!]*$', ''],
]);

/**
 * Other words for the same, by class: synonyms, verbs that come with a noun, shorthand of figures and periods, consent and refusal in
 * a few words, Hindi with the verb last. Nothing that denies, conditions or counts is taken away.
 */
export const plainer: readonly Rewording[] = rewordings([
  // the figure first and the name behind a comma or a colon: "RSI 14, HDFC Bank", "Stress: Nifty -7%"
  ['^(?:stress|shock|scenario)(?: test)?[:, ]+(?:the )?(\\w+(?: \\w+)?) ?(?:-|–|down |by -)(\\d+(?:\\.\\d+)?) ?%$', 'what if $1 falls $2%'], ['^(?:stress|shock|scenario)(?: test)?[:, ]+(?:the )?(\\w+(?: \\w+)?) ?(?:\\+|up )(\\d+(?:\\.\\d+)?) ?%$', 'what if $1 rises $2%'],
  ['^(?:pre-?trade )?check(?: only)?[:,]? (?:if (?:i|we) can )?(buy|sell) ', 'can i $1 '],
  ['^(?:the )?(risk per trade|max(?:imum)? positions?|position (?:limit|cap)|sector (?:cap|limit)|position size|(?:earnings |results )?blackout|horizon|target beta) (?:to|at|=|now|->) ?(?=\\d)', 'set $1 to '],
  ['^(?:open|create|start|new) (?:a |an )?(?:new )?(?:paper )?account,? (?:called |named )?["“”]?(\\w+)["“”]?,? (?:with )?(?=[₹\\d])', 'open a paper account called $1 with '], ['^call (?:the |my )?(\\w+) account ["“”]?(\\w+)["“”]?(?: from now on| from today| now)?$', 'rename the $1 account to $2'],
  ['^([^,:]+), ((?:[\\w&-]+ ){0,2}[\\w&-]+)$', '$1 of $2'], ['^([A-Za-z&-]+(?: [A-Za-z&-]+)?): (.+)$', '$1 $2'],
  // formal words
  ['\\b(?:what|which|how much) (?:sum|amount|funds?) (?:remains?|is|are|do i have|have i) (?:available|left|free|at my disposal)(?: to me)?(?: for (?:investment|trading|investing|use))?\\b', 'how much cash is available'], ['\\b(?:up)?on what grounds?\\b', 'why'], ['\\bfor what reasons?\\b', 'why'], ['\\b(?:by reason of what|what was the reason (?:that|for))\\b', 'why'],
  ['^ought i to\\b', 'should i'], ['\\bis it (?:prudent|advisable|sensible|wise) (?:for me )?to\\b', 'should i'], ['\\b(?:intelligence|tidings|any word|buzz|chatter) (?:concerning|regarding|about|on|pertaining to)\\b', 'news on'], ['\\b(?:put forward|put up|brought forward|tabled|recommended)\\b', 'proposed'],
  ['\\b(?:by|at) (?:what|how many) (?:percentage|per ?cent|%) has (.+?) (?:risen|gone up|gained|increased|climbed|appreciated)\\b', 'how much has $1 risen'], ['\\b(?:by|at) (?:what|how many) (?:percentage|per ?cent|%) has (.+?) (?:fallen|gone down|lost|decreased|declined|depreciated)\\b', 'how much has $1 fallen'],
  ['\\b(?:exchange|swap|trade in|switch) (?:any|one) (?:of my )?(?:holdings?|shares?|stocks?|positions?) for (?:a |an |something )(?:more promising|better|stronger|superior)(?: one)?\\b', 'rotate anything'],
  ['\\bhow frequently\\b', 'how often'], ['\\b(?:be relied (?:up)?on|to be relied (?:up)?on|dependable)\\b', 'reliable'], ['^may your\\b', 'are your'], ['^(?:i )?would prefer not(?: to)?$', 'no'],
  ['\\b(?:did|has|have|is) my (?:portfolio|book|account) (?:do|done|doing|fare|fared|perform|performed) better than (?:the )?(?:index|market|nifty|benchmark)\\b', 'did i beat the index'], ['\\bdo(?:es)? my (?:shares|stocks|holdings|positions) move (?:together|in step|in tandem)\\b', 'are my holdings correlated'], ['\\bhow closely are my\\b', 'how correlated are my'], ['^how closely (?:do|are) my (shares|stocks|holdings|positions) (?:move together|linked|related|tied)$', 'how correlated are my $1'],
  ['^(?:at )?what (price|level) did (i|we) (.+) at$', 'what price did $2 $3'], ['\\bhow much (?:faith|trust|confidence|stock|reliance) (?:should|can|may|could) (?:i|we|one) (?:put|place|have) in (?:your|the|these) (?:percentages|probabilities|odds|chances|numbers|forecasts|estimates|confidence)\\b', 'how reliable are your probabilities'],
  ['\\bhow much (?:would|does|will|is) (?:one|a|1|a single) (?:share|stock) of (.+?) (?:set me back|cost(?: me)?|run me|go for|fetch)\\b', 'price of $1'], ['\\bup[ -]to[ -]date\\b', 'fresh'], ['^stop (?:buying|purchasing) (?:things|stuff|anything|any|more|new|shares|stocks)(?: more| new)?', 'stop buying'],
  ['\\b(?:shield|cushion|guard|insulate|safeguard|protect) (?:my|our|the) (portfolio|book|holdings|positions|shares)(?: (?:if|in case|when|should) (?:things|it|it all|everything|the market|markets) (?:go|goes|turns?|gets?|should) (?:south|wrong|bad|ugly|sour|down|badly|pear-shaped))?', 'hedge the $1'], ['^(?:any )?ways? to hedge', 'how to hedge'],
  ['^(?:qty|quantity|size)(?: to| at| =|:)? (\\d+)(?: shares)?(?: instead)?$', 'change the quantity to $1'], ['^(?:emergency|urgent|sos|mayday)[,!: ]+', ''], ['\\b(upon|onto) (my|the|our) watchlist\\b', 'on $2 watchlist'],
  ['^(?:bump|dial|crank|notch|ratchet|nudge|push|take|bring|drop|cut|trim|tweak|adjust)(?: up| down| back)? (?:the |my |our )?(risk per trade|max(?:imum)? positions?|position (?:limit|cap|size)|sector (?:cap|limit)|(?:earnings |results )?blackout|holding period|target beta)(?: up| down| back)? to (?=\\d)', 'set $1 to '],
  ['^(?:yes|yep|yeah|yup|ok|okay|sure|aye|right)[, ]+(?:send it|ship it|hit it|fire|fire it|let her rip|do that|do so|go|let\'s go|pull the trigger|make it so|book it)$', 'yes'], ['\\bat (?:the )?(?:prevailing|current|going|present|ruling) (?:market )?(?:price|rate)\\b', 'at market'], ['^i desire to\\b', 'i want to'],
  ['^(?:i|we) (?:request|require|need|want|would like|desire) (?:the|my|a|an|to have|to be given|to be sent)(?: the| my| a)? (?=(?:daily|weekly|monthly|latest|current|full)? ?(?:report|statement|summary|chart|graph|price|quote|news|details|figures|positions|holdings|balance)\\b)', 'show me the '],
  ['\\b(?:incurred|borne|shelled out|forked out|coughed up)\\b', 'paid'], ['\\bin hand\\b', 'free'], ['\\b(?:to what extent is|how far is) my (?:capital|money|book|portfolio) concentrated in\\b', 'how much exposure to'],
  // colloquial words
  ['\\b(?:too many eggs in one basket|all (?:my )?eggs in one basket|spread too thin|too lopsided)\\b', 'too concentrated'], ['^(?:have i got|do i have|am i having|have we got|do we have|am i) too concentrated$', 'how concentrated am i'],
  ['\\b(?:keeping|keep) (?:tabs|an eye|a close eye|a watch) on\\b', 'watching'], ['\\b(?:fancy|mind|how about|up for) finding (?:me )?(?:something|a stock|a trade)(?: decent| good| nice)?(?: to buy)?\\b', 'find me a trade'],
  ['\\b(?:going up|gone up|climbing|rising) the most\\b', 'rose most'], ['\\b(?:going down|gone down|dropping|falling) the most\\b', 'fell most'], ['^what(?: has|\'s|s| have)? been (rose|fell) most', 'which stocks $1 most'],
  ['\\b(?:get|got|go|gone|went) off$', 'tripped'], ['\\bhas any of the (?:safety )?switches tripped\\b', 'has any switch tripped'], ['\\b(?:get into|log ?in ?to|access|get at|see into) (?:this|my|the) account\\b', 'use this account'],
  ['\\b(?:how )?bumpy\\b', 'how volatile'], ['\\b(?:choppy|jumpy) (?:has|is|was)\\b', 'how volatile $1'], ['^between (.+?) and (.+?), (?:who|which(?: one)?|what) (?:did|has done|does|is doing|performed|fared) (better|worse|best|worst)', 'which did $3, $1 or $2,'],
  ['\\b(?:i|you|we)(?: do|would)? (?:don\'t|do not) (?:fancy|like|want|care for) (?:card |trade |number |no\\.? )+(\\d+)(?:[, ]+(?:bin|skip|drop|scrap|kill|junk|lose) it)?$', 'reject $1'], ['^(?:bin|junk|scrap|chuck|ditch|nix|can) (?:card |trade |number )*(\\d+)$', 'reject $1'], ['^(?:send it on|ship|pull the trigger on|green ?light|ok|do|fire) (?:card |trade |number )*(\\d+)$', 'approve $1'],
  ['^(?:get|go) long (\\d[\\d,]*) ', 'buy $1 '], ['^(?:take|get) (?:me|us) (?:flat|to cash|all cash|out of everything)$', 'close all positions'], ['^(?:net|current|live|outstanding) positions(?: (?:in|of|for) (\\w+))?$', 'positions in $1'],
  ['^target ([\\d,.]+) (?:on|for|in) (.+)$', '$2 target $1'], ['^stop ([\\d,.]+) (?:on|for|in) (.+)$', '$2 stop $1'], ['^max(?:imum)? positions? (\\d+)$', 'set max positions to $1'], ['^(?:stocks|shares|names) > (?:their )?', 'stocks above their '], ['^(?:stocks|shares|names) < (?:their )?', 'stocks below their '], ['\\b(?:expiry|expiries|expiration) (?:list|dates?)(?: of| for)? ', 'expiries of '],
  ['\\b(?:an? )?(\\d+)[- ](day|week|month|year) (chart|graph) of (.+)$', 'chart of $4 over the last $1 $2s'], ['\\b(?:write up|note down|jot down) (?:how the day went|the day|today)\\b', 'write the daily report'], ['\\bhow (?:the|my|our) day went\\b', 'the daily report'],
  ['\\banything (?:you )?need(?: from)? me to (?:decide|approve|sign off|look at|do)(?: on)?\\b', 'any cards to approve'], ['\\b(?:cover|limit|cut|protect) my downside\\b', 'hedge the portfolio'], ['\\b(?:best|good|smart) (?:way|ways) to hedge\\b', 'how to hedge'], ['\\bstill resting\\b', 'orders still open'],
  ['\\b(?:killing|hurting|murdering|sinking|bleeding|costing) me\\b', 'losing the most'], ['\\bwhich of my (?:names|stocks|shares|positions) (?:is|are) losing', 'which of my positions is losing'],
  [' on my behalf\\b', ''], ['\\b(?:like|about|around|approximately|approx|roughly|some) (?=(?:rs\\.?|₹|inr|\\d|ten|twenty|thirty|forty|fifty) ?)', ''],
  ['\\b(?:securities|scrips|equities|shareholdings?|investments?) (?:that )?(?:i|we) (?:hold|own|have|possess)\\b', 'holdings'],
  ['\\b(?:my|our) (?:securities|scrips|equities|investments|shareholdings)\\b', 'my holdings'],
  ['\\b(?:entire|whole|full|complete) (?:holding|position|stake|shareholding|lot) (?:in|of) ', 'entire position in '],
  ['\\b(?:dispose of|part with|get rid of|let go of|bail (?:out of|on)|unwind|ditch|chuck|flog|hive off)\\b', 'sell'],
  ['\\b(?:procure|acquire|snap up|scoop up|nab|load up on|snag|buy up|buy me|purchase me|make a purchase of|place a buy for|go for)\\b(?= (?:\\d|rs|₹|another|fifty|ten|twenty))', 'buy'],
  ['\\bgrab me\\b', 'get me'], ['\\b(?:recommence|restart|reopen|carry on with|get back to|go back to)\\b(?= (?:trading|entries|buying|new))', 'resume'],
  ['\\b(?:trading|entries) (?:may|can|should) (?:now )?(?:resume|recommence|restart|continue|start again)\\b', 'resume trading'],
  ['^(?:you may|you can) (?:now )?(?=resume|restart|start)', ''],
  ['\\b(?:uninvested|unutilised|unutilized|undeployed|surplus|spare|leftover|unspent) (?:balance|amount|sum|funds?|money|cash)\\b', 'free cash'],
  ['\\b(?:constituents|components|members|make-?up|composition) (?:of|in) (?:the )?', 'members of '],
  ['\\b(?:quarterly|annual|financial) (?:figures|numbers)\\b', 'results'], ['\\b(?:declare|announce|report|publish|post|release|come out with|put out) (?:its|their|the|her) (?:results|earnings|numbers|figures)\\b', 'results'],
  ['\\b(?:upon|on) (?:what|which) (?:date|day) (?:does|do|is|are|will)\\b', 'when does'], ['\\bfall due\\b', 'due'], ['\\bto be invested\\b', ''],
  ['\\bwho (?:may|is allowed to|is permitted to|has (?:the )?(?:right|authority|power) to|is authorised to|is authorized to|is entitled to) (confirm|trade|see|view|propose|approve)', 'who can $1'],
  ['^(?:i am|i\'m) (?:agreeable|ok|okay|fine|happy|good) (?:to|with) (card|trade|proposal)(?: number| no\\.?)? (\\d+)[;,. ]*(?:please )?(?:proceed|go ahead|do it|carry on)?[.! ]*$', 'approve card $2'],
  ['^(?:yes|yeah|yep|sure|ok|okay|alright|right|fine|aye)[, ]+(?:go on then|go on|go ahead then|let\'s do it|lets do it|do that|do it then|fire away|carry on|be my guest|why not|please proceed|kindly proceed|proceed|sounds good|works for me|i\'m in|count me in)[.! ]*$', 'yes'],
  ['^(?:let\'s do it|lets do it|go on then|sounds good,? do it|works for me,? go|kindly proceed|please proceed|you have my (?:consent|approval|go-ahead)|i consent|i give my consent|green light|it\'s a go|by all means)[.! ]*$', 'yes'],
  ['^(?:no|nah|nope)[, ]+(?:leave it|let it be|let it go|don\'t|not this one|not that one|i\'d rather not|i\'ll pass|pass|skip it|forget it|thanks|thank you|don\'t bother|not now|not today)[.! ]*$', 'no'],
  ['^(?:i\'d rather not|i\'ll pass|i would rather not|not this one|i do not consent|i decline)[.! ]*$', 'no'],
  ['^(?:card|trade|proposal)(?: number| no\\.?)? (\\d+)[:,;]? (?:with )?(?:a )?(limit|stop|target)(?: of| at| to)? ', '$2 '],
  ['\\b(?:cut|trim|slash|reduce|bring down) the (?:size|quantity) (?:in|by|to) half\\b', 'make it half'],
  ['^(?:can|could) (?:we|i|you) (?:just |please )?(make (?:that|it)|change it to|do) ', '$1 '],
  ['^(?:let\'s|lets|let us) (?:look at|use|go to|work in|switch to|go with|move to|see) (?:the )?(\\w+) account(?: instead| now)?[.! ]*$', 'switch to $1'],
  ['^(?:let\'s|lets|let us) (?:not|avoid) (?:open|opening|take|taking|buy|buying|enter|entering|add|adding|put on|start) (?:anything|any|no)(?: new| fresh)?(?: trades| positions| entries| stocks)?(?: for (?:now|a while|the time being|a bit|today))?', 'pause new entries'],
  // telling verbs and nouns of figures
  ['\\b(?:1|one)-?day var\\b', 'var'], ['\\b(?:ytd|mtd|qtd) (return|pnl|p&l|performance)s?\\b', '$1 ytd'], ['\\bdry powder\\b', 'free cash'],
  ['\\b(?:three|3)m\\b', 'last 3 months'], ['\\b(?:six|6)m\\b', 'last 6 months'], ['\\b(?:one|1)m\\b(?! )', 'last month'], ['\\b(?:one|1)y\\b', 'last 1 year'], ['\\b(\\d{1,2})(?:mo|mos)\\b', 'last $1 months'],
  ['\\b(?:on a )?(?:tear|roll)\\b', 'up'], ['\\b(?:ripping|mooning|rocketing|popping|running hot|shooting up|on fire|flying high|zooming)\\b', 'soaring'], ['\\b(?:getting (?:killed|crushed|hammered|smoked|clobbered|hit hard|battered)|tanking|cratering|plunging|plummeting|nosediving|selling off|bleeding)\\b', 'falling most'],
  ['\\bhalf a million\\b', '500000'], ['\\ban? (?=(?:lakh|crore|thousand|hundred)\\b)', '1 '],
  ['\\b(?:over|in|during|for) the (?:past|preceding|previous) (?=month|week|year|quarter)', 'last '],
  // Hindi with the verb last
  ['\\bagar (?:ki )?(\\w+(?: \\w+)?) (\\d+(?:\\.\\d+)?) ?% (?:gir|neeche|down|girti|girta) ?(?:jaye|jaaye|jae|gaya|gayi|hua|ho|ho jaye)?(?: to| toh)?(?: (?:kya|mera|mere|portfolio|hoga|kitna|loss|nuksan|asar|par|ka|ko))*$', 'what if $1 falls $2%'], ['\\bagar (?:ki )?(\\w+(?: \\w+)?) (\\d+(?:\\.\\d+)?) ?% (?:badh|upar|chadh|up) ?(?:jaye|jaaye|jae|gaya|gayi|hua|ho|ho jaye)?(?: to| toh)?(?: (?:kya|mera|mere|portfolio|hoga|kitna|profit|fayda|ka|ko))*$', 'what if $1 rises $2%'],
  ['^(\\S+(?: \\S+)?) (?:aur|ya) (\\S+(?: \\S+)?) (?:mein|me) (?:se )?(?:kaun|kon)(?: sa| si)? (?:better|accha|acha|behtar|best|aage|zyada)\\b(?: raha| rahi| hai| chala| gaya| badha| tha)*', 'which did better, $1 or $2, '], ['\\bsab kuch\\b', 'sab'], ['\\b(?:saare|sare|sabhi) (?=account)', 'all '],
  ['^(?:kya )?(?:mujhe |humko |hume |my )?(?:abhi )?(\\S+(?: \\S+)?) (?:lena|leni|kharidna|khareedna|le lena|buy) chahiye(?: kya)?$', 'should i buy $1?'], ['^(?:kya )?(?:mujhe |humko |hume |my )?(?:abhi )?(\\S+(?: \\S+)?) (?:bechna|bech dena|nikalna|sell) chahiye(?: kya)?$', 'should i sell $1?'],
  ['^(?:mujhe |my )?(?:koi|ek|kuch) (?:good|accha|acha|badhiya) (?:sa |si )?(trade|idea|setup|share|stock)\\b.*$', 'find me a trade'],
  ['\\b(?:(?:chal|ho|ja|a) (?:raha|rahi|rahe)|pada|padi|pade|rakha|rakhi|rakhe|bacha|bachi) (?:hai|hain|he|h)\\b', ''], ['\\b(?:chal|ho) (?:raha|rahi|rahe)\\b', ''],
  ['\\b(?:bhav|bhaav|daam|keemat|kimat)\\b', 'price'], ['\\bkhali (?=cash|paisa|paise)', 'free '], ['\\b(?:iss|is) (?=mahine|hafte|saal|mahina|hafta)', 'this '], ['\\b(?:kaun|kon) ?(?:kaun|kon)?(?: se| si| sa)?\\b', 'which'], ['\\bkahan\\b', 'where'], ['\\bkis (?=\\w)', 'which '], ['\\bkisne\\b', 'who'],
  ['\\b(?:maine|mene|humne|hamne)\\b', 'i'], ['\\b(?:apna|apne|apni|mujhe|mujhko|hume|humein)\\b', 'my'], ['\\b(?:badhiya|accha|acha|achha|mast)\\b', 'good'], ['\\b(?:sauda|saude)\\b', 'trade'], ['\\bbaare (?:mein|me)\\b', 'about'], ['\\b(?:bataiye|batana|bataana|bata do|bata dijiye|dikhaiye|dikha do|dikha dijiye|dikhana|dikhaana|de do|dena|samjhao|samjha do)\\b', 'show'],
  ['\\b(?:kharid lo|kharid do|kharid lijiye|kharidiye|khareedo|khareed lo|khareed|le lijiye|uthao|utha lo)\\b', 'buy'], ['\\b(?:bech do|bech dijiye|bechiye|bech dena|nikaal do|bech daalo|bech dalo)\\b', 'sell'],
  ['\\b(?:kitne baje)\\b', 'when'], ['\\bband (?:karo|kardo|kar do|kar dijiye|kijiye)\\b', 'stop'], ['^(?:new|naye|naya) (?:trades?|entries|orders?|positions?) stop$', 'pause new entries'], ['\\bband (?:hoga|hota|ho|hogi)\\b', 'close'], ['\\b(?:khulega|khulta|khula|khulegi)\\b', 'open'], ['\\b(?:chadhe|chadha|badhe|badha|bhaga|bhage|upar gaye|upar gaya)\\b', 'rose'], ['\\b(?:gire|gira|girey|neeche gaye|neeche gaya|toota|toote)\\b', 'fell'],
  ['\\b(?:pichle|pichhle|pichhla|pichla) (?:ek |1 )?(?=saal|mahine|hafte|mahina|hafta)', 'last '], ['\\bek (?=saal|mahine|hafte)', '1 '], ['\\bhafte\\b', 'week'], ['\\bmahine\\b', 'month'], ['\\bsaal\\b', 'year'],
  ['^(?:my )?(?:mere |my )?(?:paas|pass) (?:now |abhi )?(?:which|kya kya|kya|what) ?(?:shares?|stocks?|scrips?)?(?: hai| hain)?$', 'what do i hold'],
  ['^(\\w+(?: account)?) (?:mein|me|in) (₹|rs\\.? ?)?([\\d.,]+)( ?(?:hazaar|hazar|k|thousand|lakh|lac|crore))?(?: rupaye| rupees| rs)? (?:daal do|dal do|daalo|dalo|jama karo|jama kar do|add karo|add kar do|deposit karo|deposit kar do)$', 'deposit $2$3$4 in $1'],
  ['^(\\w+(?: account)?) se (₹|rs\\.? ?)?([\\d.,]+)( ?(?:hazaar|hazar|k|thousand|lakh|lac|crore))?(?: rupaye| rupees| rs)? (?:nikaal do|nikal do|nikalo|nikaalo|withdraw karo|withdraw kar do)$', 'withdraw $2$3$4 from $1'],
  ['^(\\S+(?: \\S+)?) ko (?:watchlist|list) (?:se|me se|mein se) (?:hata do|hatao|nikal do|nikaal do|remove karo|remove kar do|hatado)$', 'remove $1 from the watchlist'],
  ['^(\\S+(?: \\S+)?) ko (?:watchlist|list) (?:mein|me|pe|par|in) (?:daal do|dal do|daalo|dalo|add karo|add kar do|rakho|rakh do|jodo)$', 'add $1 to the watchlist'],
  ['\\b(?:dhanyavaad|dhanyawad|dhanyavad|shukriya|bahut shukriya|thank u so much)\\b', 'thanks'], ['^bahut (?=thanks)', ''],
  ['^(?:nahi|nahin|na|are nahi)?[, ]*(?:rehne do|rahne do|jaane do|mat karo|nahi chahiye|chhod do|chhodo)$', 'no'], ['^(?:haan|han|ha|ji haan|theek hai|thik hai|bilkul)[, ]*(?:ji )?(?:kar do|kardo|karo|kar dijiye|kijiye|chalega|bhej do)?$', 'yes'],
  ['\\bband kar(?:o| do|do)\\b', 'stop'], ['\\b(?:chalu|shuru|start) (?:karo|kar do|kardo)\\b', 'start'],
]);
