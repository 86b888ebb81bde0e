/** UXP's WebSocket as the link uses it. The constructor throws for an address the manifest does not list; so does this. */
import type { LinkSocket } from '../link';

export function uxpSocket(url: string): LinkSocket {
  const socket = new WebSocket(url);
  socket.binaryType = 'arraybuffer';
  const face: LinkSocket = {
    binaryType: 'arraybuffer',
    onopen: null,
    onmessage: null,
    onerror: null,
    onclose: null,
    send: (data) => socket.send(data),
    close: (code, reason) => socket.close(code, reason),
  };
  socket.onopen = () => face.onopen?.({ type: 'open' });
  socket.onmessage = (event: MessageEvent<unknown>) => face.onmessage?.({ type: 'message', data: event.data });
  socket.onerror = () => face.onerror?.({ type: 'error' });
  socket.onclose = ({ code, reason }) => face.onclose?.({ type: 'close', code, reason });
  return face;
}
