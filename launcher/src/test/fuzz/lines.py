"""Bodies of one item a line, which Schemathesis does not write by itself."""

import schemathesis


@schemathesis.serializer("application/x-ndjson")
def lines(ctx, body):
    return body if isinstance(body, bytes) else str(body).encode("utf-8", "replace")
