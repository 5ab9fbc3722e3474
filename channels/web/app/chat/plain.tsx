import type { ReactNode } from 'react';
import { readPlainText, type Piece } from '../format/plain-text.ts';

const line = (pieces: Piece[]): ReactNode[] =>
  pieces.map((piece, index) =>
    piece.kind === 'link' ? (
      <a key={index} href={piece.href} target="_blank" rel="noopener noreferrer nofollow">
        {piece.text}
      </a>
    ) : piece.kind === 'strong' ? (
      <strong key={index}>{piece.text}</strong>
    ) : (
      <span key={index}>{piece.text}</span>
    ),
  );

/** Somebody's words as text: paragraphs, lists, bold and plain links, and nothing else that they might ask for. */
export const PlainText = ({ text }: { text: string }): ReactNode => (
  <div className="plain">
    {readPlainText(text).map((paragraph, index) =>
      paragraph.kind === 'list' ? (
        <ul key={index}>
          {paragraph.items.map((item, at) => (
            <li key={at}>{line(item)}</li>
          ))}
        </ul>
      ) : (
        <p key={index}>
          {paragraph.lines.map((pieces, at) => (
            <span key={at}>
              {at > 0 ? <br /> : null}
              {line(pieces)}
            </span>
          ))}
        </p>
      ),
    )}
  </div>
);
