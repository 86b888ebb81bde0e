/** English words around the moves: pace, ease, order, time, framing, people. */
import type { Row } from '../senses';
import { ease, extent, number, pace, role, row, size, unit } from './rows';

const numbers = 'one two three four five six seven eight nine ten eleven twelve'
  .split(' ')
  .map((word, i) => number(word, i + 1));

export const enWords: readonly Row[] = [
  ...numbers,
  number('fifteen', 15),
  number('sixteen', 16),
  number('twenty', 20),
  number('twenty four|twentyfour', 24),
  number('thirty', 30),
  number('a couple of|a couple|couple of|couple', 2),
  number('a few|few', 3),
  number('a half', 0.5),
  pace(
    'slow|slowly|slo|slower|slw|very slow|very slowly|super slow|super slowly|ultra slow|gradual|gradually|creeping|crawling|gentle|gently|lazy|languid|languidly|leisurely|imperceptible|imperceptibly|patiently|unhurried|calm|calmly|long slow',
    'slow',
  ),
  pace(
    'fast|quick|quickly|rapid|rapidly|swift|swiftly|brisk|briskly|speedy|fst|very fast|super fast|hard|energetic|frantic|hurried|urgent',
    'fast',
  ),
  pace('snappy|sudden|suddenly|abruptly|abrupt|instant|instantly|violent|violently|whip fast', 'snap'),
  extent(
    'slight|slightly|a little|a bit|a touch|little|subtle|subtly|small|tiny|minor|bit|barely|minimal|mild|faint|soft|softly|light|short',
    'small',
  ),
  extent(
    'big|huge|large|major|extreme|massive|long|strong|heavy|intense|full|significant|drastic|dramatic|dramatically|hefty|severe|wild|wildly|far',
    'large',
  ),
  ease(
    'linear|linearly|constant|constant speed|steady|steadily|even|evenly|no ease|no easing|at constant speed|constant rate',
    'linear',
  ),
  ease(
    'ease in out|ease in and out|ease in ease out|ease in and ease out|easing in and out|ease in/out|ease both|smooth|smoothly|slow in slow out|slow in and out|slow in and slow out|cushion|cushioned|cushion in and out|cushion in out|eased|s curve|ease|easy ease|easing|eases|ease i o',
    'ease-in-out',
  ),
  ease(
    'ease in|eases in|easing in|slow in|slow start|start slow|starts slow|starts slowly|start slowly|accelerate|accelerates|accelerating|speeding up|speed up|cushion in|builds speed|ramp up|ramps up|slow to fast|ease into it',
    'ease-in',
  ),
  ease(
    'ease out|eases out|easing out|slow out|slow to a stop|slows to a stop|slowing to a stop|decelerate|decelerates|decelerating|slow down|slows down|slowing down|cushion out|ease to stop|ease to a stop|eases to a stop|soft stop|fast to slow|feather stop|ease into final',
    'ease-out',
  ),
  ease('snap|abrupt|abruptly|snappy', 'snap'),
  role(
    'then|and then|next|followed by|->|;|>|afterwards|afterward|after that|subsequently|finally|before we|after which|leading into|ending with|ends with|ending in|ending with a|resolving into|into a|later|before finally|and finally',
    'seq',
  ),
  role(
    'while|whilst|as|meanwhile|simultaneously|simultaneous|at the same time|&|plus|+|during|combined with|along with|together with|when',
    'sim',
  ),
  role('and', 'sim'),
  role('and', 'and'),
  role('with|w|w a|with a|with some', 'sim'),
  role('or|alternatively|alt|either', 'or'),
  role('after|once', 'after'),
  role('before|prior to', 'before'),
  role('but|just|only|rather', 'but'),
  role(
    "no|not|don't|dont|do not|doesn't|doesnt|does not|never|without|avoid|w o|wo|without any|no more|won't|will not|shouldn't|should not|stop|skip|omit|lose|remove|can't|cannot|nix|scrap|less|isn't|is not|aren't|didn't|forget|forget the|neither|nor|kill|cut the|lose the|drop the|resist|refrain from|any",
    'no',
  ),
  role('instead of|rather than|in place of|in lieu of', 'instead'),
  role(
    'maybe|perhaps|possibly|could|might|may|optional|optionally|if possible|?|potentially|consider|try|tbd|probably|could we|can we|should we|what if|thinking|either',
    'hedge',
  ),
  role('camera|cam|cam.|the camera|the cam|our camera|lens|kamera|steadicam|steadycam|gimbal', 'camera'),
  role(
    'camera move|cam move|camera movement|camera work|camera action|cam action|move|moves|movement|mvmt|camera motion',
    'label',
  ),
  role("we|we'll|we're|audience|viewer|let's|lets|let us", 'we'),
  role(
    "he|she|they|i|you|who|someone|somebody|everyone|everybody|he's|she's|they're|i'm|you're|nobody|everything|something|it's|one of them|both",
    'person',
  ),
  role('it|that|which|this', 'it'),
  role('a|an|the|another|some|one|this|that|these|those|same|our', 'det'),
  role('his|her|their|its|my|your|my|him|them|me|us|himself|herself', 'poss'),
  role(
    "begin|begins|beginning|start|starts|starting|continue|continues|continuing|keep|keeps|will|would|should|must|is|are|has|have|to|can|lets|does|please|pls|also|again|still|now|it'll|begin to|begins to|start to|starts to|continue to|continues to|starting to|beginning to|need to|want to|needs to|let|going to|gonna|try to|subsequently|constantly|be|could be|make it|make it a|make this|make this a|make that a|turn it into",
    'aux',
  ),
  role(
    'over|for|lasting|across|during|within|in|takes|take|taking|about|around|over the course of|length|duration|dur|timing|time|for about|in about|held|through|on',
    'over',
  ),
  role('at|@|at about|around|on', 'at'),
  role(
    'from|frm|starting at|starting from|starting on|start at|starts at|start on|beginning at|begin at|begins at|begins on|from frame|starts on|starting|start from|commence at|commencing at',
    'from',
  ),
  role('to|thru|through|-|til|till|until|and|..', 'to'),
  role(
    'until|till|til|by|ending at|ending on|end at|ends at|end on|ends on|up until|ending|finish at|finish on|stop at|stops at|arriving at|arrive at|finishing at|land at|to',
    'until',
  ),
  role('between|btw', 'between'),
  role('first|opening|initial|1st|start', 'first'),
  role('last|final|closing|end|tail|ending', 'last'),
  role('middle|second|center|centre|mid', 'middle'),
  role('half', 'half'),
  role('third|thirds', 'third'),
  role('quarter', 'quarter'),
  role(
    'throughout|whole shot|the whole shot|entire shot|the entire shot|whole time|the whole time|all the way through|for the duration|entire time|the whole thing|full shot length|whole duration|the entire duration|whole scene|the whole scene|entire duration|full duration|the full duration|start to finish|full length|all through|duration of shot|for duration|for the duration of the shot|full shot duration|entire length|the entire scene|from start to finish|from start to end|from beginning to end|all shot|the whole way|for entire shot',
    'whole',
  ),
  role(
    'halfway|half way|midway|mid way|mid shot point|mid point|midpoint|the middle|the midpoint|the halfway point|mid-way|half way through|halfway through|midway through|halfway through the shot|halfway through shot|half point',
    'halfway',
  ),
  role(
    'at the end|at end|on the end|at the tail|towards the end|toward the end|near the end|at end of shot|at the end of the shot|at tail|end of shot|at the very end|the end|end|to finish|shot end|eos|at head of cut|on end|at finish',
    'end',
  ),
  role(
    'at the start|at start|at the beginning|at the top|at first|to start|on start|at head|at the head|start of shot|at start of shot|at the start of the shot|the start|the beginning|the top|beginning|at top|to begin|initially|first|at beginning|shot start',
    'start',
  ),
  role('by|x by', 'by'),
  role('on|onto|upon|at', 'on'),
  role("of|'s", 'of'),
  role('about|approx|approximately|roughly|around|circa|ca|max|exactly|maybe|c|abt', 'about'),
  role(
    'cut|cuts|cut to|cuts to|smash cut|jump cut|match cut|dissolve|dissolves|dissolve to|fade|fades|fade to|fade in|fade out|crossfade|cross dissolve|x dissolve|wipe|wipes|intercut|cut back|cut back to|smash cut to|match cut to|hard cut|hard cut to|cutaway|iris in|iris out|transition|transitions|fi|fo|xd',
    'cut',
  ),
  role(
    'reveal|reveals|revealing|to reveal|find|finding|discover|discovering|showing|show|shows|frame|framing|land|landing|include|including|see|ending|end up|ends up|instead|here|there|now',
    'fill',
  ),
  role(
    'shot|move|motion|movement|frame|effect|feel|style|look|camerawork|action|pose|framing|position|angle|image|picture|shots|composition|final frame|last frame|final pose|last pose|end frame|drawing|panel|board|one|screen|there|here|still|tight|steady|beat|speed',
    'shotword',
  ),
  role('focus|the focus|focal point', 'focus'),
  role(
    'scene|sc|shot|sh|panel|pnl|cut|note|notes|board|bd|cam note|step|pt|part|pose|frame|fr|seq|cam|page|pg|frames|action|start|end|int|ext|setup|a|b|c|d|take|angle|cam a|cam b|beat',
    'label',
  ),
  role('sfx|fx|sound|music|mx|audio|song|sound effect|foley|ambience|atmos|bgm|score|vfx', 'soundlabel'),
  role(
    'dialogue|dialog|dial|dia|dx|vo|v o|voiceover|voice over|line|lines|os|o s|oc|narrator|narration|voice|text on screen|screen text|on screen text|on-screen text|text|title|titles|title card|intertitle|caption|captions|subtitle|subtitles|chyron|lower third|sign reads|screen reads|poster reads|headline|letter reads|note reads|super|supers',
    'speechlabel',
  ),
  role(
    'right|back|all the way|straight|directly|fully|way|even|much|very|really|super|too|quite|so|pretty|extremely|further|more|real|rather|ever so',
    'intensifier',
  ),
  role(
    'back again|back|return|returns|returning|and back|vice versa|reverse|reverses|the other way|opposite direction|and return|back to start',
    'opposite',
  ),
  unit('f|fr|frs|frm|frms|frame|frames|fms|fm|fs|fps frames|film frames|drawings', 'frames'),
  unit("s|sec|secs|second|seconds|\"|' '|sc|scnds|second's|secs.", 'seconds'),
  unit('ms|msec|millisecond|milliseconds', 'milliseconds'),
  unit('min|mins|minute|minutes', 'minutes'),
  unit('beat|beats', 'beats'),
  unit('%|percent|per cent|pct|pc', 'percent'),
  unit('x|times|×', 'times'),
  unit('°|deg|degs|degree|degrees', 'degrees'),
  unit(
    'frame width|frame widths|screen width|screen widths|width|widths|field width|fields|field|screens|a frame width|screen|fw',
    'widths',
  ),
  unit('frame height|frame heights|screen height|screen heights|height|heights|fh', 'heights'),
  size(
    'ews|els|xls|xws|vls|vws|extreme wide|extreme wide shot|extreme long shot|extreme long|very wide|very wide shot|super wide|establishing shot|establisher|est shot',
    'EWS',
  ),
  size('ws|ls|wide|wide shot|long shot|wider shot|wide angle|a wide|full wide|master|master shot|wides|lng shot', 'WS'),
  size('fs|full shot|full figure|full body|full length shot|fls', 'FS'),
  size(
    'mws|mls|medium wide|medium wide shot|medium long shot|medium long|cowboy|cowboy shot|american shot|3/4 shot|knee shot',
    'MWS',
  ),
  size('ms|medium|medium shot|mid shot|mid|waist shot|medium two shot|mid shot', 'MS'),
  size('mcu|medium close up|medium closeup|medium close|mid close up|med cu|med close up|bust shot|bust', 'MCU'),
  size(
    'cu|close up|closeup|close|close shot|close on|closer shot|c u|tight shot|tight|tight on|head shot|choker',
    'CU',
  ),
  size(
    'ecu|xcu|bcu|extreme close up|extreme closeup|extreme close|big close up|ec u|macro|insert|very tight|super tight',
    'ECU',
  ),
  size(
    "ots|over the shoulder|o t s|two shot|2 shot|2shot|single|pov|p o v|high angle|low angle|bird's eye|birds eye|worm's eye|eye level|profile|3/4|reverse angle|reverse shot|top shot|overhead|overhead shot|top down|group shot|three shot|point of view|aerial|ext|int|exterior|interior|day|night|reverse on|subjective",
  ),
  row(
    'start|starts|starting|begin|begins|open|opens|opening|start on|starts on|open on|opens on|begin on|begins on|from|starting on|opening on|start with|open with|start in|starts in|start on a|open on a|start as|fading up on|start from',
    { t: 'role', role: 'start' },
  ),
  row(
    'ends on|end on|ending on|ends in|end in|land on|landing on|lands on|finish on|finishes on|ends as|ends up on|end up on|end|ends|ending|finish|finishing on|settle on|settles on|ends on a|end on a|end as|stop on|come to rest on|to end on|arrive at|end with|ends at|resolve on|resolves on',
    { t: 'role', role: 'end' },
  ),
];
