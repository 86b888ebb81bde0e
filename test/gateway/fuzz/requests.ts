/** HTTP as bytes: right requests to begin with, spoilt ones sent over bare sockets. */
import net from 'node:net';
import { spoilt, type Random } from './bytes';

const host = (port: number): string => `Host: 127.0.0.1:${port}\r\n`;

/** Lets a worker of the farm in. */
export const TICKET = 'ticket-of-the-fuzz';

const samples = (port: number, token: string): string[] => {
  const pair = JSON.stringify({ code: '000000', client: { name: 'page', instance: 'page' } });
  const job = '/farm/job-0001_0123abcd';
  const sha = 'ab'.repeat(32);
  return [
    `GET /health HTTP/1.1\r\n${host(port)}\r\n`,
    `GET /index.html HTTP/1.1\r\n${host(port)}Origin: http://127.0.0.1:${port}\r\n\r\n`,
    `GET /clip/job-0001 HTTP/1.1\r\n${host(port)}Authorization: Bearer ${token}\r\nRange: bytes=4-\r\n\r\n`,
    `POST /api/pair HTTP/1.1\r\n${host(port)}Content-Type: application/json\r\nContent-Length: ${pair.length}\r\n\r\n${pair}`,
    `GET ${job}/board/${sha} HTTP/1.1\r\n${host(port)}Authorization: Bearer ${TICKET}\r\nRange: bytes=2-5\r\n\r\n`,
    `PUT ${job}/file/${sha}?offset=0&bytes=20 HTTP/1.1\r\n${host(port)}Authorization: Bearer ${TICKET}\r\nContent-Length: 10\r\n\r\n0123456789`,
    `GET / HTTP/1.1\r\n${host(port)}Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n`,
  ];
};

/** Sends one; resolves when the socket is gone. Nothing is asked of the answer but that the server outlives it. */
function send(port: number, bytes: Uint8Array): Promise<void> {
  return new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1', () => socket.end(bytes));
    const stop = setTimeout(() => socket.destroy(), 400);
    socket.resume();
    socket.on('error', () => undefined);
    socket.on('close', () => {
      clearTimeout(stop);
      resolve();
    });
  });
}

/** Sends `count` spoilt requests, ten at a time. */
export async function fuzzRequests(port: number, token: string, random: Random, count: number): Promise<void> {
  const right = samples(port, token).map((text) => Buffer.from(text));
  for (let sent = 0; sent < count; sent += 10) {
    const batch = Array.from({ length: Math.min(10, count - sent) }, () =>
      spoilt(right[random(right.length)] ?? Buffer.alloc(1), random),
    );
    await Promise.all(batch.map((bytes) => send(port, bytes)));
  }
}
