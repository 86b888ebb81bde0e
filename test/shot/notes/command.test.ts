import { Command } from 'commander';
import { register } from '../../../companion-app/daemon/commands/notes';
import { parseNotes, RATES } from '../../../shared/shot';

/** Runs `inbetween notes …` and returns what it printed; throws where the command line refuses. */
async function notes(...args: string[]): Promise<string> {
  const written: string[] = [];
  const out = jest.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
    written.push(String(chunk));
    return true;
  });
  try {
    const program = new Command('inbetween').exitOverride().configureOutput({ writeErr: () => undefined });
    register(program);
    for (const command of program.commands) command.exitOverride().configureOutput({ writeErr: () => undefined });
    await program.parseAsync(['node', 'inbetween', 'notes', ...args]);
  } finally {
    out.mockRestore();
  }
  return written.join('');
}

describe('inbetween notes', () => {
  it('prints the moves as one line of JSON, with exactly the promised fields', async () => {
    const printed: unknown = JSON.parse(
      await notes('push in over 2s, hold last 12 frames', '--fps', '24', '--frames', '96', '--json'),
    );
    expect(printed).toEqual({
      moves: [
        {
          kind: 'push-in',
          from: 0,
          to: 48,
          amount: 1.25,
          ease: 'ease-in-out',
          confidence: 0.95,
          text: 'push in over 2s',
        },
        { kind: 'hold', from: 84, to: 96, amount: 0, ease: 'linear', confidence: 0.9, text: 'hold last 12 frames' },
      ],
    });
  });

  it('takes four seconds and 24 fps where nothing is said', async () => {
    expect(JSON.parse(await notes('pan left', '--json'))).toMatchObject({ moves: [{ from: 0, to: 96 }] });
    expect(JSON.parse(await notes('pan left', '--fps', '29.97', '--json'))).toMatchObject({
      moves: [{ from: 0, to: 120 }],
    });
    expect(parseNotes('pan left', { rate: RATES['29.97'], frames: 120 }).moves[0]?.to).toBe(120);
  });

  it('tells people what moves and what it did not understand', async () => {
    const printed = await notes('Slow push in, camera wiggles');
    expect(printed).toContain('push-in');
    expect(printed).toContain('not understood: “camera wiggles”');
    expect(await notes('He waves')).toContain('the shot stays still');
  });

  it.each([
    ['--fps', '0'],
    ['--fps', 'x'],
    ['--frames', '-1'],
    ['--frames', '1.5'],
    ['--frames', '999999'],
  ])('refuses %s %s', async (flag, value) => {
    await expect(notes('push in', flag, value)).rejects.toThrow();
  });

  it('refuses a note longer than the panel sends', async () => {
    await expect(notes('x'.repeat(8001))).rejects.toThrow(/8000/);
  });
});
