/** Which engine a shot gets when nobody chose one. */
import { createInbetweenEngine } from '../../../companion-app/engines/inbetween';
import { createParallaxEngine } from '../../../companion-app/engines/parallax';
import { engineShelf } from '../../../companion-app/render/engines';

test('several boards are drawn into each other, one board gets a camera', async () => {
  const shelf = engineShelf({
    parallax: (wish) => createParallaxEngine({ ...wish, workers: 1 }),
    inbetween: createInbetweenEngine,
  });
  try {
    const wish = { provider: 'cpu' };
    expect((await shelf.get('auto', wish, 1)).name).toBe('parallax');
    expect((await shelf.get('auto', wish, 2)).name).toBe('inbetween');
    expect((await shelf.get('parallax', wish, 2)).name).toBe('parallax');
  } finally {
    await shelf.close();
  }
});
