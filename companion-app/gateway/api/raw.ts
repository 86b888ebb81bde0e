/** Answers that are bytes: whole from memory, or a file of which a part may be asked for (players seek). */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { sendFile } from '../send-file';
import type { RawAnswer } from './route';

export async function sendRaw(answer: RawAnswer, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if ('bytes' in answer) {
    if (answer.fileName !== undefined)
      response.setHeader('Content-Disposition', `attachment; filename="${answer.fileName.replace(/[^\w.-]/g, '_')}"`);
    response.writeHead(200, { 'Content-Type': answer.type, 'Content-Length': answer.bytes.length });
    response.end(request.method === 'HEAD' ? undefined : answer.bytes);
    return;
  }
  await sendFile(answer.file, answer.type, request, response);
}
