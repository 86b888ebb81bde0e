/** Small things that want to become large, and requests that want to last. */
import net from 'node:net';
import { GATEWAY_LIMITS } from '../../companion-app/gateway';
import { RawClient } from './support/raw-client';
import { startRig } from './support/rig';

test('compression of messages is never agreed on: no frame can unfold into more than it is', async () => {
  const rig = await startRig();
  const client = await RawClient.connect(rig.url, { perMessageDeflate: true });
  expect(client.socket.extensions).toBe('');
  await client.close();
  await rig.close();
});

test('a body that comes drop by drop is cut off', async () => {
  const rig = await startRig({ limits: { headersMs: 300 } });
  const socket = net.connect(rig.port, '127.0.0.1');
  const closed = new Promise<void>((resolve) => socket.on('close', () => resolve()));
  socket.on('error', () => undefined).resume();
  const head = `POST /api/pair HTTP/1.1\r\nHost: 127.0.0.1:${rig.port}\r\nContent-Type: application/json\r\n`;
  socket.write(`${head}Content-Length: 900\r\n\r\n{`);
  const drops = setInterval(() => socket.write(' '), 50);
  await closed;
  clearInterval(drops);
  await rig.close();
});

test('one connection may hold so much memory and no more, and all of them together', () => {
  const { connections, inboxBytes, outboxBytes, wireBytes } = GATEWAY_LIMITS;
  expect(connections * (inboxBytes + outboxBytes + wireBytes)).toBeLessThanOrEqual(512 * 1_048_576);
});
