/** A page that throws is replaced by a way to go on; the others and the rendering are untouched. */
import { Component, type ReactNode } from 'react';

interface Props {
  readonly children: ReactNode;
  readonly instead: (again: () => void) => ReactNode;
}

export class Stumble extends Component<Props, { fallen: boolean }> {
  override state = { fallen: false };

  static getDerivedStateFromError(): { fallen: boolean } {
    return { fallen: true };
  }

  override render(): ReactNode {
    return this.state.fallen ? this.props.instead(() => this.setState({ fallen: false })) : this.props.children;
  }
}
