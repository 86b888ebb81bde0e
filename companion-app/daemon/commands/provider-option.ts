/** `--provider`, the same for every command that renders. */
import { Option } from 'commander';
import { zRenderOrder, type RenderOrder } from '../../render/messages';

export type ProviderChoice = RenderOrder['provider'];

/** Any provider a render order may name; "auto" unless given. */
export function providerOption(about: string): Option {
  return new Option('--provider <name>', about).choices(zRenderOrder.shape.provider.unwrap().options).default('auto');
}
