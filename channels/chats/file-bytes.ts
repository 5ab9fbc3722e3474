import { reportPdf } from '../documents/report-pdf.ts';
import type { Outgoing } from './outgoing.ts';

/** What is sent as a file: text as it is, a report as the PDF that the web desk gives. */
export const fileBytes = async (file: NonNullable<Outgoing['file']>): Promise<Buffer> => ('text' in file ? Buffer.from(file.text, 'utf8') : reportPdf(file.report, { createdAt: new Date(file.createdAt) }));
