export function NotFound({ path }: { path: string }) {
  return (
    <section className="not-found">
      <title>Not found · Top Songs</title>
      <h1>Nothing is printed here</h1>
      <p>
        There is no page at <code>{path}</code>. The charts of every region start from the front page.
      </p>
      <a className="button solid" href="/">
        Go to the charts
      </a>
    </section>
  );
}
