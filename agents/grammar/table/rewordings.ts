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
  ['^(?:kya )?(?:mujhe |humko |hume |my )?(?:abhi )?(\\S+(?: \\S+)?) (?:lena|leni|kharidna|khareedna|le lena|buy) chahiye(?: kya)?$', 'should i buy $1?'], ['^(?:kya )?(?:mujhe |humko |hume |my )?(?:abhi )?(\\S+(?: \\S+)?) (?:bechna|bech dena|nikalna|sell) chahiye(?: kya)?$', 'should i sell $1?'],
  ['^(?:mujhe |my )?(?:koi|ek|kuch) (?:good|accha|acha|badhiya) (?:sa |si )?(trade|idea|setup|share|stock)\\b.*$', 'find me a trade'],
  ['\\b(?:(?:chal|ho|ja|a) (?:raha|rahi|rahe)|pada|padi|pade|rakha|rakhi|rakhe|bacha|bachi) (?:hai|hain|he|h)\\b', ''], ['\\b(?:chal|ho) (?:raha|rahi|rahe)\\b', ''],
  ['\\b(?:bhav|bhaav|daam|keemat|kimat)\\b', 'price'], ['\\bkhali (?=cash|paisa|paise)', 'free '], ['\\b(?:iss|is) (?=mahine|hafte|saal|mahina|hafta)', 'this '], ['\\b(?:kaun|kon) ?(?:kaun|kon)?(?: se| si| sa)?\\b', 'which'], ['\\bkahan\\b', 'where'], ['\\bkis (?=\\w)', 'which '], ['\\bkisne\\b', 'who'],
  ['\\b(?:maine|mene|humne|hamne)\\b', 'i'], ['\\b(?:apna|apne|apni|mujhe|mujhko|hume|humein)\\b', 'my'], ['\\b(?:badhiya|accha|acha|achha|mast)\\b', 'good'], ['\\b(?:sauda|saude)\\b', 'trade'], ['\\bbaare (?:mein|me)\\b', 'about'], ['\\b(?:bataiye|batana|bataana|bata do|bata dijiye|dikhaiye|dikha do|dikha dijiye|dikhana|dikhaana|de do|dena|samjhao|samjha do)\\b', 'show'],
  ['\\b(?:kharid lo|kharid do|kharid lijiye|kharidiye|khareedo|khareed lo|khareed|le lijiye|uthao|utha lo)\\b', 'buy'], ['\\b(?:bech do|bech dijiye|bechiye|bech dena|nikaal do|bech daalo|bech dalo)\\b', 'sell'],
  ['\\b(?:kitne baje)\\b', 'when'], ['\\b(?:band (?:hoga|hota|ho|hogi)|band)\\b', 'close'], ['\\b(?:khulega|khulta|khula|khulegi)\\b', 'open'], ['\\b(?:chadhe|chadha|badhe|badha|bhaga|bhage|upar gaye|upar gaya)\\b', 'rose'], ['\\b(?:gire|gira|girey|neeche gaye|neeche gaya|toota|toote)\\b', 'fell'],
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
