package topsongs.simulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/**
 * Tells apart what plays are made from: those of another story, catalogue or trends get other ids,
 * or they would be taken for duplicates of plays that one seed made before.
 */
final class Fingerprint {
  private Fingerprint() {}

  /** 0 where there is none. */
  static long of(@Nullable Path file) {
    if (file == null) {
      return 0;
    }
    try {
      return of(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read %s: %s".formatted(file, e), e);
    }
  }

  static long of(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  private static long of(byte[] content) {
    try {
      return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(content)).getLong();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // Every JVM has it.
    }
  }
}
