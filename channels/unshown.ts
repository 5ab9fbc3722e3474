/** Controls, which no terminal or chat shows and some obey or refuse, and what turns the direction of writing. A new line stays. */
const unshown = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
export const withoutUnshown = (text: string): string => text.replace(unshown, ' ');
