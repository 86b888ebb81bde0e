/** The first message of a connection: who is there, do we speak the same protocol, may it come in. */
import { z } from 'zod';
import { InbetweenError, problem } from '../../shared/problem';
import {
  LIMITS,
  PROTOCOL,
  readClientMessage,
  readObject,
  sideToUpdate,
  type ClientMessageOf,
  type CompanionMessageOf,
} from '../../shared/protocol';
import type { GatewayContext } from './context';

export interface Welcome {
  readonly client: ClientMessageOf<'hello'>['client'];
  /** What it is known by: good until a person forgets the client. */
  readonly token: string;
  readonly ack: CompanionMessageOf<'hello-ack'>;
}

/** All that is asked of a hello before its version is known: another major version may shape the rest differently. */
const zAnyHello = z.object({ type: z.literal('hello'), protocol: z.object({ major: z.number(), minor: z.number() }) });

/** Checks a hello and answers it. Every InbetweenError it throws ends the connection. */
export async function welcome(text: string, context: GatewayContext): Promise<Welcome> {
  const any = zAnyHello.safeParse(readObject(text));
  if (any.success) refuseOtherMajor(any.data.protocol);
  const reading = readClientMessage(text);
  if (!reading.ok) throw new InbetweenError(reading.problem);
  if (reading.message.type !== 'hello') {
    throw new InbetweenError({
      code: 'out-of-order',
      message: `The first message has to be hello, not ${reading.message.type}.`,
      safe: 'Nothing was done.',
    });
  }
  const { client, auth } = reading.message;
  const seq = await context.queue.newestSeq(); // before the code is spent
  const made = 'code' in auth ? await context.pairing.redeem(auth.code, client) : null;
  const token = made ?? known(auth, context);
  return {
    client,
    token,
    ack: {
      type: 'hello-ack',
      protocol: PROTOCOL,
      companion: context.companion,
      capabilities: context.capabilities(),
      ...(made === null ? {} : { token: made }),
      seq,
      limits: {
        textBytes: context.limits.textBytes,
        chunkBytes: LIMITS.chunkBytes,
        windowBytes: LIMITS.windowBytes,
        boardBytes: context.limits.boardBytes,
      },
    },
  };
}

function refuseOtherMajor(panel: { major: number; minor: number }): void {
  const side = sideToUpdate(panel, PROTOCOL);
  if (side === null) return;
  throw new InbetweenError({
    code: 'version-mismatch',
    message: `The panel speaks protocol ${panel.major}.${panel.minor}, the companion ${PROTOCOL.major}.${PROTOCOL.minor}.`,
    safe: 'Queued shots go on rendering; nothing is lost.',
    action: side === 'panel' ? 'Update the panel in Premiere.' : 'Update the companion app.',
  });
}

/** The token that was shown. Throws 'unauthorised' for one that is not known, or not any more. */
function known(auth: ClientMessageOf<'hello'>['auth'], context: GatewayContext): string {
  if ('token' in auth && context.pairing.verify(auth.token)) return auth.token;
  throw new InbetweenError(UNPAIRED);
}

/** Nobody that is known here. */
export const UNPAIRED = problem({
  code: 'unauthorised',
  message: 'This panel is not paired with this companion.',
  safe: 'Queued shots go on rendering; nothing is lost.',
  action: 'Enter the six digits that the companion shows.',
});
