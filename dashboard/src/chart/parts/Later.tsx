import { Component, type ReactNode, Suspense } from 'react';

interface Props {
  /** What is on its way, "the comparison". */
  what: string;
  /** What stands in its place meanwhile; a line that says so, if not given. */
  waiting?: ReactNode;
  children: ReactNode;
}

/** Holds a part whose code is loaded when it is wanted; if that fails, only this part is missing from the page. */
export class Later extends Component<Props, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }

  override render(): ReactNode {
    const { what, waiting = <p className="later">Loading {what}…</p>, children } = this.props;
    if (this.state.failed) {
      return (
        <p className="banner" role="alert">
          The page could not load {what}.{' '}
          <button type="button" className="link" onClick={() => window.location.reload()}>
            Reload the page
          </button>
        </p>
      );
    }
    return <Suspense fallback={waiting}>{children}</Suspense>;
  }
}
