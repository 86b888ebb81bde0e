/** A farm on a Redis that speaks TLS alone, with a certificate of its own making. */
import type { ChildProcess } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { openIdentity, systemClock } from '../../../companion-app/gateway';
import { begin, install, run, serve, type Served } from '../../daemon/fixtures/installed';
import { Timeline } from '../../daemon/fixtures/timeline';
import { sha, silent, spec, tempFolder, until } from '../fixtures/specs';
import { RedisServer, testWithRedis } from './redis-server';

testWithRedis(
  'the shot is made where the certificate is known; elsewhere what is wrong and what to do is said',
  async () => {
    await install();
    const folder = await tempFolder();
    const at = (name: string): string => path.join(folder.path, name);
    const identity = await openIdentity({
      file: at('identity.pem'),
      names: ['127.0.0.1'],
      clock: systemClock,
      log: silent,
    });
    await writeFile(at('key.pem'), identity.key);
    await writeFile(at('certificate.pem'), identity.certificate);
    const tls = ['--tls-cert-file', at('certificate.pem'), '--tls-key-file', at('key.pem'), '--tls-auth-clients', 'no'];
    const redis = await RedisServer.start(folder.path, ['--appendonly', 'yes', ...tls], identity.certificate);
    const farm = ['--farm', redis.url];
    const env = { NODE_EXTRA_CA_CERTS: at('certificate.pem') };
    let worker: ChildProcess | null = null;
    let daemon: Served | null = null;
    try {
      const refused = await run(['farm', 'status', ...farm]);
      expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining('is not believed here')]);
      expect(refused.stderr).toContain('NODE_EXTRA_CA_CERTS');

      worker = await begin(['worker', ...farm, '--data', at('worker')], env);
      daemon = await serve(at('data'), env, undefined, farm);
      const timeline = new Timeline([spec(1, { board: sha('board'), notes: 'steps=2' })], ['board']);
      const following = timeline.follow(daemon);
      await until(() => timeline.allPlaced, 60_000);
      expect(timeline.wrong).toEqual([]);
      daemon.child.kill('SIGTERM');
      expect(await daemon.ended).toBe(0);
      await following;
    } finally {
      worker?.kill('SIGKILL');
      daemon?.child.kill('SIGKILL');
      await redis.kill();
      await folder.remove();
    }
  },
  120_000,
);
